"""The network as one Excel workbook: a sheet of nodes, of edges, of communities."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from textmine.export.tables import CELL, timeless

SHEETS = {
    "nodes": "network_nodes",
    "edges": "network_edges",
    "communities": "network_communities",
}


def network_book(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The workbook; numbers are numbers, and no text is run as a formula."""
    book = Workbook(write_only=True)
    for sheet_name, name in SHEETS.items():
        sheet = book.create_sheet(sheet_name)
        sheet.freeze_panes = "A2"
        table = tables[name]
        sheet.append(list(table.columns))
        for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
            sheet.append([_cell(sheet, value) for value in row])
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _cell(sheet: object, value: object) -> object:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL])
    cell.data_type = "s"
    return cell
