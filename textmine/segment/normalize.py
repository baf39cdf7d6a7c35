"""Normalisation before cutting: one character to one character, so that places stay the same."""

from __future__ import annotations

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
# Compatibility forms that OCR and old encodings leave behind.
_VARIANTS = {"○": "〇", "﹒": "·", "•": "·", "∶": "：", "﹐": "，", "﹑": "、", "﹔": "；"}
_TABLE = {**_WIDTH, **{ord(k): ord(v) for k, v in _VARIANTS.items()}}


def normalize(text: str) -> str:
    """Letters and digits in half width, compatibility marks in their usual form.

    `len(normalize(text)) == len(text)`, and each character stands for the one at its place.
    """
    return text.translate(_TABLE)
