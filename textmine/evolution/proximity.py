"""Whether two concepts come to be spoken of in the same words (second-order proximity).

Each document gives one vector per concept: the terms of its sentences that mention the concept but
not the other one, weighted by inverse document frequency, of length 1. The proximity of A and B is
the mean product of an A and a B vector of *different* documents, over the geometric mean of the
same quantity within A and within B:

    c = ⟨a_d · b_e⟩ / √(⟨a_d · a_e⟩ ⟨b_d · b_e⟩),   d ≠ e

It is 1 where the words around A are drawn like those around B, and 0 where they share none. Since
no vector meets itself or its own document, c neither grows nor shrinks with the number of
documents (as plain cosine, Jensen–Shannon and overlap do) and meetings within one document, the
first order, do not count. It is Morisita's (1959) index of overlap carried to documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from textmine.evolution.contexts import Contexts
from textmine.evolution.convergence import weighted_slope
from textmine.evolution.meetings import false_discovery
from textmine.records import Period

Array = NDArray[np.float64]
PROXIMITY_COLUMNS = (
    *("period", "first", "last", "a", "b", "documents_a", "documents_b"),
    *("proximity", "low", "high", "note"),
)
DRIFT_COLUMNS = ("a", "b", "periods", "slope", "low", "high", "p", "q", "verdict", "note")
# The fewest documents of a concept in a period: with six the interval still covers (95 to 99 % in
# simulation) and is honestly wide; with fewer the estimate itself leans upward.
MIN_DOCUMENTS = 6
MIN_PERIODS = 3
PERMUTATIONS = 499
# More documents of a pair are sampled: with 5,000 the interval is narrower than the second digit.
MOST_DOCUMENTS = 5000
NAN = float("nan")


class Similarity(NamedTuple):
    """The corrected cosine of two sets of vectors and its jackknife standard error."""

    value: float
    error: float


@dataclass(frozen=True, eq=False)
class Pair:
    """Vectors of two concepts over the same documents; a row is empty where one is not there."""

    a: sparse.csr_matrix
    b: sparse.csr_matrix
    years: NDArray[np.int64]

    @property
    def has_a(self) -> NDArray[np.bool_]:
        """Which documents speak of A."""
        return np.asarray(np.diff(self.a.indptr) > 0)

    @property
    def has_b(self) -> NDArray[np.bool_]:
        """Which documents speak of B."""
        return np.asarray(np.diff(self.b.indptr) > 0)


def idf(document_frequency: NDArray[np.int64], documents: int) -> Array:
    """ln(N/n) of each term."""
    return np.asarray(np.log(max(1, documents) / np.maximum(1, document_frequency)))


def unit_rows(counts: sparse.csr_matrix, weights: Array) -> sparse.csr_matrix:
    """Counts times term weights, each row scaled to length 1; empty rows stay empty."""
    weighted = sparse.csr_matrix(counts.multiply(weights[None, :]))
    weighted.eliminate_zeros()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_matrix(sparse.diags(scale) @ weighted)


def similarity(a: sparse.csr_matrix, b: sparse.csr_matrix) -> Similarity:
    """The proximity c of the module's formula, with a delete-one-document jackknife error.

    Parameters
    ----------
    a, b
        Unit rows, shape (documents, terms); row d of both is the same document, empty where it
        does not speak of the concept.
    """
    has_a, has_b = (np.diff(m.indptr) > 0 for m in (a, b))
    total_a, total_b = (np.asarray(m.sum(axis=0)).ravel() for m in (a, b))
    shared = np.asarray(a.multiply(b).sum(axis=1)).ravel()
    a_a, a_b, b_a, b_b = a @ total_a, a @ total_b, b @ total_a, b @ total_b
    n_a, n_b, n_ab = has_a.sum(), has_b.sum(), (has_a & has_b).sum()
    whole = _cosine(
        total_a @ total_a - n_a,
        total_b @ total_b - n_b,
        total_a @ total_b - shared.sum(),
        (n_a, n_b, n_ab),
    )
    counts = (n_a - has_a, n_b - has_b, n_ab - (has_a & has_b))
    without = _cosine(
        total_a @ total_a - 2 * a_a + has_a - counts[0],
        total_b @ total_b - 2 * b_b + has_b - counts[1],
        total_a @ total_b - a_b - b_a + shared - (shared.sum() - shared),
        counts,
    )
    left = without[has_a | has_b]
    n = len(left)
    # Where the rest shares no words the value is infinite, and so is the error.
    spread = left - left.mean() if np.isfinite(left).all() else np.full(n, np.inf)
    error = np.sqrt((n - 1) / n * (spread**2).sum()) if n > 1 else NAN
    return Similarity(float(whole), float(error))


def _cosine(within_a: Array, within_b: Array, between: Array, n: Sequence[Array]) -> Array:
    n_a, n_b, n_ab = n
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(
            (within_a / (n_a * (n_a - 1.0))).clip(0) * (within_b / (n_b * (n_b - 1.0))).clip(0)
        )
        return np.asarray(between / (1.0 * n_a * n_b - n_ab) / spread)


def pair_vectors(contexts: Contexts, a: str, b: str, years: pd.Series, weights: Array) -> Pair:
    """The vectors of two concepts, documents in order of id, those without a year left out.

    Parameters
    ----------
    years
        Year by doc_id.
    weights
        One per term; see `idf`.
    """
    ids_a, counts_a = contexts.of(a, without=b)
    ids_b, counts_b = contexts.of(b, without=a)
    dated = years.dropna()
    ids = np.array(sorted((set(ids_a) | set(ids_b)) & set(dated.index)), dtype=str)

    def spread(found: NDArray[np.str_], counts: sparse.csr_matrix) -> sparse.csr_matrix:
        known = np.isin(found, ids)
        place = np.searchsorted(ids, found[known])
        move = sparse.csr_matrix(
            (np.ones(len(place)), (place, np.flatnonzero(known))), shape=(len(ids), len(found))
        )
        return unit_rows(sparse.csr_matrix(move @ counts), weights)

    year = dated.reindex(ids).to_numpy(dtype=np.int64)
    return Pair(spread(ids_a, counts_a), spread(ids_b, counts_b), year)


def proximity(
    contexts: Contexts,
    years: pd.Series,
    concepts: Sequence[str],
    periods: Sequence[Period],
    weights: Array,
    *,
    confidence: float = 0.95,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The proximity of each pair of concepts per period, and its direction over the periods.

    Parameters
    ----------
    years
        Year by doc_id.
    weights
        One per term; see `idf`.
    seed
        Of the permutations.

    Returns
    -------
    table, drift
        `PROXIMITY_COLUMNS`, a row per period and pair, with a jackknife interval; and
        `DRIFT_COLUMNS`, a row per pair: the slope of proximity per ten years over the periods, with
        p from 499 permutations of the documents' years (which keep every document, concept and
        period size, and break only the link of words and time) and a verdict by q over the pairs.
    """
    rows: list[tuple[object, ...]] = []
    drifts: list[tuple[object, ...]] = []
    for a, b in combinations(concepts, 2):
        pair = _sampled(pair_vectors(contexts, a, b, years, weights), seed)
        found = [_in_period(pair, period, confidence) for period in periods]
        rows += [
            (p.name, p.first, p.last, a, b, *row[:-1])
            for p, row in zip(periods, found, strict=True)
        ]
        drifts.append((a, b, *_drift(pair, periods, found, confidence, seed)))
    drift = pd.DataFrame(drifts, columns=[c for c in DRIFT_COLUMNS if c not in ("q", "verdict")])
    drift["q"] = false_discovery(drift["p"].to_numpy(float))
    way = np.where(drift["slope"] > 0, "closer", "apart")
    drift["verdict"] = np.where(drift["q"] < 1 - confidence, way, "none shown")
    drift.loc[drift["note"] != "", "verdict"] = ""
    return pd.DataFrame(rows, columns=list(PROXIMITY_COLUMNS)), drift[list(DRIFT_COLUMNS)]


