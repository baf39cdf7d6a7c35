"""Counting runs of units in machine code, with hash tables in the place of sorting.

A run of n + 1 units is a pair of runs of n units that begin side by side; so runs of every length
are pairs of numbers, and one table of pairs at a time is all that counting needs.
"""

# mypy: disable-error-code="no-any-return,arg-type,return-value"
# In compiled code every integer is a machine integer; numpy's stubs tell int64 from int.

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from textmine.segment.kernels import inner, kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

SPREAD = np.uint64(0x1E3779B97F4A7C15)
"""Odd, near 2**61 times the golden ratio's fraction: spreads hashes."""
HALF = np.uint64(32)
FIRST_PLACES = 3  # texts for which a place of each run is kept


@inner
def slot_of(slots: Ints, keys: Longs, key: int) -> int:
    """The slot of a key, or the empty one where it belongs."""
    mask = len(slots) - 1
    at = np.int64(np.uint64(key) * SPREAD >> HALF) & mask
    while slots[at] >= 0 and keys[slots[at]] != key:
        at = (at + 1) & mask
    return at


@inner
def grown(slots: Ints, keys: Longs, count: int) -> Ints:
    """Twice as many slots with the same keys."""
    wider = np.full(2 * len(slots), -1, dtype=np.int32)
    for n in range(count):
        wider[slot_of(wider, keys, keys[n])] = n
    return wider


@inner
def longer(values: NDArray[Any], count: int) -> NDArray[Any]:
    """An array of twice the length that begins with the used part of this one."""
    more = np.empty(2 * len(values), dtype=values.dtype)
    more[:count] = values[:count]
    return more


@kernel
def join(now: Ints, least: int) -> tuple[Longs, Longs, Longs]:
    """Number the frequent runs of one unit more; `now` then holds their numbers.

    Parameters
    ----------
    now
        Number of the frequent run that begins at each unit, −1 for none; changed.
    least
        Occurrences that make a run frequent.

    Returns
    -------
    keys
        The two runs that make each new one, as first · 2³² + second.
    counts, firsts
        Its occurrences, and the unit where it first begins.
    """
    slots = np.full(1 << 12, -1, dtype=np.int32)
    keys, counts = np.empty(1 << 11, dtype=np.int64), np.empty(1 << 11, dtype=np.int64)
    firsts = np.empty(1 << 11, dtype=np.int64)
    n = 0
    for i in range(len(now) - 1):
        if now[i] >= 0 and now[i + 1] >= 0:
            key = np.int64(now[i]) << 32 | np.int64(now[i + 1])
            at = slot_of(slots, keys, key)
            if slots[at] < 0:
                if n == len(keys):
                    keys, counts = longer(keys, n), longer(counts, n)
                    firsts, slots = longer(firsts, n), grown(slots, keys, n)
                    at = slot_of(slots, keys, key)
                slots[at], keys[n], counts[n], firsts[n] = n, key, 0, i
                n += 1
            counts[slots[at]] += 1
    number = np.full(n, -1, dtype=np.int32)
    kept = 0
    for k in range(n):
        if counts[k] >= least:
            number[k] = kept
            kept += 1
    for i in range(len(now)):
        new: Any = np.int32(-1)
        if i + 1 < len(now) and now[i] >= 0 and now[i + 1] >= 0:
            key = np.int64(now[i]) << 32 | np.int64(now[i + 1])
            new = number[slots[slot_of(slots, keys, key)]]
        now[i] = new
    frequent = counts[:n] >= least
    return keys[:n][frequent], counts[:n][frequent], firsts[:n][frequent]


@kernel
def measure(
    now: Ints, runs: int, length: int, kinds: Ints, edge: Flags, edges: Ints, bounds: Longs,
    opening: int, closing: int,
) -> tuple[Longs, Longs, Longs, Longs, Longs, Ints]:  # fmt: skip
    """What the places of each run of a length tell.

    Parameters
    ----------
    now
        Number of the run that begins at each unit, −1 for none.
    edge, edges
        Whether a word begins or ends before each unit, and how many do up to there.
    bounds
        The unit at which each text begins, and at last where the last ends.
    opening, closing
        Kinds of quotation marks.

    Returns
    -------
    fits, whole, quoted
        Places between words; as one word; between quotation marks.
    documents, quoting
        Texts that hold the run; that hold it between quotation marks.
    places
        Where it first begins in the first three texts; −1 for none. Shape (runs, 3).
    """
    fits, whole = np.zeros(runs, dtype=np.int64), np.zeros(runs, dtype=np.int64)
    quoted, quoting = np.zeros(runs, dtype=np.int64), np.zeros(runs, dtype=np.int64)
    documents = np.zeros(runs, dtype=np.int64)
    last, last_quoting = np.full(runs, -1, np.int32), np.full(runs, -1, np.int32)
    places = np.full((runs, FIRST_PLACES), -1, dtype=np.int32)
    for text in range(len(bounds) - 1):
        for i in range(bounds[text], bounds[text + 1]):
            run = now[i]
            if run < 0:
                continue
            j = i + length
            if edge[i] and edge[j]:
                fits[run] += 1
                whole[run] += edges[j] - edges[i] == 1
            if last[run] != text:
                last[run] = text
                if documents[run] < FIRST_PLACES:
                    places[run, documents[run]] = i
                documents[run] += 1
            if i > 0 and j < len(kinds) and kinds[i - 1] == opening and kinds[j] == closing:
                quoted[run] += 1
                if last_quoting[run] != text:
                    last_quoting[run] = text
                    quoting[run] += 1
    return fits, whole, quoted, documents, quoting, places


@kernel
def repeated_neighbours(now: Ints, wanted: Flags, step: int, kinds: Ints) -> NDArray[np.float64]:
    """Σ c log2 c over the neighbours of each wanted run, c how often each stands there.

    `step` is −1 for the unit before, the length of the runs for the unit after. Kinds below 0
    are each a neighbour of its own.
    """
    slots = np.full(1 << 12, -1, dtype=np.int32)
    keys, counts = np.empty(1 << 11, dtype=np.int64), np.empty(1 << 11, dtype=np.int64)
    n = 0
    for i in range(len(now)):
        j = i + step
        if now[i] < 0 or not wanted[now[i]] or j < 0 or j >= len(kinds) or kinds[j] < 0:
            continue
        key = np.int64(now[i]) << 32 | np.int64(kinds[j])
        at = slot_of(slots, keys, key)
        if slots[at] < 0:
            if n == len(keys):
                keys, counts = longer(keys, n), longer(counts, n)
                slots = grown(slots, keys, n)
                at = slot_of(slots, keys, key)
            slots[at], keys[n], counts[n] = n, key, 0
            n += 1
        counts[slots[at]] += 1
    total = np.zeros(len(wanted))
    for k in range(n):
        total[keys[k] >> 32] += counts[k] * np.log2(counts[k])
    return total
