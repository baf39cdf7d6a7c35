"""Whether a concept's share changes after a policy event: the interrupted time series."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from textmine.evolution.glm import quasi_poisson
from textmine.evolution.meetings import false_discovery
from textmine.records import Event

EVENT_COLUMNS = (
    *("event", "year", "concept", "years", "level", "level_low", "level_high", "p", "q"),
    *("slope", "slope_low", "slope_high", "verdict", "note"),
)
# Four numbers are estimated; with fewer years on either side the line through them is a guess.
MIN_BEFORE = 5
MIN_AFTER = 3
WINDOW = 10  # years on either side: further away other things have happened
NAN = float("nan")


def event_effects(
    shares: pd.DataFrame, events: Sequence[Event], *, confidence: float = 0.95
) -> pd.DataFrame:
    """Segmented regression of each concept's share at each event.

    ln E[r_t] = ln d_t + β0 + β1·t + β2·(t > T) + β3·(t − T − 1)·(t > T) for the event's year T, by
    quasi-Poisson with autocorrelation (Wagner et al. 2002, doi
    10.1046/j.1365-2710.2002.00430.x; Bernal et al. 2017, doi 10.1093/ije/dyw098). The event's own
    year counts as before: documents of that year were mostly written without it.

    Parameters
    ----------
    shares
        The table of `document_shares`.
    events
        Named before the series was looked at; a date chosen because the series turns there has
        no p-value.

    Returns
    -------
    DataFrame
        `EVENT_COLUMNS`: level is the factor by which the share jumps (exp β2), slope the factor by
        which its yearly growth changes (exp β3), with intervals; p and q (over all rows) are of
        the jump. verdict is "rose", "fell" or "none shown". A change after an event is no proof
        that the event made it.
    """
    rows = [
        (event.name, event.year, concept, *_effect(part, event.year, confidence))
        for event in events
        for concept, part in shares.groupby("concept", sort=False)
    ]
    names = [c for c in EVENT_COLUMNS if c not in ("q", "verdict")]
    table = pd.DataFrame(rows, columns=names)
    table["q"] = false_discovery(table["p"].to_numpy(float))
    way = np.where(table["level"] > 1, "rose", "fell")
    table["verdict"] = np.where(table["q"] < 1 - confidence, way, "none shown")
    table.loc[table["note"] != "", "verdict"] = ""
    return table[list(EVENT_COLUMNS)]


def _effect(part: pd.DataFrame, year: int, confidence: float) -> tuple[object, ...]:
    part = part[(part["documents"] > 0) & (part["year"].between(year - WINDOW + 1, year + WINDOW))]
    time = part["year"].to_numpy(dtype=float) - year
    after = time > 0
    if (~after).sum() < MIN_BEFORE or after.sum() < MIN_AFTER:
        return len(part), *[NAN] * 7, "too few years"
    counts = part["with_concept"].to_numpy(dtype=float)
    if counts[~after].sum() == 0 or counts[after].sum() == 0:
        return len(part), *[NAN] * 7, "all before or all after"
    design = np.column_stack([np.ones(len(time)), time - 1, after, (time - 1) * after])
    fit = quasi_poisson(counts, design, np.log(part["documents"].to_numpy(dtype=float)))
    if not fit.converged:
        return len(part), *[NAN] * 7, "not identified"
    level, slope = (
        np.exp([fit.coefficients[k], *fit.interval(k, confidence=confidence)]) for k in (2, 3)
    )
    return len(part), *level, fit.p(2), *slope, ""
