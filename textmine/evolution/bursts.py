"""Bursts: stretches of years in which a concept is spoken of far more than over the whole time.

Kleinberg's batched ("enumerating") model with two states (Kleinberg 2003, doi
10.1023/A:1024940629314): in year t, r_t of d_t documents hold the concept. State 0 expects them
at the overall rate p_0 = Σr/Σd, state 1 at p_1 = s·p_0. Being in state i costs
−ln[C(d_t, r_t) p_i^{r_t} (1−p_i)^{d_t−r_t}], going up costs γ·ln n for n years, going down nothing.
The cheapest sequence of states (Viterbi, exact) gives the bursts; a burst's weight is the cost
that it saves against state 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

BURST_COLUMNS = ("concept", "first", "last", "weight", "s", "gamma", "note")
MIN_YEARS = 5
HIGHEST_RATE = 0.9999  # p_1 must stay below 1


@dataclass(frozen=True, slots=True)
class BurstModel:
    """Parameters in Kleinberg's notation: s scales the rate, gamma the cost of going up."""

    s: float = 2.0
    gamma: float = 1.0
    min_years: int = 1


PRESETS: dict[Literal["kleinberg", "citespace"], BurstModel] = {
    "kleinberg": BurstModel(),
    # CiteSpace's defaults (ratio 2, two states, γ 1) show bursts of two years and more.
    "citespace": BurstModel(min_years=2),
}


def kleinberg(
    relevant: Sequence[int] | NDArray[np.int64],
    documents: Sequence[int] | NDArray[np.int64],
    model: BurstModel = PRESETS["kleinberg"],
) -> NDArray[np.int64]:
    """The state of each year, 0 or 1.

    Parameters
    ----------
    relevant, documents
        r_t and d_t, shape (years,). Years without documents cost nothing in either state.
    """
    r, d = np.asarray(relevant, dtype=float), np.asarray(documents, dtype=float)
    n = len(r)
    if n == 0 or r.sum() == 0 or r.sum() == d.sum():
        return np.zeros(n, dtype=np.int64)
    base = r.sum() / d.sum()
    rates = (base, min(model.s * base, HIGHEST_RATE))
    costs = np.array([-stats.binom.logpmf(r, d, rate) for rate in rates])
    up = model.gamma * np.log(n)
    best = np.array([costs[0, 0], up + costs[1, 0]])
    came_from = np.zeros((2, n), dtype=np.int64)
    for t in range(1, n):
        into_0, into_1 = best, best + np.array([up, 0.0])
        came_from[:, t] = np.argmin(into_0), np.argmin(into_1)
        best = np.array([into_0.min(), into_1.min()]) + costs[:, t]
    states = np.zeros(n, dtype=np.int64)
    states[-1] = np.argmin(best)
    for t in range(n - 1, 0, -1):
        states[t - 1] = came_from[states[t], t]
    return states


def bursts(shares: pd.DataFrame, model: BurstModel = PRESETS["kleinberg"]) -> pd.DataFrame:
    """The bursts of each concept.

    Parameters
    ----------
    shares
        The table of `document_shares`.

    Returns
    -------
    DataFrame
        `BURST_COLUMNS`, by first year; a concept with fewer than 5 years that have documents
        gets one row with `note` and no burst.
    """
    rows: list[tuple[object, ...]] = []
    for concept, part in shares.groupby("concept", sort=False):
        part = part[part["documents"] > 0]
        if len(part) < MIN_YEARS:
            rows.append((concept, None, None, None, model.s, model.gamma, "too few years"))
            continue
        r, d = part["with_concept"].to_numpy(), part["documents"].to_numpy()
        states = kleinberg(r, d, model)
        saved = _saved(r, d, model)
        for start, end in _runs(states):
            if end - start >= model.min_years:
                years = part["year"].to_numpy()
                weight = float(saved[start:end].sum())
                rows.append(
                    (concept, years[start], years[end - 1], weight, model.s, model.gamma, "")
                )
    table = pd.DataFrame(rows, columns=list(BURST_COLUMNS))
    table = table.astype({"first": "Int64", "last": "Int64", "weight": float})
    return table.sort_values(["first", "concept"], kind="stable", ignore_index=True)


def _saved(r: NDArray[np.int64], d: NDArray[np.int64], model: BurstModel) -> NDArray[np.float64]:
    """What state 1 costs less than state 0, per year."""
    base = r.sum() / d.sum()
    if base in (0.0, 1.0):
        return np.zeros(len(r))
    high = min(model.s * base, HIGHEST_RATE)
    return np.asarray(stats.binom.logpmf(r, d, high) - stats.binom.logpmf(r, d, base))


def _runs(states: NDArray[np.int64]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], states, [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
