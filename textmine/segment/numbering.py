"""Tokens as numbers of words, in machine code."""

# mypy: disable-error-code="no-any-return,arg-type,return-value"
# In compiled code every integer is a machine integer; numpy's stubs tell int64 from int.

from __future__ import annotations

import numpy as np

from textmine.segment.arrays import Codes, Ints, Longs
from textmine.segment.kernels import inner, kernel

SPREAD = np.uint64(0x1E3779B97F4A7C15)
"""Odd, near 2**61 times the golden ratio's fraction: spreads hashes."""
HALF = np.uint64(32)


@kernel
def number_words(codes: Codes, stops: Longs) -> tuple[Ints, Longs]:
    """Number the words that tile `codes`, in order of first sight.

    Returns each token's number and, for each number, the token where it was first seen.
    """
    size = 4096  # small enough for the processor's cache; doubled when half full
    slots = np.full(size, -1, dtype=np.int32)
    keys = np.empty(len(stops), dtype=np.uint64)
    ids = np.empty(len(stops), dtype=np.int32)
    firsts = np.empty(len(stops), dtype=np.int64)
    count, start = 0, np.int64(0)
    for i in range(len(stops)):
        end = stops[i]
        key = np.uint64(end - start)
        for j in range(start, end):
            key = (key + np.uint64(codes[j])) * SPREAD
            key ^= key >> HALF
        at = np.int64(key & np.uint64(size - 1))
        while slots[at] >= 0 and not (
            keys[slots[at]] == key and same_word(codes, start, end, stops, firsts[slots[at]])
        ):
            at = (at + 1) & (size - 1)
        if slots[at] < 0:
            slots[at], keys[count], firsts[count] = count, key, i
            count += 1
        ids[i] = slots[at]
        start = end
        if 2 * count > size:
            size *= 2
            slots = np.full(size, -1, dtype=np.int32)
            for n in range(count):
                at = np.int64(keys[n] & np.uint64(size - 1))
                while slots[at] >= 0:
                    at = (at + 1) & (size - 1)
                slots[at] = n
    return ids, firsts[:count].copy()


@inner
def same_word(codes: Codes, start: int, end: int, stops: Longs, token: int) -> bool:
    """Whether `codes[start:end]` is the same word as an earlier token."""
    other = stops[token - 1] if token else 0
    if stops[token] - other != end - start:
        return False
    for j in range(end - start):  # noqa: SIM110 - Numba compiles no generators
        if codes[start + j] != codes[other + j]:
            return False
    return True
