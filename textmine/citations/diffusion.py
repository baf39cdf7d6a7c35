"""How a policy spreads through the policies that name it, and how soon papers take it up.

Intensity, breadth, speed and direction as in quantitative studies of policy documents; the counts
are of documents of the corpus, so they tell of the corpus and not of the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Literal

from textmine.citations.works import Work

Direction = Literal["down", "up", "peer", "same place", "unknown"]
LEVELS = ("central", "provincial", "municipal", "county")
"""From the highest on."""

DIFFUSION_COLUMNS = (
    *("doc_id", "title", "year", "level", "intensity", "breadth", "per_year", "first_lag"),
    *("median_lag", "down", "up", "peer", "same_place", "years_watched"),
)
UPTAKE_COLUMNS = (
    *("doc_id", "title", "year", "level", "papers", "first_paper", "first_lag", "median_lag"),
    "years_watched",
)


@dataclass(frozen=True, slots=True)
class Edge:
    """One document that cites another, however often."""

    citing: str
    cited: str


def direction(cited: Work, citing: Work) -> Direction:
    """Which way a policy travelled: down or up the levels, to a peer, or within one place."""
    if cited.level not in LEVELS or citing.level not in LEVELS:
        return "unknown"
    above, below = LEVELS.index(cited.level), LEVELS.index(citing.level)
    if above != below:
        return "down" if above < below else "up"
    return "same place" if cited.region == citing.region else "peer"


def diffusion(
    edges: Iterable[Edge], works: Mapping[str, Work], *, last: int
) -> list[tuple[object, ...]]:
    """Per policy that policies name: how many, how widely, how fast, which way.

    Parameters
    ----------
    edges
        Who cites whom.
    works
        The documents by id.
    last
        The last year that the corpus covers: how long a policy has been watched.

    Returns
    -------
    list of tuple
        `DIFFUSION_COLUMNS`. *Intensity* is the number of policies that name it, *breadth* the
        number of regions (or levels without region) that they come from, *per_year* the intensity
        over the years watched, *first_lag* and *median_lag* the years from its issue to theirs.
        Lags are of those that came: who cites later than the corpus ends is not seen.
    """
    rows = []
    for cited, citers in _by_cited(edges, works, "policy"):
        ways = [direction(cited, citing) for citing in citers]
        lags = _lags(cited, citers)
        watched = _watched(cited, last)
        rows.append(
            (
                *(cited.id, cited.title, cited.year, cited.level, len(citers)),
                len({citing.place for citing in citers}),
                len(citers) / watched if watched else None,
                *_first_and_median(lags),
                *(ways.count(way) for way in ("down", "up", "peer", "same place")),
                watched,
            )
        )
    return sorted(rows, key=lambda row: (-int(str(row[4])), str(row[0])))


def uptake(
    edges: Iterable[Edge], works: Mapping[str, Work], *, last: int
) -> list[tuple[object, ...]]:
    """Per policy that papers cite: how many papers, and how many years after its issue.

    Returns
    -------
    list of tuple
        `UPTAKE_COLUMNS`; see `diffusion` for the parameters.
    """
    rows = []
    for cited, citers in _by_cited(edges, works, "paper"):
        if cited.kind != "policy":
            continue
        years = [citing.year for citing in citers if citing.year is not None]
        rows.append(
            (
                *(cited.id, cited.title, cited.year, cited.level, len(citers)),
                min(years, default=None),
                *_first_and_median(_lags(cited, citers)),
                _watched(cited, last),
            )
        )
    return sorted(rows, key=lambda row: (-int(str(row[4])), str(row[0])))


def _by_cited(
    edges: Iterable[Edge], works: Mapping[str, Work], kind: str
) -> list[tuple[Work, list[Work]]]:
    """The policies that documents of a kind cite, each with these documents."""
    found: dict[str, set[str]] = {}
    for edge in edges:
        if works[edge.citing].kind == kind and works[edge.cited].kind == "policy":
            found.setdefault(edge.cited, set()).add(edge.citing)
    return [(works[i], [works[j] for j in sorted(citers)]) for i, citers in sorted(found.items())]


def _lags(cited: Work, citers: Iterable[Work]) -> list[int]:
    if cited.year is None:
        return []
    return [max(0, c.year - cited.year) for c in citers if c.year is not None]


def _first_and_median(lags: list[int]) -> tuple[int | None, float | None]:
    return (min(lags), float(median(lags))) if lags else (None, None)


def _watched(cited: Work, last: int) -> int | None:
    return None if cited.year is None else max(1, last - cited.year + 1)