def _sampled(pair: Pair, seed: int) -> Pair:
    """The pair, or as many of its documents as are enough."""
    documents = len(pair.years)
    if documents <= MOST_DOCUMENTS:
        return pair
    random = np.random.default_rng(seed)
    kept = np.sort(random.choice(documents, MOST_DOCUMENTS, replace=False))
    return Pair(pair.a[kept], pair.b[kept], pair.years[kept])


def _in_period(pair: Pair, period: Period, confidence: float) -> tuple[object, ...]:
    keep = np.flatnonzero((pair.years >= period.first) & (pair.years <= period.last))
    n_a, n_b = int(pair.has_a[keep].sum()), int(pair.has_b[keep].sum())
    if min(n_a, n_b) < MIN_DOCUMENTS:
        return n_a, n_b, NAN, NAN, NAN, "too few documents", NAN
    value, error = similarity(pair.a[keep], pair.b[keep])
    if not np.isfinite(error):
        return n_a, n_b, NAN, NAN, NAN, "no shared words", NAN
    freedom = min(n_a, n_b) - 1
    reach = float(stats.t.ppf(0.5 + confidence / 2, freedom)) * error
    return n_a, n_b, value, max(0.0, value - reach), value + reach, "", error


def _drift(
    pair: Pair,
    periods: Sequence[Period],
    found: Sequence[tuple[object, ...]],
    confidence: float,
    seed: int,
) -> tuple[object, ...]:
    known = [n for n, row in enumerate(found) if row[5] == ""]
    if len(known) < MIN_PERIODS:
        return len(known), NAN, NAN, NAN, NAN, "too few periods"
    middle = np.array([(periods[n].first + periods[n].last) / 20 for n in known])
    value, error = (np.array([found[n][k] for n in known], dtype=float) for k in (2, 6))
    slope, spread = weighted_slope(middle, value, error**2)
    z = float(stats.norm.ppf(0.5 + confidence / 2))
    weight = 1 / error**2
    lever = weight * (middle - (weight @ middle) / weight.sum())
    lever /= lever @ middle
    member = [
        np.flatnonzero((pair.years >= periods[n].first) & (pair.years <= periods[n].last))
        for n in known
    ]
    shuffled = _permuted_slopes(pair, member, lever, seed)
    observed = abs(float(lever @ value))
    p = (1 + int((np.abs(shuffled) >= observed).sum())) / (1 + len(shuffled))
    return len(known), slope, slope - z * spread, slope + z * spread, p, ""


