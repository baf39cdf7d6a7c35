"""A list of references as text, one a line: what CNKI and others export as "GB/T 7714".

Each entry becomes a record with the one field `reference`, numbered as printed.
"""

from __future__ import annotations

import re

from textmine.read.source import Source
from textmine.read.tagged import gap
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "gbt7714"

_NUMBER = re.compile(r"\s{0,4}(?:\[(?P<n>\d{1,5})\]|［(?P<w>\d{1,5})］)\s*(?P<value>\S.*)")
_MARK = re.compile(r"[\[［](?:[A-Z]{1,2}|[A-Z]{2}/[A-Z]{2}|[A-Z]/[A-Z]{2})[\]］]")
"""The mark of document type and carrier, as [J], [EB/OL]."""


def matches(source: Source) -> bool:
    """Whether every line opens a numbered entry or goes on with one, most with a type mark."""
    lines = [line for line in source.head.split("\n")[:40] if line.strip()]
    numbered = [line for line in lines if _NUMBER.match(line)]
    marked = [line for line in numbered if _MARK.search(line)]
    return (
        bool(lines)
        and _NUMBER.match(lines[0]) is not None
        and 2 * len(numbered) >= len(lines)
        and 2 * len(marked) >= len(numbered)
    )


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """One record for each entry."""
    entries: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        match = _NUMBER.match(line)
        if match:
            entries.append((number, match["n"] or match["w"], [match["value"].strip()]))
        elif entries and line.strip():
            pieces = entries[-1][2]
            pieces += (gap(pieces[-1], line.strip()), line.strip())
    decoded = source.decoded
    return [
        RawRecord(
            {"n": (n,), "reference": ("".join(pieces),)},
            NAME,
            source.path,
            item,
            line,
            decoded.encoding,
            decoded.warnings,
        )
        for item, (line, n, pieces) in enumerate(entries)
    ]
