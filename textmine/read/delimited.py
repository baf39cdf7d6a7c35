"""CSV and tab-delimited tables, with any of the usual delimiters, in any encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from textmine.errors import ReadError
from textmine.read import rows
from textmine.read.source import Source
from textmine.read.tags import table_format
from textmine.records import RawRecord, RawText
from textmine.settings import ReadSettings

NAME = "csv"

_DELIMITERS = (",", "\t", ";", "|", "，", "；")
_SUFFIXES = {".csv", ".tsv", ".tab"}
_HEADER_ROWS = 10
"""Exports put at most a few rows of titles and dates above the header."""


def matches(source: Source) -> bool:
    """A file named so, or one whose first line holds the column names of an export."""
    if source.suffix in _SUFFIXES:
        return True
    first = source.head.split("\n", 1)[0]
    return any(table_format(_cells(first, mark)) for mark in _DELIMITERS if mark in first)


def read(source: Source, limits: ReadSettings) -> list[RawText] | list[RawRecord]:
    """Records or texts, one a row."""
    text = source.text.lstrip("\n")
    delimiter = _delimiter(text)
    # The default of 131,072 characters a field is less than a long report.
    csv.field_size_limit(min(limits.max_file_mb * 2**20, 2**31 - 1))
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        table = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise ReadError(
            f"not readable as a table: {error}",
            place=f"line {reader.line_num}",
            remedy="Open it in a spreadsheet program and save it as CSV (UTF-8).",
        ) from error
    return rows.items(source, named(table), NAME, encoding=source.decoded.encoding)


def named(table: Iterable[tuple[int, list[str]]]) -> list[rows.Row]:
    """Give each cell its column's name: the header is the row that holds most known names."""
    lines = [(line, cells) for line, cells in table if any(cell.strip() for cell in cells)]
    if not lines:
        raise ReadError("the table holds no rows", remedy="Nothing to do if that is meant.")
    place = max(
        range(min(_HEADER_ROWS, len(lines))),
        key=lambda i: (bool(table_format(map(str.strip, lines[i][1]))), -i),
    )
    header = [cell.strip() or f"column {n}" for n, cell in enumerate(lines[place][1], 1)]
    return [
        rows.Row(line, dict(zip(header, map(rows.plain, cells), strict=False)))
        for line, cells in lines[place + 1 :]
    ]


def _delimiter(text: str) -> str:
    """The mark that cuts the header into an export's names, all rows alike, or into most cells."""
    head = [line for line in text.split("\n")[:_HEADER_ROWS] if line.strip()]

    def fit(mark: str) -> tuple[bool, bool, int]:
        cells = [_cells(line, mark) for line in head]
        widths = {len(row) for row in cells}
        return (
            any(table_format(row) for row in cells),
            len(widths) == 1 and widths != {1},
            len(cells[0]) if cells else 0,
        )

    return max(_DELIMITERS, key=fit)


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split(mark)]
