"""Which of two series goes first: prewhitened cross-correlation with a bootstrap band.

Two series that each drift will correlate at any lag, whatever ties them. So each is freed of its
own past first (an autoregression fitted after a straight line was taken out; Haugh 1976, doi
10.1080/01621459.1976.10480355), and what is left is compared at every lag. The band comes from
turning the signs of blocks of both residual series apart from each other (the dependent wild
bootstrap: Shao 2010, doi 10.1198/jasa.2009.tm08744), and holds for all lags at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from textmine.evolution.meetings import false_discovery

Array = NDArray[np.float64]
LEAD_LAG_COLUMNS = (
    *("first", "second", "years", "lag", "correlation", "band", "p", "q", "verdict", "note"),
)
MIN_YEARS = 15
LAGS = 3  # years; with 15 to 30 years more lags only cost power
ORDERS = 2  # the longest autoregression tried
RESAMPLES = 999
BLOCK = 2.0  # mean length in years: residuals have little memory left


@dataclass(frozen=True, eq=False)
class LeadLag:
    """The cross-correlation of x and y.

    Attributes
    ----------
    lags
        −3 … 3; at a positive lag x goes before y.
    correlations
        Of the residuals, one per lag.
    band
        Half width that 1 − confidence of the unrelated pairs exceed at any lag.
    lag, p
        Of the largest absolute correlation; p holds for the choice of the lag.
    years
        How many years of residuals there are.
    """

    lags: NDArray[np.int64]
    correlations: Array
    band: float
    lag: int
    p: float
    years: int

    @property
    def correlation(self) -> float:
        """The correlation at `lag`."""
        return float(self.correlations[self.lags == self.lag][0])


def lead_lag(
    x: ArrayLike, y: ArrayLike, *, confidence: float = 0.95, seed: int = 0
) -> LeadLag | None:
    """Compare two yearly series of the same years.

    Returns
    -------
    LeadLag or None
        None with fewer than 15 years, or where one of the series does not vary.
    """
    a, b = (np.asarray(v, dtype=float) for v in (x, y))
    if len(a) < MIN_YEARS or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    (e, order_e), (f, order_f) = _whitened(a), _whitened(b)
    n = len(e)
    if np.ptp(e) == 0 or np.ptp(f) == 0:
        return None
    lags = np.arange(-LAGS, LAGS + 1)
    found = _correlations(e[None], f[None], lags)[0]
    random = np.random.default_rng(seed)
    apart = _correlations(
        _refitted(_resample(e, random), order_e), _refitted(_resample(f, random), order_f), lags
    )
    highest = np.abs(apart).max(axis=1)
    best = int(np.abs(found).argmax())
    p = (1 + int((highest >= abs(found[best])).sum())) / (1 + RESAMPLES)
    band = float(np.quantile(highest, confidence))
    return LeadLag(lags, found, band, int(lags[best]), p, n)


def prewhiten(values: ArrayLike) -> Array:
    """The residuals of a line and an autoregression of order 0 to 2, chosen by AICc.

    Shape (years − 2,), so that all orders are judged on the same years.
    """
    return _whitened(np.asarray(values, dtype=float))[0]


def _whitened(x: Array) -> tuple[Array, int]:
    y = x[ORDERS:]
    n = len(y)
    best, kept, chosen = np.inf, y, 0
    for order in range(ORDERS + 1):
        past = [x[ORDERS - k : len(x) - k] for k in range(1, order + 1)]
        design = np.column_stack([np.ones(n), np.arange(n), *past])
        residuals = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        k = design.shape[1] + 1
        variance = max(float(residuals @ residuals) / n, 1e-300)
        score = n * np.log(variance) + 2 * k + 2 * k * (k + 1) / max(1, n - k - 1)
        if score < best - 1e-9:
            best, kept, chosen = score, residuals, order
    return np.asarray(kept), chosen


def _refitted(series: Array, order: int) -> Array:
    """What is left of each resampled series after the same fit as the original's.

    Residuals of a fit are a little more regular than what they estimate; unless the resampled ones
    are fitted too, the band of a short series is too narrow.
    """
    n = series.shape[1]
    columns = [np.ones_like(series), np.broadcast_to(np.arange(n) / n, series.shape)]
    columns += [np.roll(series, k, axis=1) for k in range(1, order + 1)]
    design = np.stack(columns, axis=2)
    cross = np.einsum("rnk,rn->rk", design, series)
    square = np.einsum("rnk,rnl->rkl", design, design) + 1e-12 * np.eye(design.shape[2])
    beta = np.linalg.solve(square, cross[..., None])
    return np.asarray(series - (design @ beta)[..., 0])


def _correlations(e: Array, f: Array, lags: NDArray[np.int64]) -> Array:
    """Σ e_t f_{t+k} over √(Σe² Σf²), a row per pair, a column per lag."""
    e = e - e.mean(axis=1, keepdims=True)
    f = f - f.mean(axis=1, keepdims=True)
    scale = np.sqrt((e**2).sum(axis=1) * (f**2).sum(axis=1))
    n = e.shape[1]
    columns = [
        (e[:, max(0, -k) : n - max(0, k)] * f[:, max(0, k) : n - max(0, -k)]).sum(axis=1)
        for k in lags.tolist()
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.nan_to_num(np.column_stack(columns) / scale[:, None]))


def _resample(e: Array, random: np.random.Generator) -> Array:
    """Wild bootstrap: blocks of geometric length keep their size and place and change their sign.

    A year with few documents is a year of large residuals in both series. Moving residuals about
    would break that tie and make the band too narrow; turning signs keeps it. Shape (resamples, n).
    """
    fresh = random.random((RESAMPLES, len(e))) < 1 / BLOCK
    block = fresh.cumsum(axis=1)
    signs = random.choice([-1.0, 1.0], (RESAMPLES, len(e) + 1))
    return np.asarray(e * np.take_along_axis(signs, block, axis=1))


def lead_lags(series: pd.DataFrame, *, confidence: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """Compare every two of several series.

    Parameters
    ----------
    series
        Columns series, year, documents, with_concept: a row per series and year. A share enters as
        arcsin √share, whose sampling error does not depend on the share.

    Returns
    -------
    DataFrame
        `LEAD_LAG_COLUMNS`: the largest correlation, its lag in years (positive: `first` goes before
        `second`), the band, p for the choice of the lag and q over all pairs. verdict is "leads",
        "follows", "together" (lag 0) or "none shown", said of `first`; a negative correlation means
        that it goes the other way. Fewer than 15 consecutive years with documents in both have a
        note instead.
    """
    angles = {str(name): _angle(part) for name, part in series.groupby("series", sort=False)}
    rows: list[tuple[object, ...]] = []
    for first, second in combinations(angles, 2):
        both = _longest_run(pd.concat([angles[first], angles[second]], axis=1).dropna())
        found = None
        if len(both) >= MIN_YEARS:
            x, y = both.to_numpy().T
            found = lead_lag(x, y, confidence=confidence, seed=seed)
        if found is None:
            why = "too few years" if len(both) < MIN_YEARS else "no variation"
            rows.append((first, second, len(both), None, *[float("nan")] * 3, why))
            continue
        rows.append(
            (first, second, len(both), found.lag, found.correlation, found.band, found.p, "")
        )
    names = [c for c in LEAD_LAG_COLUMNS if c not in ("q", "verdict")]
    table = pd.DataFrame(rows, columns=names).astype({"lag": "Int64"})
    table["q"] = false_discovery(table["p"].to_numpy(float))
    lag = table["lag"].fillna(0).to_numpy(dtype=int)
    way = np.select([lag > 0, lag < 0], ["leads", "follows"], "together")
    table["verdict"] = np.where(table["q"] < 1 - confidence, way, "none shown")
    table.loc[table["note"] != "", "verdict"] = ""
    return table[list(LEAD_LAG_COLUMNS)]


def _angle(part: pd.DataFrame) -> pd.Series:
    """arcsin √share: even variance, and 0 for a year without mentions however many documents.

    The empirical logit would carry the number of documents into both series, and tie them.
    """
    part = part[part["documents"] > 0].set_index("year")
    angle: pd.Series = np.arcsin(np.sqrt(part["with_concept"] / part["documents"]))
    return angle


def _longest_run(table: pd.DataFrame) -> pd.DataFrame:
    """The longest stretch of consecutive years; the latest of equally long ones."""
    years = table.index.to_numpy()
    if len(years) == 0:
        return table
    breaks = np.flatnonzero(np.diff(years) != 1) + 1
    runs = np.split(np.arange(len(years)), breaks)
    return table.iloc[max(runs[::-1], key=len)]
