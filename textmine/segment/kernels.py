"""jieba's cut on arrays of code points: dictionary trie, best route, hidden Markov model.

Every function here is compiled by Numba, on its first call and not at import, and releases the
GIL. All of them stand in one file because Numba keys its cache by file: a function must not be
restored beside a changed callee of another file. Arithmetic follows jieba operation by operation,
so that ties and roundings fall alike; names in parentheses are jieba 0.42.1's.

The trie is one open hash table. A slot holds (parent node, code point, child node) in 21 bits
each; 0 is empty, and node 0 is the root, which is nobody's child.
"""

# mypy: disable-error-code="no-any-return,arg-type,return-value"
# In compiled code every integer is a machine integer; numpy's stubs tell int64 from int.

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from textmine.segment.arrays import Codes, Floats, Ints, Longs

F = TypeVar("F", bound=Callable[..., Any])

BITS = 21  # of a Unicode code point, and room for two million nodes
_LOW = (1 << BITS) - 1
# Odd, near 2**61 times the golden ratio's fraction: spreads hashes.
_SPREAD = np.uint64(0x1E3779B97F4A7C15)
_SIX, _ONE, _HALF, _BITS = np.uint64(63), np.uint64(1), np.uint64(32), np.uint64(BITS)
_HAN, _LETTER, _DIGIT, _MARK, _SPACE = 1, 2, 3, 4, 5
FIRST_HAN, LAST_HAN = 0x4E00, 0x9FD5  # all that jieba calls Han


def _compiled(function: F, **options: bool) -> F:
    """Compile on first call, kept on disk where some folder can be written."""
    try:
        return cast(F, numba.njit(nogil=True, cache=True, **options)(function))
    except RuntimeError:  # no folder for the cache: compile in every process
        return cast(F, numba.njit(nogil=True, **options)(function))


def kernel(function: F) -> F:
    """A function that Python calls."""
    return _compiled(function)


def inner(function: F) -> F:
    """A function that only kernels call; set into them, for a call would copy the whole model."""
    return _compiled(function, forceinline=True)


def _kinds() -> NDArray[np.uint8]:
    """What each code point up to the last Han character is to jieba's patterns."""
    kinds = np.zeros(LAST_HAN + 1, dtype=np.uint8)
    kinds[FIRST_HAN:] = _HAN
    for code in range(0x3001):  # no white space lies beyond U+3000
        if chr(code).isspace():
            kinds[code] = _SPACE
    for characters, kind in (("azAZ", _LETTER), ("09", _DIGIT)):
        for a, z in zip(characters[::2], characters[1::2], strict=True):
            kinds[ord(a) : ord(z) + 1] = kind
    for mark in "+#&._%-":
        kinds[ord(mark)] = _MARK
    return kinds


KINDS = _kinds()


class Model(NamedTuple):
    """A dictionary and the hidden Markov model of new words.

    Attributes
    ----------
    table
        Slots of the trie; a power of two.
    first
        Child of the root by code point, up to the last Han character.
    branch
        Per node: a bit for the low six bits of each code point that a child stands for. Most
        lookups fail, and nearly all of those end here without touching the table.
    log_frequency
        Per node: the logarithm of the word's frequency, or −1 where no word ends.
    split
        Per node: 1 for a deleted word, which the hidden Markov model must not join again.
    splits
        Whether there is any deleted word.
    log_total
        Logarithm of the sum of all frequencies.
    emit
        Per Han character: log-probabilities of the states B, E, M, S. Shape (Han, 4).
    start, move
        Log-probabilities of first states, and of moves [from, to].
    """

    table: Longs
    first: Ints
    branch: NDArray[np.uint64]
    log_frequency: Floats
    split: NDArray[np.uint8]
    splits: bool
    log_total: float
    emit: Floats
    start: Floats
    move: Floats


class Scratch(NamedTuple):
    """Room for one block of text: best scores and word ends, and the way back through states."""

    score: Floats
    to: Ints
    back: NDArray[np.uint8]


@inner
def scratch(length: int) -> Scratch:
    """Room for blocks of so many characters."""
    return Scratch(
        np.empty(length + 1), np.empty(length, np.int32), np.empty((length, 4), np.uint8)
    )


