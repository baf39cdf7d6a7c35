"""The segmenter: jieba's cut with a lexicon of its own, as words, tokens, ends or numbers.

A token's place is in the text as given: what is cut is the normalised text, which has a
character for each character.
"""

from __future__ import annotations

import hashlib
import json
import os
import warnings
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Literal, Protocol

import jieba
import numpy as np

from textmine.records import Token
from textmine.segment.arrays import Codes, Ints, Longs
from textmine.segment.batch import Batch, Tagged, code_points
from textmine.segment.lexicon import Entry, Lexicon
from textmine.segment.normalize import FINGERPRINT, normalize, normalize_codes
from textmine.segment.reference import JiebaEngine
from textmine.segment.repair import Places, repair

Engine = Literal["compiled", "jieba"]
Mode = Literal["default", "search"]
NO_LEXICON = Lexicon()


class Cutter(Protocol):
    """What an engine does; see `CompiledEngine.cut`."""

    def cut(
        self, codes: Codes, bounds: Longs, *, hmm: bool, threads: int = 1
    ) -> tuple[Ints, Longs]:
        """Where each token ends, and how many tokens stand before each text."""
        ...

    def cut_all(self, codes: Codes) -> list[str]:
        """Every word that the dictionary sees in a text."""
        ...

    def search_spans(self, codes: Codes, *, hmm: bool) -> Ints:
        """Tokens, each after the shorter words in it; rows (start, end)."""
        ...

    def frequencies(self, words: Sequence[str]) -> list[int | None]:
        """The frequency of each word; None for one that begins no word."""
        ...

    @property
    def total(self) -> int:
        """The sum of all frequencies."""
        ...

    @property
    def tagger(self) -> PartsOfSpeech:
        """Cuts with parts of speech."""
        ...


class PartsOfSpeech(Protocol):
    """What knows parts of speech; see `tagging.Tagger`."""

    def known(self, words: Sequence[str]) -> list[str]:
        """The part of speech that the dictionary says of each word; else x."""
        ...

    def cut(self, codes: Codes, bounds: Longs, *, hmm: bool) -> Tagged:
        """Tokens and their parts of speech."""
        ...


@lru_cache(maxsize=4)
def _engine(name: Engine, entries: tuple[Entry, ...]) -> Cutter:
    """One engine per set of entries, shared by all segmenters that have it.

    Where Numba cannot be loaded, jieba gives the same tokens, and a warning says why it is slow.
    """
    if name == "compiled":
        try:
            from textmine.segment.compiled import CompiledEngine

            return CompiledEngine(entries)
        except ImportError as error:
            warnings.warn(
                f"Numba cannot be loaded ({error}); words are cut by jieba, some 40 times slower. "
                "Mend it with: pip install --upgrade numba numpy",
                RuntimeWarning,
                stacklevel=2,
            )
    return JiebaEngine(entries)


@lru_cache(maxsize=4)
def _labels(words: tuple[str, ...]) -> Any:
    from textmine.segment.keeping import labels

    return labels(words)


