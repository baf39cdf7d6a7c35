"""Which concepts are spoken of in the same documents, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from textmine.records import Period

MEETING_COLUMNS = (
    *("period", "first", "last", "a", "b", "documents", "with_a", "with_b", "together"),
    *("expected", "log_odds", "low", "high", "p", "q", "note"),
)
# Below this many documents a period says little about independence, whatever the numbers.
MIN_DOCUMENTS = 10
TOO_FEW = "too few documents"
NAN = float("nan")


def meetings(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    concepts: Sequence[str],
    periods: Sequence[Period],
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Co-occurrence of each pair of concepts in each period.

    For a 2×2 table of documents with and without A and B: the count expected under independence
    is n_A·n_B/n; the log odds ratio has the Haldane–Anscombe correction (½ added to each cell;
    Haldane 1956, doi 10.1111/j.1469-1809.1955.tb01285.x) and a Wald interval; p is Fisher's exact
    test, two-sided; q corrects p over all rows (Benjamini & Hochberg 1995,
    doi 10.1111/j.2517-6161.1995.tb02031.x).

    Parameters
    ----------
    documents, mentions
        As in `document_shares`.
    periods
        Named stretches of years; they may overlap.

    Returns
    -------
    DataFrame
        `MEETING_COLUMNS`, a row per period and pair. Where a period has fewer than 10 documents,
        or one of the concepts is in none or all of them, `note` says so and log_odds, low, high,
        p and q are NaN.
    """
    dated = documents.dropna(subset=["year"])
    years = dated.set_index("doc_id")["year"].astype(int)
    sets = {c: frozenset(mentions.loc[mentions["concept"] == c, "doc_id"]) for c in concepts}
    rows = []
    for period in periods:
        ids = frozenset(years.index[(years >= period.first) & (years <= period.last)])
        for a, b in combinations(concepts, 2):
            counts = (len(ids), len(ids & sets[a]), len(ids & sets[b]))
            both = len(ids & sets[a] & sets[b])
            measured = _measure(*counts, both, confidence)
            rows.append((period.name, period.first, period.last, a, b, *counts, both, *measured))
    table = pd.DataFrame(rows, columns=[c for c in MEETING_COLUMNS if c != "q"])
    table.insert(table.columns.get_loc("note"), "q", false_discovery(table["p"].to_numpy(float)))
    return table


def _measure(
    n: int, with_a: int, with_b: int, both: int, confidence: float
) -> tuple[float, float, float, float, float, str]:
    expected = with_a * with_b / n if n else NAN
    if n < MIN_DOCUMENTS:
        return expected, NAN, NAN, NAN, NAN, TOO_FEW
    if 0 in (with_a, with_b) or n in (with_a, with_b):
        return expected, NAN, NAN, NAN, NAN, "one concept is in none or all of the documents"
    cells = np.array([[both, with_a - both], [with_b - both, n - with_a - with_b + both]])
    smooth = cells + 0.5
    log_odds = float(np.log(smooth[0, 0] * smooth[1, 1] / (smooth[0, 1] * smooth[1, 0])))
    half = float(stats.norm.ppf(0.5 + confidence / 2) * np.sqrt((1 / smooth).sum()))
    p = float(stats.fisher_exact(cells).pvalue)
    return expected, log_odds, log_odds - half, log_odds + half, p, ""


def false_discovery(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Benjamini–Hochberg adjusted p-values; NaN stays NaN and is not counted as a test."""
    adjusted = np.full(p.shape, np.nan)
    tested = ~np.isnan(p)
    if tested.any():
        adjusted[tested] = stats.false_discovery_control(p[tested])
    return adjusted
