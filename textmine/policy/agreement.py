"""How far two codings of the same clauses agree, beyond chance."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textmine.topics import cohen_kappa

RESAMPLINGS = 1000


class Agreement(NamedTuple):
    """κ of one code with its 95 % interval, and how often each coder gave the code."""

    code: str
    clauses: int
    one: int
    two: int
    agreed: float
    kappa: float
    low: float
    high: float


def agreement(
    one: Sequence[Set[str]], two: Sequence[Set[str]], codes: Sequence[str], *, seed: int = 20080101
) -> list[Agreement]:
    """Cohen's κ of each code, given or not given, over the clauses that both coded.

    κ = (p_o − p_e)/(1 − p_e) (Cohen 1960, doi:10.1177/001316446002000104); the interval is a
    percentile bootstrap over clauses (Efron 1979, doi:10.1214/aos/1176344552). NaN for a code that
    neither gave, or both gave everywhere.

    Parameters
    ----------
    one, two
        For each clause the codes that each coder gave; in the same order.
    """
    draw = np.random.default_rng(seed)
    n = len(one)
    samples = draw.integers(n, size=(RESAMPLINGS, n)) if n else np.zeros((0, 0), dtype=np.int64)
    found = []
    for code in codes:
        a, b = (_given(side, code) for side in (one, two))
        kappa = cohen_kappa(a, b)
        spread = [cohen_kappa(a[s], b[s]) for s in samples] if kappa == kappa else []
        low, high = _interval(spread)
        agreed = float((a == b).mean()) if n else float("nan")
        counts = (int((a == 2).sum()), int((b == 2).sum()))
        found.append(Agreement(code, n, *counts, agreed, kappa, low, high))
    return found


def _given(coded: Sequence[Set[str]], code: str) -> NDArray[np.int64]:
    return np.array([2 if code in codes else 1 for codes in coded], dtype=np.int64)


def _interval(values: Sequence[float]) -> tuple[float, float]:
    known = [v for v in values if v == v]
    if not known:
        return float("nan"), float("nan")
    low, high = np.percentile(known, (2.5, 97.5))
    return float(low), float(high)