class Segmenter:
    """Cuts text into words.

    Parameters
    ----------
    lexicon
        Terms that stay whole, and stop words (which are not dropped here).
    engine
        "compiled" or "jieba": the same tokens.
    hmm
        Whether characters that the dictionary does not join may be joined as new words.
    repair
        Whether to repair blanks and line breaks inside words, ligatures, and wrongly read UTF-8
        before cutting; see `textmine.segment.repair`. Words are then those of the repaired text,
        spans those of the text as given.
    """

    def __init__(
        self,
        lexicon: Lexicon = NO_LEXICON,
        *,
        engine: Engine = "compiled",
        hmm: bool = True,
        repair: bool = False,
    ) -> None:
        self.lexicon = lexicon
        self.engine: Engine = engine
        self.hmm = hmm
        self.repair = repair

    @cached_property
    def _cutter(self) -> Cutter:
        return _engine(self.engine, self.lexicon.entries)

    def __getstate__(self) -> dict[str, Any]:
        """What a copy in another process needs: the engine is built there."""
        return {key: value for key, value in vars(self).items() if key != "_cutter"}

    def __call__(self, text: str) -> list[str]:
        """The words, so that a segmenter can be a scikit-learn `analyzer`."""
        return self.words(text)

    def words(self, text: str) -> list[str]:
        """All tokens of a text in order, punctuation and white space included."""
        batch = self.cut([text], threads=1)
        if batch.places is not None:
            return batch.words(0)
        return [text[a:b] for a, b in pairwise([0, *batch.stops.tolist()])]

    def terms(self, text: str) -> list[str]:
        """The words as they are counted: normalised, in lower case, the preferred of synonyms."""
        preferred = self.lexicon.preferred
        words = (word.casefold() for word in self.cut([text], threads=1).words(0))
        return [preferred.get(word, word) for word in words]

    def tokens(self, text: str, *, mode: Mode = "default") -> list[Token]:
        """All tokens with their spans: `text[start:end] == token.text`.

        Parameters
        ----------
        mode
            As in `jieba.tokenize`: with "search" the words of two and three characters inside a
            token stand before it.
        """
        if mode == "search":
            codes, _, places = self._prepared([text])
            spans = self._cutter.search_spans(codes, hmm=self.hmm)
            if places is not None:
                spans = np.stack([places.starts[spans[:, 0]], places.ends[spans[:, 1] - 1]], axis=1)
        else:
            spans = self.cut([text], threads=1).spans(0)
        return [Token(text[a:b], a, b) for a, b in spans.tolist()]

    def ends(self, text: str) -> Ints:
        """Where each token ends; the tokens tile the text. Shape (tokens,)."""
        return self.cut([text], threads=1).ends(0)

    def cut_for_search(self, text: str) -> list[str]:
        """The words, each after those of two and three characters in it (`jieba.cut_for_search`)."""
        return [token.text for token in self.tokens(text, mode="search")]

    def cut_all(self, text: str) -> list[str]:
        """Every word that the dictionary sees, overlapping (`jieba.cut` with `cut_all`).

        As in jieba, an empty word stands on either side of white space that no word touches. The
        words are those of the normalised text.
        """
        return self._cutter.cut_all(self._prepared([text])[0])

    def suggest_freq(self, segment: str | tuple[str, ...]) -> int:
        """The frequency that keeps a word whole, or, of several, that keeps them apart.

        As `jieba.suggest_freq`; to use it, `lexicon.add("".join(segment), frequency)`.
        """
        parts = [*map(normalize, self._plain(segment) if isinstance(segment, str) else segment)]
        *shares, known = self._cutter.frequencies([*parts, "".join(parts)])
        total = self._cutter.total
        share = 1.0
        for frequency in shares:
            share *= (1 if frequency is None else frequency) / float(total)
        if isinstance(segment, str):
            return max(int(share * total) + 1, 1 if known is None else known)
        return min(int(share * total), known or 0)

    def _plain(self, word: str) -> list[str]:
        return Segmenter(self.lexicon, engine=self.engine, hmm=False).words(word)

    def tag(self, text: str) -> list[tuple[str, str]]:
        """Words with parts of speech, as `jieba.posseg.cut`; they may be other words than `words`."""
        tagged = self.cut_tagged([text])
        names = [tagged.names[tag] for tag in tagged.tags.tolist()]
        return list(zip(tagged.batch.words(0), names, strict=True))

    def cut_tagged(self, texts: Sequence[str]) -> Tagged:
        """Cut many texts at once with parts of speech as small numbers, as `jieba.posseg.cut`."""
        codes, bounds, places = self._prepared(texts)
        tagged = self._cutter.tagger.cut(codes, bounds, hmm=self.hmm)
        return replace(tagged, batch=replace(tagged.batch, places=places))

    def cut(self, texts: Sequence[str], *, threads: int | None = None) -> Batch:
        """Cut many texts at once, without a string per token.

        Parameters
        ----------
        threads
            Threads that cut at the same time, by default one a core; the result is the same.
        """
        codes, bounds, places = self._prepared(texts)
        stops, offsets = self._cutter.cut(
            codes, bounds, hmm=self.hmm, threads=threads or os.cpu_count() or 1
        )
        if self.lexicon.labels:
            stops, offsets = self._kept(codes, bounds, stops, offsets)
        return Batch(codes, bounds, stops, offsets, places)

    def _kept(self, codes: Codes, bounds: Longs, stops: Ints, offsets: Longs) -> tuple[Ints, Longs]:
        """The labels of the lexicon put together; without Numba they stay as jieba cuts them."""
        try:
            from textmine.segment.keeping import keep
        except ImportError:  # the engine has said so
            return stops, offsets
        known = self._cutter.frequencies
        return keep(codes, bounds, stops, offsets, _labels(self.lexicon.labels), known)

    def _prepared(self, texts: Sequence[str]) -> tuple[Codes, Longs, Places | None]:
        """The normalised characters of texts, where each begins, and their places if repaired."""
        codes = code_points("".join(texts))
        bounds = np.cumsum([0, *map(len, texts)], dtype=np.int64)
        repaired = repair(codes, bounds) if self.repair else None
        if repaired is None:
            return normalize_codes(codes), bounds, None
        codes, bounds, places = repaired
        return normalize_codes(codes), bounds, places

    def parts_of_speech(self, words: Sequence[str]) -> list[str]:
        """The part of speech of each word by itself.

        That of the lexicon or of jieba's dictionary; n for an entry of the lexicon that says none;
        else that of the last word that posseg's model makes of it, for the last is the head
        (抗疫 vn, 这是 v).
        """
        plain = [normalize(word) for word in words]
        found = self._cutter.tagger.known(plain)
        terms = {normalize(entry.word) for entry in self.lexicon.entries if not entry.tag}
        unknown = [i for i, tag in enumerate(found) if tag == "x" and plain[i]]
        tagged = self.cut_tagged([plain[i] for i in unknown])
        heads = tagged.tags[tagged.batch.offsets[1:] - 1].tolist()
        for i, head in zip(unknown, heads, strict=True):
            found[i] = "n" if plain[i] in terms else tagged.names[head]
        return found

    @property
    def fingerprint(self) -> str:
        """12 hexadecimal digits of what the tokens depend on; not of the engine."""
        parts = [self.lexicon.fingerprint, self.hmm, self.repair, jieba.__version__, FINGERPRINT]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]
