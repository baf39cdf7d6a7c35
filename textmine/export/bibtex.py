"""BibTeX: one entry a work, in UTF-8, with keys that do not change from export to export."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textmine.export.work import Name, Work

TYPES = {"article": "article", "thesis": "phdthesis", "newspaper": "article", "policy": "misc"}

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ESCAPED = {ord(c): text for c, text in _SPECIAL.items()}
_NO_KEY = re.compile(r"[^\w]+")


def bibtex(works: Iterable[Work]) -> str:
    """All works as entries, a blank line between them."""
    return "\n".join(map(_entry, works))


def _entry(work: Work) -> str:
    fields = {
        "author": " and ".join(_name(name) for name in work.names),
        "title": f"{{{_escaped(work.title)}}}",
        "journal": _escaped(work.container),
        "school": _escaped(work.publisher),
        "address": _escaped(work.place),
        "year": work.year,
        "date": work.date,
        "volume": _escaped(work.volume),
        "number": _escaped(work.number if work.kind == "policy" else work.issue),
        "pages": work.pages.replace("-", "--"),
        "doi": work.doi,
        "issn": work.issn,
        "keywords": _escaped(", ".join(work.keywords)),
        "abstract": _escaped(" ".join(work.abstract.split())),
        "langid": "chinese" if work.chinese else "english",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{TYPES.get(work.kind, 'misc')}{{{_key(work)},\n{''.join(lines)}}}\n"


def _key(work: Work) -> str:
    """First author and year for people, the start of the document's id for uniqueness."""
    first = _NO_KEY.sub("", work.names[0].family if work.names else "")
    return f"{first}{work.year}-{work.id[:6]}"


def _name(name: Name) -> str:
    """A corporate name in braces, so that no program parts it."""
    if name.given:
        return _escaped(name.whole)
    return f"{{{_escaped(name.family)}}}" if " " in name.family else _escaped(name.family)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)
