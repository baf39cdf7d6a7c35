"""The share of documents that mention a concept, year by year, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

SHARE_COLUMNS = ("concept", "year", "documents", "with_concept", "share", "low", "high")


def wilson(
    successes: ArrayLike, trials: ArrayLike, *, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Score intervals of binomial proportions.

    With p = x/n and z the normal quantile, the interval is
    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
    (Wilson 1927, doi 10.1080/01621459.1927.10502953; recommended by Newcombe 1998,
    doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E).

    Parameters
    ----------
    successes, trials
        Counts, of the same shape; an interval of no trials is NaN.
    confidence
        Level in (0, 1).

    Returns
    -------
    low, high
        Arrays of the same shape, within [0, 1].
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    z = stats.norm.ppf(0.5 + confidence / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / n
        middle = p + z**2 / (2 * n)
        half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
        low, high = (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)
    # Rounding must not push the ends of 0 of n and n of n off 0 and 1.
    low, high = np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)
    empty = n == 0
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def document_shares(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    concepts: Sequence[str],
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Yearly share of documents that mention each concept.

    Parameters
    ----------
    documents
        Columns doc_id and year; documents without year are left out.
    mentions
        Columns doc_id and concept; a document counts once however often it mentions a concept.
    concepts
        Which concepts, in the order wanted.
    confidence
        Level of the Wilson intervals.

    Returns
    -------
    DataFrame
        `SHARE_COLUMNS`, a row per concept and year from the first to the last year. Years
        without documents have NaN shares: nothing is known of them.
    """
    dated = documents.dropna(subset=["year"])
    if dated.empty:
        return pd.DataFrame(columns=list(SHARE_COLUMNS))
    year_of = dated.set_index("doc_id")["year"].astype(int)
    years = pd.RangeIndex(year_of.min(), year_of.max() + 1, name="year")
    total = year_of.value_counts().reindex(years, fill_value=0)
    tables = []
    for concept in concepts:
        ids = mentions.loc[mentions["concept"] == concept, "doc_id"].unique()
        found = year_of[year_of.index.isin(ids)].value_counts().reindex(years, fill_value=0)
        tables.append(
            pd.DataFrame(
                {
                    "concept": concept,
                    "year": years,
                    "documents": total.to_numpy(),
                    "with_concept": found.to_numpy(),
                }
            )
        )
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    if table.empty:
        return pd.DataFrame(columns=list(SHARE_COLUMNS))
    some = table["documents"].where(table["documents"] > 0)
    table["share"] = table["with_concept"] / some
    table["low"], table["high"] = wilson(
        table["with_concept"], table["documents"], confidence=confidence
    )
    return table[list(SHARE_COLUMNS)]