@inner
def kind_of(code: int) -> int:
    """What a code point is to jieba's patterns; 0 for what they part text at."""
    return KINDS[code] if code <= LAST_HAN else 0


@inner
def child(table: Longs, node: int, code: int) -> int:
    """The node after this one, or 0."""
    # Unsigned, for LLVM 20 takes a product that overflows with a sign for one that cannot, and
    # leaves out words where it unrolls the loop around this.
    key = np.uint64(node) << _BITS | np.uint64(code)
    mask = np.uint64(len(table) - 1)
    at = np.int64(key * _SPREAD >> _HALF & mask)
    while table[at] != 0:
        if np.uint64(table[at] >> BITS) == key:
            return table[at] & _LOW
        at = np.int64((np.uint64(at) + _ONE) & mask)
    return 0


@inner
def find(table: Longs, codes: Codes, start: int, end: int) -> int:
    """The node of `codes[start:end]`, or 0."""
    node = 0
    for i in range(start, end):
        node = child(table, node, codes[i])
        if node == 0:
            return 0
    return node


@inner
def insert(
    table: Longs, branch: NDArray[np.uint64], size: int, codes: Codes, start: int, end: int
) -> tuple[int, int]:
    """The node of `codes[start:end]`, made if need be, and the number of nodes after."""
    node = np.int64(0)
    mask = len(table) - 1
    for i in range(start, end):
        after = child(table, node, codes[i])
        if after == 0:
            key = node << BITS | np.int64(codes[i])
            at = np.int64(np.uint64(key) * _SPREAD >> _HALF) & mask
            while table[at] != 0:
                at = (at + 1) & mask
            after = size
            table[at] = key << BITS | after
            branch[node] |= _ONE << (codes[i] & _SIX)
            size += 1
        node = np.int64(after)
    return node, size


@kernel
def dictionary_lines(codes: Codes) -> tuple[Longs, Longs, Longs]:
    """Where the word of each line `word frequency tag` begins and ends, and its frequency."""
    most = 1
    for code in codes:
        most += code == 10
    starts, ends = np.empty(most, np.int64), np.empty(most, np.int64)
    frequency = np.zeros(most, np.int64)
    start, n = 0, 0
    while start < len(codes):
        at = start
        while codes[at] != 32:
            at += 1
        starts[n], ends[n] = start, at
        at += 1
        while at < len(codes) and codes[at] >= 48 and codes[at] <= 57:
            frequency[n] = frequency[n] * 10 + np.int64(codes[at]) - 48
            at += 1
        while at < len(codes) and codes[at] != 10:
            at += 1
        start = at + 1
        n += 1
    return starts[:n], ends[:n], frequency[:n]


@kernel
def load_dictionary(
    codes: Codes, starts: Longs, ends: Longs, given: Longs, order: Longs,
    table: Longs, branch: NDArray[np.uint64], frequency: Longs,
) -> tuple[int, int]:  # fmt: skip
    """Put words into an empty trie (`gen_pfdict`); nodes are numbered as `order` has the words.

    Returns the number of nodes and the sum of the frequencies, repeated words included.
    """
    size = 1
    for i in order:
        _, size = insert(table, branch, size, codes, starts[i], ends[i])
    total = 0
    for i in range(len(starts)):  # of repeated words the last one counts
        frequency[find(table, codes, starts[i], ends[i])] = given[i]
        total += given[i]
    return size, total


@kernel
def first_nodes(table: Longs) -> Ints:
    """Children of the root."""
    nodes = np.zeros(LAST_HAN + 1, dtype=np.int32)
    for code in range(LAST_HAN + 1):
        nodes[code] = child(table, 0, code)
    return nodes


