"""Where a concept stands in its life: emerging, growing, mature, past its peak, or unknown.

Four shapes of the yearly share are compared: flat; rise, K/(1 + exp(−(ln 81/Δt)(t − t_m))), which
takes Δt years from 10 to 90 % of its height K (Meyer, Yung & Ausubel 1999, doi
10.1016/S0040-1625(99)00021-9); fall, the same backwards; and pulse, the slope of such a logistic,
which rises and falls within about Δt years around its peak t_m. A shape with a floor other than 0
is not among them. The likelihood is binomial and is searched on a grid, so the best fit is the
best there is and the intervals are the profile's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Array = NDArray[np.float64]
Shape = Literal["flat", "rise", "fall", "pulse"]
SHAPES: tuple[Shape, ...] = ("rise", "fall", "pulse")
LIFECYCLE_COLUMNS = (
    *("concept", "shape", "phase", "turn", "low", "high", "duration", "height"),
    *("emergence_end", "maturity_start", "gain", "note"),
)
MIN_YEARS = 10
NAN = float("nan")
# Burnham & Anderson 2002 (ch. 2.6): a model within 2 of the best has substantial support.
MARGIN = 2.0
DURATIONS = 24  # tried between one year and twice the series, in equal ratios
STEP = 0.5  # years between the turning points tried
NEWTON = 8  # steps for K; it is one number and starts near its value
SMALLEST = 1e-12


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """What the series says of its shape.

    Attributes
    ----------
    shape
        The best shape; "flat" where none is better by QAICc 2 or more.
    turn, low, high
        t_m (the inflection, or the peak of a pulse) with its profile interval, as positions in
        the series; infinite where the profile does not end within half a series beyond the data.
    duration, height
        Δt in years, K as a share (the peak's share for a pulse).
    gain
        By how much QAICc is better than flat.
    rival
        Another shape within QAICc 2 of the best, or "".
    """

    shape: Shape
    turn: float
    low: float
    high: float
    duration: float
    height: float
    gain: float
    rival: str


def life_cycle(relevant: ArrayLike, documents: ArrayLike, *, confidence: float = 0.95) -> LifeCycle:
    """Compare the shapes of one series.

    QAICc = 2·(−log L)/φ + 2k + 2k(k + 1)/(n − k − 1), with the overdispersion φ ≥ 1 of the best
    fit and k counting φ (Burnham & Anderson 2002, ch. 2.5); the interval of the turning point
    holds the values whose profile −log L exceeds the best by less than φ·F(1, n − 3)/2.

    Parameters
    ----------
    relevant, documents
        r_t and d_t, shape (years,), consecutive years; d_t may be 0.
    """
    r, d = np.asarray(relevant, dtype=float), np.asarray(documents, dtype=float)
    n = int((d > 0).sum())
    turns, durations = _grid(len(d))
    fitted = {shape: _fit(r, d, _curves(shape, turns, durations, len(d))) for shape in SHAPES}
    best = min(SHAPES, key=lambda shape: float(fitted[shape][0].min()))
    phi = _dispersion(r, d, *_at_best(best, fitted[best], turns, durations), n)
    flat_rate = r.sum() / d.sum()
    flat = _score(_loss(r, d, np.full(len(d), flat_rate)), phi, 2, n)
    scores = {shape: _score(float(fitted[shape][0].min()), phi, 4, n) for shape in SHAPES}
    gain = flat - scores[best]
    if gain < MARGIN:
        return LifeCycle("flat", NAN, NAN, NAN, NAN, float(flat_rate), gain, "")
    rivals = [s for s in SHAPES if s != best and scores[s] - scores[best] < MARGIN]
    loss, height = fitted[best]
    place = np.unravel_index(int(loss.argmin()), loss.shape)
    reach = phi * float(stats.f.ppf(confidence, 1, max(1, n - 3))) / 2
    low, high = _interval(turns, loss.min(axis=1), reach)
    return LifeCycle(
        best,
        float(turns[place[0]]),
        low,
        high,
        float(durations[place[1]]),
        float(height[place]),
        gain,
        rivals[0] if rivals else "",
    )


def fitted_curve(relevant: ArrayLike, documents: ArrayLike) -> Array:
    """The share per year of the likeliest of rise, fall and pulse; three numbers were fitted."""
    r, d = np.asarray(relevant, dtype=float), np.asarray(documents, dtype=float)
    turns, durations = _grid(len(d))
    fits = {shape: _fit(r, d, _curves(shape, turns, durations, len(d))) for shape in SHAPES}
    best = min(SHAPES, key=lambda shape: float(fits[shape][0].min()))
    _, turn, duration, height = _at_best(best, fits[best], turns, durations)
    curve = _curves(best, np.array([turn]), np.array([duration]), len(d))[0, 0]
    return np.asarray(height * curve)


def _grid(years: int) -> tuple[Array, Array]:
    turns = np.arange(-years / 2, 1.5 * years, STEP)
    return turns, np.geomspace(1.0, 2.0 * years, DURATIONS)


def _curves(shape: Shape, turns: Array, durations: Array, years: int) -> Array:
    """Each curve with height 1; shape (turns, durations, years)."""
    time = np.arange(years) - turns[:, None, None]
    steep = np.log(81) / durations[None, :, None] * time
    rising = 1 / (1 + np.exp(np.clip(-steep, -500, 500)))
    if shape == "rise":
        return np.asarray(rising)
    return np.asarray(1 - rising if shape == "fall" else 4 * rising * (1 - rising))


def _fit(r: Array, d: Array, curves: Array) -> tuple[Array, Array]:
    """−log L of each curve at its best height, and that height; shapes (turns, durations)."""
    g = np.maximum(curves, SMALLEST)
    ceiling = (1 - 1e-9) / g.max(axis=2)
    k = np.minimum(r.sum() / (g @ d), ceiling)
    for _ in range(NEWTON):
        p = k[..., None] * g
        weight = 1 / (1 - p)
        step = ((r - d * p) * weight).sum(axis=2) / (d * g * weight).sum(axis=2)
        k = np.clip(k + step, SMALLEST, ceiling)
    return _loss(r, d, k[..., None] * g), k


def _loss(r: Array, d: Array, p: Array) -> Array:
    """−log L without its constant."""
    p = np.clip(p, SMALLEST, 1 - SMALLEST)
    return np.asarray(-(r * np.log(p) + (d - r) * np.log1p(-p)).sum(axis=-1))


def _at_best(
    shape: Shape, fit: tuple[Array, Array], turns: Array, durations: Array
) -> tuple[Shape, float, float, float]:
    loss, height = fit
    i, j = np.unravel_index(int(loss.argmin()), loss.shape)
    return shape, float(turns[i]), float(durations[j]), float(height[i, j])


def _dispersion(
    r: Array, d: Array, shape: Shape, turn: float, duration: float, height: float, n: int
) -> float:
    p = height * _curves(shape, np.array([turn]), np.array([duration]), len(d))[0, 0]
    # A year of which the model expects nothing would make any single document infinitely odd.
    p = np.clip(p, 0.5 / max(1.0, d.sum()), 1 - 1e-6)
    expected = d * p
    seen = d > 0
    squares = (r[seen] - expected[seen]) ** 2 / (expected[seen] * (1 - p[seen]))
    return max(1.0, float(squares.sum()) / max(1, n - 3))


def _score(loss: float | Array, phi: float, k: int, n: int) -> float:
    return float(2 * loss / phi + 2 * k + 2 * k * (k + 1) / max(1, n - k - 1))


def _interval(turns: Array, profile: Array, reach: float) -> tuple[float, float]:
    inside = np.flatnonzero(profile <= profile.min() + reach)
    # The end lies between the last value inside and the next one of the grid.
    low = -np.inf if inside[0] == 0 else float(turns[inside[0]]) - STEP / 2
    high = np.inf if inside[-1] == len(turns) - 1 else float(turns[inside[-1]]) + STEP / 2
    return low, high


def life_cycles(shares: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The life cycle of each concept.

    Parameters
    ----------
    shares
        The table of `document_shares`.

    Returns
    -------
    DataFrame
        `LIFECYCLE_COLUMNS`: years are calendar years. phase is where the concept stands in the
        last year: "emergence" (below 10 % of K), "growth" (10 to 90 %), "maturity"; for a pulse
        "growth" before and "decline" after the peak and "past" when less than 10 % of it is left;
        for a fall "decline" and "past". Where the turning point may lie outside the data, phase is
        "not identified" and only low and high are given: the series does not tell how far the concept
        has come.
    """
    rows = []
    for concept, part in shares.groupby("concept", sort=False):
        whole = part.set_index("year")[["with_concept", "documents"]]
        whole = whole.reindex(range(part["year"].min(), part["year"].max() + 1), fill_value=0)
        r, d = whole["with_concept"].to_numpy(float), whole["documents"].to_numpy(float)
        if (d > 0).sum() < MIN_YEARS or r.sum() == 0:
            why = "in no document" if r.sum() == 0 and len(r) else "too few years"
            rows.append((concept, "", "", *[NAN] * 8, why))
            continue
        cycle = life_cycle(r, d, confidence=confidence)
        rows.append((concept, *_described(cycle, int(part["year"].min()), len(d))))
    return pd.DataFrame(rows, columns=list(LIFECYCLE_COLUMNS))


def _described(cycle: LifeCycle, first: int, years: int) -> tuple[object, ...]:
    if cycle.shape == "flat":
        return "flat", "", NAN, NAN, NAN, NAN, cycle.height, NAN, NAN, cycle.gain, ""
    note = f"{cycle.rival} fits about as well" if cycle.rival else ""
    low, high = first + cycle.low, first + cycle.high
    if cycle.low < 0 or cycle.high > years - 1:
        nothing = [NAN] * 4
        return cycle.shape, "not identified", NAN, low, high, *nothing, cycle.gain, note
    # Slope 4g(1 − g) falls to a tenth of its peak where |t − t_m| = Δt·arcosh(√10)·2/ln 81.
    wide = cycle.duration * 2 * np.arccosh(10**0.5) / np.log(81)
    reach = wide if cycle.shape == "pulse" else cycle.duration / 2
    turn = first + cycle.turn
    return (
        cycle.shape,
        _phase(cycle, years - 1, reach),
        turn,
        low,
        high,
        cycle.duration,
        cycle.height,
        turn - reach,
        turn + reach,
        cycle.gain,
        note,
    )


def _phase(cycle: LifeCycle, last: int, reach: float) -> str:
    names = {
        "rise": ("emergence", "growth", "growth", "maturity"),
        "fall": ("maturity", "decline", "decline", "past"),
        "pulse": ("emergence", "growth", "decline", "past"),
    }[cycle.shape]
    borders = (cycle.turn - reach, cycle.turn, cycle.turn + reach)
    return names[sum(last >= border for border in borders)]
