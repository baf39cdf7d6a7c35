"""Latent Dirichlet allocation: all documents at once, or chunk by chunk."""

from __future__ import annotations

import numpy as np
from sklearn.decomposition import LatentDirichletAllocation

from textmine.matrices import DocTerm
from textmine.topics.base import Array, TopicModel


class LdaTopics(TopicModel):
    """Latent Dirichlet allocation by batch variational Bayes.

    Blei, Ng & Jordan 2003 (JMLR 3:993–1022); inference of Hoffman, Blei & Bach 2010, through
    scikit-learn, with symmetric priors alpha = eta = 1/k.

    Parameters
    ----------
    k
        Number of topics.
    seed
        Seeds the random start: LDA, unlike NMF here, depends on it.
    max_iter
        Passes over the corpus.
    """

    name = "lda"

    def __init__(self, k: int = 10, *, seed: int = 0, max_iter: int = 50) -> None:
        super().__init__(k, seed=seed)
        self.max_iter = max_iter

    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        self.model_ = LatentDirichletAllocation(
            self.k, max_iter=self.max_iter, learning_method="batch", random_state=self.seed
        )
        doc_topic = self.model_.fit_transform(doc_term.counts)
        return self.model_.components_, doc_topic

    def _infer(self, doc_term: DocTerm) -> Array:
        return np.asarray(self.model_.transform(doc_term.counts))
