"""Rows of named values (from CSV, spreadsheets, JSON lines) to records or texts.

Rows with the columns of an export are bibliographic records. Rows with a column of long text are
documents, one a row; where the rows are short and share one title, they are the pieces of one
document. Anything else becomes one plain text, a line a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from textmine.read.source import Source
from textmine.read.tags import table_format
from textmine.records import RawRecord, RawText

TEXT_NAMES = (
    "full_text", "fulltext", "text", "content", "body", "正文", "全文", "内容", "文本", "正文内容",
    "政策内容", "文件内容",
)  # fmt: skip
_TITLE_NAMES = ("title", "标题", "题名", "名称", "政策名称", "文件名称", "name", "id", "编号")
_PIECE = 300
"""Characters: rows shorter than this on average, under one title, are pieces (sentences or
paragraphs) and no documents; the shortest notices have about as many."""

_INTEGER = re.compile(r"(-?\d{1,15})\.0")


class Row(NamedTuple):
    """Values by column name, and the line (or row number) where they stand."""

    line: int
    values: dict[str, str]


def items(
    source: Source, rows: Sequence[Row], name: str, *, encoding: str | None = None
) -> list[RawText] | list[RawRecord]:
    """Records or texts out of rows that all come from one file."""
    columns = list(dict.fromkeys(column for row in rows for column in row.values))
    text_column = _text_column(rows, columns)
    record_format = table_format(columns)
    if record_format and (text_column is None or record_format != "table"):
        return _records(source, rows, record_format, encoding)
    if text_column is None:
        lines = ["\t".join(columns), *("\t".join(row.values.values()) for row in rows)]
        warning = "a table without a column of texts or of titles: read as plain lines"
        return [RawText("\n".join(lines), name, source.path, 0, encoding, {}, (warning,))]
    return _texts(source, rows, name, text_column, encoding)


def plain(value: object) -> str:
    """A cell's value as text: whole numbers without the ".0" that spreadsheets give them."""
    if value is None:
        return ""
    text = str(value).strip()
    match = _INTEGER.fullmatch(text)
    return match.group(1) if match else text


def _records(
    source: Source, rows: Sequence[Row], form: str, encoding: str | None
) -> list[RawRecord]:
    return [
        RawRecord(
            {column: (value,) for column, value in row.values.items() if value},
            form,
            source.path,
            item,
            row.line,
            encoding,
        )
        for item, row in enumerate(rows)
    ]


def _text_column(rows: Sequence[Row], columns: Sequence[str]) -> str | None:
    """The column that holds the texts: by its name, else by its length.

    A column without a known name must have 500 characters a row, more than abstracts have.
    """
    for column in columns:
        if column.strip().lower() in TEXT_NAMES:
            return column
    lengths = {c: sum(len(row.values.get(c, "")) for row in rows) for c in columns}
    longest = max(columns, key=lambda c: lengths[c], default=None)
    return longest if longest is not None and lengths[longest] >= 500 * len(rows) > 0 else None


def _texts(
    source: Source, rows: Sequence[Row], name: str, column: str, encoding: str | None
) -> list[RawText]:
    filled = [row for row in rows if row.values.get(column, "").strip()]
    if len(filled) > 1 and _are_pieces(filled, column):
        text = "\n".join(row.values[column].strip() for row in filled)
        shared = {
            key: value
            for key, value in _metadata(filled[0], column).items()
            if all(row.values.get(key) == value for row in filled)
        }
        return [RawText(text, name, source.path, 0, encoding, shared)]
    return [
        RawText(row.values[column], name, source.path, item, encoding, _metadata(row, column))
        for item, row in enumerate(filled)
    ]


def _are_pieces(rows: Sequence[Row], column: str) -> bool:
    """Whether the rows are one document: short, and not told apart by a title or an id."""
    if sum(len(row.values[column]) for row in rows) >= _PIECE * len(rows):
        return False
    titles = [c for c in rows[0].values if c.strip().lower() in _TITLE_NAMES and c != column]
    return not any(len({row.values.get(c) for row in rows}) > 1 for c in titles)


def _metadata(row: Row, column: str) -> dict[str, str]:
    return {key: value for key, value in row.values.items() if key != column and value}
