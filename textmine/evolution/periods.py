"""Ways to slice the years into periods, and what becomes of a result under each of them.

Named periods come from the workspace; the others are made from the documents. No slicing is the
right one: a finding that holds under one only is a finding about the slicing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from textmine.evolution.changepoints import changepoints
from textmine.records import Period


def equal_years(first: int, last: int, width: int) -> tuple[Period, ...]:
    """Periods of `width` years; a remainder goes to the first one, the oldest and thinnest."""
    starts = list(range(last - width + 1, first - 1, -width))[::-1]
    starts = [first, *starts[1:]] if starts else [first]
    return _between([*starts, last + 1])


def equal_documents(years: ArrayLike, parts: int) -> tuple[Period, ...]:
    """Periods of whole years that hold as nearly the same number of documents as can be.

    The sum of squared counts is minimised exactly, by dynamic programming.

    Parameters
    ----------
    years
        One year per document.
    parts
        How many periods; no more than there are years with documents.
    """
    known = np.asarray(years, dtype=np.int64)
    if known.size == 0 or parts < 1:
        return ()
    first, last = int(known.min()), int(known.max())
    counts = np.bincount(known - first).astype(float)
    parts = min(parts, int((counts > 0).sum()))
    total = np.concatenate(([0.0], counts.cumsum()))
    n = len(counts)
    best = np.full((parts + 1, n + 1), np.inf)
    best[0, 0] = 0.0
    came_from = np.zeros((parts + 1, n + 1), dtype=np.int64)
    for part in range(1, parts + 1):
        for end in range(part, n + 1):
            costs = best[part - 1, :end] + (total[end] - total[:end]) ** 2
            came_from[part, end] = np.argmin(costs)
            best[part, end] = costs.min()
    starts, end = [], n
    for part in range(parts, 0, -1):
        end = int(came_from[part, end])
        starts.append(first + end)
    return _between([*starts[::-1], last + 1])


def changepoint_periods(shares: pd.DataFrame) -> tuple[Period, ...]:
    """Periods between the years in which the concepts' shares change level together.

    Parameters
    ----------
    shares
        The table of `document_shares`; all its concepts are followed at once.

    Returns
    -------
    tuple of Period
        A single period where no change is found.
    """
    if shares.empty:
        return ()
    relevant = shares.pivot(index="concept", columns="year", values="with_concept")
    documents = shares.groupby("year")["documents"].first()
    years = documents.index.to_list()
    found = changepoints(relevant.to_numpy(), documents.to_numpy())
    return _between([years[0], *(years[change.at] for change in found), years[-1] + 1])


def shifted(periods: Sequence[Period], years: int) -> tuple[Period, ...]:
    """The same periods, all borders moved by some years; the names stay."""
    return tuple(Period(p.name, p.first + years, p.last + years) for p in periods)


def within(periods: Sequence[Period], first: int, last: int) -> tuple[Period, ...]:
    """The periods that share a year with [first, last]."""
    return tuple(p for p in periods if p.last >= first and p.first <= last)


def _between(borders: Sequence[int]) -> tuple[Period, ...]:
    return tuple(
        Period(f"{a}–{b - 1}" if b - 1 > a else f"{a}", int(a), int(b - 1))
        for a, b in pairwise(borders)
    )
