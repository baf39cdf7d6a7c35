"""How a command shows an analysis: its tables as far as the screen is wide, its notes, its JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
from rich.cells import cell_len
from rich.console import Console

from textmine import pipeline
from textmine.cli.show import Lang, note, out, print_json, print_table, say
from textmine.pipeline import Analysis, glossary

ROWS = 20
"""A screenful; the CSV holds all."""
NARROWEST, WIDEST = 4, 26
"""Columns of screen that a cell needs to be read, and beyond which it is folded."""


def finish(
    analysis: Analysis,
    tables: list[str],
    folder: Path,
    as_json: bool,
    *,
    lang: Lang,
    columns: Mapping[str, list[str]] | None = None,
) -> None:
    """Save an analysis and print these of its tables; people see only `columns` of wide ones."""
    pipeline.save(analysis, folder)
    if as_json:
        print_json(
            {
                "manifest": asdict(analysis.manifest),
                "notes": [line._asdict() for line in analysis.notes],
                **{table: rows(analysis.tables[table]) for table in tables},
            }
        )
    else:
        print_analysis(analysis, tables, folder, columns or {}, lang=lang)


def print_analysis(
    analysis: Analysis,
    tables: list[str],
    folder: Path,
    columns: Mapping[str, list[str]],
    *,
    lang: Lang,
) -> None:
    """Print the first rows of tables, the notes, and where the whole lies."""
    for name in tables:
        table = analysis.tables[name]
        print_frame(name, table[columns.get(name, list(table.columns))], lang)
    for line in analysis.notes:
        note(getattr(line, lang))
    out(f"→ {folder}")


def print_frame(name: str, table: pd.DataFrame, lang: Lang) -> None:
    """Print the first rows of one table, as many columns as the screen has room for."""
    shown = table.head(ROWS)
    cells = [
        [_cell(cell, lang) for cell in row]
        for row in shown.astype(object).where(shown.notna(), "").to_numpy().tolist()
    ]
    header = [_heading(name, column, lang) for column in table.columns]
    fitting = _fitting(header, cells, Console().width)
    meaning = glossary.tables().get(name)
    title = f"{meaning.heading} {name}" if meaning and lang == "zh" else name
    if len(shown) < len(table):
        title += f" ({len(shown)}/{len(table)})"
    print_table(header[:fitting], [row[:fitting] for row in cells], title)
    if fitting < len(header):
        left_out = say(lang, "、", ", ").join(header[fitting:])
        out(say(lang, "CSV 中另有：", "also in the CSV: ") + left_out)


def _cell(cell: object, lang: Lang) -> str:
    if isinstance(cell, float):
        return f"{cell:.3g}"
    return glossary.value(str(cell), lang)


def _heading(table: str, name: str, lang: Lang) -> str:
    meaning = glossary.column(table, name)
    return meaning.heading if meaning and lang == "zh" else str(name)


def _fitting(header: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> int:
    """How many columns, from the left, the screen has room for; never none."""
    used = 1
    for n, name in enumerate(header):
        longest = max(map(cell_len, (name, *(row[n] for row in cells))), default=0)
        used += min(max(longest, NARROWEST), WIDEST) + 3
        if used > width:
            return max(n, 1)
    return len(header)


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as JSON prints it: a dict per row, what is missing as null."""
    plain: list[dict[str, Any]] = table.astype(object).where(table.notna(), None).to_dict("records")
    return plain
