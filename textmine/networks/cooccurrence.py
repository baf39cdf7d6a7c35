"""Co-occurrence counts of terms."""

from __future__ import annotations

import numpy as np

from textmine.matrices import DocTerm, TermTerm


def most_frequent(doc_term: DocTerm, terms: int) -> DocTerm:
    """The terms that most rows hold, in alphabetical order; ties go by the term.

    Choose them before counting pairs: all pairs of all words of a thousand long reports take
    gigabytes.
    """
    held = doc_term.document_frequency
    ranked = sorted(range(len(doc_term.terms)), key=lambda i: (-int(held[i]), doc_term.terms[i]))
    return doc_term.select_terms(sorted(ranked[:terms], key=doc_term.terms.__getitem__))


def cooccurrence(doc_term: DocTerm, *, unit: str = "document") -> TermTerm:
    """Count the rows that hold both of two terms.

    C = AᵀA for the binary matrix A of rows by terms, without its diagonal. A row counts a pair
    once, however often the terms occur in it.

    Parameters
    ----------
    doc_term
        Counts whose rows are the units: documents, or sentences with ids of their own.
    unit
        The name of what a row is.
    """
    present = doc_term.counts.astype(bool).astype(np.int64)
    counts = (present.T @ present).tocsr()
    occurrences = counts.diagonal().astype(np.int64)
    counts.setdiag(0)
    counts.eliminate_zeros()
    counts.sort_indices()
    return TermTerm(counts, doc_term.terms, occurrences, present.shape[0], unit)
