"""Records in the tagged text of the Web of Science, which CiteSpace, VOSviewer and others read.

CiteSpace takes files named download_*.txt. References go into CR as it splits them: first author,
year, source, volume, page, DOI, parted by commas.
"""

from __future__ import annotations

from collections.abc import Sequence

from textmine.export.work import Name, Work, name_of, work
from textmine.records import Document, Reference


def wos(documents: Sequence[tuple[str, Document]]) -> str:
    """All documents as records of the Web of Science's plain text, with a byte order mark.

    A policy is a record whose authors and source are its issuers.
    """
    records = [_record(work(doc_id, document), document) for doc_id, document in documents]
    return "".join(["\ufeffFN Clarivate Analytics Web of Science\nVR 1.0\n", *records, "EF\n"])


def _record(cited: Work, document: Document) -> str:
    first, _, last = cited.pages.partition("-")
    source = cited.container or "；".join(name.whole for name in cited.names)
    citing = [line for line in map(_cited, document.references) if line]
    rows: list[tuple[str, Sequence[str]]] = [
        ("PT", ["J"]),
        ("AU", [_short(name) for name in cited.names]),
        ("AF", [name.whole for name in cited.names]),
        ("TI", [cited.title]),
        ("SO", [source]),
        ("LA", ["Chinese" if cited.chinese else "English"]),
        ("DT", ["Article"]),
        ("DE", ["; ".join(_one_line(keyword).replace(";", ",") for keyword in cited.keywords)]),
        ("AB", [cited.abstract]),
        ("C1", [f"{line.rstrip('.')}." for line in document.affiliations]),
        ("CR", citing),
        ("NR", [str(len(citing))]),
        # Unknown, but CiteSpace wants a number.
        ("TC", ["0"]),
        ("SN", [cited.issn]),
        ("PY", [cited.year]),
        ("VL", [cited.volume]),
        ("IS", [cited.issue]),
        ("BP", [first]),
        ("EP", [last]),
        ("DI", [cited.doi]),
        ("UT", [f"TM:{cited.id}"]),
    ]
    lines = [line for tag, values in rows for line in _tagged(tag, values)]
    return "".join([*lines, "ER\n\n"])


def _tagged(tag: str, values: Sequence[str]) -> list[str]:
    shown = [text for value in values if (text := _one_line(value))]
    return [f"{tag if n == 0 else '  '} {text}\n" for n, text in enumerate(shown)]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _short(name: Name) -> str:
    """Family name and initials; a Chinese name whole."""
    initials = "".join(part[0] for part in name.given.replace("-", " ").split())
    return f"{name.family}, {initials}" if initials else name.whole


def _cited(reference: Reference) -> str:
    """A reference as CR has it; a policy's source is its title and number."""
    author = _short(name_of(reference.authors[0])).replace(", ", " ") if reference.authors else ""
    source = reference.journal or reference.title or reference.publisher
    parts = [
        author or "[Anonymous]",
        str(reference.year or ""),
        " ".join(filter(None, (source, reference.doc_number))),
        f"V{reference.volume}" if reference.volume else "",
        f"P{reference.pages.partition('-')[0]}" if reference.pages else "",
        f"DOI {reference.doi}" if reference.doi else "",
    ]
    if not source:
        return ""
    # A comma within a part would be read as the end of it.
    return ", ".join(_one_line(part).replace(",", " ") for part in parts if part)
