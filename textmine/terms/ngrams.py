"""Frequent runs of characters in a corpus, with what tells words from chance.

Counting goes level by level: a run of n + 1 units can be frequent only if both runs of n units in
it are (Agrawal and Srikant 1994), so that each level looks only at places that the level before
left. Everything is counted in arrays; nothing here knows words or grammar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textmine.segment import code_points, normalize_codes

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FIRST_HAN, LAST_HAN = 0x4E00, 0x9FFF
JOINED = "+#-._"  # stand inside names: 互联网+, C#, GB/T 7714-2015


@dataclass(frozen=True, eq=False)
class Units:
    """Texts as units: a Han character, a run of Latin letters and digits, or anything else.

    Attributes
    ----------
    kinds
        Number of each unit's string, from 0; −1 for what no word holds. Shape (units,).
    starts
        Where each unit begins in the joined texts, and at last where they end; (units + 1,).
    document
        The text that each unit stands in. A unit of kind −1 stands between texts.
    """

    kinds: Longs
    starts: Longs
    document: Longs


@dataclass(frozen=True, eq=False)
class Level:
    """The frequent runs of one length.

    Attributes
    ----------
    length
        Units in each run.
    places, runs
        Units at which a frequent run begins, rising, and which run it is; (occurrences,).
    counts
        Occurrences of each run; (runs,).
    first
        The unit at which each run first begins; (runs,).
    """

    length: int
    places: Longs
    runs: Longs
    counts: Longs
    first: Longs

    def count_at(self, places: Longs) -> Longs:
        """How often the run that begins at each of these units occurs; it must be frequent."""
        found: Longs = self.counts[self.runs[np.searchsorted(self.places, places)]]
        return found

    def grouped(self) -> tuple[Longs, Longs]:
        """The places run by run, rising within each; and where each run's begin among them."""
        order = np.argsort(self.runs, kind="stable")
        return self.places[order], np.concatenate([[0], np.cumsum(self.counts)])


def units(texts: Sequence[str]) -> Units:
    """Part texts into units; a line break stands between texts."""
    codes = normalize_codes(code_points("\n".join(texts) + "\n"))
    han = (codes >= FIRST_HAN) & (codes <= LAST_HAN)
    latin = np.zeros(len(codes), dtype=np.bool_)
    for a, z in ("az", "AZ", "09"):
        latin |= (codes >= ord(a)) & (codes <= ord(z))
    for mark in JOINED:
        latin |= codes == ord(mark)
    begins = np.ones(len(codes), dtype=np.bool_)
    begins[1:] = ~(latin[1:] & latin[:-1])
    starts = np.append(np.flatnonzero(begins), len(codes)).astype(np.int64)
    first = starts[:-1]
    kinds = np.full(len(first), -1, dtype=np.int64)
    kinds[han[first]] = codes[first[han[first]]]
    names: dict[bytes, int] = {}
    for i in np.flatnonzero(latin[first]).tolist():  # few: one pass in Python does
        name = codes[starts[i] : starts[i + 1]].tobytes()
        kinds[i] = LAST_HAN + 1 + names.setdefault(name, len(names))
    ends = np.cumsum([len(text) + 1 for text in texts])
    return Units(_renumbered(kinds), starts, np.searchsorted(ends, first, side="right"))


def _renumbered(kinds: Longs) -> Longs:
    """The same kinds with numbers that leave no gap; −1 stays."""
    inside = kinds >= 0
    dense = np.full(len(kinds), -1, dtype=np.int64)
    dense[inside] = np.unique(kinds[inside], return_inverse=True)[1]
    return dense


def levels(kinds: Longs, *, min_count: int, max_length: int) -> list[Level]:
    """Frequent runs of 1, 2, … `max_length` units without a unit of kind −1.

    A level's runs are numbered in an order that depends on the texts alone.
    """
    found: list[Level] = []
    now = kinds  # number of the frequent run at each unit, −1 for none
    for length in range(1, max_length + 1):
        if length > 1:
            pairs = np.full(len(now), -1, dtype=np.int64)
            both = (now[:-1] >= 0) & (now[1:] >= 0)
            pairs[:-1][both] = now[:-1][both] * (found[-1].counts.size) + now[1:][both]
            now = pairs
        places = np.flatnonzero(now >= 0)
        _, first, runs, counts = np.unique(
            now[places], return_index=True, return_inverse=True, return_counts=True
        )
        frequent = counts >= min_count
        number = np.where(frequent, np.cumsum(frequent) - 1, -1)[runs]
        kept = number >= 0
        if not kept.any():
            break
        level = Level(length, places[kept], number[kept], counts[frequent], places[first[frequent]])
        found.append(level)
        now = np.full(len(now), -1, dtype=np.int64)
        now[level.places] = level.runs
    return found


def cohesion(found: Sequence[Level], length: int) -> Floats:
    """How firmly each run's parts hold together, at its weakest joint: 1 if they never part.

    The least of log2(N f(ab) / (f(a) f(b))) over all divisions ab of the run: pointwise mutual
    information (Church and Hanks 1990) of the weakest split; over log2(N / f(ab)), its greatest
    value, or a common word could never score as a rare one (Bouma 2009). N is the units of all
    frequent runs of one unit. Shape (runs,).
    """
    level = found[length - 1]
    total = found[0].counts.sum()
    weakest = np.full(len(level.counts), np.inf)
    for part in range(1, length):
        left = found[part - 1].count_at(level.first).astype(np.float64)
        right = found[length - part - 1].count_at(level.first + part)
        weakest = np.minimum(weakest, np.log2(total * level.counts / (left * right)))
    with np.errstate(invalid="ignore"):
        normed: Floats = weakest / np.log2(total / level.counts)
    return normed


def freedom(level: Level, kinds: Longs) -> tuple[Floats, Floats]:
    """Entropy of what stands to the left and to the right of each run, in bits.

    Branching entropy (Harris 1955; Jin and Tanaka-Ishii 2006). What is no unit of a word, as a
    comma, ends a word for certain: each occurrence of it counts as a neighbour of its own.
    """
    padded = np.concatenate([[-1], kinds, np.full(level.length, -1)])
    left = _entropy(level, padded[level.places])
    return left, _entropy(level, padded[level.places + 1 + level.length])


def _entropy(level: Level, neighbours: Longs) -> Floats:
    """Entropy of the neighbours of each run: log2 f − Σ c log2 c / f."""
    inside = neighbours >= 0
    width = int(neighbours.max(initial=0)) + 1
    keys, counts = np.unique(level.runs[inside] * width + neighbours[inside], return_counts=True)
    same = np.bincount(keys // width, weights=counts * np.log2(counts), minlength=len(level.counts))
    entropy: Floats = np.log2(level.counts) - same / level.counts
    return entropy
