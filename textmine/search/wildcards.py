"""Wildcards: `?` stands for one character, `*` for up to ten, whatever they are.

A word with wildcards is a finite list of phrases with holes, one for each length of the holes;
the index answers each of them exactly, so the whole costs no more than that many phrases.
Ends where a pattern would cost more: two `*` in a word at most.
"""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

LONGEST_RUN = 10  # characters of a `*`: within a name or a phrase, not across sentences
MAX_SHAPES = 121  # two `*` of 0 to 10 characters each

_RUN = re.compile(r"[*?＊？]+")


class Hole(NamedTuple):
    """From how many to how many characters are left open."""

    low: int
    high: int


class Pattern(NamedTuple):
    """Texts with holes between them: one more text than holes."""

    texts: tuple[str, ...]
    holes: tuple[Hole, ...]

    @property
    def shapes(self) -> int:
        """How many phrases with fixed holes the pattern stands for."""
        count = 1
        for hole in self.holes:
            count *= hole.high - hole.low + 1
        return count


def pattern_of(word: str) -> Pattern | None:
    """The pattern of a word, without wildcards at its ends, which would say nothing.

    Returns
    -------
    Pattern or None
        None for a word of wildcards only. A pattern without holes is a plain string.
    """
    bare = word.strip("*?＊？")
    if not bare:
        return None
    return Pattern(tuple(_RUN.split(bare)), tuple(_hole(run) for run in _RUN.findall(bare)))


def has_wildcards(word: str) -> bool:
    """Whether any wildcard stands in a word."""
    return _RUN.search(word) is not None


def fixed_shapes(pattern: Pattern) -> list[list[tuple[int, str]]]:
    """Every phrase that the pattern stands for: texts with the places where they begin."""
    shapes = []
    for widths in itertools.product(*(range(h.low, h.high + 1) for h in pattern.holes)):
        shape = [(0, pattern.texts[0])]
        for width, text in zip(widths, pattern.texts[1:], strict=True):
            start, before = shape[-1]
            if width:
                shape.append((start + len(before) + width, text))
            else:
                shape[-1] = (start, before + text)
        shapes.append(shape)
    return shapes


def as_regex(pattern: Pattern) -> str:
    """The pattern for Python's `re`, for finding in a text what the index found."""
    parts = [re.escape(pattern.texts[0])]
    for hole, text in zip(pattern.holes, pattern.texts[1:], strict=True):
        parts += [f".{{{hole.low},{hole.high}}}", re.escape(text)]
    return "".join(parts)


def _hole(run: str) -> Hole:
    low = sum(c in "?？" for c in run)
    return Hole(low, low + LONGEST_RUN if len(run) > low else low)
