"""Frequent runs of characters in a corpus, with what tells words from chance.

Counting goes level by level: a run of n + 1 units can be frequent only if both runs of n units in
it are (Agrawal and Srikant 1994), so that each level looks only at places that the level before
left. One number a unit says which run begins there, and the next level writes over it; what a
place tells is added up before that. Nothing here knows words or grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textmine.segment import Segmenter
from textmine.segment.arrays import Codes
from textmine.terms import run_kernels
from textmine.terms.run_kernels import Flags, Ints, Longs

Floats = NDArray[np.float64]

FIRST_HAN, LAST_HAN = 0x4E00, 0x9FFF
JOINED = "+#-._"  # stand inside names: 互联网+, C#, GB/T 7714-2015
NO_UNIT, OPENING, CLOSING = -1, -2, -3
"""Kinds of what no word holds; of “ and of ”."""
BLOCK = 4_000_000
"""Characters that are cut and parted into units at a time."""


@dataclass(frozen=True, eq=False)
class Units:
    """Texts as units: a Han character, a run of Latin letters and digits, or anything else.

    Attributes
    ----------
    codes
        The normalised texts, each with a line break after it.
    edge
        Whether a word begins or ends before each character, and at the end; (characters + 1,).
    kinds
        Number of each unit's string, from 0; below 0 for what no word holds. Shape (units,).
    starts
        Where each unit begins in `codes`, and at last where they end; (units + 1,).
    bounds
        The unit at which each text begins, and at last where the last ends; (texts + 1,).
    """

    codes: Codes
    edge: Flags
    kinds: Ints
    starts: Ints
    bounds: Longs


@dataclass(frozen=True, eq=False)
class Level:
    """The frequent runs of one length.

    Attributes
    ----------
    length
        Units in each run.
    counts
        Occurrences of each run; (runs,).
    first
        The unit at which each run first begins; (runs,).
    prefix, suffix
        The runs of one unit less that begin with it, and one unit later; empty for single units.
    """

    length: int
    counts: Longs
    first: Longs
    prefix: Longs
    suffix: Longs


def units(texts: Sequence[str], segmenter: Segmenter) -> Units:
    """Part texts into units and cut them into words, a few million characters at a time."""
    names: dict[bytes, int] = {}
    codes, edges, kinds, starts, counts = [], [], [], [], [np.zeros(1, np.int64)]
    size = 0
    for block in _blocks(texts):
        batch = segmenter.cut(block)
        own = batch.codes
        edge = np.zeros(len(own), dtype=np.bool_)
        edge[:1] = True
        edge[batch.stops[:-1]] = True
        first = _first_characters(own)
        codes.append(own)
        edges.append(edge)
        kinds.append(_kinds(own, first, names))
        starts.append((first + size).astype(np.int32))
        counts.append(np.diff(np.searchsorted(first, batch.bounds)))
        size += len(own)
    empty = np.zeros(0, np.int32)
    return Units(
        np.concatenate([np.zeros(0, np.uint32), *codes]),
        np.concatenate([*edges, np.ones(1, np.bool_)]),
        _renumbered(np.concatenate([empty, *kinds])),
        np.concatenate([empty, *starts, np.array([size], np.int32)]),
        np.cumsum(np.concatenate(counts)),
    )


def _blocks(texts: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(text + "\n")
        size += len(text)
        if size >= BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _first_characters(codes: Codes) -> Longs:
    """The character that each unit begins with."""
    latin = np.zeros(len(codes), dtype=np.bool_)
    for a, z in ("az", "AZ", "09"):
        latin |= (codes >= ord(a)) & (codes <= ord(z))
    for mark in JOINED:
        latin |= codes == ord(mark)
    begins = np.ones(len(codes), dtype=np.bool_)
    begins[1:] = ~(latin[1:] & latin[:-1])
    first: Longs = np.flatnonzero(begins)
    return first


def _kinds(codes: Codes, first: Longs, names: dict[bytes, int]) -> Ints:
    """The kind of each unit, Han characters by their code; `names` numbers the Latin ones."""
    character = codes[first]
    han = (character >= FIRST_HAN) & (character <= LAST_HAN)
    kinds = np.full(len(first), NO_UNIT, dtype=np.int32)
    kinds[han] = character[han]
    kinds[character == ord("“")] = OPENING
    kinds[character == ord("”")] = CLOSING
    ends = np.append(first[1:], len(codes))
    other = ~han & (character < 0x80) & (character != ord("\n"))
    for i in np.flatnonzero(other).tolist():  # few: one pass in Python does
        name = codes[first[i] : ends[i]]
        if ends[i] - first[i] > 1 or chr(name[0]).isalnum() or chr(name[0]) in JOINED:
            kinds[i] = LAST_HAN + 1 + names.setdefault(name.tobytes(), len(names))
    return kinds


def _renumbered(kinds: Ints) -> Ints:
    """The same kinds with numbers that leave no gap; those below 0 stay."""
    inside = kinds >= 0
    used = np.zeros(int(kinds.max(initial=0)) + 1, dtype=np.bool_)
    used[kinds[inside]] = True
    dense = kinds.copy()
    dense[inside] = (np.cumsum(used) - 1)[kinds[inside]]
    return dense


def levels(kinds: Ints, *, min_count: int, max_length: int) -> Iterator[tuple[Level, Ints]]:
    """Frequent runs of 1, 2, … `max_length` units without a unit of a kind below 0.

    Yields each level with the number of the run that begins at each unit, −1 for none; the next
    level writes over these. Runs are numbered in the order of their first places.
    """
    counts = np.bincount(kinds[kinds >= 0])
    frequent = counts >= min_count
    number = np.where(frequent, np.cumsum(frequent) - 1, -1)
    now = np.where(kinds >= 0, number[kinds], -1).astype(np.int32) if len(counts) else kinds
    first = np.zeros(int(frequent.sum()), dtype=np.int64)
    places = np.flatnonzero(now >= 0)[::-1]
    first[now[places]] = places
    nothing = np.zeros(0, dtype=np.int64)
    level = Level(1, counts[frequent], first, nothing, nothing)
    while len(level.counts):
        yield level, now
        if level.length == max_length:
            return
        keys, counts, firsts = run_kernels.join(now, min_count)
        level = Level(level.length + 1, counts, firsts, keys >> 32, keys & 0xFFFFFFFF)


def cohesion(found: Sequence[Level], length: int) -> Floats:
    """How firmly each run's parts hold together, at its weakest joint: 1 if they never part.

    The least of log2(N f(ab) / (f(a) f(b))) over all divisions ab of the run: pointwise mutual
    information (Church and Hanks 1990) of the weakest split; over log2(N / f(ab)), its greatest
    value, or a common word could never score as a rare one (Bouma 2009). N is the units of all
    frequent runs of one unit. Shape (runs,).
    """
    level = found[length - 1]
    total = found[0].counts.sum()
    lefts, rights = level.prefix, level.suffix  # the parts of length − 1 units
    begins, ends = {length - 1: lefts}, {length - 1: rights}
    for part in range(length - 2, 0, -1):
        begins[part] = found[part].prefix[begins[part + 1]]
        ends[part] = found[part].suffix[ends[part + 1]]
    weakest = np.full(len(level.counts), np.inf)
    for part in range(1, length):
        left = found[part - 1].counts[begins[part]].astype(np.float64)
        right = found[length - part - 1].counts[ends[length - part]]
        weakest = np.minimum(weakest, np.log2(total * level.counts / (left * right)))
    with np.errstate(invalid="ignore"):
        normed: Floats = weakest / np.log2(total / level.counts)
    return normed


def freedom(level: Level, now: Ints, kinds: Ints, wanted: Flags) -> tuple[Floats, Floats]:
    """Entropy of what stands to the left and to the right of each wanted run, in bits.

    Branching entropy (Harris 1955; Jin and Tanaka-Ishii 2006). What is no unit of a word, as a
    comma, ends a word for certain: each occurrence of it counts as a neighbour of its own.
    """
    most = np.log2(level.counts)
    left, right = (
        most - run_kernels.repeated_neighbours(now, wanted, step, kinds) / level.counts
        for step in (-1, level.length)
    )
    return left, right
