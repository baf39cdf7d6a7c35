"""What every topic model shares: the contract, the order of documents, the frozen result.

They fit the documents in the order of their ids, single-threaded where threads would change the
order of sums, so the result does not depend on how the corpus was put together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

from textmine.errors import TooFewData
from textmine.matrices import DocTerm
from textmine.topics.fit import TopicFit

Array = NDArray[np.float64]


class TopicModel(ABC):
    """A topic model: parameters are stored, learned names end in `_`.

    A model says how to learn from documents in order (`_learn`) and how to place documents among
    the topics it has learned (`_infer`); what all have in common stands here.

    Attributes
    ----------
    fit_
        The result, once fitted.
    order_
        Place in the library's numbering of each topic of `fit_`.
    """

    name: ClassVar[str]
    fit_: TopicFit
    order_: NDArray[np.int64]

    def __init__(self, k: int = 10, *, seed: int = 0) -> None:
        self.k = k
        self.seed = seed

    @abstractmethod
    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        """Weights of terms in topics and of topics in documents, on any scale per row."""

    @abstractmethod
    def _infer(self, doc_term: DocTerm) -> Array:
        """Weights of topics in documents, in the library's numbering, on any scale per row."""

    @property
    def parameters(self) -> Mapping[str, object]:
        """What the model was told beside the seed, for manifests and methods paragraphs."""
        return {k: v for k, v in vars(self).items() if not k.endswith("_") and k != "seed"}

    def with_parameters(self, **values: object) -> Self:
        """An unfitted model with the same parameters but for these."""
        stored = {k: v for k, v in vars(self).items() if not k.endswith("_")}
        made = type(self).__new__(type(self))
        vars(made).update({**stored, **values})
        return made

    def fit(self, doc_term: DocTerm) -> Self:
        """Learn topics; the result is `fit_`.

        Raises
        ------
        TooFewData
            When there are fewer documents or terms than topics.
        """
        ordered = in_order(doc_term, self.k)
        with threadpool_limits(1):
            components, doc_topic = self._learn(ordered)
        shares = as_shares(doc_topic)
        self.order_ = np.argsort(-np.round(shares.mean(axis=0), 9), kind="stable")
        self.fit_ = TopicFit(
            as_shares(components[self.order_]),
            shares[:, self.order_],
            ordered.terms,
            ordered.doc_ids,
            self.name,
            self.parameters,
            self.seed,
            tuple(names[i] for i in self.order_) if (names := self._names()) else (),
        )
        return self

    def _names(self) -> tuple[str, ...]:
        """What the topics are called, in the library's numbering; nothing without seeds."""
        return ()

    def transform(self, doc_term: DocTerm) -> Array:
        """Topic shares of documents over the terms of the fit; shape (documents, topics)."""
        with threadpool_limits(1):
            return as_shares(self._infer(doc_term)[:, self.order_])


def in_order(doc_term: DocTerm, k: int) -> DocTerm:
    """The documents by id; refused when they cannot hold `k` topics."""
    if min(doc_term.counts.shape) < k:
        raise TooFewData(
            f"{doc_term.counts.shape[0]} documents with {doc_term.counts.shape[1]} terms cannot"
            f" hold {k} topics.",
            remedy="Lower topics.k or terms.min_documents, or add documents.",
        )
    return doc_term.select_documents(np.argsort(np.array(doc_term.doc_ids), kind="stable"))


def as_shares(weights: Array | sparse.spmatrix) -> Array:
    """Rows scaled to sum 1; a row of zeros becomes equal shares."""
    dense = np.asarray(weights, dtype=np.float64)
    totals = dense.sum(axis=1, keepdims=True)
    equal = np.full_like(dense, 1 / dense.shape[1])
    return np.where(totals > 0, dense / np.where(totals > 0, totals, 1), equal)


def at_length_one(rows: Array) -> Array:
    """Rows scaled to Euclidean length 1; a row of zeros stays."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-300))
