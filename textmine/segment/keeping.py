"""Labels that stay whole where jieba's best route would cut them.

A frequency in the lexicon lets a term win where it stands alone, but not where jieba knows a word
across its edge (经济体制|改革 cuts 体制改革). There the label is put together, if what it leaves of
its neighbours are words, too (经济|体制改革); where it would leave scraps (扩大|企业 is no 大企业),
the cut stands. Of overlapping labels the longer one counts, of equally long ones the later one, as
for concepts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from textmine.segment import kernels
from textmine.segment.arrays import Codes, Flags, Ints, Longs
from textmine.segment.batch import characters, code_points
from textmine.segment.normalize import normalize

Known = Callable[[Sequence[str]], Sequence[int | None]]


class Labels(NamedTuple):
    """Labels as a trie: its slots, and which nodes end a label."""

    table: Longs
    ends: Longs


def labels(words: Sequence[str]) -> Labels:
    """A trie of labels, in lower case."""
    plain = sorted({normalize(word).casefold() for word in words})
    bounds = np.cumsum([0, *map(len, plain)], dtype=np.int64)
    slots = 4
    while slots < 2 * (bounds[-1] + 1):  # at most half full
        slots *= 2
    table, branch = np.zeros(slots, dtype=np.int64), np.zeros(slots, dtype=np.uint64)
    ends = np.zeros(slots, dtype=np.int64)
    kernels.load_dictionary(
        code_points("".join(plain)), bounds[:-1], bounds[1:],
        np.ones(len(plain), dtype=np.int64), np.arange(len(plain)), table, branch, ends,
    )  # fmt: skip
    return Labels(table, ends)


def keep(
    codes: Codes, bounds: Longs, stops: Ints, offsets: Longs, kept: Labels, known: Known
) -> tuple[Ints, Longs]:
    """Cut texts with the labels in them whole.

    Parameters
    ----------
    codes, bounds, stops, offsets
        As in `Batch`.
    known
        Gives the frequencies of words; None or 0 for those that are none.

    Returns
    -------
    stops, offsets
        As given, where no label was cut.
    """
    capital = (codes >= ord("A")) & (codes <= ord("Z"))
    starts, ends = kernels.occurrences(np.where(capital, codes + 32, codes), bounds, *kept)
    order = np.lexsort((-starts, starts - ends))
    stand = kernels.first_fit(order, starts, ends, len(codes))
    starts, ends = starts[stand], ends[stand]
    edge = np.zeros(len(codes) + 1, dtype=np.bool_)
    edge[bounds] = edge[stops] = True
    before = np.cumsum(edge)
    cut = ~edge[starts] | ~edge[ends] | (before[ends] - before[starts] > 1)
    # A label within one longer word is whole.
    within = (before[ends - 1] == before[starts]) & cut
    chosen = np.flatnonzero(cut & ~within)
    if not len(chosen):
        return stops, offsets
    places = np.flatnonzero(edge)
    # One after another, for two labels may part the same word.
    for start, end in zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True):
        _put_together(edge, places, codes, start, end, known)
    new = np.flatnonzero(edge[1:]) + 1
    empty = np.diff(bounds) == 0
    counts = np.searchsorted(new, bounds[1:], "right") - np.searchsorted(new, bounds[:-1], "right")
    counts[empty] = 0
    return new.astype(np.int32), np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])


def _put_together(
    edge: Flags, places: Longs, codes: Codes, start: int, end: int, known: Known
) -> None:
    """Make one token of a label, if its neighbours stay words."""
    left = int(places[np.searchsorted(places, start, "right") - 1])
    right = int(places[np.searchsorted(places, end)])
    rests = [characters(codes[a:b]) for a, b in ((left, start), (end, right)) if a < b]
    if all(
        len(rest) > 1 and frequency for rest, frequency in zip(rests, known(rests), strict=True)
    ):
        edge[start + 1 : end] = False
        edge[start] = edge[end] = True
