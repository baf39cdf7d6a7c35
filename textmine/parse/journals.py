"""Journals by ISSN: a small table of Chinese journals on science policy and management."""

from __future__ import annotations

import importlib.resources
import re
import tomllib
from functools import lru_cache
from typing import NamedTuple

ISSN = re.compile(r"(?<![\d-])(\d{4})\s?[-－–—]\s?(\d{3}[\dXx])(?![\d])")
"""Four figures, a hyphen, three figures and a check figure or X."""


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    data = importlib.resources.files("textmine.parse").joinpath("journals.toml")
    return dict(tomllib.loads(data.read_text("utf-8"))["journals"])


def journal_of(issn: str) -> str:
    """The journal with an ISSN, or an empty string."""
    return _table().get(issn, "")


def known_journals() -> frozenset[str]:
    """The names in the table."""
    return frozenset(_table().values())


class ArticleId(NamedTuple):
    """What a 文章编号 says: 1001-7348(2011)06-0042-04."""

    issn: str
    year: int
    issue: str
    page_first: int
    page_count: int


_ARTICLE_ID = re.compile(
    r"""
    (?P<issn>\d{4}\s?[-－–—―]\s?\d{3}[\dXx])\s?
    [(（\[]\s?(?P<year>(?:19|20)\d\d)\s?[)）\]]\s?
    (?P<issue>[A-Za-z]{0,2}\d{1,3}[A-Za-z]?)\s?[-－–—―]\s?
    (?P<first>\d{1,6})\s?[-－–—―]\s?(?P<count>\d{1,3})
    """,
    re.VERBOSE,
)


def article_id(text: str) -> tuple[str, ArticleId | None]:
    """The article id in a text, dashes and brackets made plain, and what it says."""
    found = _ARTICLE_ID.search(text)
    if not found:
        return "", None
    issn = re.sub(r"\s?[-－–—―]\s?", "-", found["issn"]).upper()
    plain = f"{issn}({found['year']}){found['issue']}-{found['first']}-{found['count']}"
    return plain, ArticleId(
        issn, int(found["year"]), found["issue"], int(found["first"]), int(found["count"])
    )


_DOI_ISSN = re.compile(
    r"issn[.:]?\s?(?P<issn>\d{4}-\d{3}[\dXx])(?:[.(]?(?P<year>(?:19|20)\d\d)[.)]?(?:(?P<issue>[A-Za-z]{0,2}\d{1,2}[A-Za-z]?)(?=\.|-))?)?",
    re.IGNORECASE,
)


def doi_says(doi: str) -> tuple[str, int | None, str]:
    """ISSN, year and issue that many Chinese DOIs carry (j.issn.1001-7348.2011.06.010)."""
    found = _DOI_ISSN.search(doi)
    if not found:
        return "", None, ""
    year = int(found["year"]) if found["year"] else None
    return found["issn"].upper(), year, found["issue"] or ""
