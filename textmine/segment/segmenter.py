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
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Literal, Protocol

import jieba
import numpy as np

from textmine.records import Token
from textmine.segment.arrays import Codes, Ints, Longs
from textmine.segment.batch import Batch, code_points
from textmine.segment.lexicon import Entry, Lexicon
from textmine.segment.normalize import FINGERPRINT, normalize_codes
from textmine.segment.reference import JiebaEngine

Engine = Literal["compiled", "jieba"]
NO_LEXICON = Lexicon()


class Cutter(Protocol):
    """What an engine does; see `CompiledEngine.cut`."""

    def cut(
        self, codes: Codes, bounds: Longs, *, hmm: bool, threads: int = 1
    ) -> tuple[Ints, Longs]:
        """Where each token ends, and how many tokens stand before each text."""
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
    """

    def __init__(
        self, lexicon: Lexicon = NO_LEXICON, *, engine: Engine = "compiled", hmm: bool = True
    ) -> None:
        self.lexicon = lexicon
        self.engine: Engine = engine
        self.hmm = hmm

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
        return [text[a:b] for a, b in pairwise([0, *self.ends(text).tolist()])]

    def tokens(self, text: str) -> list[Token]:
        """All tokens with their spans: `text[start:end] == token.text`."""
        return [Token(text[a:b], a, b) for a, b in pairwise([0, *self.ends(text).tolist()])]

    def ends(self, text: str) -> Ints:
        """Where each token ends; the tokens tile the text. Shape (tokens,)."""
        codes = normalize_codes(code_points(text))
        return self._cutter.cut(codes, np.array([0, len(codes)]), hmm=self.hmm)[0]

    def cut(self, texts: Sequence[str], *, threads: int | None = None) -> Batch:
        """Cut many texts at once, without a string per token.

        Parameters
        ----------
        threads
            Threads that cut at the same time, by default one a core; the result is the same.
        """
        codes = normalize_codes(code_points("".join(texts)))
        bounds = np.cumsum([0, *map(len, texts)], dtype=np.int64)
        stops, offsets = self._cutter.cut(
            codes, bounds, hmm=self.hmm, threads=threads or os.cpu_count() or 1
        )
        return Batch(codes, bounds, stops, offsets)

    @property
    def fingerprint(self) -> str:
        """12 hexadecimal digits of what the tokens depend on; not of the engine."""
        parts = [self.lexicon.fingerprint, self.hmm, jieba.__version__, FINGERPRINT]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]