def _permuted_slopes(
    pair: Pair, member: Sequence[NDArray[np.int64]], lever: Array, seed: int
) -> Array:
    """The slope under each permutation of the documents over the periods."""
    pool = np.concatenate(member)
    period = np.repeat(np.arange(len(member)), [len(m) for m in member])
    a, b = pair.a[pool], pair.b[pool]
    has_a, has_b = pair.has_a[pool], pair.has_b[pool]
    shared = np.asarray(a.multiply(b).sum(axis=1)).ravel()
    # What a document speaks of goes with it: permuting within "A only", "B only" and "both" keeps
    # the number of documents of each concept in each period.
    strata = [np.flatnonzero(has_a & has_b), np.flatnonzero(has_a & ~has_b)]
    strata.append(np.flatnonzero(~has_a & has_b))
    random = np.random.default_rng(seed)
    slopes = np.empty(PERMUTATIONS)
    for k in range(PERMUTATIONS):
        to = period.copy()
        for stratum in strata:
            to[stratum] = random.permutation(period[stratum])
        gather = sparse.csr_matrix((np.ones(len(to)), (to, np.arange(len(to)))))
        total_a, total_b = (gather @ a).toarray(), (gather @ b).toarray()
        n_a, n_b, n_ab = (gather @ m.astype(float) for m in (has_a, has_b, has_a & has_b))
        values = _cosine(
            (total_a**2).sum(axis=1) - n_a,
            (total_b**2).sum(axis=1) - n_b,
            (total_a * total_b).sum(axis=1) - gather @ shared,
            (n_a, n_b, n_ab),
        )
        slopes[k] = lever @ values
    return slopes
