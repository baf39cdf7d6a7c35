"""The neighbourhood of one term or concept, period by period, and what changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import DocTerm, TermTerm
from textmine.networks.normalise import Measure, normalise
from textmine.networks.significance import benjamini_hochberg, hypergeometric_tails
from textmine.records import Period

Longs = NDArray[np.int64]
EGO_COLUMNS = (
    *("period", "term", "together", "documents", "ego_documents", "units", "weight"),
    *("p", "q", "linked", "change"),
)
LEVEL = 0.05  # of q, below which two terms count as linked


def ego(
    doc_term: DocTerm,
    present: Collection[str],
    years: Sequence[int | None],
    periods: Sequence[Period],
    *,
    without: Collection[str] = (),
    measure: Measure = "association",
    min_cooccurrence: int = 2,
    top: int = 10,
) -> pd.DataFrame:
    """Which terms go with a concept more than by chance, per period.

    Parameters
    ----------
    doc_term
        Terms of the documents.
    present
        Ids of the documents that hold the concept.
    years
        Year of each row of `doc_term`.
    without
        Terms to leave out: the concept's own names.

    min_cooccurrence
        Documents that must hold both.
    top
        Terms shown per period beside those that are linked, the least likely by chance first.

    Returns
    -------
    DataFrame
        Columns `EGO_COLUMNS`, the least likely by chance first within a period. together,
        documents, ego_documents and units count the period's documents that hold both, the term,
        the concept, and all. p is the hypergeometric tail, q corrected over all terms of the
        period. linked is q < 0.05. change compares linked with the period before: new, kept, gone;
        empty where a term is linked in neither, and in the first period.
    """
    inside = np.isin(np.array(doc_term.doc_ids), sorted(present))
    year = np.array([-1 if y is None else y for y in years])
    parts: list[pd.DataFrame] = []
    before: set[str] = set()
    for period in periods:
        rows = np.flatnonzero((year >= period.first) & (year <= period.last))
        table = _one(doc_term, inside, rows, set(without), measure, min_cooccurrence)
        linked = set(table.loc[table["linked"], "term"])
        head = set(table.loc[table["together"] >= min_cooccurrence, "term"].head(top))
        shown = table[table["term"].isin(linked | before | head)]
        change = [_change(t in before, t in linked) if parts else "" for t in shown["term"]]
        parts.append(shown.assign(period=period.name, change=change))
        before = linked
    found = pd.concat(parts) if parts else pd.DataFrame(columns=list(EGO_COLUMNS))
    return found[list(EGO_COLUMNS)].reset_index(drop=True)


def _change(before: bool, now: bool) -> str:
    return {(True, True): "kept", (False, True): "new", (True, False): "gone"}.get(
        (before, now), ""
    )


def _one(
    doc_term: DocTerm,
    inside: NDArray[np.bool_],
    rows: Longs,
    without: set[str],
    measure: Measure,
    minimum: int,
) -> pd.DataFrame:
    """The neighbours of the concept in some of the documents."""
    keep = [i for i, term in enumerate(doc_term.terms) if term not in without]
    chosen = doc_term.select_documents(rows).select_terms(keep)
    present = chosen.counts.astype(bool).astype(np.int64)
    holds = inside[rows].astype(np.int64)
    together = np.asarray(present.T @ holds).ravel()
    documents = np.asarray(present.sum(axis=0)).ravel()
    ego_documents = int(holds.sum())
    star = _star(together, documents, ego_documents, len(rows))
    weight = normalise(star, measure)[:1, 1:].toarray().ravel()
    p = hypergeometric_tails(
        together, documents, np.full(len(keep), ego_documents), max(len(rows), 1)
    )
    q = benjamini_hochberg(p, tests=len(keep))
    table = pd.DataFrame(
        {
            "term": chosen.terms,
            "together": together,
            "documents": documents,
            "ego_documents": ego_documents,
            "units": len(rows),
            "weight": weight,
            "p": p,
            "q": q,
            "linked": (q < LEVEL) & (together >= minimum),
        }
    )
    return table.sort_values(["p", "weight", "term"], ascending=[True, False, True])


def _star(together: Longs, documents: Longs, ego_documents: int, units: int) -> TermTerm:
    """The concept, as the first node, and its links with the terms."""
    n = len(together)
    to = np.arange(1, n + 1)
    half = sparse.csr_matrix((together, (np.zeros(n, dtype=np.int64), to)), shape=(n + 1, n + 1))
    counts = sparse.csr_matrix(half + half.T)
    counts.eliminate_zeros()
    occurrences = np.concatenate([[ego_documents], documents])
    return TermTerm(counts, ("", *map(str, to)), occurrences, units, "document")
