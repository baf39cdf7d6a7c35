"""Whether two concepts feed, starve or ignore each other: a Lotka–Volterra pair with its doubts.

The shares follow, a year a step,

    x_{t+1} = x_t · exp(r₁ (1 − x_t/K₁ + β₁₂ y_t/K₂)),   and y with the indices exchanged

(the Ricker form of the pair that studies of 共生 fit: x grows to its own height K₁, and y adds to
or takes from it). Signs of (β₁₂, β₂₁) name the relation. What those studies leave out stands here:
the data are counts with sampling error, fitted along the whole trajectory rather than from one
noisy year to the next; coefficients are penalised; one-sided and independent models compete by
AICc; signs carry bootstrap probabilities; and where the series does not tell, neither do we. A
relation of shares is one of attention: it says nothing of what alliances do to clusters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from textmine.evolution.autocorrelation import lag_one
from textmine.evolution.lifecycle import fitted_curve

Array = NDArray[np.float64]
Relation = Literal[
    "independent",
    "commensal",
    "mutual",
    "parasitic",
    "amensal",
    "competitive",
    "not identified",
]
SYMBIOSIS_COLUMNS = (
    *("a", "b", "years", "relation", "b_to_a", "a_to_b", "p_b_to_a", "p_a_to_b"),
    *("gain", "fit_a", "fit_b", "autocorrelation", "note"),
)
LEAST_YEARS = 5  # in which a concept must be spoken of at all
MIN_YEARS = 15  # eight numbers from two series
BOOTSTRAP = 200
SURE = 0.95  # of the bootstrap must agree on a sign
MARGIN = 2.0  # in AICc, as for life cycles
# Coefficients within this of 0, with 90 % of the bootstrap, are as good as none: a concept at its
# height then changes the other's by less than a quarter.
NEGLIGIBLE = 0.25
# Residuals that repeat themselves more than this follow something the model does not know.
MOST_AUTOCORRELATED = 0.6
LEAST_FIT = 0.3  # share of a series' variation that the trajectory must explain

# Parameters: ln x₀, ln y₀, ln r₁, ln r₂, ln K₁, ln K₂, β₁₂, β₂₁.
BETAS = (6, 7)
FREE = {
    "independent": range(6),
    "b_to_a": [*range(6), 6],
    "a_to_b": [*range(6), 7],
    "both": range(8),
}
# Widths of the penalties, in standard errors of a year's share: weak for all but the couplings.
WIDTHS = np.array([3.0, 3.0, 1.0, 1.0, 1.0, 1.0, 0.7, 0.7])
USUAL_GROWTH = 0.4  # per year: a concept takes about ten years from a tenth to nine tenths
ITERATIONS = 60
PATIENCE = 4  # steps without gain anywhere before the search ends
TINY = 1e-5  # step of the forward differences
SMALLEST, LARGEST = 1e-5, 1 - 1e-5


@dataclass(frozen=True, eq=False)
class Symbiosis:
    """The relation of two series.

    Attributes
    ----------
    b_to_a, a_to_b
        β₁₂ and β₂₁ of the chosen model; 0 where it leaves the coupling out.
    p_b_to_a, p_a_to_b
        Share of the bootstrap of the full model in which the coupling is positive.
    gain
        AICc of two unrelated life cycles (logistics or pulses) minus that of the chosen model.
    fit
        Explained share of the variation of each series.
    autocorrelation
        Of the residuals.
    """

    relation: Relation
    b_to_a: float
    a_to_b: float
    p_b_to_a: float
    p_a_to_b: float
    gain: float
    fit: tuple[float, float]
    autocorrelation: float
    note: str = ""


def symbiosis(
    relevant_a: ArrayLike, relevant_b: ArrayLike, documents: ArrayLike, *, seed: int = 0
) -> Symbiosis:
    """Fit the pair and its simpler rivals.

    Parameters
    ----------
    relevant_a, relevant_b, documents
        Counts of consecutive years, shape (years,); years without documents are bridged.

    Returns
    -------
    Symbiosis
        relation is "not identified" unless the chosen model beats independence by AICc 2 and 95 %
        of the bootstrap agree on each of its signs; "independent" needs 90 % of both couplings
        within ±0.25; a trajectory that does not fit identifies nothing.
    """
    d = np.asarray(documents, dtype=float)
    counts = np.array([relevant_a, relevant_b], dtype=float)
    seen = _Observed(counts, d)
    fits = {name: _best(seen, free) for name, free in FREE.items()}
    full = fits["both"]
    residuals = seen.residuals(full[None])[0]
    rho = max(lag_one(e - e.mean()) for e in residuals[:, seen.years])
    scores = {
        name: _score(seen.residuals(theta[None])[0], len(FREE[name]), rho)
        for name, theta in fits.items()
    }
    chosen = min(scores, key=lambda name: (round(scores[name], 6), len(FREE[name])))
    # A pair can make a pulse of its own; two unrelated pulses must not pass for one.
    apart = [fitted_curve(r, d) for r in counts]
    gain = min(scores["independent"], _score(seen.off(np.array(apart)), 6, rho)) - scores[chosen]
    betas = _bootstrap(seen, full, residuals, seed)
    p = (betas > 0).mean(axis=0)
    explained = seen.explained(full)
    theta = fits[chosen] if gain >= MARGIN else fits["independent"]
    unknown = Symbiosis(
        "not identified",
        float(theta[6]),
        float(theta[7]),
        float(p[0]),
        float(p[1]),
        gain,
        explained,
        rho,
    )
    if rho > MOST_AUTOCORRELATED or min(explained) < LEAST_FIT:
        return replace(unknown, note="the trajectory does not fit")
    if gain < MARGIN:
        small = (np.quantile(np.abs(betas), 0.9, axis=0) < NEGLIGIBLE).all()
        return replace(unknown, relation="independent") if small else unknown
    signs = [_sign(theta[k], p[k - 6]) for k in BETAS]
    if any(sign is None for sign in signs):
        return replace(unknown, note="the sign is not sure")
    return replace(unknown, relation=_name(signs))


def _sign(beta: float, positive: float) -> int | None:
    """The sign of a coupling, 0 where the model leaves it out, None where it is not sure."""
    if beta == 0:
        return 0
    agreeing = positive if beta > 0 else 1 - positive
    return int(np.sign(beta)) if agreeing >= SURE else None


def _name(signs: Sequence[int | None]) -> Relation:
    names: dict[tuple[int, ...], Relation] = {
        (0, 1): "commensal",
        (1, 1): "mutual",
        (-1, 1): "parasitic",
        (-1, 0): "amensal",
        (-1, -1): "competitive",
    }
    return names[tuple(sorted(s for s in signs if s is not None))]


class _Observed:
    """Two series on the scale where a year's sampling error is 1: 2√d · arcsin √share."""

    def __init__(self, counts: Array, documents: Array) -> None:
        self.years = documents > 0
        self.root = np.sqrt(documents)
        share = np.divide(counts, documents, out=np.zeros_like(counts), where=self.years)
        self.share = share
        self.angle = 2 * np.arcsin(np.sqrt(share.clip(0, 1)))
        height = np.log(share.max(axis=1).clip(SMALLEST * 10, 0.99))
        begin = np.log(np.maximum(share[:, self.years][:, :3].mean(axis=1), 0.01))
        growth = np.log(USUAL_GROWTH)
        self.usual = np.array([*begin, growth, growth, *height, 0.0, 0.0])

    def residuals(self, theta: Array, angle: Array | None = None) -> Array:
        """Standardised; shape (fits, 2, years)."""
        return self.off(trajectory(theta, len(self.root)), angle)

    def off(self, shares: Array, angle: Array | None = None) -> Array:
        """How far the data lie off given shares, shape (…, 2, years)."""
        target = self.angle if angle is None else angle
        return np.asarray((target - 2 * np.arcsin(np.sqrt(shares.clip(0, 1)))) * self.root)

    def explained(self, theta: Array) -> tuple[float, float]:
        """1 − residual over total sum of squares, per series."""
        e = self.residuals(theta[None])[0]
        weight = self.root**2
        centre = (self.angle @ weight / weight.sum())[:, None]
        total = ((self.angle - centre) ** 2 * weight).sum(axis=1)
        left = (e**2).sum(axis=1)
        a, b = (float(1 - u / v) if v > 0 else 0.0 for u, v in zip(left, total, strict=True))
        return a, b


