"""What stands behind the title of a reference: where, by whom, when it was published.

One function per kind of tail: serials (journal, year, volume(issue): pages) and separate works
(place: publisher, year: pages). All take text with folded marks and read it from its end, where
its shape is firm.
"""

from __future__ import annotations

import re
from typing import NamedTuple

YEAR = r"(?:1[0-9]|20)\d\d"


class Imprint(NamedTuple):
    """The parts of a tail; empty where it does not say.

    `container` is the journal, or what stands before the place: edition, translator, host work.
    """

    container: str = ""
    place: str = ""
    publisher: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


_PAGE = r"[A-Za-z]{0,5}\d[\w.]{0,9}"
_PAGES = rf"{_PAGE}(?:\s?[-~+,]\s?{_PAGE}){{0,8}}\+?"
_VOLUME = (
    r"(?:[Vv]ol(?:ume)?\.?\s?|[Vv]\.?\s?|第\s?)?(?:[A-Z]?\d{1,5}(?:[-/]\d{1,4})?|[IVXLC]{1,7})"
)
_AT = rf"(?:\s?[:,]\s?(?:[Pp]{{1,2}}\.?\s?|第\s?)?(?P<pages>{_PAGES})\s?页?)"
_SERIAL = re.compile(
    rf"""
    (?:^|[,.:;]\s?|\s|(?<=[\u3400-\u9fff》)]))
    (?:
      # 1. 2008, 52 (6): 6-21   2007(5):9-12   2009,(4)   2013,58(Z1)   2010-01-12(2)   2009年第5期
      (?P<year>{YEAR})(?P<day>-\d{{1,2}}(?:-\d{{1,2}})?)?[a-z]?\s?年?\s?[,.;]?\s?
        (?:(?P<volume>{_VOLUME})\s?卷?(?![-\d])\s?[,.]?\s?)?
        (?:\(\s?(?P<issue>[^()]{{1,24}}?)\s?\)|[,.]?\s?(?:[Nn]o\.?\s?|第\s?)(?P<no>\d{{1,3}})\s?期?)?
        {_AT}?
      # 2. author-year lists have the year in front: 52 (6): 6-21, 510: 356-362
    | (?P<volume2>{_VOLUME})\s?卷?\s?,?\s?\(\s?(?P<issue2>[^()]{{1,24}}?)\s?\){_AT.replace("<pages", "<pages2")}?
    | (?<!\d)(?P<volume3>\d{{1,4}})\s?:\s?(?P<pages3>{_PAGES})
      # 3. (6): 6-21
    | \(\s?(?P<issue4>[^()]{{1,24}}?)\s?\){_AT.replace("<pages", "<pages4")}?
    )
    [\s.]{{0,3}}$
    """,
    re.VERBOSE,
)
WINDOW = 160
"""Characters at the end of a tail that hold the numbers of a serial."""


def serial(tail: str) -> Imprint | None:
    """Journal, year, volume, issue and pages of an article, or None if it does not end so.

    Parameters
    ----------
    tail
        What stands behind the type mark, marks folded, without URL and access date.
    """
    window = tail[-WINDOW:]
    found = _SERIAL.search(window)
    if found is None:
        return None
    container = tail[: len(tail) - len(window) + found.start()]
    got = {name: value or "" for name, value in found.groupdict().items()}
    issue = got["issue"] or got["no"] or got["issue2"] or got["issue4"]
    pages = got["pages"] or got["pages2"] or got["pages3"] or got["pages4"]
    if got["day"] and not pages:
        # A newspaper: the figure in brackets is its page.
        issue, pages = "", issue
    container = _TRANSLATOR.sub("", container)
    volume = got["volume"] or got["volume2"] or got["volume3"]
    return Imprint(
        container=container.strip(" .,:"),
        year=got["year"],
        volume=re.sub(r"^(?:[Vv]ol(?:ume)?\.?|[Vv]\.|第)\s?", "", volume),
        issue=issue,
        pages=tidy_pages(pages),
    )


_TRANSLATOR = re.compile(r"^[^.]{2,30}[,\s]译\.\s?")
"""The translator of an article stands before the journal."""