@kernel
def add_words(
    codes: Codes, bounds: Longs, given: Longs, model: Model, frequency: Longs, size: int, total: int
) -> tuple[int, int]:
    """Add words one after another (`add_word`, `suggest_freq`); changes the arrays of the model.

    `given` holds frequencies, −1 for one that keeps the word whole in view of the words so far.
    Returns the number of nodes and the sum of the frequencies.
    """
    table, first, branch, log_frequency, split, _, _, emit, start, move = model
    ends = np.empty(len(codes), dtype=np.int32)
    room = scratch(len(codes))
    for i in range(len(given)):
        a, b = bounds[i], bounds[i + 1]
        value = given[i]
        if value < 0:
            # As jieba: the words with their frequencies so far, but not the new word's own.
            logs = log(total)
            now = Model(table, first, branch, log_frequency, split, False, logs, emit, start, move)
            share, at = 1.0, a
            count = cut_span(codes, a, b, now, False, room, ends, 0)
            for j in range(count):
                node = find(table, codes, at, ends[j])
                share *= (frequency[node] if node else 1) / float(total)
                at = ends[j]
            node = find(table, codes, a, b)
            value = max(int(share * total) + 1, frequency[node] if node else 1)
        node, size = insert(table, branch, size, codes, a, b)
        frequency[node] = value
        total += value
        log_frequency[node] = log(value) if value else -1.0
        split[node] |= value == 0
        if codes[a] <= LAST_HAN:
            first[codes[a]] = child(table, 0, codes[a])
    return size, total


@inner
def best_route(codes: Codes, start: int, end: int, model: Model, room: Scratch) -> None:
    """The most probable division of a block, from its end (`get_DAG`, `calc`).

    Afterwards the word that begins at `start + i` ends at `start + room.to[i]`. Of equal routes
    the one with the longer word wins, as `max` of jieba's pairs has it.
    """
    score, to = room.score, room.to
    n = end - start
    score[n] = 0.0
    for i in range(n - 1, -1, -1):
        best, best_end = -np.inf, 0
        j = i + 1
        node = model.first[codes[start + i]]
        while node != 0:
            if model.log_frequency[node] >= 0.0:
                value = model.log_frequency[node] - model.log_total + score[j]
                if value >= best:
                    best, best_end = value, j
            if j == n or not model.branch[node] >> (codes[start + j] & _SIX) & _ONE:
                break
            node = child(model.table, node, codes[start + j])
            j += 1
        if best_end == 0:
            best, best_end = 0.0 - model.log_total + score[i + 1], i + 1
        score[i] = best
        to[i] = best_end


@inner
def is_word(model: Model, codes: Codes, start: int, end: int) -> bool:
    """Whether the dictionary has `codes[start:end]` as a word."""
    node = model.first[codes[start]]
    for i in range(start + 1, end):
        if node == 0 or not model.branch[node] >> (codes[i] & _SIX) & _ONE:
            return False
        node = child(model.table, node, codes[i])
    return node != 0 and model.log_frequency[node] >= 0.0


@inner
def viterbi(codes: Codes, start: int, end: int, model: Model, back: NDArray[np.uint8]) -> None:
    """States of the Han characters `codes[start:end]` into `back[:, 0]` (`finalseg.viterbi`).

    States are B, E, M, S = 0, 1, 2, 3, in the order of their letters, for of equal ways jieba
    takes the greater letter.
    """
    emit, move = model.emit, model.move
    at = codes[start] - FIRST_HAN
    b, e = model.start[0] + emit[at, 0], model.start[1] + emit[at, 1]
    m, s = model.start[2] + emit[at, 2], model.start[3] + emit[at, 3]
    for i in range(1, end - start):
        at = codes[start + i] - FIRST_HAN
        p, q = e + move[1, 0] + emit[at, 0], s + move[3, 0] + emit[at, 0]
        back[i, 0] = 3 if q >= p else 1
        b_new = max(p, q)
        p, q = b + move[0, 1] + emit[at, 1], m + move[2, 1] + emit[at, 1]
        back[i, 1] = 2 if q >= p else 0
        e_new = max(p, q)
        p, q = b + move[0, 2] + emit[at, 2], m + move[2, 2] + emit[at, 2]
        back[i, 2] = 2 if q >= p else 0
        m_new = max(p, q)
        p, q = e + move[1, 3] + emit[at, 3], s + move[3, 3] + emit[at, 3]
        back[i, 3] = 3 if q >= p else 1
        s_new = max(p, q)
        b, e, m, s = b_new, e_new, m_new, s_new
    state = 3 if s >= e else 1
    for i in range(end - start - 1, -1, -1):
        before = back[i, state]
        back[i, 0] = state
        state = before


