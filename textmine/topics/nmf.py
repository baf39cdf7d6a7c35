"""Non-negative matrix factorisation of TF-IDF weights."""

from __future__ import annotations

import warnings

import numpy as np
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from textmine.matrices import DocTerm
from textmine.topics.base import Array, TopicModel

CHUNK = 50_000  # documents that are placed at a time, so that memory is bounded


class NmfTopics(TopicModel):
    """Non-negative matrix factorisation of TF-IDF weights.

    X ≈ W H with W, H ≥ 0, minimising ‖X − WH‖² by multiplicative updates (Lee & Seung 1999,
    doi 10.1038/44565) from the deterministic start of NNDSVDa (Boutsidis & Gallopoulos 2008,
    doi 10.1016/j.patcog.2007.09.010). Rows of X are TF-IDF (scikit-learn's smoothed IDF,
    sublinear term frequency), scaled to length 1.

    Parameters
    ----------
    k
        Number of topics.
    seed
        Seeds the randomised SVD of the start.
    max_iter
        Updates at most.
    sample
        Documents that topics are learnt from at most, drawn by the seed; all are placed among
        them. A hundred thousand hold each topic of a hundred a thousand times.
    """

    name = "nmf"

    def __init__(
        self, k: int = 10, *, seed: int = 0, max_iter: int = 400, sample: int = 100_000
    ) -> None:
        super().__init__(k, seed=seed)
        self.max_iter = max_iter
        self.sample = sample

    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        self.tfidf_ = TfidfTransformer(sublinear_tf=True)
        weights = self.tfidf_.fit_transform(doc_term.counts.astype(np.float64))
        self.model_ = NMF(
            self.k, init="nndsvda", solver="mu", max_iter=self.max_iter, random_state=self.seed
        )
        everything = weights.shape[0] <= self.sample
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            if everything:
                doc_topic = self.model_.fit_transform(weights)
            else:
                drawn = np.random.default_rng(self.seed).permutation(weights.shape[0])
                self.model_.fit(weights[np.sort(drawn[: self.sample])])
        # W and H are only known up to a scale per topic: weigh W by the length of what it brings
        # into X, whose rows have length 1 too.
        self.scale_ = np.linalg.norm(self.model_.components_, axis=1)
        placed = doc_topic * self.scale_ if everything else self._place(weights)
        return self.model_.components_, placed

    def _infer(self, doc_term: DocTerm) -> Array:
        return self._place(self.tfidf_.transform(doc_term.counts.astype(np.float64)))

    def _place(self, weights: sparse.csr_matrix) -> Array:
        starts = range(0, weights.shape[0], CHUNK)
        parts = [self.model_.transform(weights[start : start + CHUNK]) for start in starts]
        return np.asarray(np.vstack(parts) * self.scale_)
