"""Numberings of headings: 1, 1.1, 一、, （一）, 第一章, 第一条 and what stands behind them.

A numbering is read from the start of one line. Whether a numbered line is a heading (and not an
item of a list or a sentence) is decided from its shape here, and from the sequence of numbers by
whoever sees the whole document; see `in_sequence`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from textmine.parse.dates import han_number

Style = Literal["part", "chapter", "section", "article", "han", "han_paren", "arabic", "paren"]

LONGEST = 70
"""Characters of the longest heading: the longest in the papers at hand have about 60."""


class Numbering(NamedTuple):
    """The number at the start of a line.

    `number` is the number as a reader would cite it ("2.1", "一", "第三条"), `path` its values
    ((2, 1), (1,), (3,)), `level` the depth it has by custom, `end` where the text behind it starts.
    """

    number: str
    path: tuple[int, ...]
    style: Style
    level: int
    end: int


class Heading(NamedTuple):
    """A heading line: number (may be empty), title, and what numbers it (None: nothing)."""

    number: str
    title: str
    level: int
    numbering: Numbering | None


_HAN = "〇零一二三四五六七八九十百"
_NUMBERING = re.compile(
    rf"""
    [ \t\u3000]*
    (?:
      # 1. 第三章, 第 12 条 (also 编 and 篇): the unit makes the level
      第[ ]?(?P<of>[{_HAN}]{{1,6}}|\d{{1,3}})[ ]?(?P<unit>[编篇章节条]|部分)
        (?!的)[ \t\u3000:：、]*
      # 2. （一） (一) 〔一〕 , also when OCR lost the opening bracket's width
    | [（(〔]\s?(?P<hp>[{_HAN}]{{1,4}})\s?[）)〕][ \t\u3000、.．]*
      # 3. 一、 一. 一　  (a Han number needs a mark behind it: 一般 is a word)
    | (?P<h>[{_HAN}]{{1,4}})(?:[、．.,，:：]|[ \t\u3000]+(?=[^\s]))[ \t\u3000]*
      # 4. 1.2.3 or 1．2: dotted numbers need no space behind them
    | (?P<dotted>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}(?![\d%％])|\d{{1,2}}[.．]\d(?=20世纪|20\d\d年))[.．、]?[ \t\u3000]*
      # 5. （1） (1) 1） 1): an item
    | [（(]\s?(?P<p>\d{{1,2}})\s?[）)][ \t\u3000]*
    | (?P<half>\d{{1,2}})[）)][ \t\u3000]*
      # 6. 1 引言, 1. 引言, 1、引言, 1引言 (glued by OCR; never before a unit or a year's 年)
    | (?P<a>\d{{1,2}})(?:[、.．,，:：](?!\d)[ \t\u3000]*|[ \t\u3000]+|(?=[\u3400-\u9fff“‘「《]))
    )
    """,
    re.VERBOSE,
)
_UNIT_LEVEL: dict[str, tuple[Style, int]] = {
    "编": ("part", 1),
    "篇": ("part", 1),
    "部分": ("part", 1),
    "章": ("chapter", 1),
    "节": ("section", 2),
    "条": ("article", 3),
}
_GLUED_UNIT = re.compile(r"[年月日号个家种项次条届位名人岁万亿多余倍类期页卷世时分秒天周]")
"""What follows a bare number in running text ("3个方面"): then it numbers nothing."""


def numbering(line: str, *, marked: bool = False) -> Numbering | None:
    """The number that a line starts with, or None.

    Parameters
    ----------
    line
        One line, without Markdown marks; leading blanks allowed.
    marked
        Whether the source marks the line as a heading: then a figure numbers it even if a word
        that could be its unit follows at once (5人才培育).
    """
    m = _NUMBERING.match(line)
    if m is None:
        glued = re.match(r"\s*(\d{1,2})(?=[A-Za-z])", line) if marked else None
        return Numbering(glued[1], (int(glued[1]),), "arabic", 1, glued.end()) if glued else None
    end = m.end()
    if m["of"]:
        value = _value(m["of"])
        style, level = _UNIT_LEVEL[m["unit"]]
        return Numbering(f"第{m['of']}{m['unit']}", (value,), style, level, end)
    if m["hp"]:
        return Numbering(f"（{m['hp']}）", (_value(m["hp"]),), "han_paren", 2, end)
    if m["h"]:
        return Numbering(m["h"], (_value(m["h"]),), "han", 1, end)
    if m["dotted"]:
        number = m["dotted"].replace("．", ".")
        path = tuple(int(part) for part in number.split("."))
        return Numbering(number, path, "arabic", len(path), end)
    if m["p"] or m["half"]:
        figure = m["p"] or m["half"]
        number = f"（{figure}）" if m["p"] else f"{figure}）"
        return Numbering(number, (int(figure),), "paren", 4, end)
    if not marked and m.end() == m.end("a") and _GLUED_UNIT.match(line, end):
        return None
    return Numbering(m["a"], (int(m["a"]),), "arabic", 1, end)


def _value(figures: str) -> int:
    return int(figures) if figures.isdecimal() else han_number(figures) or 0


UNNUMBERED = re.compile(
    r"""
    (?: 引\s?言 | 前\s?言 | 导\s?言 | 绪\s?论 | 导\s?论 | 问题的?提出 | 序\s?言 | 引子
      | 文献(?:综述|回顾|述评) | 研究(?:方法|设计|背景|意义|结论|展望) | 讨\s?论 | 总\s?结
      | 结\s?[语论] | 结\s?束\s?语 | 小\s?结 | 余\s?论 | 结论[与及和](?:建议|讨论|展望|启示)
      | 附\s?[录则件] | 总\s?则 | 致\s?谢 )
    """,
    re.VERBOSE,
)
"""Headings that papers commonly leave without a number."""

_SENTENCE = re.compile(r"[。；;！!]")


def heading(line: str, *, marked: bool = False) -> Heading | None:
    """Read a line as a heading, if it has the shape of one.

    Parameters
    ----------
    line
        One line, without Markdown marks.
    marked
        Whether the source itself marks the line as a heading (Markdown, DOCX style, HTML h1–h6):
        then no number and no known name is needed.

    Returns
    -------
    Heading or None
        None for sentences, long lines and numbers without a title behind them.
    """
    found = numbering(line, marked=marked)
    title = line[found.end :] if found else line
    title = " ".join(title.split())
    if not title or len(title) > LONGEST or not any(c.isalpha() for c in title):
        return None
    if marked and title.endswith(("。", "；", "。)", "。）")):
        return None
    if found is None:
        named = UNNUMBERED.fullmatch(title.rstrip(":："))
        if not marked and named is None:
            return None
        return Heading("", title, 1, None) if marked or named else None
    # A heading is no sentence: it neither ends in a stop nor has one inside.
    if _SENTENCE.search(title) or (title[-1] in ",，、:：" and not marked):
        return None
    return Heading(found.number, title, found.level, found)


def in_sequence(before: Sequence[Numbering], this: Numbering) -> bool:
    """Whether a number can follow the numbers accepted before it.

    A number continues its own style (3 after 2, 2.1 after 2, 3 after 2.4) or opens a new one at
    0 or 1. This keeps lists, years and quantities at line starts out of the headings.

    Parameters
    ----------
    before
        The numberings accepted so far, in order.
    this
        The candidate.
    """
    path, depth = this.path, len(this.path)
    previous = next(
        (n.path for n in reversed(before) if n.style == this.style and len(n.path) <= depth), None
    )
    if depth > 1:
        return _continues(previous, path)
    if path[0] <= 1:
        # Numbers begin again under a new heading of another kind, not in mid-section.
        fresh = not any(n.style == this.style for n in before)
        return fresh or before[-1].style != this.style or before[-1].path[0] < path[0]
    same = [n.path[0] for n in before if n.style == this.style]
    # OCR loses a heading now and then: one may be missing.
    return bool(same) and 0 < path[0] - same[-1] <= 2


def _continues(previous: tuple[int, ...] | None, path: tuple[int, ...]) -> bool:
    """Whether a dotted number may follow the last one that is not deeper than it."""
    if previous is None:
        # The parent's heading may have been lost or have no number.
        return path[-1] <= 1 and path[0] <= 2
    if len(previous) < len(path):
        return (previous == path[: len(previous)] and path[-1] <= 2) or (
            path[0] - previous[0] in (0, 1) and path[-1] <= 1
        )
    if previous[:-1] == path[:-1]:
        return 0 < path[-1] - previous[-1] <= 2
    return path > previous and path[-1] <= 1 and path[0] - previous[0] <= 1
