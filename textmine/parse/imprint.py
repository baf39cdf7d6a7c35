"""What stands behind the title of a reference: where, by whom, when it was published.

One function per kind of tail: serials (journal, year, volume(issue): pages) and separate works
(place: publisher, year: pages). All take text with folded marks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

YEAR = r"(?:1[0-9]|20)\d\d"


class Imprint(NamedTuple):
    """The parts of a tail; empty where it does not say."""

    container: str = ""
    place: str = ""
    publisher: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


_PAGE = r"[A-Za-z]{0,3}\d[\w.]{0,9}"
_PAGES = rf"{_PAGE}(?:\s?[-~+,]\s?{_PAGE}){{0,8}}\+?"
_VOLUME = r"(?:[Vv]ol(?:ume)?\.?\s?|V\.?\s?|第)?(?P<volume>[A-Z]?\d{1,5}(?:[-/]\d{1,4})?|[IVXLC]{1,7})\s?卷?"
_ISSUE = r"\(\s?(?P<issue>[^()]{1,24}?)\s?\)"

_SERIAL = re.compile(
    rf"""
    (?:^|[,.:;]\s?|\s|(?<=[\u3400-\u9fff》)]))
    (?:
      # 1. 2008, 52 (6): 6-21   2007(5):9-12   2009,(4)   2013,58(Z1)   2010-01-12(2)
      (?P<year>{YEAR})(?P<day>-\d{{1,2}}(?:-\d{{1,2}})?)?[a-z]?年?\s?[,.:;]?\s?
        (?:{_VOLUME}(?![-\d])\s?[,.]?\s?)?(?:{_ISSUE}|,?\s?(?:[Nn]o\.?\s?|第)(?P<no>\d{{1,3}})\s?期?)?
      # 2. author-year lists have the year in front: 52 (6): 6-21
    | {_VOLUME.replace("volume", "volume2")}\s?{_ISSUE.replace("issue", "issue2")}
      # 3. (6): 6-21
    | {_ISSUE.replace("issue", "issue3")}(?=\s?:)
    )
    \s?(?:[:,]\s?(?:[Pp]{{1,2}}\.?\s?|第)?(?P<pages>{_PAGES})\s?页?)?\s?\.?\s?$
    """,
    re.VERBOSE,
)


def serial(tail: str) -> Imprint | None:
    """Journal, year, volume, issue and pages of an article, or None if it does not end so."""
    found = _SERIAL.search(tail[-160:])
    if found is None:
        return None
    container = tail[: max(0, len(tail) - 160) + found.start()]
    get = found.groupdict()
    issue = get["issue"] or get["no"] or get["issue2"] or get["issue3"] or ""
    pages = get["pages"] or ""
    if get["day"] and not pages:
        # A newspaper: the figure in brackets is its page.
        issue, pages = "", issue
    return Imprint(
        container=container.strip(" .,:"),
        year=get["year"] or "",
        volume=get["volume"] or get["volume2"] or "",
        issue=issue,
        pages=tidy_pages(pages),
    )


_SEPARATE = re.compile(
    rf"""
    (?:(?P<place>[^:]{{1,60}}?)\s?:\s?)?
    (?P<publisher>[^:]{{1,120}}?)?
    (?:(?:^|[,.(\s]\s?)[cC©]?\[?(?P<year>{YEAR})(?:-\d{{0,4}})?[a-z]?\]?(?:\([^()]{{1,20}}\))?年?\)?)?
    (?:\s?[:,]\s?(?:[Pp]{{1,2}}\.?\s?|第)?(?P<pages>{_PAGES})\s?页?)?
    \s?[.]?\s?
    """,
    re.VERBOSE,
)
_STOP = re.compile(r"\.\s|(?<=[\u3400-\u9fff])\.(?!$)")


def separate(tail: str) -> Imprint:
    """Place, publisher, year and pages of a book, thesis, report or collection."""
    # Edition and translator stand before the place, each closed by a stop.
    segments = [s.strip() for s in _segments(tail[:600])]
    for i, segment in enumerate(segments):
        if ":" in segment or i == len(segments) - 1:
            whole = segment + " ".join(["", *segments[i + 1 :]]) if ":" in segment else segment
            for candidate in (segment, whole):
                found = _SEPARATE.fullmatch(candidate.strip(" ."))
                if found:
                    return _separate(found, before=". ".join(segments[:i]))
    return Imprint(container=tail.strip(" ."))


def _segments(tail: str) -> list[str]:
    """The parts between stops; stops of initials and abbreviations part nothing."""
    parts: list[str] = []
    start = 0
    for stop in _STOP.finditer(tail):
        word = re.search(r"[\w.]*$", tail[: stop.start()])
        if word and re.fullmatch(r"(?:[A-Z]|D\.C|St|Co|Inc|Ltd|U\.S|[A-Z]\.[A-Z])", word.group()):
            continue
        parts.append(tail[start : stop.start()])
        start = stop.end()
    parts.append(tail[start:])
    return [part for part in parts if part.strip(" .")]


def _separate(found: re.Match[str], *, before: str) -> Imprint:
    publisher = (found["publisher"] or "").strip(" ,.")
    return Imprint(
        container=before,
        place=(found["place"] or "").strip(" ,"),
        publisher=publisher,
        year=found["year"] or "",
        pages=tidy_pages(found["pages"] or ""),
    )


def tidy_pages(pages: str) -> str:
    """Pages with plain hyphens and no blanks."""
    return re.sub(r"\s", "", pages).rstrip(".")
