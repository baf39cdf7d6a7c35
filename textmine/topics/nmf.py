"""Non-negative matrix factorisation of TF-IDF weights."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from textmine.matrices import DocTerm
from textmine.topics.base import Array, TopicModel


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
    """

    name = "nmf"

    def __init__(self, k: int = 10, *, seed: int = 0, max_iter: int = 400) -> None:
        super().__init__(k, seed=seed)
        self.max_iter = max_iter

    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        self.tfidf_ = TfidfTransformer(sublinear_tf=True)
        weights = self.tfidf_.fit_transform(doc_term.counts.astype(np.float64))
        self.model_ = NMF(
            self.k, init="nndsvda", solver="mu", max_iter=self.max_iter, random_state=self.seed
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            doc_topic = self.model_.fit_transform(weights)
        # W and H are only known up to a scale per topic: weigh W by the length of what it brings
        # into X, whose rows have length 1 too.
        self.scale_ = np.linalg.norm(self.model_.components_, axis=1)
        return self.model_.components_, doc_topic * self.scale_

    def _infer(self, doc_term: DocTerm) -> Array:
        weights = self.tfidf_.transform(doc_term.counts.astype(np.float64))
        return np.asarray(self.model_.transform(weights) * self.scale_)
