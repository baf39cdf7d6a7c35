"""Tables as XLSX and XLS.

Every sheet with cells is read; a file's data often stand on another than the first. Both readers
are pure Python and hold only the cells that are there: a damaged file that names a far-away cell
costs no memory.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

import openpyxl
import xlrd
from openpyxl.utils.datetime import from_excel

from textmine.errors import ReadError
from textmine.read import archive, delimited, rows
from textmine.read.source import Source
from textmine.records import RawRecord, RawText
from textmine.settings import ReadSettings

NAME = "spreadsheet"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOKS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_ROWS, _COLUMNS = 1_048_576, 500
"""Rows that a sheet can have; columns beyond which no table of records or texts goes."""

_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of the built-in East Asian date formats (ECMA-376, 18.8.30), as "4月16日"."""

Cells = list[tuple[int, list[str]]]
"""The filled rows of a sheet with their numbers."""


def matches(source: Source) -> bool:
    """A workbook by its container's content."""
    if archive.is_zip(source.data):
        return any(name.startswith("xl/workbook") for name in archive.names(source.data))
    return source.data.startswith(_OLE) and any(name in source.data for name in _BOOKS)


def read(source: Source, limits: ReadSettings) -> list[RawText] | list[RawRecord]:
    """Records or texts of all sheets."""
    if archive.is_zip(source.data):
        archive.check(source.data, limits)
        sheets = _xlsx(source.data)
    else:
        sheets = _xls(source.data)
    table: list[rows.Row] = []
    for name, cells in sheets:
        if cells:
            table += delimited.named(cells) or _single(name, cells)
    if not table:
        raise ReadError("the workbook holds no cells", remedy="Nothing to do if that is meant.")
    return rows.items(source, table, NAME)


def _xlsx(data: bytes) -> Iterator[tuple[str, Cells]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        # What the file says of its size is often wrong, "A1" for the whole sheet above all.
        sheet.reset_dimensions()
        lines = sheet.iter_rows(max_row=_ROWS, max_col=_COLUMNS)
        yield sheet.title, _filled(_xlsx_rows(lines))
    book.close()


def _xlsx_rows(lines: Any) -> Iterator[list[object]]:
    """The values of each row.

    Rows that are not in the file are one and the same empty tuple, looked at once: there may be
    a million of them before a far-away cell.
    """
    blank = None
    for row in lines:
        values = [] if row is blank else [_xlsx_value(cell) for cell in row]
        if values and values.count(None) == len(values):
            blank = row
        yield values


def _xlsx_value(cell: Any) -> object:
    """A cell's value; a number in a Chinese date format, which openpyxl does not know, a date."""
    value = cell.value
    if isinstance(value, (int, float)) and cell.style_array.numFmtId in _CHINESE_DATES:
        try:
            return from_excel(value)
        except (ValueError, OverflowError):
            return value
    return value


def _xls(data: bytes) -> Iterator[tuple[str, Cells]]:
    try:
        book = xlrd.open_workbook(file_contents=data, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise ReadError(
            f"the workbook is damaged or encrypted: {error}",
            remedy="Open it in a spreadsheet program and save a copy as XLSX without a password.",
        ) from error
    for sheet in book.sheets():
        lines = (
            [_xls_value(cell, book.datemode) for cell in sheet.row(row)[:_COLUMNS]]
            for row in range(sheet.nrows)
        )
        yield sheet.name, _filled(lines)


def _xls_value(cell: Any, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return cell.value
    return None if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY) else cell.value


def _filled(lines: Any) -> Cells:
    """The rows that hold anything, as text, with their numbers from 1."""
    found = (
        (number, [_plain(value) for value in row])
        for number, row in enumerate(islice(lines, _ROWS), 1)
        if row.count(None) < len(row)
    )
    return [(number, row) for number, row in found if any(row)]


def _single(name: str, cells: Cells) -> list[rows.Row]:
    """A sheet of one row has no header: its cells stand under the sheet's name."""
    return [rows.Row(number, {name: "\t".join(row)}) for number, row in cells]


def _plain(value: object) -> str:
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return rows.plain(value)