def trajectory(theta: Array, years: int) -> Array:
    """Both shares year by year; shape (fits, 2, years).

    Parameters
    ----------
    theta
        Shape (fits, 8): ln x₀, ln y₀, ln r₁, ln r₂, ln K₁, ln K₂, β₁₂, β₂₁.
    """
    level = np.exp(theta[:, 0:2]).clip(SMALLEST, LARGEST)
    rate, height = np.exp(theta[:, 2:4].clip(-6, 1)), np.exp(theta[:, 4:6].clip(-12, 1.5))
    coupling = theta[:, 6:8]
    path = np.empty((len(theta), 2, years))
    for t in range(years):
        path[:, :, t] = level
        filled = level / height
        growth = rate * (1 - filled + coupling * filled[:, ::-1])
        level = (level * np.exp(growth.clip(-3, 3))).clip(SMALLEST, LARGEST)
    return path


def _best(seen: _Observed, free: Sequence[int]) -> Array:
    """The best of fits from several starts."""
    starts = np.repeat(seen.usual[None], 6, axis=0)
    starts[:, 2:4] = np.log(np.array([0.15, 0.4, 0.9, 0.4, 0.4, 0.4]))[:, None]
    starts[3, 0:2] -= 1.0
    starts[4, 6], starts[4, 7] = 0.3, 0.3
    starts[5, 6], starts[5, 7] = -0.3, -0.3
    starts[:, [k for k in BETAS if k not in free]] = 0.0
    found, loss = _fit(seen, starts, free, np.repeat(seen.angle[None], 6, axis=0))
    return np.asarray(found[int(loss.argmin())])


