"""The segmenter: jieba's cut with a lexicon of its own, as words, tokens or ends.

A token's place is in the text as given: what is cut is the normalised text, which has a
character for each character.
"""

from __future__ import annotations

import hashlib
import json
import logging
from functools import lru_cache
from itertools import accumulate
from typing import Literal

import jieba
import numpy as np
from numpy.typing import NDArray

from textmine.records import Token
from textmine.segment.lexicon import Entry, Lexicon
from textmine.segment.normalize import normalize

Engine = Literal["compiled", "jieba"]
jieba.setLogLevel(logging.WARNING)  # it reports loading its dictionary on stderr


NO_LEXICON = Lexicon()


@lru_cache(maxsize=4)
def _tokenizer(entries: tuple[Entry, ...]) -> jieba.Tokenizer:
    """One jieba tokenizer per set of entries; the module's shared one is never touched."""
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for entry in entries:
        tokenizer.add_word(normalize(entry.word), entry.frequency, entry.tag)
    return tokenizer


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

    def __call__(self, text: str) -> list[str]:
        """The words, so that a segmenter can be a scikit-learn `analyzer`."""
        return self.words(text)

    def words(self, text: str) -> list[str]:
        """All tokens of a text in order, punctuation and white space included."""
        pieces = _tokenizer(self.lexicon.entries).lcut(normalize(text), HMM=self.hmm)
        ends = accumulate(map(len, pieces))
        return [text[end - len(piece) : end] for piece, end in zip(pieces, ends, strict=True)]

    def ends(self, text: str) -> NDArray[np.int32]:
        """Where each token ends; the tokens tile the text. Shape (tokens,)."""
        return np.fromiter(accumulate(map(len, self.words(text))), dtype=np.int32)

    def tokens(self, text: str) -> list[Token]:
        """All tokens with their spans: `text[start:end] == token.text`."""
        words = self.words(text)
        ends = accumulate(map(len, words))
        return [Token(word, end - len(word), end) for word, end in zip(words, ends, strict=True)]

    @property
    def fingerprint(self) -> str:
        """12 hexadecimal digits of what the tokens depend on; not of the engine."""
        parts = [self.lexicon.fingerprint, self.hmm, jieba.__version__]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]
