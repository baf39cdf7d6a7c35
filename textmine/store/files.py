"""Files that people open: they appear whole, and open right in a spreadsheet."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd

# A cell that begins so is run as a formula by spreadsheets; documents are data.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file through a temporary name, so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    data = content.encode("utf-8") if isinstance(content, str) else content
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    return path


def write_csv(path: Path, table: pd.DataFrame) -> Path:
    """Write a table as CSV for spreadsheets: UTF-8 with BOM, cells that look like formulas quoted.

    Floats are written with six significant digits, so that equal results give equal bytes.
    """
    plain = table.map(neutral)
    text = plain.to_csv(index=False, float_format="%.6g", lineterminator="\n")
    return write_whole(path, "\ufeff" + text)


def neutral(cell: Any) -> Any:
    """A cell that no spreadsheet runs as a formula: a leading apostrophe marks it as text."""
    if isinstance(cell, str) and cell.startswith(FORMULA_MARKS):
        return "'" + cell
    return cell
