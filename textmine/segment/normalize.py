"""Normalisation before cutting: one character to one character, so that places stay the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
# Compatibility forms that OCR and old encodings leave behind, and marks that words hold (互联网+).
_VARIANTS = {
    "＋": "+",
    "％": "%",
    "○": "〇",
    "﹒": "·",
    "•": "·",
    "∶": "：",
    "﹐": "，",
    "﹑": "、",
    "﹔": "；",
}
_TABLE = {**_WIDTH, **{ord(k): ord(v) for k, v in _VARIANTS.items()}}
FINGERPRINT = "".join(f"{a:x}{b:x}" for a, b in sorted(_TABLE.items()))
_ARRAY = np.arange(max(_TABLE) + 1, dtype=np.uint32)
_ARRAY[list(_TABLE)] = list(_TABLE.values())


def normalize(text: str) -> str:
    """Letters and digits in half width, compatibility marks in their usual form.

    `len(normalize(text)) == len(text)`, and each character stands for the one at its place.
    """
    return text.translate(_TABLE)


def normalize_codes(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """`normalize` for code points."""
    normal = _ARRAY.take(codes, mode="clip")
    beyond = np.flatnonzero(codes >= len(_ARRAY))
    normal[beyond] = codes[beyond]
    return normal
