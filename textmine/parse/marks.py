"""Full-width and half-width marks made one, character for character.

Chinese print mixes ［J］, [J] and 【J】, `:` and `：`. Patterns are matched on the folded text,
values are cut from the original at the same offsets.
"""

from __future__ import annotations

_WIDE = "［］【】〔〕「」（）：，．；／－–—―‐‑−～＝＜＞？！％＆　＂＇"
_NARROW = "[][][][]():,.;/-------~=<>?!%& \"'"
_FOLD = str.maketrans(
    _WIDE
    + "".join(chr(c + 0xFEE0) for c in range(0x30, 0x3A))
    + "".join(chr(c + 0xFEE0) for c in (*range(0x41, 0x5B), *range(0x61, 0x7B)))
    + "\u00a0\u2002\u2003\u2009\t",
    _NARROW
    + "0123456789"
    + "".join(chr(c) for c in (*range(0x41, 0x5B), *range(0x61, 0x7B)))
    + " " * 5,
)


def fold_marks(text: str) -> str:
    """The text with narrow brackets, stops, dashes, figures and letters; the same length."""
    return text.translate(_FOLD)
