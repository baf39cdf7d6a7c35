"""Dates as Chinese documents print them, to ISO 8601 at the precision of the source.

Understands Arabic and Han numerals, separated by 年月日, by hyphens, slashes or stops. A date that
does not exist (30 February, month 13) is no date. Eras (光绪, 民国) and seasons are left alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "Ｏ": 0, "O": 0}
_DIGITS |= {"o": 0, "0": 0, "两": 2, "元": 1, "◯": 0, "O": 0, "О": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_HAN_DIGIT = "〇○◯零ＯOoО0一二三四五六七八九"
_GAP = r"[ \t\u3000]{0,2}"
"""OCR and justified print put a space or two between the figures and 年, 月, 日."""

_DATE = re.compile(
    rf"""
      # 1. 2008年12月30日, 2008 年 12 月, 2008年; not the tail of a longer number
      (?<!\d)(?P<y1>[12]\d{{3}}){_GAP}年
        (?:{_GAP}(?P<m1>\d{{1,2}}){_GAP}月(?:{_GAP}(?P<d1>\d{{1,2}}){_GAP}[日号])?)?
      # 2. 二〇〇八年十二月三十日, with any of the circles that typists take for 〇
    | (?P<y2>[一二][{_HAN_DIGIT}]{{3}}){_GAP}年
        (?:{_GAP}(?P<m2>[元一二三四五六七八九十]{{1,2}}){_GAP}月
          (?:{_GAP}(?P<d2>[一二三四五六七八九十]{{1,3}}){_GAP}[日号])?)?
      # 3. 2008-12-30, 2008/12/30, 2008.12.30, 2008-12; a second stop keeps "2008.12" (a version,
      #    an issue) from being a month
    | (?<![\d.])(?P<y3>[12]\d{{3}})(?P<s>[-－–/／.．])(?P<m3>\d{{1,2}})
        (?:(?P=s)(?P<d3>\d{{1,2}}))?(?!\d|[-/.]\d)
    """,
    re.VERBOSE,
)


class FoundDate(NamedTuple):
    """A date with its place: `text[start:end]` is how it was printed."""

    iso: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Every date in a text, in order, each as precise as it is printed."""
    for match in _DATE.finditer(text):
        iso = _iso(match)
        if iso:
            yield FoundDate(iso, match.start(), match.end())


def first_date(text: str) -> str:
    """The first date of a text in ISO form, or an empty string."""
    return next((found.iso for found in find_dates(text)), "")


def han_number(numeral: str) -> int | None:
    """The value of a Han numeral: 二十一 is 21, 一百零三 is 103, 二〇〇八 is 2008.

    Returns None for anything that is not one.
    """
    if not numeral or any(c not in _DIGITS and c not in _UNITS for c in numeral):
        return None
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral)) if len(numeral) < 10 else None
    total, digit = 0, 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            # 十 without a figure before it is one ten.
            total += (digit or 1) * _UNITS[c]
            digit = 0
    return total + digit


def _iso(match: re.Match[str]) -> str:
    """The match as ISO date, or nothing if the calendar does not have it."""
    case = next(c for c in "123" if match["y" + c])
    year, month, day = (_value(match[part + case]) for part in "ymd")
    if case == "3" and match["s"] in ".．" and not day:
        return ""
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return ""
    if (match["m" + case] and not month) or (match["d" + case] and not day):
        return ""
    parts = [f"{year:04}", f"{month:02}", f"{day:02}"]
    return "-".join(parts[: 1 + bool(month) + bool(month and day)])


def _value(figures: str | None) -> int:
    if not figures:
        return 0
    return int(figures) if figures.isdecimal() else han_number(figures) or 0
