"""Counts that follow regressors: the quasi-Poisson model with an offset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from textmine.evolution.autocorrelation import effective_freedom, lag_one

Array = NDArray[np.float64]
STEPS = 50  # of Fisher scoring; it needs about 6
# exp() of more overflows; a coefficient that wants to go there is not identified.
FURTHEST = 30.0


@dataclass(frozen=True, eq=False)
class CountFit:
    """A fitted model of counts.

    Attributes
    ----------
    coefficients, covariance
        On the log scale; the covariance holds dispersion and autocorrelation already.
    dispersion
        Pearson's χ² over its degrees of freedom; not below 1, since a short series can look
        steadier than chance allows.
    autocorrelation
        Lag-1, of Pearson's residuals, corrected for bias.
    freedom
        Degrees of freedom of the t distribution that intervals use.
    converged
        False where the counts do not determine the coefficients.
    """

    coefficients: Array
    covariance: Array
    dispersion: float
    autocorrelation: float
    freedom: float
    converged: bool

    def interval(self, k: int, *, confidence: float = 0.95) -> tuple[float, float]:
        """The interval of coefficient k, on the log scale; unbounded when not converged."""
        if not self.converged:
            return -np.inf, np.inf
        reach = stats.t.ppf(0.5 + confidence / 2, self.freedom) * np.sqrt(self.covariance[k, k])
        return float(self.coefficients[k] - reach), float(self.coefficients[k] + reach)

    def p(self, k: int) -> float:
        """The two-sided p-value of coefficient k being 0."""
        if not self.converged:
            return 1.0
        t = self.coefficients[k] / np.sqrt(self.covariance[k, k])
        return float(2 * stats.t.sf(abs(t), self.freedom))


def quasi_poisson(counts: Array, design: Array, offset: Array) -> CountFit:
    """Fit ln E[counts] = design·β + offset by Fisher scoring.

    The variance of a count is φ times its mean (McCullagh & Nelder 1989, ch. 6.2); covariances are
    widened by (1 + ρ)/(1 − ρ) for the autocorrelation ρ of the years.

    Parameters
    ----------
    counts
        r_t, shape (years,).
    design
        Shape (years, k), with a column of ones.
    offset
        ln d_t, shape (years,).
    """
    n, k = design.shape
    start = np.log(max(counts.sum(), 0.5)) - np.log(np.exp(offset).sum())
    beta = np.linalg.lstsq(design, np.full(n, start), rcond=None)[0]
    converged = False
    for _ in range(STEPS):
        mean = np.exp(np.clip(design @ beta + offset, -FURTHEST, FURTHEST))
        information = design.T @ (mean[:, None] * design)
        step = np.linalg.lstsq(information, design.T @ (counts - mean), rcond=None)[0]
        # Half steps keep early overshoots of separated data from running away.
        size = np.abs(design @ step).max()
        beta = beta + step * min(1.0, 3.0 / size if size > 0 else 1.0)
        if size < 1e-9:
            converged = True
            break
    mean = np.exp(np.clip(design @ beta + offset, -FURTHEST, FURTHEST))
    information = design.T @ (mean[:, None] * design)
    converged = converged and bool(np.linalg.cond(information) < 1e12)
    residuals = (counts - mean) / np.sqrt(np.maximum(mean, 1e-12))
    dispersion = max(1.0, float(residuals @ residuals) / max(1, n - k))
    rho = lag_one(residuals - residuals.mean(), regressors=k)
    widened = dispersion * (1 + rho) / (1 - rho)
    covariance = np.linalg.pinv(information) * widened
    return CountFit(
        beta, covariance, dispersion, rho, effective_freedom(n, rho, regressors=k), converged
    )