@inner
def join_new_words(
    codes: Codes, start: int, end: int, model: Model, back: NDArray[np.uint8], ends: Ints, n: int
) -> int:
    """Cut Han characters where the hidden Markov model does (`finalseg.__cut`)."""
    viterbi(codes, start, end, model, back)
    begin = start
    for i in range(start, end):
        state = back[i - start, 0]
        if state == 0 or state == 3:
            begin = i
        if state == 1 or state == 3:
            if model.splits:
                node = find(model.table, codes, begin, i + 1)
                if node != 0 and model.split[node]:
                    for j in range(begin, i):
                        ends[n] = j + 1
                        n += 1
            ends[n] = i + 1
            n += 1
    return n


@inner
def end_of_latin(codes: Codes, i: int, end: int) -> int:
    """Where `[a-zA-Z0-9]+(?:\\.\\d+)?%?` ends that begins at i; i if it does not."""
    start = i
    while i < end and (kind_of(codes[i]) == _LETTER or kind_of(codes[i]) == _DIGIT):
        i += 1
    if i == start:
        return i
    if i + 1 < end and codes[i] == ord(".") and kind_of(codes[i + 1]) == _DIGIT:
        i += 1
        while i < end and kind_of(codes[i]) == _DIGIT:
            i += 1
    if i < end and codes[i] == ord("%"):
        i += 1
    return i


@inner
def cut_rest(
    codes: Codes, start: int, end: int, model: Model, back: NDArray[np.uint8], ends: Ints, n: int
) -> int:
    """Cut neighbouring characters that the dictionary left single (`finalseg.cut`)."""
    i = start
    while i < end:
        j = i
        if kind_of(codes[i]) == _HAN:
            while j < end and kind_of(codes[j]) == _HAN:
                j += 1
            n = join_new_words(codes, i, j, model, back, ends, n)
        else:
            j = end_of_latin(codes, i, end)
            if j == i:
                while j < end and kind_of(codes[j]) == _MARK:
                    j += 1
            ends[n] = j
            n += 1
        i = j
    return n


@inner
def cut_block(
    codes: Codes, start: int, end: int, model: Model, hmm: bool, room: Scratch, ends: Ints, n: int
) -> int:
    """Cut a block of Han, Latin, digits and marks (`__cut_DAG`, `__cut_DAG_NO_HMM`)."""
    best_route(codes, start, end, model, room)
    to = room.to
    i = start
    while i < end:
        j = i  # singles i..j that stand together
        while j < end and to[j - start] == j + 1 - start and (hmm or is_latin(codes[j])):
            j += 1
        if j == i:
            i = start + to[i - start]
            ends[n] = i
            n += 1
        elif not hmm or j == i + 1:
            ends[n] = j
            n += 1
            i = j
        elif is_word(model, codes, i, j):
            for k in range(i, j):
                ends[n] = k + 1
                n += 1
            i = j
        else:
            n = cut_rest(codes, i, j, model, room.back, ends, n)
            i = j
    return n


@inner
def is_latin(code: int) -> bool:
    """Whether it is an ASCII letter or digit."""
    return kind_of(code) == _LETTER or kind_of(code) == _DIGIT


@inner
def cut_span(
    codes: Codes, start: int, end: int, model: Model, hmm: bool, room: Scratch, ends: Ints, n: int
) -> int:
    """Cut `codes[start:end]`, writing the tokens' ends from `ends[n]` on; the new n (`cut`)."""
    i = start
    while i < end:
        j = i + 1
        kind = kind_of(codes[i])
        if kind == 0 or kind == _SPACE:
            if codes[i] == 13 and j < end and codes[j] == 10:
                j += 1
            ends[n] = j
            n += 1
        else:
            while j < end and kind_of(codes[j]) != 0 and kind_of(codes[j]) != _SPACE:
                j += 1
            n = cut_block(codes, i, j, model, hmm, room, ends, n)
        i = j
    return n


@kernel
def cut_texts(codes: Codes, bounds: Longs, model: Model, hmm: bool) -> tuple[Ints, Longs]:
    """Cut the texts `codes[bounds[i]:bounds[i + 1]]`.

    Returns the tokens' ends in `codes`, and how many tokens each text has.
    """
    longest = 0
    for i in range(len(bounds) - 1):
        longest = max(longest, bounds[i + 1] - bounds[i])
    room = scratch(longest)
    ends = np.empty(bounds[-1] - bounds[0], dtype=np.int32)
    counts = np.empty(len(bounds) - 1, dtype=np.int64)
    n = 0
    for i in range(len(bounds) - 1):
        before = n
        n = cut_span(codes, bounds[i], bounds[i + 1], model, hmm, room, ends, n)
        counts[i] = n - before
    return ends[:n].copy(), counts


