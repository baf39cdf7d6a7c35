"""Topics as clusters of documents in the space of a sentence-embedding model.

Which model makes the vectors is not decided here: any function from texts to vectors will do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import PCA

from textmine.matrices import DocTerm
from textmine.topics.base import Array, TopicModel, at_length_one

Embed = Callable[[Sequence[str]], Array]
"""Texts to vectors, shape (texts, dimensions); the same text always to the same vector."""

# HDBSCAN tells dense from sparse by distances, which all become alike in hundreds of dimensions.
DIMENSIONS = 10
# Shares fall by half for each step of this length in cosine: between sentence embeddings of one
# field cosines differ by about a tenth.
STEP = 0.05


class EmbeddingTopics(TopicModel):
    """Clusters of embedded documents, described by class-based TF-IDF (Grootendorst 2022).

    Vectors are scaled to length 1 and clustered; c-TF-IDF of a term in a cluster is
    tf_kw · ln(1 + A/f_w), tf_kw its share of the cluster's words, f_w its count, A the mean count
    of words a cluster. A document's share of a topic falls by half with every `STEP` of its cosine
    to the cluster's centre, so no document is an outlier and every share is one.

    Parameters
    ----------
    k
        Number of clusters of k-means; of HDBSCAN the most that are kept, the largest ones.
    embed
        Texts to vectors.
    texts
        The text of each document by its id; of one that is not named its counted words are taken.
    clusters
        "kmeans" (Lloyd 1982) has `k` clusters; "hdbscan" (Campello, Moulavi & Sander 2013) finds
        their number, documents of no cluster going to the nearest centre.
    """

    name = "embedding"

    def __init__(
        self,
        k: int = 10,
        *,
        seed: int = 0,
        embed: Embed,
        texts: Mapping[str, str],
        clusters: Literal["kmeans", "hdbscan"] = "kmeans",
    ) -> None:
        super().__init__(k, seed=seed)
        self.embed = embed
        self.texts = texts
        self.clusters = clusters

    @property
    def parameters(self) -> Mapping[str, object]:
        """What the model was told, but for the texts and the function."""
        return {"k": self.k, "clusters": self.clusters}

    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        vectors = self._vectors(doc_term)
        labels = self._clustered(vectors)
        means = [vectors[labels == label].mean(axis=0) for label in range(labels.max() + 1)]
        self.centres_ = at_length_one(np.asarray(means, dtype=np.float64))
        weights = self._infer(doc_term)
        nearest = np.eye(len(self.centres_))[weights.argmax(axis=1)]
        nearest[weights.sum(axis=1) == 0] = 0
        counted = np.asarray(doc_term.counts.T @ nearest, dtype=np.float64).T
        return _class_tfidf(counted), weights

    def _clustered(self, vectors: Array) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        if self.clusters == "kmeans":
            model = KMeans(self.k, n_init=10, random_state=self.seed)
            return np.asarray(model.fit_predict(vectors), dtype=np.int64)
        size = max(5, len(vectors) // (5 * self.k))
        flat = min(DIMENSIONS, *vectors.shape)
        reduced = PCA(flat, svd_solver="full").fit_transform(vectors)
        found = np.asarray(HDBSCAN(min_cluster_size=size, copy=True).fit_predict(reduced))
        if found.max() < 0:  # nothing but noise is one topic
            return np.zeros(len(vectors), dtype=np.int64)
        kept = np.argsort(-np.bincount(found[found >= 0]), kind="stable")[: self.k]
        place = {label: n for n, label in enumerate(kept.tolist())}
        return np.array([place.get(label, -1) for label in found.tolist()], dtype=np.int64)

    def _infer(self, doc_term: DocTerm) -> Array:
        cosines = self._vectors(doc_term) @ self.centres_.T
        weights = np.exp2((cosines - cosines.max(axis=1, keepdims=True)) / STEP)
        # A document without a counted word has no place, as with every other model.
        held = np.asarray(doc_term.counts.sum(axis=1)).ravel() > 0
        return np.asarray(weights * held[:, None])

    def _vectors(self, doc_term: DocTerm) -> Array:
        counts = doc_term.counts.tocsr().sorted_indices()
        texts = []
        for row, doc_id in enumerate(doc_term.doc_ids):
            at = slice(counts.indptr[row], counts.indptr[row + 1])
            words = zip(counts.indices[at].tolist(), counts.data[at].tolist(), strict=True)
            spelt = " ".join(doc_term.terms[i] for i, times in words for _ in range(times))
            texts.append(self.texts.get(doc_id, spelt))
        # Rounded, so that the last bits of another batch do not move a document.
        vectors: Array = np.asarray(self.embed(texts), dtype=np.float64)
        return at_length_one(vectors.round(6))


def _class_tfidf(counted: Array) -> Array:
    """c-TF-IDF of terms in clusters; shape (clusters, terms)."""
    shares = counted / np.maximum(counted.sum(axis=1, keepdims=True), 1)
    frequency = counted.sum(axis=0)
    mean = counted.sum() / len(counted)
    idf = np.log1p(np.divide(mean, frequency, out=np.zeros_like(frequency), where=frequency > 0))
    return np.asarray(shares * idf)
