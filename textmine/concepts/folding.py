"""Width and case folding that keeps every character in its place.

Full-width Latin letters, digits and the signs of labels (＋＆－, the wide space) become half-width,
Latin capitals become small; nothing is joined, split or dropped, so an offset in the folded text
is the same offset in the text itself.
Stops short of traditional characters and spaces within words.
"""

from __future__ import annotations

import re

# U+FF01–U+FF5E are ASCII's U+0021–U+007E at a distance of 0xFEE0; U+3000 is the wide space.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLD = {code: _SMALL.get(half, half) for code, half in _HALF.items()} | _SMALL

# What is worth translating. Wide commas and brackets are in every Chinese sentence and in hardly
# any label, and translating the whole text would take as long as all the matching.
_FOLDABLE = re.compile("[A-Z０-９Ａ-Ｚａ-ｚ＋＆－　]+")


def fold_characters(text: str) -> str:
    """Fold width and case, one character to one character.

    Returns
    -------
    str
        Of the same length as `text`.
    """
    return _FOLDABLE.sub(_translate, text)


def _translate(match: re.Match[str]) -> str:
    return match[0].translate(_FOLD)