@kernel
def search_spans(codes: Codes, ends: Ints, model: Model) -> Ints:
    """Tokens, each after the words of two and three characters in it (`cut_for_search`).

    Returns rows (start, end).
    """
    spans = np.empty((2 * len(codes), 2), dtype=np.int32)  # a token of n has 2n - 3 inside it
    n, start = 0, 0
    for end in ends:
        for width in range(2, 4):
            if end - start > width:
                for i in range(start, end - width + 1):
                    if is_word(model, codes, i, i + width):
                        spans[n, 0], spans[n, 1] = i, i + width
                        n += 1
        spans[n, 0], spans[n, 1] = start, end
        n += 1
        start = end
    return spans[:n]


@kernel
def full_pieces(codes: Codes, model: Model) -> tuple[Ints, Ints]:
    """Every word that the dictionary sees in a text (`__cut_all`).

    Letters and digits that no word holds wait until their run ends; a word that begins among them
    is written before them, and they are glued together around it. A token is therefore given as
    the pieces that make it.

    Returns the pieces as rows (start, end), and where each token ends among them.
    """
    pieces, stops = [(0, 0)], [0]
    pieces.pop(), stops.pop()
    i, end = 0, len(codes)
    while i < end:
        j, block = i, is_in_block(codes[i])
        while j < end and is_in_block(codes[j]) == block:
            j += 1
        if block:
            full_block(codes, i, j, model, pieces, stops)
        else:
            start = i
            while i < j:
                if kind_of(codes[i]) == _SPACE:
                    after = i + 1
                    if codes[i] == 13 and after < j and codes[after] == 10:
                        after += 1
                    for piece in ((start, i), (i, after)):
                        pieces.append(piece)
                        stops.append(len(pieces))
                    i = start = after
                else:
                    i += 1
            pieces.append((start, j))  # as jieba, even if it is empty
            stops.append(len(pieces))
        i = j
    rows = np.empty((len(pieces), 2), dtype=np.int32)
    for n in range(len(pieces)):
        rows[n, 0], rows[n, 1] = pieces[n]
    return rows, np.array(stops, dtype=np.int32)


@inner
def is_in_block(code: int) -> bool:
    """Whether the dictionary is asked about it."""
    return kind_of(code) != 0 and kind_of(code) != _SPACE


@inner
def full_block(
    codes: Codes,
    start: int,
    end: int,
    model: Model,
    pieces: list[tuple[int, int]],
    stops: list[int],
) -> None:
    """All words of a block, and what stands in none."""
    covered = start - 1  # the last character of the last word
    waiting = [(0, 0)]
    waiting.pop()
    for k in range(start, end + 1):
        if waiting and (k == end or not is_latin(codes[k])):
            pieces.extend(waiting)
            stops.append(len(pieces))
            waiting.clear()
        if k == end:
            break
        ends = [0]
        ends.pop()
        node, j = model.first[codes[k]], k + 1
        while node != 0:
            if model.log_frequency[node] >= 0.0:
                ends.append(j)
            if j == end:
                break
            node = child(model.table, node, codes[j])
            j += 1
        if not ends:
            ends.append(k + 1)
        if len(ends) > 1 or k <= covered:
            for j in ends:
                if j > k + 1:
                    pieces.append((k, j))
                    stops.append(len(pieces))
                    covered = j - 1
        else:
            if is_latin(codes[k]):
                waiting.append((k, ends[0]))
            else:
                pieces.append((k, ends[0]))
                stops.append(len(pieces))
            covered = ends[0] - 1


