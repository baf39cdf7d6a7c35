"""The historical roots of a literature: reference publication year spectroscopy (RPYS).

Marx, Bornmann, Barth & Leydesdorff (2014), doi:10.1002/asi.23089: how many cited works come from
each year, and how far a year stands out from the median of the five years around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import median

ROOT_COLUMNS = ("year", "references", "median", "deviation", "most_cited")
AROUND = 2
"""Years on either side of the median's window; five years in all, as in the source."""
NAMED = 3
"""Works named per year."""


def roots(cited: Iterable[tuple[int, str]]) -> list[tuple[int, int, float, float, str]]:
    """Count cited works by their year of publication.

    Parameters
    ----------
    cited
        Year and label of each reference, as often as it is cited.

    Returns
    -------
    list of tuple
        `ROOT_COLUMNS`, a row for every year from the first to the last; `most_cited` names the
        works that make up the year, with their counts.
    """
    labels: dict[int, Counter[str]] = {}
    for year, label in cited:
        labels.setdefault(year, Counter())[label] += 1
    if not labels:
        return []
    counts = {year: labels[year].total() for year in labels}
    rows = []
    for year in range(min(counts), max(counts) + 1):
        window = [counts.get(y, 0) for y in range(year - AROUND, year + AROUND + 1)]
        usual = float(median(window))
        here = counts.get(year, 0)
        named = sorted(labels.get(year, Counter()).items(), key=lambda item: (-item[1], item[0]))
        most = "；".join(f"{label} ({count})" for label, count in named[:NAMED])
        rows.append((year, here, usual, here - usual, most))
    return rows
