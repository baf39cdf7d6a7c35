"""Sparse counts that keep their names: documents by terms, and terms by terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


@dataclass(frozen=True, eq=False)
class DocTerm:
    """Counts of terms in documents.

    Attributes
    ----------
    counts
        CSR matrix, documents × terms, int32.
    doc_ids
        One id per row.
    terms
        One term per column.
    """

    counts: sparse.csr_matrix
    doc_ids: tuple[str, ...]
    terms: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.counts.shape != (len(self.doc_ids), len(self.terms)):
            raise ValueError(
                f"counts are {self.counts.shape}, labels {len(self.doc_ids)} × {len(self.terms)}"
            )

    @property
    def document_frequency(self) -> NDArray[np.int64]:
        """How many documents hold each term; shape (terms,)."""
        return np.bincount(self.counts.indices, minlength=len(self.terms)).astype(np.int64)

    def select_terms(self, keep: Sequence[int] | NDArray[np.int64]) -> DocTerm:
        """The same documents with the terms at these positions, in this order."""
        columns = np.asarray(keep, dtype=np.int64)
        return DocTerm(
            self.counts[:, columns].tocsr(), self.doc_ids, tuple(self.terms[i] for i in columns)
        )

    def aligned(self, terms: Sequence[str]) -> DocTerm:
        """The same documents over other terms: those it lacks count 0, others are left out."""
        column = {term: i for i, term in enumerate(terms)}
        target = np.array([column.get(term, -1) for term in self.terms], dtype=np.int64)
        known = np.flatnonzero(target >= 0)
        place = sparse.csr_matrix(
            (np.ones(len(known), dtype=self.counts.dtype), (known, target[known])),
            shape=(len(self.terms), len(terms)),
        )
        return DocTerm((self.counts @ place).tocsr(), self.doc_ids, tuple(terms))

    def select_documents(self, keep: Sequence[int] | NDArray[np.int64]) -> DocTerm:
        """The documents at these positions, in this order, with all terms."""
        rows = np.asarray(keep, dtype=np.int64)
        return DocTerm(self.counts[rows].tocsr(), tuple(self.doc_ids[i] for i in rows), self.terms)


@dataclass(frozen=True, eq=False)
class TermTerm:
    """Co-occurrence of terms, or of any items that documents hold.

    Attributes
    ----------
    counts
        Symmetric CSR matrix, terms × terms, without diagonal: documents (or whatever the `unit`
        says) that hold both.
    occurrences
        How many units hold each term; shape (terms,).
    units
        How many units there are in all.
    unit
        What one count means: "document", "section" or "sentence".
    shares
        Under fractional counting, what the links weigh: as `counts`, but a unit of n terms adds
        1 / (n − 1) to each of its pairs. None under full counting, where a link weighs `counts`.
    sides
        Which of two kinds each term is, 0 or 1, where only terms of different kinds are linked
        (a two-mode network); shape (terms,). None where all are of one kind.
    """

    counts: sparse.csr_matrix
    terms: tuple[str, ...]
    occurrences: NDArray[np.int64]
    units: int
    unit: str
    shares: sparse.csr_matrix | None = None
    sides: NDArray[np.int64] | None = None

    @property
    def pairs(self) -> int:
        """How many pairs of terms could be linked."""
        n = len(self.terms)
        if self.sides is None:
            return n * (n - 1) // 2
        return int(self.sides.sum()) * (n - int(self.sides.sum()))

    @property
    def links(self) -> sparse.csr_matrix:
        """What the links weigh under the way of counting."""
        return self.counts if self.shares is None else self.shares

    def select(self, keep: Sequence[int] | NDArray[np.int64]) -> TermTerm:
        """The network of the terms at these positions, in this order."""
        at = np.asarray(keep, dtype=np.int64)
        return TermTerm(
            self.counts[at][:, at].tocsr(),
            tuple(self.terms[i] for i in at),
            self.occurrences[at],
            self.units,
            self.unit,
            None if self.shares is None else self.shares[at][:, at].tocsr(),
            None if self.sides is None else self.sides[at],
        )
