"""What search takes for the same: width, case and brackets; and the character pairs it indexes.

A Chinese word of the query may lie across two words of the segmented text, so words alone lose
hits. Pairs of neighbouring characters lose none: a string occurs in a text exactly when its
pairs stand there one after another.
"""

from __future__ import annotations

import re

GAP = "\u2423"  # stands for a run of white space, which would end a token


def _table() -> dict[int, str]:
    table = {code: chr(code).lower() for code in range(0x250) if len(chr(code).lower()) == 1}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {ord(c): "(" for c in "〔﹝［【〖(["} | {ord(c): ")" for c in "〕﹞］】〗)]"}
    table |= {ord(c): " " for c in "\t\n\r\f\v\u00a0\u2002\u2003\u2009\u3000"}
    return table


_FOLD = _table()
_SPACE = re.compile(r" +")


def fold(text: str) -> str:
    """Fold width, case, brackets and white space, one character to one character.

    `fold(text)[i]` stands for `text[i]`, so a place in one is the place in the other.
    """
    return text.translate(_FOLD)


def grams(text: str) -> str:
    """The index tokens of a text: its character pairs in order, then its characters once each.

    A one-character query is a look-up, a longer one a phrase of pairs.
    """
    folded = _SPACE.sub(GAP, fold(text).strip())
    pairs = map(str.__add__, folded, folded[1:])
    return " ".join((*pairs, *sorted(set(folded))))


def gram_phrase(text: str) -> list[str]:
    """The index tokens that a text holds in this order exactly when it holds this string."""
    folded = _SPACE.sub(GAP, fold(text).strip())
    return [folded] if len(folded) == 1 else list(map(str.__add__, folded, folded[1:]))
