"""One cited work: a reference string to its fields.

The scheme of GB/T 7714 (2005, 2015, 2025) is `authors. title[TYPE/CARRIER]. imprint[accessed].
URL. DOI`; author–year entries put the year behind the authors. Each field has its function; they
look at the text with folded marks and cut values from the original.
"""

from __future__ import annotations

import re

from textmine.parse import imprint
from textmine.parse.imprint import YEAR, Imprint, as_printed
from textmine.parse.marks import fold_marks
from textmine.parse.policy_reference import cited_number, is_policy
from textmine.parse.reference_authors import split_authors
from textmine.parse.reference_head import BOOK_VOLUME, cut_head, cut_title, language_of
from textmine.parse.reference_links import electronic
from textmine.parse.reference_untyped import read_untyped
from textmine.records import Reference

LONGEST = 2_000
"""Characters of an entry that are looked at; the longest real ones have about 600."""

_NUMBER = re.compile(
    r"""
    ^[\s*\-•]*
    (?: \[\s?(\d{1,4})\s?\]? | \((\d{1,3})\) | (\d{1,3})[.、](?!\d) )   # [1]  (1)  1.
    \s*\.?\s*
    """,
    re.VERBOSE,
)
_TYPE = re.compile(
    r"""
    \s?\[\s?(?P<type>(?:CM|CP|DB|DS|EB|PP|[ACDGJMNPRSZ])
             (?:\s?/\s?(?:OL|CD|DK|MT|CN|0L|O1|Ol))?)\s?\]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SERIAL_TYPES = ("J", "N")


def parse_reference(raw: str, n: int | None = None) -> Reference:
    """Read the fields of one reference.

    Parameters
    ----------
    raw
        The entry as printed, line breaks repaired; its number may stand in front.
    n
        Its number, if known already; else it is read from the entry.

    Returns
    -------
    Reference
        The fields that the entry has; `raw` is kept as given.
    """
    body = raw[:LONGEST]
    numbered = _NUMBER.match(fold_marks(body))
    if numbered:
        figures = next(g for g in numbered.groups() if g)
        n = int(figures) if n is None else n
        body = body[numbered.end() :]
    body = " ".join(body.split())
    mark = _type_mark(body)
    if mark is None:
        return read_untyped(raw, body, n)
    return _typed(raw, body, n, mark)


def _type_mark(body: str) -> re.Match[str] | None:
    """The mark of type and carrier, [J] or [EB/OL]."""
    return next(_TYPE.finditer(fold_marks(body)), None)


def _typed(raw: str, body: str, n: int | None, mark: re.Match[str]) -> Reference:
    """An entry with a type mark."""
    kind = _type(mark["type"])
    head = cut_head(body[: mark.start()].strip())
    # The number of a document goes first: its year stands in brackets like a day of access.
    number, signed, title, tail = cited_number(
        head.authors, head.title, body[mark.end() :].strip(" .．。,，")
    )
    online = electronic(tail)
    tail = online.rest.strip(" .．。,，")
    # The work that holds the part cited stands behind //; OCR leaves one stroke at times.
    analytic = tail.startswith(("/", "∥", "／"))
    tail = tail.lstrip("/∥／ ")
    printed = _imprint(kind, tail, analytic=analytic)
    title, volume, code = cut_title(title, kind)
    year = head.year or printed.year or online.published[:4] or imprint.last_year(tail)
    year = year or _standard_year(code) or (online.accessed[:4] if not online.published else "")
    names = split_authors(signed)
    return Reference(
        n, raw, type=kind, authors=names, title=title,
        journal=printed.container if kind[0] in "JN" or analytic else "",
        place=printed.place, publisher=printed.publisher,
        year=int(year[:4]) if year else None,
        volume=printed.volume or volume, issue=printed.issue, pages=printed.pages,
        doc_number=number or code, url=online.url, doi=online.doi, accessed=online.accessed,
        language=language_of(title or "".join(names)),
        is_policy=is_policy(names, title, kind, number),
    )  # fmt: skip


def _type(mark: str) -> str:
    """Type and carrier in capitals, with OCR's zero for the letter mended."""
    return re.sub(r"\s", "", mark).upper().replace("0L", "OL").replace("O1", "OL")


def _imprint(kind: str, tail: str, *, analytic: bool) -> Imprint:
    """The tail by the kind of work, its names cut from the text as printed."""
    folded = fold_marks(tail)
    if analytic:
        printed = _analytic(folded)
    elif kind.split("/")[0] in _SERIAL_TYPES:
        printed = _serial(folded)
    else:
        printed = imprint.separate(folded)
    return printed._replace(
        container=as_printed(printed.container, folded, tail),
        place=as_printed(printed.place, folded, tail),
        publisher=as_printed(printed.publisher, folded, tail),
    )


_RUN = re.compile(rf"(?P<run>{YEAR}(?:,\s?\d{{1,4}})?\s?(?:\(\d{{1,4}}\))?-[^.]{{0,20}})\.\s?")


def _serial(tail: str) -> Imprint:
    """A journal or newspaper: an article in it, or its whole run (1957(1)-1990(4))."""
    run = _RUN.match(tail)
    if run:
        return imprint.separate(tail[run.end() :])._replace(volume=run["run"])
    return imprint.serial(tail) or Imprint(container=tail.strip(" .,"))


def _analytic(tail: str) -> Imprint:
    """The work that holds the part cited: editors. title. place: publisher, year: pages."""
    numbers = imprint.serial(tail)
    if numbers and (numbers.volume or numbers.issue) and ":" not in numbers.container:
        return numbers
    printed = imprint.separate(tail)
    if not printed.container and not printed.place:
        # Proceedings often say no more than their name.
        printed = printed._replace(container=printed.publisher, publisher="")
    container = imprint.host(printed.container)
    volume = BOOK_VOLUME.search(container)
    if volume:
        number = volume["n"] or volume["en"] or volume["named"]
        return printed._replace(volume=number, container=container[: volume.start()])
    return printed._replace(container=container)


def _standard_year(code: str) -> str:
    """The year that ends the number of a standard (GB/T 25100—2010, ISO 21378:2019)."""
    found = re.search(rf"[-:]({YEAR})$", fold_marks(code))
    return found[1] if found else ""
