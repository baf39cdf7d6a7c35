"""Tables as XLSX, XLS and ODS.

Every sheet with cells is read; a file's data often stand on another than the first.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from textmine.errors import ReadError
from textmine.read import archive, delimited, rows
from textmine.read.source import Source
from textmine.records import RawRecord, RawText
from textmine.settings import ReadSettings

NAME = "spreadsheet"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOKS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))


def matches(source: Source) -> bool:
    """A workbook by its container's content."""
    data = source.data
    if archive.is_zip(data):
        names = archive.names(data)
        return any(n.startswith("xl/workbook") for n in names) or (
            "content.xml" in names and source.suffix == ".ods"
        )
    return data.startswith(_OLE) and any(name in data for name in _BOOKS)


def read(source: Source, limits: ReadSettings) -> list[RawText] | list[RawRecord]:
    """Records or texts of all sheets; sheets with different columns are told apart."""
    if archive.is_zip(source.data):
        archive.check(source.data, limits)
    table: list[rows.Row] = []
    for name, cells in _sheets(source.data):
        lines = [(number, [_plain(c) for c in row]) for number, row in enumerate(cells, 1)]
        if any(any(row) for _, row in lines):
            table += delimited.named(lines) or _single(name, lines)
    if not table:
        raise ReadError("the workbook holds no cells", remedy="Nothing to do if that is meant.")
    return rows.items(source, table, NAME)


def _sheets(data: bytes) -> list[tuple[str, list[list[Any]]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=True))
            for name in book.sheet_names
        ]
    except CalamineError as error:
        raise ReadError(
            f"the workbook is damaged or encrypted: {error}",
            remedy="Open it in a spreadsheet program and save a copy without a password.",
        ) from error


def _single(name: str, lines: list[tuple[int, list[str]]]) -> list[rows.Row]:
    """A sheet of one row has no header: its cells stand under the sheet's name."""
    return [rows.Row(number, {name: "\t".join(cells)}) for number, cells in lines]


def _plain(value: object) -> str:
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return rows.plain(value)