_LAST_PAGES = re.compile(
    rf"""
    (?:^|\s?:\s?|,\s?(?=[Pp第]))
    (?:[Pp]{{1,2}}\.?\s?|第\s?(?=\d{{1,5}}\s?页))?
    (?P<pages>{_PAGES} | (?:第\d版)?[自代]?[序跋](?:言)?(?:\d{{1,4}}(?:-\d{{1,4}})?)?
      | 扉页 | 封[面底二三] | 前言\d{{0,4}}
      | [ivxl]{{1,6}}(?:-[ivxl]{{1,6}})?)\s?页?$
    """,
    re.VERBOSE,
)
_LAST_YEAR = re.compile(
    rf"""
    (?:^|[,.;\s(]\s?|(?<=[\u3400-\u9fff]))
    [cC©]?\[?(?P<year>{YEAR})
    (?:-\d{{1,2}}-\d{{1,2}}|-\d{{0,4}})?[a-z]?\]?          # 1931-11-07, 1984-, 1957-1990, [2013]
    (?:\([^()]{{1,20}}\))?\s?(?:年(?:版|\d{{1,2}}月)?|印刷|版)?\)?$
    """,
    re.VERBOSE,
)
_SIZE = re.compile(r"[.,]\s?\d{1,4}\s?cm\s?[×x]\s?\d{1,4}\s?cm$")


def separate(tail: str) -> Imprint:
    """Place, publisher, year and pages of a book, thesis, report or collection.

    Parameters
    ----------
    tail
        What stands behind the type mark, marks folded, without URL and access date.
    """
    rest = _SIZE.sub("", tail[-600:].strip(" .,"))
    pages = year = ""
    found = _LAST_PAGES.search(rest)
    if found and not re.fullmatch(YEAR, found["pages"]):
        pages, rest = found["pages"], rest[: found.start()].rstrip(" .,:")
    found = _LAST_YEAR.search(rest)
    if found:
        year, rest = found["year"], rest[: found.start()].rstrip(" .,:(")
    segments = _segments(rest)
    last = segments.pop() if segments else ""
    place, colon, publisher = last.partition(":")
    if not colon:
        place, publisher = "", last
        if _EDITION.search(last):
            segments, publisher = [*segments, last], ""
    return Imprint(
        container=". ".join(segments),
        place=place.strip(" ,.([)]"),
        publisher=publisher.strip(" ,."),
        year=year,
        pages=tidy_pages(pages),
    )


_EDITION = re.compile(
    r"(?:[修增]订|第?[\d一二三四五六]{1,2}|影印|再|初|新)\s?[版本]$|刻本$|影印本$|译$|校注?$|\bed(?:ition)?$|^V\d"
)
_STOP = re.compile(r"\.\s|(?<=[\u3400-\u9fff])\.")
_ABBREVIATION = re.compile(
    r"(?:^|[\s,.:&(])(?:St|Co|Inc|Ltd|Univ|Dept|Eng|Mass|Vol|No|D\.C|U\.[SK])$"
)
_INITIALS_ONLY = re.compile(r"(?:^|[:.])\s?(?:[A-Z]\.\s?){0,3}[A-Z]$")


def _segments(tail: str) -> list[str]:
    """The parts between stops; stops of initials and abbreviations part nothing."""
    parts: list[str] = []
    start = 0
    for stop in _STOP.finditer(tail):
        before = tail[max(start, stop.start() - 24) : stop.start()]
        if _ABBREVIATION.search(before) or _INITIALS_ONLY.search(before):
            continue
        parts.append(tail[start : stop.start()].strip())
        start = stop.end()
    parts.append(tail[start:].strip())
    return [part for part in parts if part]


def host(container: str) -> str:
    """The work that holds a part, its editions and translators off: `editors. title[: volume]`."""
    segments = _segments(container)
    while len(segments) > 1 and _EDITION.search(segments[-1]):
        segments.pop()
    return ". ".join(segments[1:]) if len(segments) > 1 else "".join(segments)


def tidy_pages(pages: str) -> str:
    """Pages without blanks."""
    return re.sub(r"\s", "", pages).rstrip(".")


def as_printed(value: str, folded: str, original: str) -> str:
    """The stretch of the original that a folded value came from."""
    at = folded.find(value)
    return original[at : at + len(value)] if value and at >= 0 else value


def last_year(tail: str) -> str:
    """A year in a tail of unusual shape: the last one."""
    years = re.findall(rf"(?<!\d){YEAR}(?!\d)", tail)
    return years[-1] if years else ""
