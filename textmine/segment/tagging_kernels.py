"""posseg's hidden Markov model in machine code: words and parts of speech of loose characters.

A state is a place in a word (B, E, M, S) with a part of speech; there are 256. States are numbered
in the order of their names, for of equal ways jieba takes the greater name. Sums are made in
jieba's order (`jieba.posseg.viterbi`), so that roundings fall alike.
"""

# mypy: disable-error-code="no-any-return,arg-type,return-value"
# In compiled code every integer is a machine integer; numpy's stubs tell int64 from int.

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textmine.segment.arrays import Codes, Floats, Ints, Longs, Shorts
from textmine.segment.kernels import FIRST_HAN, LAST_HAN, inner, kernel

STATES = 256
_BEGIN, _END, _SINGLE = 0, 1, 3
_HAN, _NUMBER, _LATIN, _OTHER = 0, 1, 2, 3


class StateModel(NamedTuple):
    """The hidden Markov model over states.

    Attributes
    ----------
    first
        Where the states of each Han character begin in `state` and `emit`; (Han + 1,).
    state, emit
        States that give a character, and the logarithm of its probability there.
    listed
        1 for those among them that the character is said to have (`char_state_tab`).
    unseen
        That of every other character.
    start, move
        Log-probabilities of first states, and of moves [from, to]; −inf where there is no move.
    place, tag
        Place in the word and part of speech of each state.
    """

    first: Longs
    state: NDArray[np.uint8]
    emit: Floats
    listed: NDArray[np.uint8]
    unseen: float
    start: Floats
    move: Floats
    place: NDArray[np.uint8]
    tag: Shorts


@kernel
def join_loose(
    codes: Codes, ends: Ints, tags: Shorts, loose: NDArray[np.uint8], model: StateModel,
    number: int, latin: int, other: int,
) -> tuple[Ints, Shorts, Ints]:  # fmt: skip
    """Join loose characters to words (`POSTokenizer.__cut_detail`).

    Parameters
    ----------
    loose
        2 for the first character of a loose run, 1 for those after it.
    number, latin, other
        The parts of speech m, eng and x.

    Returns
    -------
    ends, tags
        Of the new tokens.
    left
        New tokens up to and with each old one.
    """
    new_ends, new_tags = np.empty_like(ends), np.empty_like(tags)
    left = np.empty(len(ends), dtype=np.int32)
    n, i = 0, 0
    while i < len(ends):
        j = i + 1
        if not loose[i]:
            new_ends[n], new_tags[n] = ends[i], tags[i]
            n += 1
        else:
            while j < len(ends) and loose[j] == 1:
                j += 1
            n = join_run(
                codes, ends[i] - 1, ends[j - 1], model, number, latin, other, new_ends, new_tags, n
            )
        left[i:j] = n
        i = j
    return new_ends[:n].copy(), new_tags[:n].copy(), left


@inner
def sort_of(code: int) -> int:
    """What posseg's patterns take a character for."""
    if FIRST_HAN <= code <= LAST_HAN:
        return _HAN
    if ord("0") <= code <= ord("9") or code == ord("."):
        return _NUMBER
    if ord("a") <= code <= ord("z") or ord("A") <= code <= ord("Z"):
        return _LATIN
    return _OTHER


@inner
def join_run(
    codes: Codes, start: int, end: int, model: StateModel, number: int, latin: int, other: int,
    ends: Ints, tags: Shorts, n: int,
) -> int:  # fmt: skip
    """Cut a run of loose characters: Han by the model, numbers, Latin and the rest by kind."""
    i = start
    while i < end:
        sort, j = sort_of(codes[i]), i
        while j < end:
            now = sort_of(codes[j])
            digit = now == _NUMBER and codes[j] != ord(".")
            if now != sort and not (sort == _LATIN and digit):
                break
            j += 1
        if sort == _HAN:
            n = join_han(codes, i, j, model, ends, tags, n)
        else:
            ends[n] = j
            tags[n] = number if sort == _NUMBER else latin if sort == _LATIN else other
            n += 1
        i = j
    return n


@inner
def join_han(
    codes: Codes, start: int, end: int, model: StateModel, ends: Ints, tags: Shorts, n: int
) -> int:
    """Cut Han characters where the model does (`POSTokenizer.__cut`)."""
    states = best_states(codes, start, end, model)
    after = start
    for i in range(start, end):
        state = states[i - start]
        if model.place[state] == _END or model.place[state] == _SINGLE:
            ends[n], tags[n] = i + 1, model.tag[state]
            after = i + 1
            n += 1
    if after < end:  # a word that the model did not end
        ends[n], tags[n] = end, model.tag[states[after - start]]
        n += 1
    return n


@kernel
def best_states(codes: Codes, start: int, end: int, model: StateModel) -> NDArray[np.uint8]:
    """The most probable state of each character (`viterbi`); shape (end − start,)."""
    length = end - start
    # The states of all characters one after another, each with its best forerunner's place among
    # the states of the character before; there may be 256 of each.
    state = np.empty(16 * length + STATES, dtype=np.uint8)
    back = np.empty_like(state)
    bounds = np.empty(length + 1, dtype=np.int64)
    value, value_before = np.empty(STATES), np.empty(STATES)
    emit = np.full(STATES, model.unseen)
    n = low = 0
    for i in range(length):
        bounds[i] = high = n
        if n + STATES > len(state):
            state, back = grown(state, n), grown(back, n)
        at = codes[start + i] - FIRST_HAN
        a, b = model.first[at], model.first[at + 1]
        for k in range(a, b):
            emit[model.state[k]] = model.emit[k]
        # The states that the character is said to have; if it has none that can follow, all that can.
        for everything in (False, True):
            if n > high:
                break
            for k in range(STATES if everything else b - a):
                if not everything and not model.listed[a + k]:
                    continue
                y = k if everything else np.int64(model.state[a + k])
                best, before = model.start[y] + emit[y], 0
                if i > 0:
                    best, before = -np.inf, -1
                    for p in range(high - low):
                        move = model.move[state[low + p], y]
                        if move > -np.inf:
                            total = value_before[p] + move + emit[y]
                            if total >= best:
                                best, before = total, p
                if before >= 0:
                    state[n], back[n], value[n - high] = y, before, best
                    n += 1
        for k in range(a, b):
            emit[model.state[k]] = model.unseen
        value, value_before = value_before, value
        low = high
    last = 0
    for p in range(n - low):
        if value_before[p] >= value_before[last]:
            last = p
    found = np.empty(length, dtype=np.uint8)
    for i in range(length - 1, -1, -1):
        found[i] = state[bounds[i] + last]
        last = back[bounds[i] + last]
    return found


@inner
def grown(values: NDArray[np.uint8], used: int) -> NDArray[np.uint8]:
    """A longer array that begins with the used part of this one."""
    longer = np.empty(2 * len(values) + STATES, dtype=np.uint8)
    longer[:used] = values[:used]
    return longer
