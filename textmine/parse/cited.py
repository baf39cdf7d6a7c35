"""Cited references in the databases' own short styles: CSSCI, Web of Science.

References in other styles go to `textmine.parse.references`.
"""

from __future__ import annotations

import re

from textmine.records import Reference

_CSSCI_NUMBER = re.compile(r"(?P<n>\d{1,4})\.(?P<rest>.*)", re.DOTALL)
_CSSCI_END = re.compile(
    r"""
      \.(?P<year>1[5-9]\d\d|20\d\d)(?:\.(?P<volume>\d{0,4})(?:\((?P<issue>[^()]{1,20})\))?)?\.?
      (?::(?P<pages>[\d,+-]{1,20}))?$                         # .1996.(1) or .2012.32(16)
    | ,(?P<printed>1[5-9]\d\d|20\d\d)(?::(?P<at>[\d,+-]{1,20}))?$   # 北京:法律出版社,2012:4
    | \.\((?P<number>\d{1,4})\)$                              # an issue without year
    | :(?P<page>\d{1,5}(?:-\d{1,5})?)$
    """,
    re.VERBOSE,
)
_FIELD_MARK = re.compile(r"\.(?! )")
"""CSSCI parts fields by a stop without space; stops inside ("Harv. L. Rev.") have one behind."""


def from_cssci(raw: str) -> Reference:
    """A reference as CSSCI keeps it: `n.author.title.journal.year.volume(issue)`.

    Books end in `place:publisher`; the author may be empty, initials keep their stop
    ("Jonassen,D..Mental models").
    """
    numbered = _CSSCI_NUMBER.match(raw)
    n, rest = (int(numbered["n"]), numbered["rest"]) if numbered else (None, raw)
    end = _CSSCI_END.search(rest)
    parts: dict[str, str] = {k: v or "" for k, v in end.groupdict().items()} if end else {}
    author, title, container = _cssci_fields(rest[: end.start()] if end else rest)
    year = parts.get("year") or parts.get("printed") or ""
    place, publisher, journal = "", "", container
    serial = parts.get("volume") or parts.get("issue") or parts.get("number")
    if not serial and (":" in container or not year):
        place, _, publisher = container.rpartition(":")
        journal = ""
    return Reference(
        n, raw, type="J" if journal and serial else "M" if publisher else "",
        authors=(author,) if author else (), title=title, journal=journal, place=place,
        publisher=publisher, year=int(year) if year else None, volume=parts.get("volume", ""),
        issue=parts.get("issue", "") or parts.get("number", ""),
        pages=parts.get("pages") or parts.get("at") or parts.get("page", ""),
        language="zh" if re.search(r"[\u3400-\u9fff]", title) else "en",
    )  # fmt: skip


def _cssci_fields(head: str) -> tuple[str, str, str]:
    """Author, title, and journal or place with publisher."""
    # The author is the first field, unless none was recorded (the entry opens with the stop).
    mark = _FIELD_MARK.search(head)
    if mark is None:
        return "", head.strip(), ""
    author, rest = head[: mark.start()], head[mark.end() :]
    if rest.startswith("."):
        author, rest = author + ".", rest[1:]
    pieces = [piece for piece in _FIELD_MARK.split(rest.rstrip(".")) if piece]
    if len(pieces) < 2:
        return author.strip(), rest.strip(), ""
    return author.strip(), ".".join(pieces[:-1]).strip(), pieces[-1].strip()


_WOS_PLACE = re.compile(r"(?P<mark>[VP])(?P<value>[A-Za-z]?\d{1,7})")
_DOI = re.compile(r"10\.\d{4,9}/[^\s,\]]+")
_WOS_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def from_wos(raw: str, n: int | None) -> Reference:
    """A reference as Web of Science keeps it: `Author, year, source, Vn, Pn, DOI d`.

    The source is an abbreviated journal or a book; there is no title.
    """
    head, _, doi = raw.partition(", DOI ")
    parts = [part.strip() for part in head.split(",")]
    # A year has four figures; an author's name may hold a comma or two before it.
    at = next((i for i, part in enumerate(parts[:4]) if _WOS_YEAR.fullmatch(part)), None)
    author = ", ".join(parts[:at]) if at is not None else parts[0]
    found = {"S": "", "V": "", "P": ""}
    for part in parts[at + 1 if at is not None else 1 :]:
        numbered = _WOS_PLACE.fullmatch(part) if part[:1] in ("V", "P") else None
        mark, value = numbered.groups() if numbered else ("S", part)
        found[mark] = found[mark] or value
    identifier = _DOI.search(doi) if doi else None
    return Reference(
        n, raw, authors=(author,) if author else (), journal=found["S"],
        year=int(parts[at]) if at is not None else None, volume=found["V"], pages=found["P"],
        doi=identifier.group().rstrip(".") if identifier else "", language="en",
    )  # fmt: skip
