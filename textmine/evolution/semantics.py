"""Whether a concept is spoken of in other words than before, and in which.

Change is 1 − c, with the corrected cosine c of `proximity` between a concept's contexts in two
periods: 0 where both are drawn alike, whatever their sizes. Two controls stand beside it (Dubossarsky
et al. 2017, doi 10.18653/v1/D17-1118, show that without them chance passes for change): the
documents permuted between the periods, and the change of the documents that do not mention the
concept, since the language of all documents moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from textmine.evolution.contexts import Contexts
from textmine.evolution.meetings import false_discovery
from textmine.evolution.proximity import MIN_DOCUMENTS, PERMUTATIONS, similarity, unit_rows
from textmine.matrices import DocTerm
from textmine.records import Period

Array = NDArray[np.float64]
CHANGE_OF_MEANING_COLUMNS = (
    *("concept", "before", "after", "documents_before", "documents_after", "change", "low"),
    *("high", "p", "q", "background", "verdict", "note"),
)
NEIGHBOUR_COLUMNS = ("concept", "period", "rank", "term", "ppmi", "documents")
# PPMI is highest for the rarest words; in fewer documents than this it is one author's phrase.
MIN_NEIGHBOUR_DOCUMENTS = 3
SMOOTHING = 0.75  # of the context distribution: Levy, Goldberg & Dagan 2015
# More documents of a period are sampled: with 2,000 the change is known to two digits.
MOST_DOCUMENTS = 2000
AT_ONCE = 50  # permutations in one product; keeps memory at some ten megabytes
NAN = float("nan")


def meaning_changes(
    contexts: Contexts,
    doc_term: DocTerm,
    years: pd.Series,
    concepts: Sequence[str],
    periods: Sequence[Period],
    weights: Array,
    *,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """The change of each concept's contexts from each period to the next, and from first to last.

    Parameters
    ----------
    doc_term
        Whole documents, for the background; the same terms as the contexts.
    years
        Year by doc_id.
    weights
        One per term; see `proximity.idf`.
    seed
        Of the permutations and of the background's sample.

    Returns
    -------
    DataFrame
        `CHANGE_OF_MEANING_COLUMNS`; verdict is "changed" where q < 1 − confidence and the interval
        lies above the background, "as the language" where only the first holds, else "none
        shown". Fewer than 6 documents on either side have a note instead.
    """
    steps = [*pairwise(periods), *([(periods[0], periods[-1])] if len(periods) > 2 else [])]
    rows = []
    for concept in concepts:
        ids, counts = contexts.of(concept)
        year = years.reindex(ids).to_numpy(dtype=float, na_value=np.nan)
        vectors = unit_rows(counts, weights)
        for old, new in steps:
            sides = [_rows(year, period) for period in (old, new)]
            found = _change(vectors, [_sampled(s, seed) for s in sides], confidence, seed)
            background = NAN
            if found[-1] == "":
                background = _background(doc_term, years, set(ids), (old, new), weights, seed)
            sizes = (len(sides[0]), len(sides[1]))
            rows.append((concept, old.name, new.name, *sizes, *found[:4], background, found[4]))
    names = [c for c in CHANGE_OF_MEANING_COLUMNS if c not in ("q", "verdict")]
    table = pd.DataFrame(rows, columns=names)
    table["q"] = false_discovery(table["p"].to_numpy(float))
    shown = table["q"] < 1 - confidence
    beyond = np.where(table["low"] > table["background"], "changed", "as the language")
    table["verdict"] = np.where(shown, beyond, "none shown")
    table.loc[table["note"] != "", "verdict"] = ""
    return table[list(CHANGE_OF_MEANING_COLUMNS)]


def _rows(year: Array, period: Period) -> NDArray[np.int64]:
    return np.flatnonzero((year >= period.first) & (year <= period.last))


def _sampled(rows: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """The rows, or as many of them as are enough."""
    if len(rows) <= MOST_DOCUMENTS:
        return rows
    random = np.random.default_rng(seed)
    return np.sort(random.choice(rows, MOST_DOCUMENTS, replace=False))


def _change(
    vectors: sparse.csr_matrix, sides: Sequence[NDArray[np.int64]], confidence: float, seed: int
) -> tuple[float, float, float, float, str]:
    """Change, its interval, its permutation p-value, and why there is none."""
    if min(len(side) for side in sides) < MIN_DOCUMENTS:
        return NAN, NAN, NAN, NAN, "too few documents"
    pool = vectors[np.concatenate(sides)]
    first = np.arange(pool.shape[0]) < len(sides[0])
    value, error = _between(pool, first)
    if not np.isfinite(error):
        return NAN, NAN, NAN, NAN, "no shared words"
    random = np.random.default_rng(seed)
    shuffled = _permuted(pool, first, random)
    p = (1 + int((shuffled <= value).sum())) / (1 + len(shuffled))
    freedom = min(len(side) for side in sides) - 1
    reach = float(stats.t.ppf(0.5 + confidence / 2, freedom)) * error
    return 1 - value, 1 - value - reach, 1 - value + reach, p, ""


def _between(pool: sparse.csr_matrix, first: NDArray[np.bool_]) -> tuple[float, float]:
    old, new = (sparse.csr_matrix(sparse.diags(m.astype(float)) @ pool) for m in (first, ~first))
    old.eliminate_zeros()
    new.eliminate_zeros()
    return similarity(old, new)


def _permuted(
    pool: sparse.csr_matrix, first: NDArray[np.bool_], random: np.random.Generator
) -> Array:
    """The cosine of random halves of the same sizes."""
    terms = pool.T.tocsr()
    total = np.asarray(terms.sum(axis=1)).ravel()
    n, m = int(first.sum()), int((~first).sum())
    values = []
    for _ in range(0, PERMUTATIONS, AT_ONCE):
        labels = np.array([random.permutation(first) for _ in range(AT_ONCE)], dtype=float)
        old = np.asarray(terms @ labels.T).T
        new = total - old
        within_old = ((old * old).sum(axis=1) - n) / (n * (n - 1))
        within_new = ((new * new).sum(axis=1) - m) / (m * (m - 1))
        spread = np.sqrt(within_old.clip(0) * within_new.clip(0))
        with np.errstate(divide="ignore", invalid="ignore"):
            values.append((old * new).sum(axis=1) / (n * m) / spread)
    return np.concatenate(values)[:PERMUTATIONS]


def _background(
    doc_term: DocTerm,
    years: pd.Series,
    left_out: set[str],
    periods: tuple[Period, Period],
    weights: Array,
    seed: int,
) -> float:
    """The change of the documents that do not mention the concept."""
    year = years.reindex(list(doc_term.doc_ids)).to_numpy(dtype=float, na_value=np.nan)
    other = np.array([doc_id not in left_out for doc_id in doc_term.doc_ids])
    sides = [_sampled(_rows(np.where(other, year, np.nan), p), seed) for p in periods]
    if min(len(side) for side in sides) < MIN_DOCUMENTS:
        return NAN
    pool = unit_rows(doc_term.counts[np.concatenate(sides)], weights)
    return 1 - _between(pool, np.arange(pool.shape[0]) < len(sides[0]))[0]


def neighbours(
    contexts: Contexts,
    doc_term: DocTerm,
    years: pd.Series,
    concepts: Sequence[str],
    periods: Sequence[Period],
    *,
    top: int = 10,
) -> pd.DataFrame:
    """The words most drawn to each concept in each period.

    PPMI_t(w, c) = max(0, ln P_t(c | w) / P_t(c)^0.75-smoothed): how much likelier a term is in the
    concept's sentences than in all documents of the period (Levy, Goldberg & Dagan 2015, doi
    10.1162/tacl_a_00134).

    Returns
    -------
    DataFrame
        `NEIGHBOUR_COLUMNS`; documents is in how many the term stands in the concept's sentences,
        at least 3.
    """
    all_years = years.reindex(list(doc_term.doc_ids)).to_numpy(dtype=float, na_value=np.nan)
    rows = []
    for concept in concepts:
        ids, counts = contexts.of(concept)
        year = years.reindex(ids).to_numpy(dtype=float, na_value=np.nan)
        for period in periods:
            found = counts[_rows(year, period)]
            everywhere = doc_term.counts[_rows(all_years, period)].sum(axis=0)
            ranked = _ranked(found, np.asarray(everywhere).ravel().astype(float))
            documents = np.asarray((found > 0).sum(axis=0)).ravel()
            keep = [n for n in ranked if documents[n[0]] >= MIN_NEIGHBOUR_DOCUMENTS][:top]
            rows += [
                (concept, period.name, rank, contexts.terms[n], value, int(documents[n]))
                for rank, (n, value) in enumerate(keep, 1)
            ]
    return pd.DataFrame(rows, columns=list(NEIGHBOUR_COLUMNS))


def _ranked(found: sparse.csr_matrix, everywhere: Array) -> list[tuple[int, float]]:
    """Positive PPMI by term, the highest first, ties in the order of the terms."""
    near = np.asarray(found.sum(axis=0)).ravel().astype(float)
    if near.sum() == 0:
        return []
    smooth = everywhere**SMOOTHING
    with np.errstate(divide="ignore", invalid="ignore"):
        ppmi = np.log((near / near.sum()) / (smooth / smooth.sum()))
    places = np.flatnonzero((near > 0) & np.isfinite(ppmi) & (ppmi > 0))
    order = sorted(places.tolist(), key=lambda n: (-ppmi[n], n))
    return [(n, float(ppmi[n])) for n in order]
