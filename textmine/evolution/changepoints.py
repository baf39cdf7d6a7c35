"""Years in which the share of one concept, or of several at once, jumps to another level.

In each segment of years the count is binomial at one rate. The segmentation that minimises
−log likelihood plus a price per change is found exactly by dynamic programming (Jackson et al.
2005, doi 10.1109/LSP.2001.838216; PELT, Killick et al. 2012, doi 10.1080/01621459.2012.737745,
prunes the same recursion, which a century of years does not need).
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Array = NDArray[np.float64]
CHANGE_COLUMNS = ("concept", "year", "low", "high", "before", "after", "note")
MIN_YEARS = 10
SHORTEST = 3  # years of a segment; a shorter one is a burst rather than a level
# A change costs PRICE · ln n for its place and ln n for each new rate: the smallest round number at which
# few flat series show any change (1 % binomial, 4 % twice overdispersed at 25 years; simulated).
PRICE = 1.0


class Change(NamedTuple):
    """A change between the years at positions `at - 1` and `at`; it may lie in [low, high]."""

    at: int
    low: int
    high: int


def changepoints(
    relevant: ArrayLike, documents: ArrayLike, *, confidence: float = 0.95
) -> list[Change]:
    """Where the rates of one or several series change together.

    Parameters
    ----------
    relevant
        r_t, shape (years,) or (series, years).
    documents
        d_t, shape (years,); years without documents belong to no level and to any segment.
    confidence
        Of the range of each change: the years at which it costs no more than half the χ²
        quantile, the neighbouring changes held.

    Returns
    -------
    list of Change
        In order of time.
    """
    r = np.atleast_2d(np.asarray(relevant, dtype=float))
    d = np.asarray(documents, dtype=float)
    if (d > 0).sum() < 2 * SHORTEST:
        return []
    cost = _segment_costs(r, d)
    dispersion = _dispersion(r, d)
    price = (PRICE + len(r)) * np.log(max(2, len(d))) * dispersion
    ends = _cheapest(cost, price)
    reach = dispersion * float(stats.chi2.ppf(confidence, 1)) / 2
    return [
        Change(at, *_range(cost, start, at, end, reach))
        for start, at, end in zip(ends, ends[1:], ends[2:], strict=False)
    ]


def _segment_costs(r: Array, d: Array) -> Array:
    """−log likelihood of each segment [i, j) at its own rate; shape (years + 1, years + 1)."""
    total_d = np.concatenate(([0.0], d.cumsum()))
    n = total_d[None, :] - total_d[:, None]
    cost = np.zeros_like(n)
    for row in r:
        total_r = np.concatenate(([0.0], row.cumsum()))
        x = total_r[None, :] - total_r[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.clip(x / n, 0, 1)
            likely = np.where(x > 0, x * np.log(rate), 0) + np.where(
                n - x > 0, (n - x) * np.log1p(-rate), 0
            )
        cost -= np.where(n > 0, likely, 0)
    return cost


def _dispersion(r: Array, d: Array) -> float:
    """Variance over the binomial one, from the differences of neighbouring years, at least 1.

    Differences see the noise and, of a change of level, one year only; half the mean square of
    standardised differences, the largest tenth left out, over what a normal series would give.
    """
    seen = d > 0
    squares = []
    for row in r:
        x, n = row[seen], d[seen]
        rate = np.clip((x[1:] + x[:-1] + 0.5) / (n[1:] + n[:-1] + 1), 1e-6, 1 - 1e-6)
        variance = rate * (1 - rate) * (1 / n[1:] + 1 / n[:-1])
        squares.append((x[1:] / n[1:] - x[:-1] / n[:-1]) ** 2 / variance)
    values = np.sort(np.concatenate(squares))
    kept = values[: max(1, int(0.9 * len(values)))]
    # The mean of a χ²(1) variable below its 90 % quantile q is 1 − 2·√q·φ(√q)/0.9.
    q = float(np.sqrt(stats.chi2.ppf(0.9, 1)))
    expected = 1 - 2 * q * float(stats.norm.pdf(q)) / 0.9
    return max(1.0, float(kept.mean()) / expected)


def _cheapest(cost: Array, price: float) -> list[int]:
    """The ends of the cheapest segments: 0, the changes, the number of years."""
    n = cost.shape[0] - 1
    best = np.full(n + 1, np.inf)
    best[0] = -price
    came_from = np.zeros(n + 1, dtype=np.int64)
    for end in range(SHORTEST, n + 1):
        starts = np.arange(0, end - SHORTEST + 1)
        totals = best[starts] + cost[starts, end] + price
        came_from[end] = starts[np.argmin(totals)]
        best[end] = totals.min()
    ends = [n]
    while ends[-1] > 0:
        ends.append(int(came_from[ends[-1]]))
    return ends[::-1]


def _range(cost: Array, start: int, at: int, end: int, reach: float) -> tuple[int, int]:
    places = np.arange(start + 1, end)
    totals = cost[start, places] + cost[places, end]
    possible = places[totals <= cost[start, at] + cost[at, end] + reach]
    return int(possible.min()), int(possible.max())


def concept_changes(shares: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The changes of level of each concept's share.

    Parameters
    ----------
    shares
        The table of `document_shares`.

    Returns
    -------
    DataFrame
        `CHANGE_COLUMNS`: the first year of the new level with the range in which it may lie, and
        the shares of the levels before and after. A concept with fewer than 10 years has one row
        with a note; one without a change has none.
    """
    rows: list[tuple[object, ...]] = []
    for concept, part in shares.groupby("concept", sort=False):
        part = part[part["documents"] > 0]
        if len(part) < MIN_YEARS:
            rows.append((concept, None, None, None, np.nan, np.nan, "too few years"))
            continue
        r, d = (part[k].to_numpy(dtype=float) for k in ("with_concept", "documents"))
        years = part["year"].to_numpy()
        found = changepoints(r, d, confidence=confidence)
        ends = [0, *(change.at for change in found), len(d)]
        levels = [r[a:b].sum() / d[a:b].sum() for a, b in pairwise(ends)]
        for n, change in enumerate(found):
            when = (years[k] for k in change)
            rows.append((concept, *when, levels[n], levels[n + 1], ""))
    table = pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))
    kinds = {"year": "Int64", "low": "Int64", "high": "Int64", "before": float, "after": float}
    return table.astype(kinds)
