"""The online part of a reference: DOI, URL, day of access, day of posting."""

from __future__ import annotations

import re
from typing import NamedTuple

from textmine.parse.imprint import YEAR
from textmine.parse.marks import fold_marks


class Electronic(NamedTuple):
    """The online part of an entry, and the entry without it."""

    rest: str
    url: str = ""
    doi: str = ""
    accessed: str = ""
    published: str = ""


_DOI = re.compile(
    r"""[,.\s]*\b(?:https?://(?:dx\.)?doi\.org/|doi\s?:?\s?)(?P<doi>10\.\d{4,9}/[^\s,;，；]{1,200})""",
    re.VERBOSE | re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"[,.\s]*\b(?:CSTR|ISBN|ISSN)\s?:?\s?[\w.:/-]{5,80}", re.IGNORECASE)
_URL = re.compile(
    r"<?\s?(?P<url>(?:https?|ftp|htp|htt)\s?:\s?/{1,2}[^\s<>，。；\u3400-\u9fff]{3,600}|www\.[^\s<>，。；]{3,600})>?"
)
_ISO = rf"{YEAR}\s?[-/.]\s?\d{{1,2}}(?:\s?[-/.]\s?\d{{1,2}})?"
_ACCESSED = re.compile(rf"\[\s?(?P<on>{_ISO}|{YEAR})\s?\]")
_POSTED = re.compile(rf"\(\s?(?P<on>{_ISO}|{YEAR})\s?\)(?=\s?(?:\[|$|\.))")
_TRAILING = re.compile(rf"[,.\s]\s?(?P<on>{_ISO})\s?[.)]?\s?$")


def electronic(tail: str) -> Electronic:
    """Take DOI, URL, access date and date of posting off the end of an entry."""
    doi, url, accessed = "", "", ""
    found = _DOI.search(tail)
    if found:
        doi = found["doi"].rstrip(".")
        link = found.group().strip(" ,.")
        url = link.rstrip(".") if link.lower().startswith("http") else ""
        tail = tail[: found.start()] + tail[found.end() :]
    tail = _IDENTIFIER.sub("", tail) if "http" not in tail else tail
    found = _URL.search(tail)
    if found:
        link, dated = _undated(found["url"])
        url = link
        accessed = dated
        tail = tail[: found.start()].rstrip(" <") + " " + tail[found.end() :]
    doi = doi or _doi_in(url)
    tail = _IDENTIFIER.sub("", tail).strip()
    folded = fold_marks(tail)
    read = _ACCESSED.search(folded)
    if read:
        accessed = _iso(read["on"])
        tail, folded = _without(tail, read), _without(folded, read)
    elif url and (late := _TRAILING.search(folded)):
        accessed = _iso(late["on"])
        tail, folded = _without(tail, late), _without(folded, late)
    posted = _POSTED.search(folded)
    if posted:
        tail = _without(tail, posted)
    return Electronic(tail.strip(), url, doi, accessed, _iso(posted["on"]) if posted else "")


def _doi_in(url: str) -> str:
    """The DOI that a publisher's address carries (…/doi/10.1002/978…/summary)."""
    found = re.search(r"/(10\.\d{4,9}/[^\s/?#&]{3,100})", url)
    return found[1].removesuffix(".pdf") if found else ""


def _undated(link: str) -> tuple[str, str]:
    """A link without the marks and the date that ran into it."""
    late = re.search(rf"[,\[]+(?P<on>{_ISO})\]?\.?$", link)
    if late:
        return link[: late.start()].rstrip(".,;"), _iso(late["on"])
    return link.rstrip(".,;)]"), ""


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + text[found.end() :]


def _iso(date: str) -> str:
    parts = re.split(r"[-/.]", re.sub(r"\s", "", date))
    return "-".join([parts[0], *(p.zfill(2) for p in parts[1:])])