def _fit(seen: _Observed, theta: Array, free: Sequence[int], angle: Array) -> tuple[Array, Array]:
    """Levenberg–Marquardt on many problems at once; returns parameters and losses."""
    places = np.array(list(free))
    theta = theta.copy()
    damping = np.full(len(theta), 1e-2)

    def everything(at: Array, target: Array) -> Array:
        e = seen.residuals(at, target).reshape(len(at), -1)
        return np.concatenate([e, ((at - seen.usual) / WIDTHS)[:, places]], axis=1)

    e = everything(theta, angle)
    loss = (e**2).sum(axis=1)
    quiet = 0
    for _ in range(ITERATIONS):
        jacobian = _jacobian(everything, theta, angle, e, places)
        square = np.einsum("bnk,bnl->bkl", jacobian, jacobian)
        push = np.einsum("bnk,bn->bk", jacobian, e)
        scale = np.einsum("bkk->bk", square)[:, :, None] * np.eye(len(places))
        step = np.linalg.solve(square + damping[:, None, None] * scale, push[..., None])[..., 0]
        trial = theta.copy()
        trial[:, places] -= step.clip(-1, 1)
        after = everything(trial, angle)
        new = (after**2).sum(axis=1)
        better = new < loss
        theta[better], e[better] = trial[better], after[better]
        quiet = quiet + 1 if float(np.max(np.where(better, loss - new, 0.0))) < 1e-4 else 0
        loss = np.where(better, new, loss)
        damping = np.where(better, damping / 5, damping * 5).clip(1e-9, 1e9)
        if quiet == PATIENCE:
            break
    return theta, loss


def _jacobian(
    everything: Callable[[Array, Array], Array],
    theta: Array,
    angle: Array,
    e: Array,
    places: NDArray[np.int64],
) -> Array:
    """By forward differences, all parameters of all problems in one run; (fits, terms, places)."""
    moved = np.repeat(theta[None], len(places), axis=0)
    moved[np.arange(len(places)), :, places] += TINY
    flat = moved.reshape(-1, theta.shape[1])
    after = everything(flat, np.concatenate([angle] * len(places)))
    slopes = (after.reshape(len(places), *e.shape) - e) / TINY
    return np.asarray(np.moveaxis(slopes, 0, 2))


def _score(residuals: Array, parameters: int, rho: float) -> float:
    """AICc of Gaussian residuals of unknown size, years counted as far as they are independent.

    Years without documents have residual 0 and are left out.
    """
    e = residuals[:, np.any(residuals != 0, axis=0)]
    n = e.size
    k = parameters + 1
    independent = n * (1 - rho) / (1 + rho)
    return float(
        independent * np.log((e**2).sum() / n) + 2 * k + 2 * k * (k + 1) / max(1, n - k - 1)
    )


def _bootstrap(seen: _Observed, full: Array, residuals: Array, seed: int) -> Array:
    """Couplings of the full model on resampled residuals; shape (200, 2).

    Years are drawn in blocks of three on the mean, both series together, and residuals are scaled
    up for the parameters that were fitted.
    """
    random = np.random.default_rng(seed)
    years = np.flatnonzero(seen.years)
    n = len(years)
    fresh = random.random((BOOTSTRAP, n)) < 1 / 3
    fresh[:, 0] = True
    started = np.maximum.accumulate(np.where(fresh, np.arange(n), 0), axis=1)
    first = np.take_along_axis(random.integers(0, n, (BOOTSTRAP, n)), started, axis=1)
    place = (first + np.arange(n) - started) % n
    e = residuals[:, years] - residuals[:, years].mean(axis=1, keepdims=True)
    e = e * np.sqrt(2 * n / max(1, 2 * n - len(full)))
    angle = np.repeat(2 * np.arcsin(np.sqrt(trajectory(full[None], len(seen.root)))), BOOTSTRAP, 0)
    angle[:, :, years] += np.moveaxis(e[:, place], 0, 1) / seen.root[years]
    theta, _ = _fit(seen, np.repeat(full[None], BOOTSTRAP, 0), FREE["both"], angle)
    return theta[:, 6:8]


def symbioses(shares: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """The relation of every two concepts.

    Parameters
    ----------
    shares
        The table of `document_shares`.

    Returns
    -------
    DataFrame
        `SYMBIOSIS_COLUMNS`, as the fields of `Symbiosis`. Fewer than 15 years with documents, or a
        concept in fewer than five of them, have a note and no relation.
    """
    parts = {str(c): part for c, part in shares.groupby("concept", sort=False)}
    rows: list[tuple[object, ...]] = []
    for a, b in combinations(parts, 2):
        r_a, r_b = (parts[c]["with_concept"].to_numpy() for c in (a, b))
        d = parts[a]["documents"].to_numpy()
        years = int((d > 0).sum())
        if years < MIN_YEARS or min((r_a > 0).sum(), (r_b > 0).sum()) < LEAST_YEARS:
            rows.append((a, b, years, "", *[float("nan")] * 8, "too few years"))
            continue
        s = symbiosis(r_a, r_b, d, seed=seed)
        rows.append(
            (a, b, years, s.relation, s.b_to_a, s.a_to_b, s.p_b_to_a, s.p_a_to_b, s.gain, *s.fit,
             s.autocorrelation, s.note)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(SYMBIOSIS_COLUMNS))
