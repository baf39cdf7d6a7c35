"""What is linked, and what one count means: from what units hold to co-occurrence counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import numpy as np
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
        Units with more items are left out of the links, as VOSviewer does with long author lists.

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

    Raises
    ------
    UsageError
        For a way of counting that is neither full nor fractional.
    """
    if counting not in ("full", "fractional"):
        raise UsageError(f"There is no counting {counting!r}.", remedy="Choose full or fractional.")
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
    return TermTerm(counts, chosen.terms, occurrences, present.shape[0], unit, shares)


def most_frequent(doc_term: DocTerm, terms: int) -> DocTerm:
    """The terms that most rows hold, in alphabetical order; ties go by the term.

    Choose them before counting pairs: all pairs of all words of a thousand long reports take
    gigabytes.
    """
    held = doc_term.document_frequency
    ranked = sorted(range(len(doc_term.terms)), key=lambda i: (-int(held[i]), doc_term.terms[i]))
    return doc_term.select_terms(sorted(ranked[:terms], key=doc_term.terms.__getitem__))


def _pairs(present: sparse.csr_matrix, weights: sparse.dia_array | None) -> sparse.csr_matrix:
    left = present.T.tocsr() if weights is None else (present.T @ weights).tocsr()
    pairs = sparse.csr_matrix(left @ present)
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    pairs.sort_indices()
    return pairs
