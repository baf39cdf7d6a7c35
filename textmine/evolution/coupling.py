"""The coupling coordination degree 耦合协调度 of two shares, in its correct form.

C = 2√(U₁U₂)/(U₁ + U₂), T = ½U₁ + ½U₂, D = √(C·T), with 0 ≤ U ≤ 1. Many papers print C with a wrong
root or exponent, so that it does not reach 1 for equal U (王淑佳等 2021, 自然资源学报 36(3):
793–810). D is a description, not a test: two shares that rise for unrelated reasons raise it.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
COUPLING_COLUMNS = ("a", "b", "year", "coupling", "development", "coordination", "grade")
# The ten grades of 廖重斌 1999, 热带地理 19(2), from "极度失调" to "优质协调".
GRADES = (
    *("极度失调", "严重失调", "中度失调", "轻度失调", "濒临失调"),
    *("勉强协调", "初级协调", "中级协调", "良好协调", "优质协调"),
)


def coupling_coordination(u1: ArrayLike, u2: ArrayLike) -> tuple[Array, Array, Array]:
    """C, T and D of two levels in [0, 1]; C is 0 where both are 0."""
    a, b = np.asarray(u1, dtype=float), np.asarray(u2, dtype=float)
    total = a + b
    with np.errstate(divide="ignore", invalid="ignore"):
        coupling = np.where(total > 0, 2 * np.sqrt(a * b) / total, 0.0)
    development = total / 2
    return coupling, development, np.sqrt(coupling * development)


def coupling_table(shares: pd.DataFrame) -> pd.DataFrame:
    """The coupling of every two concepts in each year with documents.

    U is the share over the concept's highest share, so that a rarer concept is not less developed
    for being rarer.

    Parameters
    ----------
    shares
        The table of `document_shares`.

    Returns
    -------
    DataFrame
        `COUPLING_COLUMNS`; grade is one of ten, by tenths of D.
    """
    levels = {
        str(concept): part.set_index("year")["share"] / (part["share"].max() or np.nan)
        for concept, part in shares.groupby("concept", sort=False)
    }
    tables = []
    for a, b in combinations(levels, 2):
        both = pd.concat([levels[a], levels[b]], axis=1).dropna()
        c, t, d = coupling_coordination(both.iloc[:, 0], both.iloc[:, 1])
        grade = [GRADES[min(9, int(10 * value))] for value in d]
        values = {"coupling": c, "development": t, "coordination": d, "grade": grade}
        tables.append(pd.DataFrame({"a": a, "b": b, "year": both.index, **values}))
    if not tables:
        return pd.DataFrame(columns=list(COUPLING_COLUMNS))
    return pd.concat(tables, ignore_index=True)[list(COUPLING_COLUMNS)]
