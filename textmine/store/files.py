"""Files that people open: they appear whole, and open right in a spreadsheet."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd

# A cell that begins so is run as a formula by spreadsheets; documents are data.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
PART = ".part"


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file through a temporary name, so that no reader ever sees half of it.

    After a crash, even of the machine, the file is the old one or the new one. The temporary name
    is the file's own with `.part`; what a killed run leaves there, the next one overwrites.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + PART)
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _keep_name(path.parent)
    return path


def _keep_name(folder: Path) -> None:
    """Make a rename outlast a loss of power; Windows does so by itself and opens no folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
