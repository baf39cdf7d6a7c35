"""Repair that changes the length of a text, with the place of every character in the original.

Taken out are marks of no width, blanks between the characters of a word (产业集 群), and line
breaks inside a paragraph, which would cut the word that stands across them. Ligatures are taken
apart (ﬁ), and UTF-8 that was read as Windows-1252 is read again (äº§ä¸š: 产业). What was read
with a wrong Chinese encoding is lost more often than not and stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textmine.segment.arrays import Codes, Flags, Longs

LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
NO_WIDTH = (0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
BLANKS = (0x20, 0x3000)
FULL_LINE = 20
"""Characters from which on a line is a full line of a paragraph: narrow columns have so many,
headings hardly ever."""

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
# A character of three bytes, twice at least; its first byte is that of Han or of their marks.
_UTF8 = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){2,}")


@dataclass(frozen=True, eq=False)
class Places:
    """Where the characters of repaired texts stand in the original ones.

    Attributes
    ----------
    starts, ends
        Where each character begins and ends in the joined originals; shape (characters,).
    bounds
        Where each original begins there, and at last where the last ends; shape (texts + 1,).
    """

    starts: Longs
    ends: Longs
    bounds: Longs


def repair(codes: Codes, bounds: Longs) -> tuple[Codes, Longs, Places] | None:
    """Repair texts that stand one after another.

    Parameters
    ----------
    bounds
        Where each text begins, and at last where the last ends; shape (texts + 1,).

    Returns
    -------
    tuple or None
        The repaired characters, the bounds of the texts in them, and their places; None when
        nothing is to be repaired.
    """
    kind = _KIND.take(codes, mode="clip")  # the last kind is that of all beyond: none
    gone = np.flatnonzero(kind == _NO_WIDTH)
    inside = _inside_words(codes, bounds, np.flatnonzero((kind == _BLANK) | (kind == _BREAK)))
    misread = _misread(codes, bounds, np.flatnonzero(kind == _LEAD))
    wide = np.flatnonzero(kind == _LIGATURE)
    if not (len(gone) or len(inside) or misread or len(wide)):
        return None
    starts = np.arange(len(codes), dtype=np.int64)
    ends = starts + 1
    times = np.ones(len(codes), dtype=np.int64)
    times[gone] = times[inside] = 0
    new = codes.copy()
    for start, character in misread:
        new[start] = character
        ends[start] = start + 3
        times[start + 1 : start + 3] = 0
    times[wide] = [len(LIGATURES[code]) for code in codes[wide].tolist()]
    new = np.repeat(new, times)
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(times)])
    for i in wide.tolist():
        new[before[i] : before[i + 1]] = [ord(c) for c in LIGATURES[int(codes[i])]]
    places = Places(np.repeat(starts, times), np.repeat(ends, times), bounds)
    return new, before[bounds], places


_NO_WIDTH, _BLANK, _BREAK, _LIGATURE, _LEAD = 1, 2, 3, 4, 5


def _kinds() -> NDArray[np.uint8]:
    """What each code point may have to be repaired for; the last one stands for all beyond."""
    kinds = np.zeros(0xFFFF + 1, dtype=np.uint8)
    kinds[list(NO_WIDTH)] = _NO_WIDTH
    kinds[list(BLANKS)] = _BLANK
    kinds[ord("\n")] = _BREAK
    kinds[list(LIGATURES)] = _LIGATURE
    kinds[[*range(0xE2, 0xEA), 0xEF]] = _LEAD
    return kinds


_KIND = _kinds()


def _inside_words(codes: Codes, bounds: Longs, blank: Longs) -> Longs:
    """Which of these blanks and line breaks stand between Han characters and part no words.

    A blank goes where a Han character stands alone on one side of it: words are two characters
    or more, and a list of words keeps its blanks. A line break goes after a full line.
    """
    text = np.searchsorted(bounds, blank, "right")

    def han(step: int) -> Flags:
        """Whether a Han character of the same text stands so far from each blank."""
        at = blank + step
        beside = codes[np.clip(at, 0, len(codes) - 1)]
        inside = (at >= bounds[text - 1]) & (at < bounds[text])
        return inside & (beside >= _FIRST_HAN) & (beside <= _LAST_HAN)

    between = han(-1) & han(1)
    single = ~han(-2) | ~han(2)
    broken = codes[blank] == ord("\n")
    breaks = np.union1d(blank[broken] + 1, bounds)
    line = blank - breaks[np.searchsorted(breaks, blank, "right") - 1]
    chosen: Longs = blank[between & np.where(broken, line >= FULL_LINE, single)]
    return chosen


def _windows_1252() -> NDArray[np.uint8]:
    """The byte that each character was read from, 0 for none; as browsers, with C1 controls."""
    byte_of = np.zeros(0x2124, dtype=np.uint8)  # to ™ and one beyond
    byte_of[0x80:0x100] = np.arange(0x80, 0x100)
    for byte in range(0x80, 0xA0):
        try:
            byte_of[ord(bytes([byte]).decode("cp1252"))] = byte
        except UnicodeDecodeError:  # five bytes mean nothing there and stay controls
            continue
    return byte_of


_BYTE_OF = _windows_1252()


def _misread(codes: Codes, bounds: Longs, leads: Longs) -> list[tuple[int, int]]:
    """Where three characters are the bytes of one, and which; `leads` may be first bytes."""
    found = []
    for text in np.unique(np.searchsorted(bounds, leads, "right") - 1).tolist():
        begin, end = int(bounds[text]), int(bounds[text + 1])
        own = codes[begin:end]
        data = _BYTE_OF.take(own, mode="clip")  # 0, no byte of the pattern, for what is no byte
        for match in _UTF8.finditer(data.tobytes()):
            for start in range(match.start(), match.end(), 3):
                character = data[start : start + 3].tobytes().decode("utf-8", "ignore")
                if character:
                    found.append((begin + start, ord(character)))
    return found
