"""The reference engine: jieba itself, on a tokenizer of its own."""

from __future__ import annotations

import logging
from itertools import accumulate

import jieba
import numpy as np

from textmine.segment.arrays import Codes, Ints, Longs
from textmine.segment.lexicon import Entry
from textmine.segment.normalize import normalize

jieba.setLogLevel(logging.WARNING)  # it reports loading its dictionary on stderr


class JiebaEngine:
    """Cuts normalised text with a `jieba.Tokenizer`; the module's shared one is never touched."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        for entry in entries:
            self._tokenizer.add_word(normalize(entry.word), entry.frequency, entry.tag)

    def cut(
        self, codes: Codes, bounds: Longs, *, hmm: bool, threads: int = 1
    ) -> tuple[Ints, Longs]:
        """As `CompiledEngine.cut`; jieba holds the interpreter, so threads would not help."""
        del threads
        ends: list[int] = []
        counts = [0]
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            text = codes[start:end].tobytes().decode("utf-32-le", "surrogatepass")
            words = self._tokenizer.lcut(text, HMM=hmm)
            ends += (start + length for length in accumulate(map(len, words)))
            counts.append(len(ends))
        return np.array(ends, dtype=np.int32), np.array(counts, dtype=np.int64)


def number_words(codes: Codes, stops: Longs) -> tuple[Ints, Longs]:
    """As `kernels.number_words`, in plain Python."""
    text = codes.tobytes().decode("utf-32-le", "surrogatepass")
    number: dict[str, int] = {}
    firsts: list[int] = []
    ids = np.empty(len(stops), dtype=np.int32)
    start = 0
    for i, end in enumerate(stops.tolist()):
        ids[i] = number.setdefault(text[start:end], len(number))
        if len(firsts) < len(number):
            firsts.append(i)
        start = end
    return ids, np.array(firsts, dtype=np.int64)
