"""What search takes for the same: width, case, script and brackets; and the pairs it indexes.

A Chinese word of the query may lie across two words of the segmented text, so words alone lose
hits. Pairs of neighbouring characters lose none: a string occurs in a text exactly when its
pairs stand there one after another. Traditional characters are folded one to one; words that
differ between regions (軟體, 软件) are not.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

import numpy as np

from textmine.segment.normalize import simplified

GAP = "\u2423"  # stands for a run of white space, which would end a token


def _table() -> dict[int, str]:
    table = {code: chr(code).lower() for code in range(0x250) if len(chr(code).lower()) == 1}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {ord(c): "(" for c in "〔﹝［【〖(["} | {ord(c): ")" for c in "〕﹞］】〗)]"}
    table |= {ord(c): " " for c in "\t\n\r\f\v\u00a0\u2002\u2003\u2009\u3000"}
    return table | {ord(a): b for a, b in simplified().items()}


_FOLD = _table()
_FOLDED = np.arange(sys.maxunicode + 1, dtype="<u4")
_FOLDED[list(_FOLD)] = list(map(ord, _FOLD.values()))
LONG = 500
"""Characters from which on an array is quicker than `str.translate`, up to fourteen times."""
_SPACE = re.compile(r" +")


def fold(text: str) -> str:
    """Fold width, case, script, brackets and white space, one character to one character.

    `fold(text)[i]` stands for `text[i]`, so a place in one is the place in the other.
    """
    if len(text) < LONG:
        return text.translate(_FOLD)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: bytes = _FOLDED[codes].tobytes()
    return folded.decode("utf-32-le", "surrogatepass")


def grams(text: str) -> str:
    """The index tokens of a text: its character pairs in order, then its characters once each.

    A one-character query is a look-up, a longer one a phrase of pairs.
    """
    return _tokens(_SPACE.sub(GAP, fold(text).strip()))


def value_grams(values: Iterable[str]) -> str:
    """The index tokens of a list of values, each between gaps, so that whole ones can be told."""
    whole = _SPACE.sub(GAP, f" {fold('  '.join(values)).strip()} ")
    return _tokens(whole) if whole != GAP else ""


def _tokens(folded: str) -> str:
    pairs = map(str.__add__, folded, folded[1:])
    return " ".join((*pairs, *dict.fromkeys(folded)))


def gram_phrase(text: str) -> list[str]:
    """The index tokens that a text holds in this order exactly when it holds this string."""
    folded = _SPACE.sub(GAP, fold(text).strip())
    return [folded] if len(folded) == 1 else list(map(str.__add__, folded, folded[1:]))


def value_phrase(value: str) -> list[str]:
    """The index tokens that `value_grams` holds in this order where this is a whole value."""
    folded = _SPACE.sub(GAP, f" {fold(value).strip()} ")
    return list(map(str.__add__, folded, folded[1:]))
