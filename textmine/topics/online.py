"""Latent Dirichlet allocation chunk by chunk, which takes in new documents, and with seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Self

import numpy as np
from gensim.matutils import Sparse2Corpus
from gensim.models import LdaModel
from numpy.typing import NDArray

from textmine.errors import UsageError
from textmine.matrices import DocTerm
from textmine.topics.base import Array, TopicModel, in_order
from textmine.topics.nmf import NmfTopics


class OnlineLdaTopics(TopicModel):
    """Latent Dirichlet allocation by online variational Bayes.

    Hoffman, Blei & Bach 2010 through gensim, in one process and double precision, so that a seed
    fixes the result; symmetric priors 1/k. New documents join by `partial_fit`.

    Parameters
    ----------
    k, seed
        Number of topics; seed of the start.
    passes
        Passes over the corpus.
    chunk
        Documents per update.
    """

    name = "lda_online"

    def __init__(self, k: int = 10, *, seed: int = 0, passes: int = 10, chunk: int = 2000) -> None:
        super().__init__(k, seed=seed)
        self.passes = passes
        self.chunk = chunk

    def _prior(self, doc_term: DocTerm) -> Array | str:
        return "symmetric"

    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        self.model_ = LdaModel(
            num_topics=self.k,
            id2word=dict(enumerate(doc_term.terms)),
            passes=self.passes,
            chunksize=self.chunk,
            alpha="symmetric",
            eta=self._prior(doc_term),
            iterations=100,
            eval_every=None,
            random_state=self.seed,
            dtype=np.float64,
        )
        self._start(doc_term)
        self.model_.update(list(Sparse2Corpus(doc_term.counts, documents_columns=False)))
        return self.model_.get_topics(), self._infer(doc_term)

    def _start(self, doc_term: DocTerm) -> None:
        """Start from the topics of NMF: from random ones, one in four of twenty ends merged."""
        found = NmfTopics(self.k, seed=self.seed).fit(doc_term).fit_.topic_word
        start = self.model_.state.sstats
        # Half of the mass stays random, so that no word is lost to a topic for good.
        start[:] = (start + found * len(doc_term.terms)) / 2
        self.model_.sync_state()

    def _infer(self, doc_term: DocTerm) -> Array:
        # gensim starts each inference from random numbers: always the same ones.
        self.model_.random_state = np.random.RandomState(self.seed)
        documents = list(Sparse2Corpus(doc_term.counts, documents_columns=False))
        gamma, _ = self.model_.inference(documents)
        # What the prior gives every topic is no evidence: a document without words has none.
        return np.asarray(np.maximum(gamma - self.model_.alpha, 0))

    def partial_fit(self, doc_term: DocTerm) -> Self:
        """Take in new documents over the same terms; topics keep their numbers.

        Afterwards `fit_` holds the new documents' shares and the moved topics.

        Raises
        ------
        UsageError
            When the terms are not those of the fit.
        """
        if doc_term.terms != self.fit_.terms:
            raise UsageError(
                "New documents must be counted over the terms of the fit.",
                remedy="Use doc_term.aligned(model.fit_.terms).",
            )
        ordered = in_order(doc_term, 1)
        self.model_.update(list(Sparse2Corpus(ordered.counts, documents_columns=False)))
        self.fit_ = replace(
            self.fit_,
            topic_word=self.model_.get_topics()[self.order_],
            doc_topic=self.transform(ordered),
            doc_ids=ordered.doc_ids,
        )
        return self


class SeededTopics(OnlineLdaTopics):
    """Topics anchored in given words, such as the labels of concepts, beside free ones.

    LDA with an uneven prior: each seed word counts in its topic as if it had been seen there
    `strength` times as often as in the whole corpus (Lu et al. 2011, doi
    10.1109/ICDMW.2011.125; Jagarlamudi, Daumé & Udupa 2012).

    Parameters
    ----------
    k
        Number of topics in all; at least one per seed.
    seeds
        Words per topic, by the topic's name; words that the corpus does not have are passed over.
    strength
        0 for a start at the seeds alone; from 0.05 on a seeded topic may hold its seeds and little
        else, while another takes their company.
    """

    name = "seeded"

    def __init__(
        self,
        k: int = 10,
        *,
        seed: int = 0,
        seeds: Mapping[str, Sequence[str]],
        strength: float = 0.01,
        passes: int = 10,
        chunk: int = 2000,
    ) -> None:
        super().__init__(k, seed=seed, passes=passes, chunk=chunk)
        self.seeds = {name: tuple(words) for name, words in seeds.items()}
        self.strength = strength

    def _prior(self, doc_term: DocTerm) -> Array:
        if len(self.seeds) > self.k:
            raise UsageError(
                f"{len(self.seeds)} seeded topics do not fit into {self.k}.",
                remedy="Raise topics.k or name fewer seeds.",
            )
        return np.asarray(1 / self.k + self.strength * self._anchors(doc_term))

    def _start(self, doc_term: DocTerm) -> None:
        # From random topics another one could take the seeds' company first and keep it: what all
        # topics have of a seed word at the start goes to its own, and a seeded topic starts from
        # the words by how much more frequent they are where its seeds are.
        anchors = self._anchors(doc_term) > 0
        seeded = anchors.any(axis=0)
        start = self.model_.state.sstats
        start *= self._company(doc_term, anchors)
        start[:, seeded] = np.where(anchors, start.sum(axis=0), 0.0)[:, seeded]
        self.model_.sync_state()

    def _company(self, doc_term: DocTerm, anchors: NDArray[np.bool_]) -> Array:
        """How many times as frequent each word is in documents with a topic's seeds; (k, terms).

        Documents count by the share of the seeds in their words; 1 for topics without seeds.
        """
        counts = doc_term.counts.astype(np.float64)
        lengths = np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1)
        totals = np.asarray(counts.sum(axis=0)).ravel() + 1
        lift = np.ones(anchors.shape)
        for topic in np.flatnonzero(anchors.any(axis=1)):
            share = np.asarray(counts[:, anchors[topic]].sum(axis=1)).ravel() / lengths
            near = np.asarray(counts.T @ share).ravel() + share.mean()
            lift[topic] = (near / near.sum()) / (totals / totals.sum())
        return lift

    def _anchors(self, doc_term: DocTerm) -> Array:
        """How often the corpus has each seed word, in the row of its topic."""
        column = {term: i for i, term in enumerate(doc_term.terms)}
        totals = np.asarray(doc_term.counts.sum(axis=0), dtype=np.float64).ravel()
        anchors = np.zeros((self.k, len(doc_term.terms)))
        for topic, words in enumerate(self.seeds.values()):
            known = [column[word] for word in words if word in column]
            anchors[topic, known] = totals[known]
        return anchors

    def _names(self) -> tuple[str, ...]:
        return (*self.seeds, *("",) * (self.k - len(self.seeds)))
