"""The topic models, each a thin estimator around the library that fits it best.

They fit the documents in the order of their ids, single-threaded where threads would change the
order of sums, so the result does not depend on how the corpus was put together.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

from textmine.errors import TooFewData
from textmine.matrices import DocTerm
from textmine.topics.fit import TopicFit


class TopicModel(Protocol):
    """What every topic model offers."""

    fit_: TopicFit

    def fit(self, doc_term: DocTerm) -> Self:
        """Learn topics; the result is `fit_`.

        Raises
        ------
        TooFewData
            When there are fewer documents or terms than topics.
        """
        ...

    def transform(self, doc_term: DocTerm) -> NDArray[np.float64]:
        """Topic shares of documents over the same terms; shape (documents, topics)."""
        ...


class NmfTopics:
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
        self.k = k
        self.seed = seed
        self.max_iter = max_iter

    def fit(self, doc_term: DocTerm) -> Self:
        """Learn topics; see `TopicModel.fit`."""
        ordered = _in_order(doc_term, self.k)
        self.tfidf_ = TfidfTransformer(sublinear_tf=True)
        weights = self.tfidf_.fit_transform(ordered.counts.astype(np.float64))
        self.model_ = NMF(
            self.k, init="nndsvda", solver="mu", max_iter=self.max_iter, random_state=self.seed
        )
        with threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            doc_topic = self.model_.fit_transform(weights)
        parameters = {"k": self.k, "max_iter": self.max_iter, "weights": "tf-idf, sublinear"}
        # W and H are only known up to a scale per topic: weigh W by what it brings into X.
        self.scale_ = self.model_.components_.sum(axis=1)
        self.fit_, self.order_ = _result(
            self.model_.components_,
            doc_topic * self.scale_,
            ordered,
            self.name,
            parameters,
            self.seed,
        )
        return self

    def transform(self, doc_term: DocTerm) -> NDArray[np.float64]:
        """Topic shares of documents; see `TopicModel.transform`."""
        with threadpool_limits(1):
            weights = self.tfidf_.transform(doc_term.counts.astype(np.float64))
            return _shares((self.model_.transform(weights) * self.scale_)[:, self.order_])


class LdaTopics:
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
        self.k = k
        self.seed = seed
        self.max_iter = max_iter

    def fit(self, doc_term: DocTerm) -> Self:
        """Learn topics; see `TopicModel.fit`."""
        ordered = _in_order(doc_term, self.k)
        self.model_ = LatentDirichletAllocation(
            self.k, max_iter=self.max_iter, learning_method="batch", random_state=self.seed
        )
        with threadpool_limits(1):
            doc_topic = self.model_.fit_transform(ordered.counts)
        parameters = {
            "k": self.k,
            "max_iter": self.max_iter,
            "alpha": 1 / self.k,
            "eta": 1 / self.k,
        }
        self.fit_, self.order_ = _result(
            self.model_.components_, doc_topic, ordered, self.name, parameters, self.seed
        )
        return self

    def transform(self, doc_term: DocTerm) -> NDArray[np.float64]:
        """Topic shares of documents; see `TopicModel.transform`."""
        with threadpool_limits(1):
            return _shares(self.model_.transform(doc_term.counts)[:, self.order_])


MODELS: dict[str, type[NmfTopics] | type[LdaTopics]] = {"nmf": NmfTopics, "lda": LdaTopics}


def _in_order(doc_term: DocTerm, k: int) -> DocTerm:
    if min(doc_term.counts.shape) < k:
        raise TooFewData(
            f"{doc_term.counts.shape[0]} documents with {doc_term.counts.shape[1]} terms cannot"
            f" hold {k} topics.",
            remedy="Lower topics.k or terms.min_documents, or add documents.",
        )
    return doc_term.select_documents(np.argsort(np.array(doc_term.doc_ids), kind="stable"))


def _result(
    components: NDArray[np.float64],
    doc_topic: NDArray[np.float64],
    doc_term: DocTerm,
    name: str,
    parameters: Mapping[str, object],
    seed: int,
) -> tuple[TopicFit, NDArray[np.int64]]:
    """Scale to shares and order topics by prevalence; also the order, for later documents."""
    shares = _shares(doc_topic)
    order = np.argsort(-np.round(shares.mean(axis=0), 9), kind="stable")
    fit = TopicFit(
        _shares(components[order]),
        shares[:, order],
        doc_term.terms,
        doc_term.doc_ids,
        name,
        parameters,
        seed,
    )
    return fit, order


def _shares(weights: NDArray[np.float64] | sparse.spmatrix) -> NDArray[np.float64]:
    """Rows scaled to sum 1; a row of zeros becomes equal shares."""
    dense = np.asarray(weights, dtype=np.float64)
    totals = dense.sum(axis=1, keepdims=True)
    equal = np.full_like(dense, 1 / dense.shape[1])
    return np.where(totals > 0, dense / np.where(totals > 0, totals, 1), equal)
