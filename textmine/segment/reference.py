"""The reference engine: jieba itself, on a tokenizer of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate, pairwise

import jieba
import numpy as np
from jieba import finalseg

from textmine.segment.arrays import Codes, Ints, Longs
from textmine.segment.batch import Batch, Tagged, characters
from textmine.segment.lexicon import Entry
from textmine.segment.normalize import normalize

jieba.setLogLevel(logging.WARNING)  # it reports loading its dictionary on stderr

_DELETIONS = threading.Lock()


class JiebaEngine:
    """Cuts normalised text with a `jieba.Tokenizer`; the module's shared one is never touched."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        self._deleted: set[str] = set()
        with self._own_deletions():
            for entry in entries:
                self._tokenizer.add_word(normalize(entry.word), entry.frequency, entry.tag)

    @contextmanager
    def _own_deletions(self) -> Iterator[None]:
        """Let jieba see the words deleted here, which it keeps for all tokenizers together."""
        with _DELETIONS:
            others, finalseg.Force_Split_Words = finalseg.Force_Split_Words, self._deleted
            try:
                yield
            finally:
                finalseg.Force_Split_Words = others

    def cut(
        self, codes: Codes, bounds: Longs, *, hmm: bool, threads: int = 1
    ) -> tuple[Ints, Longs]:
        """As `CompiledEngine.cut`; jieba holds the interpreter, so threads would not help."""
        del threads
        ends: list[int] = []
        counts = [0]
        with self._own_deletions():
            for start, end in pairwise(bounds.tolist()):
                words = self._tokenizer.lcut(characters(codes[start:end]), HMM=hmm)
                ends += (start + length for length in accumulate(map(len, words)))
                counts.append(len(ends))
        return np.array(ends, dtype=np.int32), np.array(counts, dtype=np.int64)

    def cut_all(self, codes: Codes) -> list[str]:
        """As `CompiledEngine.cut_all`."""
        words: list[str] = self._tokenizer.lcut(characters(codes), cut_all=True)
        return words

    def search_spans(self, codes: Codes, *, hmm: bool) -> Ints:
        """As `CompiledEngine.search_spans`."""
        with self._own_deletions():
            tokens = self._tokenizer.tokenize(characters(codes), mode="search", HMM=hmm)
            spans = [(start, end) for _, start, end in tokens]
        return np.array(spans, dtype=np.int32).reshape(-1, 2)

    def frequencies(self, words: Sequence[str]) -> list[int | None]:
        """As `CompiledEngine.frequencies`."""
        return [self._tokenizer.FREQ.get(word) for word in words]

    @property
    def total(self) -> int:
        """The sum of all frequencies."""
        return int(self._tokenizer.total)

    @cached_property
    def tagger(self) -> JiebaTagger:
        """The parts of speech, read when they are first asked for."""
        return JiebaTagger(self._tokenizer)


class JiebaTagger:
    """Parts of speech by `jieba.posseg`."""

    def __init__(self, tokenizer: jieba.Tokenizer) -> None:
        from jieba import posseg

        self._tagger = posseg.POSTokenizer(tokenizer)
        self._tagger.makesure_userdict_loaded()

    def known(self, words: Sequence[str]) -> list[str]:
        """As `tagging.Tagger.known`."""
        return [self._tagger.word_tag_tab.get(word, "x") for word in words]

    def cut(self, codes: Codes, bounds: Longs, *, hmm: bool) -> Tagged:
        """As `tagging.Tagger.cut`."""
        number: dict[str, int] = {}
        ends: list[int] = []
        tags: list[int] = []
        counts = [0]
        for start, end in pairwise(bounds.tolist()):
            pairs = self._tagger.lcut(characters(codes[start:end]), HMM=hmm)
            ends += (start + n for n in accumulate(len(pair.word) for pair in pairs))
            tags += (number.setdefault(pair.flag, len(number)) for pair in pairs)
            counts.append(len(ends))
        stops, ids = np.array(ends, dtype=np.int32), np.array(tags, dtype=np.int16)
        return Tagged(Batch(codes, bounds, stops, np.array(counts, np.int64)), ids, tuple(number))


def number_words(codes: Codes, stops: Longs) -> tuple[Ints, Longs]:
    """As `numbering.number_words`, in plain Python."""
    text = characters(codes)
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
