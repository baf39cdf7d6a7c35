"""Normalisation before cutting: one character to one character, so that places stay the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from itertools import chain

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
# Radicals that PDFs hold in the place of the characters they look like; Unicode knows no more of
# them than of the others, whose compatibility forms it gives.
_RADICALS = dict(
    zip(
        "⺎⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰",
        "兀母民虎西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
_COMPATIBLE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


def simplified() -> dict[str, str]:
    """Traditional characters and their simplified forms, one to one (OpenCC; see the file)."""
    lines = resources.files(__package__).joinpath("traditional.txt").read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for x in lines if not x.startswith("#") for pair in x.split()}


def _is_simplified_too(character: str) -> bool:
    """Whether simplified text has it as well (乾坤, 徵羽): GB 2312 holds what that needs."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _compatible() -> Iterator[tuple[str, str]]:
    for code in chain(*_COMPATIBLE):
        usual = unicodedata.normalize("NFKC", chr(code))
        if len(usual) == 1 and usual != chr(code):
            yield chr(code), usual


def _table() -> dict[int, int]:
    folded = {a: b for a, b in simplified().items() if not _is_simplified_too(a)}
    usual = dict(_compatible()) | _RADICALS
    usual = {a: folded.get(b, b) for a, b in usual.items()}
    return {**_WIDTH, **{ord(a): ord(b) for a, b in {**_VARIANTS, **folded, **usual}.items()}}


_TABLE = _table()
FINGERPRINT = sha256(repr(sorted(_TABLE.items())).encode()).hexdigest()[:12]
_ARRAY = np.arange(max(_TABLE) + 1, dtype=np.uint32)
_ARRAY[list(_TABLE)] = list(_TABLE.values())


def normalize(text: str) -> str:
    """Letters and digits in half width, simplified characters, compatibility forms as usual.

    Traditional characters that simplified text uses, too (乾 in 乾坤), stay. `len(normalize(text))
    == len(text)`, and each character stands for the one at its place.
    """
    return text.translate(_TABLE)


def normalize_codes(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """`normalize` for code points."""
    normal = _ARRAY.take(codes, mode="clip")
    beyond = np.flatnonzero(codes >= len(_ARRAY))
    normal[beyond] = codes[beyond]
    return normal
