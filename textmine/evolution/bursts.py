"""Bursts: stretches of years in which a concept is spoken of far more than over the whole time.

Kleinberg's batched ("enumerating") model with two states (Kleinberg 2003, doi
10.1023/A:1024940629314): in year t, r_t of d_t documents hold the concept. State 0 expects them
at the overall rate p_0 = Σr/Σd, state 1 at p_1 = s·p_0. Being in state i costs
−ln[C(d_t, r_t) p_i^{r_t} (1−p_i)^{d_t−r_t}], going up costs γ·ln n for n years, going down nothing.
The cheapest sequence of states (Viterbi, exact) gives the bursts; a burst's weight is the cost
that it saves against state 0.

The model finds bursts in noise too: of flat series of 25 years with 15 to 59 documents each and a
share of 20 %, one in ten has one, of rarer concepts more. So each burst carries p, the share of
shuffles of the concept's documents over the years (which keep d_t) whose heaviest burst weighs as
much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from textmine.evolution.meetings import false_discovery
from textmine.matrices import DocTerm

Array = NDArray[np.float64]

BURST_COLUMNS = ("concept", "first", "last", "weight", "s", "gamma", "p", "q", "note")
TERM_BURST_COLUMNS = ("term", "documents", "first", "last", "weight", "s", "gamma", "p", "q")
MIN_YEARS = 5
MIN_TERM_DOCUMENTS = 5  # a term in fewer cannot burst beyond chance, whatever its years
SHUFFLES = 499
FEWEST_TAIL = 20  # shuffles that a tail is estimated from
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
    relevant
        r_t, shape (years,), or (series, years) for several series at once.
    documents
        d_t, shape (years,). Years without documents cost nothing in either state.

    Returns
    -------
    ndarray
        Of the shape of `relevant`.
    """
    r, d = np.asarray(relevant, dtype=float), np.asarray(documents, dtype=float)
    if r.size == 0:
        return np.zeros(r.shape, dtype=np.int64)
    states = _states(_costs(np.atleast_2d(r), d, model), model.gamma * np.log(len(d)))
    return states.reshape(r.shape)


