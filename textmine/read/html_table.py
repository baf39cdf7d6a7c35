"""HTML tables of records, which CNKI hands out under the name .xls."""

from __future__ import annotations

from typing import Any

from textmine.read import delimited, html, rows
from textmine.read.source import Source
from textmine.read.tags import table_format
from textmine.records import RawRecord, RawText
from textmine.settings import ReadSettings

NAME = "html-table"


def matches(source: Source) -> bool:
    """HTML whose first rows hold the column names of an export."""
    if not html.matches(source) or "<t" not in source.head.lower():
        return False
    table = _largest_table(html.tree(source.head))
    return any(table_format(cells) for _, cells in table[:3])


def read(source: Source, limits: ReadSettings) -> list[RawText] | list[RawRecord]:
    """Records, one a table row."""
    found = html.decoded(source)
    table = _largest_table(html.tree(found.text))
    return rows.items(source, delimited.named(table), NAME, encoding=found.encoding)


def _largest_table(root: Any) -> list[tuple[int, list[str]]]:
    tables = [list(table.iter("tr")) for table in root.iter("table")]
    lines = max(tables, key=len, default=[])
    return [
        (number, [" ".join(cell.text_content().split()) for cell in line.iterchildren("td", "th")])
        for number, line in enumerate(lines, 1)
    ]
