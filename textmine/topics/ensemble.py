"""Consensus of many fits: the topics that most of them find."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.decomposition import NMF, non_negative_factorization
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from textmine.matrices import DocTerm
from textmine.topics.base import Array, TopicModel, at_length_one

SHARE = 0.8  # of the documents that each member sees
MEMBER_ITERATIONS = 100  # the consensus averages over what a longer fit would still move


class EnsembleTopics(TopicModel):
    """Consensus topics over fits with other starts and other documents.

    Belford, Mac Namee & Greene 2018, doi 10.1016/j.eswa.2017.08.047: the topics of all members
    (NMF of TF-IDF weights, random start, four fifths of the documents) are stacked as rows of
    length 1 and factorised again from the deterministic start of NNDSVDa; its components are the
    consensus, among which all documents are then placed. Slower by the number of members, and
    less at the mercy of a few documents.

    Parameters
    ----------
    k, seed
        Number of topics, of the members too; seed of their starts and documents.
    members
        How many fits.
    """

    name = "ensemble"

    def __init__(self, k: int = 10, *, seed: int = 0, members: int = 20) -> None:
        super().__init__(k, seed=seed)
        self.members = members

    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        self.tfidf_ = TfidfTransformer(sublinear_tf=True)
        weights = self.tfidf_.fit_transform(doc_term.counts.astype(np.float64))
        random = np.random.default_rng(self.seed)
        size = max(self.k, round(SHARE * weights.shape[0]))
        stacked = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            for member in range(self.members):
                rows = np.sort(random.permutation(weights.shape[0])[:size])
                model = NMF(
                    self.k,
                    init="random",
                    solver="mu",
                    max_iter=MEMBER_ITERATIONS,
                    tol=0,
                    random_state=self.seed + member,
                )
                stacked.append(at_length_one(model.fit(weights[rows]).components_))
            consensus = NMF(
                self.k, init="nndsvda", solver="mu", max_iter=400, random_state=self.seed
            ).fit(np.vstack(stacked))
        self.components_ = at_length_one(consensus.components_)
        return self.components_, self._place(weights)

    def _infer(self, doc_term: DocTerm) -> Array:
        return self._place(self.tfidf_.transform(doc_term.counts.astype(np.float64)))

    def _place(self, weights: object) -> Array:
        """Non-negative weights of the topics in each document, the topics held fixed."""
        fixed = {"H": self.components_, "n_components": self.k, "update_H": False}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            found, _, _ = non_negative_factorization(weights, **fixed, random_state=self.seed)
        return np.asarray(found)