@kernel
def occurrences(codes: Codes, bounds: Longs, table: Longs, ends_word: Longs) -> tuple[Longs, Longs]:
    """Where words of a trie stand in texts, overlapping; Latin ones not inside a longer word.

    Returns where each begins, in order, and ends.
    """
    starts, stops = [np.int64(0)], [np.int64(0)]
    starts.pop(), stops.pop()
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        for i in range(begin, end):
            if i > begin and is_latin(codes[i]) and is_latin(codes[i - 1]):
                continue
            node, j = child(table, 0, codes[i]), i + 1
            while node != 0:
                if ends_word[node] and not (
                    j < end and is_latin(codes[j]) and is_latin(codes[j - 1])
                ):
                    starts.append(i)
                    stops.append(j)
                if j == end:
                    break
                node = child(table, node, codes[j])
                j += 1
    return np.array(starts), np.array(stops)


@kernel
def first_fit(order: Longs, starts: Longs, stops: Longs, size: int) -> NDArray[np.bool_]:
    """Which spans stand when they are taken in this order and none may overlap an earlier one."""
    taken = np.zeros(size, dtype=np.bool_)
    stand = np.zeros(len(starts), dtype=np.bool_)
    for i in order:
        stand[i] = not taken[starts[i] : stops[i]].any()
        if stand[i]:
            taken[starts[i] : stops[i]] = True
    return stand


@kernel
def nodes_of(codes: Codes, bounds: Longs, table: Longs) -> Ints:
    """The node of each word `codes[bounds[i]:bounds[i + 1]]`, 0 for one that no word begins with."""
    nodes = np.empty(len(bounds) - 1, dtype=np.int32)
    for i in range(len(nodes)):
        nodes[i] = find(table, codes, bounds[i], bounds[i + 1])
    return nodes


@kernel
def routes(
    codes: Codes, bounds: Longs, model: Model, hmm: bool
) -> tuple[Ints, Ints, NDArray[np.uint8], Longs]:
    """The best route through each text before new words are made of single characters (`posseg`).

    posseg looks for words in blocks of Han, Latin, digits and +#&._, without % and -.

    Returns
    -------
    ends
        Where each token ends in `codes`.
    nodes
        The node of each token, 0 for what stands in no word, −1 for Latin letters and digits that
        were put together.
    loose
        2 for the first character of a run that is to be joined anew, 1 for those after it.
    counts
        Tokens of each text.
    """
    longest = 0
    for i in range(len(bounds) - 1):
        longest = max(longest, bounds[i + 1] - bounds[i])
    room = scratch(longest)
    size = bounds[-1] - bounds[0]
    ends, nodes = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    loose = np.zeros(size, dtype=np.uint8)
    counts = np.empty(len(bounds) - 1, dtype=np.int64)
    n = 0
    for text in range(len(bounds) - 1):
        before, i, end = n, bounds[text], bounds[text + 1]
        while i < end:
            j = i
            while j < end and is_tagged_in_block(codes[j]):
                j += 1
            if j > i:
                n = route_block(codes, i, j, model, hmm, room, ends, nodes, loose, n)
            else:
                j += 2 if codes[i] == 13 and i + 1 < end and codes[i + 1] == 10 else 1
                ends[n], nodes[n] = j, 0
                n += 1
            i = j
        counts[text] = n - before
    return ends[:n].copy(), nodes[:n].copy(), loose[:n].copy(), counts


@inner
def is_tagged_in_block(code: int) -> bool:
    """Whether posseg asks the dictionary about it."""
    return is_in_block(code) and code != ord("%") and code != ord("-")


@inner
def route_block(
    codes: Codes, start: int, end: int, model: Model, hmm: bool, room: Scratch,
    ends: Ints, nodes: Ints, loose: NDArray[np.uint8], n: int,
) -> int:  # fmt: skip
    """Write the words of a block; single characters that stand together are loose."""
    best_route(codes, start, end, model, room)
    i = start
    while i < end:
        j = i
        while j < end and room.to[j - start] == j + 1 - start and (hmm or is_latin(codes[j])):
            j += 1
        if j == i or not hmm:
            latin = j > i
            j = j if latin else start + room.to[i - start]
            ends[n] = j
            nodes[n] = -1 if latin else find(model.table, codes, i, j)
            n += 1
        else:
            together = j > i + 1 and not is_word(model, codes, i, j)
            for k in range(i, j):
                ends[n], loose[n] = k + 1, together * (1 + (k == i))
                nodes[n] = find(model.table, codes, k, k + 1)
                n += 1
        i = j
    return n