def _costs(r: Array, d: Array, model: BurstModel) -> Array:
    """Cost of each state; shape (2, series, years). Series of all or nothing cost nothing."""
    base = r.sum(axis=1, keepdims=True) / max(1.0, d.sum())
    rates = base, np.minimum(model.s * base, HIGHEST_RATE)
    varies = (base > 0) & (base < 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        costs = [-stats.binom.logpmf(r, d[None], rate) for rate in rates]
    return np.where(varies, np.stack(costs), 0.0)


def _states(costs: Array, up: float) -> NDArray[np.int64]:
    """The cheapest states; shape (series, years)."""
    _, series, years = costs.shape
    best = np.stack([costs[0, :, 0], up + costs[1, :, 0]])
    came_from = np.zeros((2, series, years), dtype=np.int64)
    for t in range(1, years):
        into = best, best + np.array([[up], [0.0]])
        came_from[:, :, t] = [i.argmin(axis=0) for i in into]
        best = np.stack([i.min(axis=0) for i in into]) + costs[:, :, t]
    states = np.zeros((series, years), dtype=np.int64)
    states[:, -1] = best.argmin(axis=0)
    for t in range(years - 1, 0, -1):
        states[:, t - 1] = came_from[states[:, t], np.arange(series), t]
    return states


def bursts(
    shares: pd.DataFrame, model: BurstModel = PRESETS["kleinberg"], *, seed: int = 0
) -> pd.DataFrame:
    """The bursts of each concept.

    Parameters
    ----------
    shares
        The table of `document_shares`.
    seed
        Of the shuffles that p comes from.

    Returns
    -------
    DataFrame
        `BURST_COLUMNS`, by first year; p is of the concept's heaviest burst by chance, q corrects
        it over all bursts. A concept with fewer than 5 years that have documents gets one row with
        `note` and no burst.
    """
    rows: list[tuple[object, ...]] = []
    nan = float("nan")
    for concept, part in shares.groupby("concept", sort=False):
        part = part[part["documents"] > 0]
        if len(part) < MIN_YEARS:
            rows.append((concept, None, None, nan, model.s, model.gamma, nan, "too few years"))
            continue
        r, d = part["with_concept"].to_numpy(), part["documents"].to_numpy()
        years = part["year"].to_numpy()
        found = _found(r[None], d, model)[0]
        chance = _chance(int(r.sum()), d, model, seed) if found else np.zeros(0)
        rows += [
            (concept, years[a], years[b - 1], w, model.s, model.gamma, _p(w, chance), "")
            for a, b, w in found
        ]
    table = pd.DataFrame(rows, columns=[c for c in BURST_COLUMNS if c != "q"])
    table.insert(table.columns.get_loc("note"), "q", false_discovery(table["p"].to_numpy(float)))
    table = table.astype({"first": "Int64", "last": "Int64", "weight": float})
    return table.sort_values(["first", "concept"], kind="stable", ignore_index=True)


def term_bursts(
    doc_term: DocTerm,
    years: pd.Series,
    model: BurstModel = PRESETS["kleinberg"],
    *,
    seed: int = 0,
) -> pd.DataFrame:
    """The bursts of all terms, the heaviest first: the table that theses show with red bars.

    Parameters
    ----------
    years
        Year by doc_id; documents without a year are left out.
    seed
        Of the shuffles that p comes from.

    Returns
    -------
    DataFrame
        `TERM_BURST_COLUMNS`: documents is how many hold the term; q corrects p over all terms in 5
        documents and more, those without a burst included. Empty with fewer than 5 years.
    """
    year = years.reindex(list(doc_term.doc_ids)).to_numpy(dtype=float, na_value=np.nan)
    dated = np.flatnonzero(~np.isnan(year))
    known, place = np.unique(year[dated].astype(int), return_inverse=True)
    if len(known) < MIN_YEARS:
        return pd.DataFrame(columns=list(TERM_BURST_COLUMNS))
    gather = sparse.csr_matrix((np.ones(len(dated), dtype=np.int64), (place, dated)))
    gather.resize(len(known), len(doc_term.doc_ids))
    counts = np.asarray((gather @ (doc_term.counts > 0).astype(np.int64)).todense()).T
    terms = np.flatnonzero(counts.sum(axis=1) >= MIN_TERM_DOCUMENTS)
    d = np.bincount(place)
    rows: list[tuple[object, ...]] = []
    heaviest = np.ones(len(terms))
    chances: dict[int, Array] = {}
    for n, found in enumerate(_found(counts[terms], d, model)):
        held = int(counts[terms[n]].sum())
        like = _two_digits(held)
        if found and like not in chances:
            chances[like] = _chance(like, d, model, seed)
        for a, b, w in found:
            p = _p(w, chances[like])
            heaviest[n] = min(heaviest[n], p)
            name = doc_term.terms[terms[n]]
            rows.append((name, held, known[a], known[b - 1], w, model.s, model.gamma, p, n))
    table = pd.DataFrame(rows, columns=[*TERM_BURST_COLUMNS[:-1], "n"])
    adjusted = false_discovery(heaviest)
    # A term's lighter bursts are no surer than its own p.
    table["q"] = np.maximum(adjusted[table["n"].to_numpy(dtype=int)], table["p"])
    table = table.sort_values(["weight", "term"], ascending=[False, True], ignore_index=True)
    return table[list(TERM_BURST_COLUMNS)]


def _found(
    r: NDArray[np.int64], d: NDArray[np.int64], model: BurstModel
) -> list[list[tuple[int, int, float]]]:
    """Start, end (after the last) and weight of each series' bursts."""
    costs = _costs(r.astype(float), d.astype(float), model)
    states = _states(costs, model.gamma * np.log(len(d)))
    saved = costs[0] - costs[1]
    return [
        [(a, b, float(saved[n, a:b].sum())) for a, b in _runs(row) if b - a >= model.min_years]
        for n, row in enumerate(states)
    ]


def _chance(held: int, d: NDArray[np.int64], model: BurstModel, seed: int) -> Array:
    """The weight of the heaviest burst in each shuffle of `held` documents over the years."""
    random = np.random.default_rng((seed, held))
    shuffled = random.multivariate_hypergeometric(d, held, size=SHUFFLES, method="marginals")
    found = _found(shuffled, d, model)
    return np.array([max((w for _, _, w in row), default=0.0) for row in found])


def _two_digits(held: int) -> int:
    """The count that stands for similar ones: terms share the shuffles of it."""
    step = int(10 ** max(0, len(str(held)) - 2))
    return held // step * step  # never more than there are documents


def _p(weight: float, chance: Array) -> float:
    """The share of shuffles that weigh as much.

    Thousands of terms need smaller p than 499 shuffles can count. Weights are log likelihood
    ratios, whose tail falls exponentially, so beyond the heaviest tenth p follows the exponential
    with the mean excess of that tenth (tail approximation: Knijnenburg et al. 2009, doi
    10.1093/bioinformatics/btp211).
    """
    tail = chance[chance > np.quantile(chance, 0.9)]
    if len(tail) < FEWEST_TAIL or weight <= tail.min():
        return float((1 + (chance >= weight).sum()) / (1 + len(chance)))
    # A burst has to save what going up costs, so weights jump from 0 to about γ ln n.
    start = float(tail.min())
    excess = float((tail - start).mean())
    return float((1 + len(tail)) / (1 + len(chance)) * np.exp(-(weight - start) / excess))


def _runs(states: NDArray[np.int64]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], states, [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
