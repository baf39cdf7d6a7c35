"""How far neighbouring years repeat each other, and what that costs in evidence.

Short yearly series look less autocorrelated than they are: the usual estimate is biased towards
zero and below, most of all after a trend was taken out. Every test here that assumes independent
years widens its variance by the corrected estimate.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

# Beyond this a series is a random walk to the eye and n years hold less than two of evidence.
HIGHEST = 0.95
# Student's t with fewer degrees of freedom has no variance to speak of.
FEWEST_FREEDOM = 3.0


def lag_one(residuals: ArrayLike, *, regressors: int = 2) -> float:
    """The lag-1 autocorrelation of residuals, corrected for bias, in [0, 0.95].

    The estimate r is too low by about (k + (k + 2)ρ)/n after a regression on k smooth regressors
    (Marriott & Pope 1954, doi 10.1093/biomet/41.3-4.390, for the mean; van Giersbergen 2005,
    doi 10.1016/j.econlet.2004.09.010, for a trend), hence (n r + k)/(n − k − 2). Negative values
    become 0, so that the correction only ever makes a test more careful.
    """
    e = np.asarray(residuals, dtype=float)
    n, total = len(e), float(e @ e)
    if n < regressors + 4 or total == 0:
        return 0.0
    raw = float(e[1:] @ e[:-1]) / total
    return float(np.clip((n * raw + regressors) / (n - regressors - 2), 0.0, HIGHEST))


def trend_autocorrelation(values: ArrayLike) -> float:
    """`lag_one` of a series from which a straight line was taken out, by normal scores."""
    x = np.asarray(values, dtype=float)
    time = np.arange(len(x)) - (len(x) - 1) / 2
    residuals = x - x.mean() - time * (time @ x) / (time @ time)
    if np.abs(residuals).max() <= 1e-9 * np.abs(x).max():
        return 0.0  # a perfect line leaves only rounding
    scores = stats.norm.ppf((stats.rankdata(residuals) - 0.375) / (len(x) + 0.25))
    return lag_one(scores - scores.mean())


def effective_freedom(n: int, rho: float, *, regressors: int = 2) -> float:
    """Degrees of freedom that n years of autocorrelation ρ leave: n(1 − ρ)/(1 + ρ) − regressors."""
    return max(FEWEST_FREEDOM, n * (1 - rho) / (1 + rho) - regressors)


def variance_of_s(n: int, rho: float) -> float:
    """The variance of Kendall's S = Σ_{i<j} sgn(x_j − x_i) when x is AR(1) with coefficient ρ.

    Exact for Gaussian x: Σ over pairs of pairs of (2/π) arcsin of the correlation of the two
    differences (Hamed 2009, doi 10.1016/j.jhydrol.2008.10.034). ρ is rounded to hundredths.
    """
    return _variance_of_s(n, round(100 * rho))


@lru_cache(maxsize=256)
def _variance_of_s(n: int, hundredths: int) -> float:
    if hundredths == 0:
        return n * (n - 1) * (2 * n + 5) / 18
    rho = hundredths / 100
    correlation = rho ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    i, j = np.triu_indices(n, 1)
    spread = np.sqrt(2 - 2 * correlation[i, j])
    total = 0.0
    for a, b, s in zip(i.tolist(), j.tolist(), spread.tolist(), strict=True):
        rows = correlation[b] - correlation[a]
        together: NDArray[np.float64] = (rows[j] - rows[i]) / (s * spread)
        total += float(np.arcsin(np.clip(together, -1, 1)).sum())
    return 2 / np.pi * total
