"""Documents for other programs: references after GB/T 7714, BibTeX, RIS, WoS records, tables.

`export(documents, format)` gives the bytes of a file. `work` says what a citation knows of a
document, `gbt7714`, `bibtex`, `ris` and `wos` write it, `tables` writes everything else that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from textmine.export import tables
from textmine.export.bibtex import bibtex
from textmine.export.gbt7714 import bibliography, reference
from textmine.export.ris import ris
from textmine.export.work import Work, work
from textmine.export.wos import wos
from textmine.records import Document

__all__ = ["FORMATS", "MEDIA_TYPES", "SUFFIXES", "Format", "Work", "export", "reference", "work"]

Format = Literal["gbt7714-2015", "gbt7714-2025", "bibtex", "ris", "wos", "csv", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: Mapping[Format, str] = {
    "gbt7714-2015": "txt",
    "gbt7714-2025": "txt",
    "bibtex": "bib",
    "ris": "ris",
    "wos": "txt",
    "csv": "csv",
    "xlsx": "xlsx",
}
MEDIA_TYPES: Mapping[Format, str] = {
    "gbt7714-2015": "text/plain; charset=utf-8",
    "gbt7714-2025": "text/plain; charset=utf-8",
    "bibtex": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "wos": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_TEXTS: Mapping[Format, Callable[[list[Work]], str]] = {
    "gbt7714-2015": lambda works: bibliography(works, edition="2015"),
    "gbt7714-2025": lambda works: bibliography(works, edition="2025"),
    "bibtex": bibtex,
    "ris": ris,
}


def export(documents: Sequence[tuple[str, Document]], format: Format) -> bytes:
    """A file of documents, in the order given.

    Parameters
    ----------
    documents
        (id, document) pairs.
    """
    if format == "csv":
        return tables.csv(documents)
    if format == "xlsx":
        return tables.xlsx(documents)
    if format == "wos":
        return wos(documents).encode("utf-8", "replace")
    return _TEXTS[format]([work(*pair) for pair in documents]).encode("utf-8", "replace")
