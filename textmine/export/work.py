"""What a citation needs to know of a document, whichever format it goes to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from textmine.records import Document

WorkKind = Literal["article", "thesis", "newspaper", "policy", "other"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}")
_THESIS = re.compile(r"学位论文|博士|硕士|thesis|dissertation", re.IGNORECASE)


class Name(NamedTuple):
    """A person with family and given name, or a Chinese or corporate name as a whole."""

    family: str
    given: str = ""

    @property
    def whole(self) -> str:
        """Family name first, as catalogues sort it."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Work:
    """A document as it is cited. Empty fields are unknown."""

    id: str
    kind: WorkKind
    title: str
    names: tuple[Name, ...] = ()
    container: str = ""
    year: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    place: str = ""
    publisher: str = ""
    doi: str = ""
    issn: str = ""
    keywords: tuple[str, ...] = ()
    abstract: str = ""

    @property
    def chinese(self) -> bool:
        """Whether the record is in Chinese: the language decides between 等 and et al."""
        return _HAN.search(self.title) is not None


def work(doc_id: str, document: Document) -> Work:
    """A document as a work to be cited; issuers are the authors of a policy."""
    policy = document.kind == "policy"
    title = document.title or document.title_en or document.text[:60].split("\n")[0]
    chinese = _HAN.search(title) is not None
    people = document.authors or document.authors_en
    thesis = not policy and _THESIS.search(document.doc_type) is not None
    return Work(
        doc_id,
        "policy" if policy else "thesis" if thesis else "article" if document.journal else "other",
        " ".join(title.split()),
        tuple(map(Name, document.issuers)) if policy else tuple(map(name_of, people)),
        document.journal,
        str(document.year or ""),
        document.date,
        document.volume,
        document.issue.lstrip("0"),
        _pages(document),
        document.doc_number,
        document.city if thesis else "",
        (document.affiliations or ("",))[0] if thesis else "",
        document.doi,
        document.issn,
        document.keywords if chinese and document.keywords else document.keywords_en,
        document.abstract or document.abstract_en,
    )


def name_of(name: str) -> Name:
    """Part a name as records print it: `Porter, Michael E.`, `PORTER M E`, `Michael E. Porter`.

    Chinese names and those of one word stay whole.
    """
    plain = " ".join(name.split())
    if _HAN.search(plain) or " " not in plain.replace(",", " ").strip():
        return Name(plain)
    if "," in plain:
        family, _, given = plain.partition(",")
        return Name(family.strip(), given.strip())
    words = plain.split(" ")
    surname_first = all(map(_INITIALS.fullmatch, words[1:])) or (
        len(words[0]) > 1 and words[0].isupper() and not words[-1].isupper()
    )
    if surname_first:
        return Name(words[0], " ".join(words[1:]))
    return Name(words[-1], " ".join(words[:-1]))


def _pages(document: Document) -> str:
    first, last = document.page_first, document.page_last
    if first is None:
        return ""
    if last is None and document.page_count:
        last = first + document.page_count - 1
    return str(first) if last is None or last == first else f"{first}-{last}"
