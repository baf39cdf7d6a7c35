"""Text in columns of a terminal or a typewriter font: a Han character takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WHITE = re.compile(r"\s+")


def width(text: str) -> int:
    """How many columns a text takes: two for wide characters, none for marks set over others."""
    return sum(map(_columns, text))


def one_line(text: str) -> str:
    """The text with every run of white space as one blank and nothing unprintable."""
    plain = _WHITE.sub(" ", text)
    return plain if plain.isprintable() else "".join(c for c in plain if c.isprintable())


def beginning(text: str, columns: int) -> str:
    """The longest beginning of a text that fits."""
    return "".join(_fitting(text, columns))


def ending(text: str, columns: int) -> str:
    """The longest end of a text that fits."""
    return "".join(_fitting(reversed(text), columns))[::-1]


def right_aligned(text: str, columns: int) -> str:
    """The text with blanks before it, up to so many columns."""
    return " " * (columns - width(text)) + text


def left_aligned(text: str, columns: int) -> str:
    """The text with blanks behind it, up to so many columns."""
    return text + " " * (columns - width(text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fitting(characters: Iterable[str], columns: int) -> Iterable[str]:
    left = columns
    for character in characters:
        left -= _columns(character)
        if left < 0:
            return
        yield character
