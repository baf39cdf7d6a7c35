"""RIS, as reference managers read it (EndNote, Zotero, NoteExpress); policies are GOVDOC."""

from __future__ import annotations

from collections.abc import Iterable

from textmine.export.work import Work

TYPES = {"article": "JOUR", "thesis": "THES", "newspaper": "NEWS", "policy": "GOVDOC"}


def ris(works: Iterable[Work]) -> str:
    """All works as records, lines ended by CR LF as the format asks."""
    return "".join(map(_record, works))


def _record(work: Work) -> str:
    first, _, last = work.pages.partition("-")
    rows = [
        ("TY", TYPES.get(work.kind, "GEN")),
        *(("AU", name.whole) for name in work.names),
        ("TI", work.title),
        ("JO" if work.kind != "policy" else "T2", work.container),
        ("PY", work.year),
        ("DA", work.date.replace("-", "/")),
        ("VL", work.volume),
        ("IS", work.issue),
        ("M1", work.number),
        ("SP", first),
        ("EP", last),
        ("CY", work.place),
        ("PB", work.publisher),
        ("DO", work.doi),
        ("SN", work.issn),
        *(("KW", keyword) for keyword in work.keywords),
        ("AB", work.abstract),
        ("LA", "zh" if work.chinese else "en"),
        ("ID", work.id),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows if value.strip()]
    return "".join(lines) + "ER  - \r\n\r\n"
