"""The compiled engine: jieba's dictionary in arrays, jieba's cut in machine code.

Building the arrays from jieba's own files takes a fraction of a second, so nothing is kept on
disk but the machine code, which Numba keeps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from jieba import finalseg

from textmine.segment import kernels
from textmine.segment.arrays import Codes, Floats, Ints, Longs
from textmine.segment.batch import characters, code_points
from textmine.segment.kernels import Model
from textmine.segment.lexicon import Entry
from textmine.segment.normalize import normalize

if TYPE_CHECKING:
    from textmine.segment.tagging import Tagger

STATES = "BEMS"
NODES = 1 << 19
"""Room for jieba's dictionary as a trie, which has 498,116 nodes with the root."""
CHUNK = 1 << 19
"""Characters that a thread cuts at a time: enough to be worth it, few enough to share fairly."""


class CompiledEngine:
    """Cuts normalised text as `jieba.Tokenizer` does after adding the entries in order."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.model, self.frequency, self.total = _model(entries)

    def cut(
        self, codes: Codes, bounds: Longs, *, hmm: bool, threads: int = 1
    ) -> tuple[Ints, Longs]:
        """Cut many texts that stand one after another in `codes`.

        Parameters
        ----------
        bounds
            Where each text begins, and at last where the last ends; shape (texts + 1,).
        threads
            Threads that cut at the same time; the result does not depend on it.

        Returns
        -------
        ends
            Where each token ends in `codes`; shape (tokens,).
        counts
            Tokens before each text, and at last of all; shape (texts + 1,).
        """
        parts = [bounds[a : b + 1] for a, b in pairwise(_shares(bounds))]
        if len(parts) == 1:
            done = [kernels.cut_texts(codes, parts[0], self.model, hmm)]
        else:
            with ThreadPoolExecutor(threads) as pool:
                done = list(
                    pool.map(lambda part: kernels.cut_texts(codes, part, self.model, hmm), parts)
                )
        ends = np.concatenate([np.zeros(0, np.int32), *(part for part, _ in done)])
        tokens = np.concatenate([np.zeros(1, np.int64), *(counts for _, counts in done)])
        return ends, np.cumsum(tokens)

    def cut_all(self, codes: Codes) -> list[str]:
        """All words that the dictionary sees in a text, as `jieba.cut(cut_all=True)`."""
        pieces, stops = kernels.full_pieces(codes, self.model)
        text = characters(codes)
        parts = [text[a:b] for a, b in pieces.tolist()]
        return ["".join(parts[a:b]) for a, b in pairwise([0, *stops.tolist()])]

    def search_spans(self, codes: Codes, *, hmm: bool) -> Ints:
        """Tokens, each after the words of two and three characters in it; rows (start, end)."""
        ends, _ = self.cut(codes, np.array([0, len(codes)]), hmm=hmm)
        spans: Ints = kernels.search_spans(codes, ends, self.model)
        return spans

    def frequencies(self, words: Sequence[str]) -> list[int | None]:
        """The frequency of each word; 0 for a beginning of words, None for what begins none."""
        nodes = self.nodes(words)
        values = self.frequency[nodes].tolist()
        return [value if node else None for value, node in zip(values, nodes.tolist(), strict=True)]

    def nodes(self, words: Sequence[str]) -> Ints:
        """The number of each word in the dictionary, 0 for one that begins none."""
        bounds = np.cumsum([0, *map(len, words)], dtype=np.int64)
        nodes: Ints = kernels.nodes_of(code_points("".join(words)), bounds, self.model.table)
        return nodes

    @cached_property
    def tagger(self) -> Tagger:
        """The parts of speech, read when they are first asked for."""
        from textmine.segment.tagging import Tagger

        return Tagger(self)


def _shares(bounds: Longs) -> list[int]:
    """Positions in `bounds` that part the texts into shares of about `CHUNK` characters."""
    last = len(bounds) - 1
    marks = np.arange(bounds[0] + CHUNK, bounds[-1], CHUNK)
    return sorted({0, *np.searchsorted(bounds, marks).tolist(), last})


def _model(entries: tuple[Entry, ...]) -> tuple[Model, Longs, int]:
    """jieba's dictionary and hidden Markov model after `add_word` for each entry in order.

    Returns the model, the frequency of each node, and the sum of all.
    """
    words = [normalize(entry.word) for entry in entries]
    nodes = NODES
    while nodes < NODES + sum(map(len, words)):
        nodes *= 2
    table = np.zeros(2 * nodes, dtype=np.int64)  # at most half full
    frequency = np.zeros(nodes, dtype=np.int64)
    branch = np.zeros(nodes, dtype=np.uint64)
    codes = code_points(resources.files("jieba").joinpath("dict.txt").read_bytes().decode())
    starts, ends, values = kernels.dictionary_lines(codes)
    # Frequent words first: their nodes then lie together, and stay in the processor's cache.
    order = np.argsort(-values, kind="stable")
    size, total = kernels.load_dictionary(
        codes, starts, ends, values, order, table, branch, frequency
    )
    logs = np.full(nodes, -1.0)
    known = np.flatnonzero(frequency)
    # jieba's own logarithm, for numpy's may differ in the last bit; few frequencies are different.
    log_of = np.zeros(frequency.max() + 1)
    different = np.flatnonzero(np.bincount(frequency[known]))
    log_of[different] = [math.log(value) for value in different.tolist()]
    logs[known] = log_of[frequency[known]]
    model = Model(
        table, kernels.first_nodes(table), branch, logs, np.zeros(nodes, dtype=np.uint8), False,
        math.log(total), *_hidden_markov_model(),
    )  # fmt: skip
    given = [-1 if entry.frequency is None else entry.frequency for entry in entries]
    _, total = kernels.add_words(
        code_points("".join(words)), np.cumsum([0, *map(len, words)]),
        np.array(given, dtype=np.int64), model, frequency, size, total,
    )  # fmt: skip
    model = model._replace(log_total=math.log(total), splits=bool(model.split.any()))
    return model, frequency, int(total)


def _hidden_markov_model() -> tuple[Floats, Floats, Floats]:
    """jieba's log-probabilities as arrays: emissions, starts, moves."""
    emit = np.full((kernels.LAST_HAN - kernels.FIRST_HAN + 1, len(STATES)), finalseg.MIN_FLOAT)
    for column, state in enumerate(STATES):
        for character, value in finalseg.emit_P[state].items():
            if kernels.FIRST_HAN <= ord(character) <= kernels.LAST_HAN:
                emit[ord(character) - kernels.FIRST_HAN, column] = value
    start = np.array([finalseg.start_P[state] for state in STATES])
    move = np.array(
        [[finalseg.trans_P[a].get(b, finalseg.MIN_FLOAT) for b in STATES] for a in STATES]
    )
    return emit, start, move
