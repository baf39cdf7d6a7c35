"""Whether two concepts come to be spoken of together more, or less, from period to period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from textmine.evolution.meetings import false_discovery, meetings
from textmine.records import Period

Array = NDArray[np.float64]
CONVERGENCE_COLUMNS = (
    *("slicing", "a", "b", "periods", "slope", "low", "high", "p", "q", "verdict", "note"),
)
MIN_PERIODS = 3  # two points make a difference, not a direction
NAN = float("nan")


def convergence(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    concepts: Sequence[str],
    slicings: Mapping[str, Sequence[Period]],
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The direction of each pair's association over the periods, under several slicings.

    The log odds ratios of `meetings` are regressed on the middles of the periods with weights
    1/(variance + τ²), where τ² is the scatter between periods beyond sampling (DerSimonian & Laird
    1986, doi 10.1016/0197-2456(86)90046-2).

    Parameters
    ----------
    documents, mentions
        As in `document_shares`.
    slicings
        Name → periods, which should not overlap.

    Returns
    -------
    DataFrame
        `CONVERGENCE_COLUMNS`, a row per slicing and pair. slope is the change of the log odds
        ratio per ten years; verdict is "closer", "apart" or "none shown" by q over all pairs of a
        slicing; fewer than three periods that can be measured have a note instead.
    """
    tables = []
    for name, periods in slicings.items():
        met = meetings(documents, mentions, concepts, periods, confidence=confidence)
        rows = [
            (name, *pair, *_direction(part, confidence))
            for pair, part in met.groupby(["a", "b"], sort=False)
        ]
        columns = [c for c in CONVERGENCE_COLUMNS if c not in ("q", "verdict")]
        table = pd.DataFrame(rows, columns=columns)
        table["q"] = false_discovery(table["p"].to_numpy(float))
        shown = table["q"] < 1 - confidence
        way = np.where(table["slope"] > 0, "closer", "apart")
        table["verdict"] = np.where(shown, way, "none shown")
        table.loc[table["note"] != "", "verdict"] = ""
        tables.append(table)
    if not tables:
        return pd.DataFrame(columns=list(CONVERGENCE_COLUMNS))
    return pd.concat(tables, ignore_index=True)[list(CONVERGENCE_COLUMNS)]


def _direction(
    part: pd.DataFrame, confidence: float
) -> tuple[int, float, float, float, float, str]:
    known = part.dropna(subset=["log_odds"])
    if len(known) < MIN_PERIODS:
        return len(known), NAN, NAN, NAN, NAN, "too few periods"
    z = float(stats.norm.ppf(0.5 + confidence / 2))
    middle = (known["first"] + known["last"]).to_numpy(float) / 20
    spread = (known["high"] - known["low"]).to_numpy(float) / (2 * z)
    slope, error = weighted_slope(middle, known["log_odds"].to_numpy(float), spread**2)
    p = float(2 * stats.norm.sf(abs(slope) / error))
    return len(known), slope, slope - z * error, slope + z * error, p, ""


def weighted_slope(x: Array, y: Array, variance: Array) -> tuple[float, float]:
    """A line through points of known variance and unknown scatter: slope, standard error.

    Returns
    -------
    slope, error
        By weighted least squares with weights 1/(variance + τ²).
    """
    design = np.column_stack([np.ones(len(x)), x])
    fixed = 1 / variance
    _, residuals, inverse = _weighted(design, y, fixed)
    q = float(fixed @ residuals**2)
    leverage = float(np.trace(inverse @ (design.T @ (fixed[:, None] ** 2 * design))))
    excess = max(0.0, (q - (len(x) - 2)) / (float(fixed.sum()) - leverage))
    beta, _, inverse = _weighted(design, y, 1 / (variance + excess))
    return float(beta[1]), float(np.sqrt(inverse[1, 1]))


def _weighted(design: Array, y: Array, weights: Array) -> tuple[Array, Array, Array]:
    inverse = np.asarray(np.linalg.inv(design.T @ (weights[:, None] * design)), dtype=float)
    beta = inverse @ (design.T @ (weights * y))
    return beta, y - design @ beta, inverse


def agreement(table: pd.DataFrame) -> pd.DataFrame:
    """How far each pair's direction depends on the slicing.

    Returns
    -------
    DataFrame
        a, b, closer, apart, none_shown, unmeasured (numbers of slicings) and robust: True where
        every slicing that could measure says the same.
    """
    rows = []
    for (a, b), part in table.groupby(["a", "b"], sort=False):
        counts = [int((part["verdict"] == v).sum()) for v in ("closer", "apart", "none shown", "")]
        rows.append((a, b, *counts, sum(c > 0 for c in counts[:3]) == 1))
    columns = ["a", "b", "closer", "apart", "none_shown", "unmeasured", "robust"]
    return pd.DataFrame(rows, columns=columns)
