"""References after GB/T 7714, editions of 2015 and 2025, in the numeric order.

The edition of 2025 (in force since 2026-07-01) keeps the order of the parts and changes the marks:
all but the stop and square brackets are full-width, and surnames keep their case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from textmine.export.work import Name, Work

Edition = Literal["2015", "2025"]

NAMED = 3  # more authors than these are 等 or et al. (8.1.2)
TYPES = {"article": "J", "thesis": "D", "newspaper": "N", "policy": "A", "other": "Z"}


class _Marks(NamedTuple):
    colon: str
    comma: str
    left: str
    right: str


_MARKS: dict[Edition, _Marks] = {
    "2015": _Marks(": ", ", ", "(", ")"),
    "2025": _Marks("：", "，", "（", "）"),
}
_COLON = re.compile(r"\s*[:：]\s*")
_LEFT = re.compile(r" ?[(（]")
_RIGHT = re.compile(r"[)）] ?")
_INNER_COLON = re.compile(r"：\s*|:\s+")


def reference(work: Work, *, edition: Edition) -> str:
    """The reference of one work, without a number.

    A policy is cited as `发文机关. 题名: 文号[A]. 日期.`, as the standard cites a regulation.
    Titles keep the case that they are recorded in.
    """
    marks = _MARKS[edition]
    title = _brackets(_INNER_COLON.sub(marks.colon, work.title), marks)
    number = f"{marks.colon}{work.number}" if work.number else ""
    carrier = "/OL" if work.doi else ""
    parts = [
        _names(work, edition, marks),
        f"{title}{number}[{TYPES[work.kind]}{carrier}]",
        _source(work, marks),
        f"DOI:{work.doi}" if work.doi else "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def bibliography(works: Iterable[Work], *, edition: Edition) -> str:
    """Numbered references, one a line, in the order given."""
    lines = (f"[{n}] {reference(w, edition=edition)}\n" for n, w in enumerate(works, 1))
    return "".join(lines)


def _names(work: Work, edition: Edition, marks: _Marks) -> str:
    shown = [_name(name, edition) for name in work.names[:NAMED]]
    if len(work.names) > NAMED:
        shown.append("等" if work.chinese else "et al")
    return marks.comma.join(shown)


def _name(name: Name, edition: Edition) -> str:
    """`KANAMORI H` or `Kanamori H`: initials without stops."""
    if not name.given:
        return name.family
    initials = " ".join(part[0].upper() for part in re.split(r"[\s.\-]+", name.given) if part)
    if name.given.replace(".", "").replace(" ", "").isupper() and len(name.given) <= 4:
        initials = " ".join(c for c in name.given if c.isalpha())
    return f"{name.family.upper() if edition == '2015' else name.family} {initials}"


def _source(work: Work, marks: _Marks) -> str:
    """Where and when it appeared."""
    match work.kind:
        case "article":
            return _journal(work, marks)
        case "newspaper":
            page = f"{marks.left}{work.pages}{marks.right}" if work.pages else ""
            return marks.comma.join(filter(None, (work.container, (work.date or work.year) + page)))
        case "thesis":
            house = marks.colon.join(filter(None, (work.place, work.publisher)))
            at = f"{marks.colon}{work.pages}" if work.pages else ""
            return marks.comma.join(filter(None, (house, work.year + at)))
        case _:
            return work.date or work.year


def _journal(work: Work, marks: _Marks) -> str:
    """`刊名, 年, 卷(期): 页`; without a volume the issue follows the year.

    What is online before its issue has the day instead.
    """
    issue = f"{marks.left}{work.issue}{marks.right}" if work.issue else ""
    early = not (work.volume or work.issue or work.pages) and len(work.date) == len("2009-03-01")
    dated = [(work.date if early else work.year) + ("" if work.volume else issue)]
    if work.volume:
        dated.append(work.volume + issue)
    pages = f"{marks.colon}{work.pages}" if work.pages else ""
    container = _brackets(_COLON.sub(marks.colon, work.container), marks)
    return marks.comma.join(filter(None, (container, *dated))) + pages


def _brackets(text: str, marks: _Marks) -> str:
    """Round brackets in the edition's form; full-width ones have no blanks beside them."""
    if marks.left == "(":
        return text.translate({0xFF08: "(", 0xFF09: ")"})
    return _LEFT.sub("（", _RIGHT.sub("）", text))
