"""Whether a concept's share rises or falls over the years, and how fast."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from textmine.evolution.meetings import false_discovery

TREND_COLUMNS = ("concept", "years", "slope", "low", "high", "tau", "p", "q", "trend", "note")
# The normal approximation of the Mann–Kendall statistic is poor below this.
MIN_YEARS = 10


class MannKendall(NamedTuple):
    """Kendall's τ of the series with time, and the corrected two-sided p-value."""

    tau: float
    p: float


def mann_kendall(values: ArrayLike) -> MannKendall:
    """Test a series for a monotone trend, with correction for autocorrelation.

    S = Σ_{i<j} sgn(x_j − x_i), with variance n(n−1)(2n+5)/18 less the ties' part, times
    n/n* = 1 + 2/(n(n−1)(n−2)) Σ_k (n−k)(n−k−1)(n−k−2) ρ_k over the significant autocorrelations
    ρ_k of the ranks of the detrended series (Hamed & Rao 1998, doi 10.1016/S0022-1694(97)00125-X).
    """
    x = np.asarray(values, dtype=float)
    n = len(x)
    signs = np.sign(x[None, :] - x[:, None])
    s = float(np.triu(signs, 1).sum())
    ties = np.unique(x, return_counts=True)[1].astype(float)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    variance *= _autocorrelation_factor(x)
    pairs = n * (n - 1) / 2
    untied = pairs - (ties * (ties - 1) / 2).sum()
    tau = s / np.sqrt(pairs * untied) if untied > 0 else 0.0
    if variance <= 0:
        return MannKendall(float(tau), 1.0)
    z = (s - np.sign(s)) / np.sqrt(variance)
    return MannKendall(float(tau), float(2 * stats.norm.sf(abs(z))))


def _autocorrelation_factor(x: NDArray[np.float64]) -> float:
    n = len(x)
    detrended = x - sen_slope(x)[0] * np.arange(n)
    ranks = stats.rankdata(detrended)
    centred = ranks - ranks.mean()
    total = float(centred @ centred)
    if total == 0:
        return 1.0
    lags = np.arange(1, n - 1)
    rho = np.array([centred[k:] @ centred[:-k] for k in lags]) / total
    rho[np.abs(rho) <= stats.norm.ppf(0.975) / np.sqrt(n)] = 0
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    factor = 1 + 2 / (n * (n - 1) * (n - 2)) * float(weights @ rho)
    # Chance negative correlations of a short series would make the test too bold (9 % false
    # trends at n = 25 instead of 5 %), so the correction only ever makes it more careful.
    return max(factor, 1.0)


def sen_slope(values: ArrayLike, *, confidence: float = 0.95) -> tuple[float, float, float]:
    """The median slope over all pairs of years, with its interval.

    Sen 1968 (doi 10.1080/01621459.1968.10480934), through scipy's Theil–Sen estimator.

    Returns
    -------
    slope, low, high
        Change per step.
    """
    x = np.asarray(values, dtype=float)
    found = stats.theilslopes(x, np.arange(len(x)), alpha=confidence)
    return float(found.slope), float(found.low_slope), float(found.high_slope)


def trends(shares: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The trend of each concept's yearly share.

    Parameters
    ----------
    shares
        The table of `document_shares`; years without documents are left out.

    Returns
    -------
    DataFrame
        `TREND_COLUMNS`: slope in share per year with its interval, Kendall's τ, p and the q that
        holds the false discovery rate over all concepts; trend is "rising", "falling" or "none
        shown" at that level. With fewer than 10 years `note` says so and nothing is estimated.
    """
    rows = []
    for concept, part in shares.groupby("concept", sort=False):
        series = part.loc[part["documents"] > 0, "share"].to_numpy(dtype=float)
        if len(series) < MIN_YEARS:
            rows.append((concept, len(series), *[np.nan] * 5, "too few years"))
            continue
        slope, low, high = sen_slope(series, confidence=confidence)
        tau, p = mann_kendall(series)
        rows.append((concept, len(series), slope, low, high, tau, p, ""))
    names = [c for c in TREND_COLUMNS if c not in ("q", "trend")]
    table = pd.DataFrame(rows, columns=names)
    table["q"] = false_discovery(table["p"].to_numpy(float))
    shown = table["q"] < 1 - confidence
    table["trend"] = np.where(~shown, "none shown", np.where(table["tau"] > 0, "rising", "falling"))
    table.loc[table["note"] != "", "trend"] = ""
    return table[list(TREND_COLUMNS)]
