"""What is linked, and what one count means: from what units hold to co-occurrence counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.errors import UsageError
from textmine.matrices import DocTerm, TermTerm

Counting = Literal["full", "fractional"]


def incidence(
    ids: Iterable[str], held: Iterable[Collection[str]], *, most: int | None = None
) -> DocTerm:
    """Which unit holds which item: keywords, authors, institutions, agencies, concepts.

    Parameters
    ----------
    ids, held
        One id and the names of its items per unit, in the same order; a repeated name counts once.
    most
        Units with more items hold none, as VOSviewer ignores documents with many authors: they
        count neither for links nor for occurrences.

    Returns
    -------
    DocTerm
        Ones; items sorted by name.
    """
    rows = [sorted({name for name in names if name}) for names in held]
    if most is not None:
        rows = [names if len(names) <= most else [] for names in rows]
    items = sorted({name for names in rows for name in names})
    column = {name: i for i, name in enumerate(items)}
    flat = np.array([column[name] for names in rows for name in names], dtype=np.int32)
    ends = np.cumsum([0, *map(len, rows)])
    ones = np.ones(len(flat), dtype=np.int32)
    counts = sparse.csr_matrix((ones, flat, ends), shape=(len(rows), len(items)))
    return DocTerm(counts, tuple(ids), tuple(items))


def cooccurrence(
    doc_term: DocTerm,
    *,
    unit: str = "document",
    counting: Counting = "full",
    terms: Sequence[str] | None = None,
    second: Collection[str] = (),
) -> TermTerm:
    """Count the rows that hold both of two terms.

    C = AᵀA for the binary matrix A of rows by terms, without its diagonal. A row counts a pair
    once, however often the terms occur in it. Under fractional counting a link weighs the sum of
    1 / (n − 1) over the rows that hold both, n being all the terms of the row, so that a row
    gives each of its terms one link in all (Perianes-Rodriguez, Waltman & van Eck 2016,
    doi 10.1016/j.joi.2016.10.006).

    Parameters
    ----------
    doc_term
        Counts whose rows are the units: documents, or sentences with ids of their own.
    unit
        The name of what a row is.
    terms
        Link only these, in this order, such as `most_frequent`; n of fractional counting is that
        of all.
    second
        The terms of a second kind: only terms of different kinds are linked (a two-mode network,
        such as terms and years).

    Raises
    ------
    UsageError
        For a way of counting that is neither full nor fractional, or fractional between two kinds,
        where a unit's n says nothing of its links.
    """
    if counting not in ("full", "fractional"):
        raise UsageError(f"There is no counting {counting!r}.", remedy="Choose full or fractional.")
    if second and counting == "fractional":
        raise UsageError(
            "Links between two kinds cannot be counted fractionally.", remedy="Choose full."
        )
    sizes = np.diff(doc_term.counts.astype(bool).tocsr().indptr)
    chosen = doc_term if terms is None else doc_term.aligned(terms)
    present = chosen.counts.tocsr().astype(np.int32)
    present.sum_duplicates()
    present.data[:] = 1
    shares = None
    if counting == "fractional":
        weights = np.where(sizes > 1, 1 / np.maximum(sizes - 1, 1), 0.0)
        shares = _pairs(present, sparse.diags_array(weights))
    occurrences = chosen.document_frequency
    counts = _pairs(present, None)
    sides = None
    if second:
        sides = np.isin(np.array(chosen.terms, dtype=object), list(second)).astype(np.int64)
        counts = _across(counts, sides)
    return TermTerm(counts, chosen.terms, occurrences, present.shape[0], unit, shares, sides)


def most_frequent(doc_term: DocTerm, terms: int) -> DocTerm:
    """The terms that most rows hold, in alphabetical order; ties go by the term.

    Choose them before counting pairs: all pairs of all words of a thousand long reports take
    gigabytes.
    """
    held = doc_term.document_frequency
    ranked = sorted(range(len(doc_term.terms)), key=lambda i: (-int(held[i]), doc_term.terms[i]))
    return doc_term.select_terms(sorted(ranked[:terms], key=doc_term.terms.__getitem__))


def at_least(doc_term: DocTerm, minimum: int) -> DocTerm:
    """The terms that so many rows hold."""
    return doc_term.select_terms(np.flatnonzero(doc_term.document_frequency >= minimum))


def strongest(
    doc_term: DocTerm, terms: int, *, minimum: int = 1, counting: Counting = "full"
) -> DocTerm:
    """The terms with the greatest total link strength, as VOSviewer chooses them; alphabetical.

    The strength of a term sums its links with all terms that at least `minimum` rows hold. A row
    with m of these gives each of them m − 1, or under fractional counting (m − 1) / (n − 1), n
    being all terms of the row; so no pair has to be counted. Ties go by rows, then by the term.
    """
    passed = at_least(doc_term, minimum)
    of_all, of_passed = (np.diff(one.counts.indptr) for one in (doc_term, passed))
    share = np.maximum(of_passed - 1, 0) / (
        np.maximum(of_all - 1, 1) if counting == "fractional" else 1
    )
    total = (passed.counts.astype(bool).astype(np.float64).T @ share).round(9)
    held = passed.document_frequency
    ranked = sorted(range(len(total)), key=lambda i: (-total[i], -int(held[i]), passed.terms[i]))
    return passed.select_terms(sorted(ranked[:terms], key=passed.terms.__getitem__))


def transposed(doc_term: DocTerm) -> DocTerm:
    """Terms as the units and documents as what they hold: for bibliographic coupling."""
    held = doc_term.counts.T.tocsr()
    held.sort_indices()
    return DocTerm(held, doc_term.terms, doc_term.doc_ids)


def beside(one: DocTerm, other: DocTerm) -> DocTerm:
    """The terms of both matrices over the same rows; the names must differ.

    Raises
    ------
    ValueError
        When rows or names do not fit.
    """
    terms = tuple(chain(one.terms, other.terms))
    if one.doc_ids != other.doc_ids or len(set(terms)) < len(terms):
        raise ValueError("Both need the same rows in the same order, and no common term.")
    return DocTerm(sparse.hstack([one.counts, other.counts]).tocsr(), one.doc_ids, terms)


def _across(pairs: sparse.csr_matrix, sides: NDArray[np.int64]) -> sparse.csr_matrix:
    """Only the links between different kinds."""
    found = pairs.tocoo()
    keep = sides[found.row] != sides[found.col]
    kept = (found.data[keep], (found.row[keep], found.col[keep]))
    return sparse.csr_matrix(kept, shape=pairs.shape)


def _pairs(present: sparse.csr_matrix, weights: sparse.dia_array | None) -> sparse.csr_matrix:
    left = present.T.tocsr() if weights is None else (present.T @ weights).tocsr()
    pairs = sparse.csr_matrix(left @ present)
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    pairs.sort_indices()
    return pairs
