"""Many texts cut at once: arrays of places and of word numbers, no string per token."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from textmine.segment.arrays import Codes, Ints, Longs, Shorts
from textmine.segment.repair import Places


def code_points(text: str) -> Codes:
    """The characters as numbers, lone surrogates included; shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def characters(codes: Codes) -> str:
    """The text of code points; undoes `code_points`."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@dataclass(frozen=True, eq=False)
class Numbered:
    """The tokens of a batch as numbers of words.

    Attributes
    ----------
    words
        The different words in order of first sight, normalised.
    ids
        Each token's position in `words`; shape (tokens,), int32.
    offsets
        Tokens before each text, and at last of all; shape (texts + 1,), int64.
    """

    words: tuple[str, ...]
    ids: Ints
    offsets: Longs


@dataclass(frozen=True, eq=False)
class Batch:
    """Cut texts.

    Attributes
    ----------
    codes
        The normalised texts one after another, as code points.
    bounds
        Where each text begins in `codes`, and at last where the last ends; shape (texts + 1,).
    stops
        Where each token ends in `codes`; the tokens tile the texts. Shape (tokens,), int32.
    offsets
        Tokens before each text, and at last of all; shape (texts + 1,), int64.
    places
        Where the characters of repaired texts stand in the texts as given; None for the same.
    """

    codes: Codes
    bounds: Longs
    stops: Ints
    offsets: Longs
    places: Places | None = None

    def ends(self, text: int) -> Ints:
        """Where each token of a text ends, in the text's own characters.

        What was taken out in repair belongs to the token before it.
        """
        stops = self._stops(text)
        if self.places is None:
            return _ints(stops - self.bounds[text])
        after = np.append(self.places.starts, self.places.bounds[-1])[stops]
        after[-1:] = self.places.bounds[text + 1]
        return _ints(after - self.places.bounds[text])

    def spans(self, text: int) -> Ints:
        """Where each token begins and ends in the text's own characters; shape (tokens, 2)."""
        stops = self._stops(text)
        starts = np.concatenate([self.bounds[text : text + 1], stops])[: len(stops)]
        if self.places is None:
            return _ints(np.stack([starts, stops], axis=1) - self.bounds[text])
        spans = np.stack([self.places.starts[starts], self.places.ends[stops - 1]], axis=1)
        return _ints(spans - self.places.bounds[text])

    def words(self, text: int) -> list[str]:
        """The tokens of a text, normalised and repaired."""
        start, stops = self.bounds[text], self._stops(text)
        own = characters(self.codes[start : self.bounds[text + 1]])
        return [own[a:b] for a, b in pairwise([0, *(stops - start).tolist()])]

    def _stops(self, text: int) -> Longs:
        first, last = self.offsets[text], self.offsets[text + 1]
        stops: Longs = self.stops[first:last].astype(np.int64)
        return stops

    def numbered(self) -> Numbered:
        """The tokens as numbers of words."""
        ids, firsts = _number_words(self.codes, self.stops.astype(np.int64))
        starts = np.concatenate([np.zeros(1, np.int64), self.stops[:-1]])
        text = characters(self.codes)
        words = tuple(
            text[start:end]
            for start, end in zip(starts[firsts].tolist(), self.stops[firsts].tolist(), strict=True)
        )
        return Numbered(words, ids, self.offsets)


def _ints(values: Longs) -> Ints:
    narrow: Ints = values.astype(np.int32)
    return narrow


@dataclass(frozen=True, eq=False)
class Tagged:
    """Cut texts with the part of speech of each token.

    Attributes
    ----------
    batch
        The tokens.
    tags
        Each token's position in `names`; shape (tokens,), int16.
    names
        The parts of speech as jieba writes them: n, v, ns, eng, x, …
    """

    batch: Batch
    tags: Shorts
    names: tuple[str, ...]


def _number_words(codes: Codes, stops: Longs) -> tuple[Ints, Longs]:
    try:
        from textmine.segment.numbering import number_words
    except ImportError:  # the segmenter has said so
        from textmine.segment.reference import number_words
    numbered: tuple[Ints, Longs] = number_words(codes, stops)
    return numbered
