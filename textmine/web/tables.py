"""The tables that the last run wrote, read again when they change; or those of a result set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pandas as pd

from textmine.web.library import Reader
from textmine.web.study import Study


@dataclass(frozen=True, slots=True)
class Source:
    """Where the tables of a page come from.

    Attributes
    ----------
    query
        Of the result set; empty for the whole collection.
    generation
        Of the catalogue that they were made from; 0 when there are none.
    notes
        What a reader should know, in Chinese and English.
    """

    query: str
    generation: int
    tables: dict[str, pd.DataFrame]
    notes: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables.get(name, pd.DataFrame())


class Results:
    """Tables by analysis, for the whole collection and for result sets."""

    def __init__(self) -> None:
        self._study = Study()
        self._read: dict[Path, tuple[int, pd.DataFrame]] = {}
        self._lock = Lock()

    def of(self, reader: Reader, analysis: str, query: str, names: tuple[str, ...]) -> Source:
        """The tables of an analysis, of what a query finds or of everything."""
        if query:
            made = self._study.analysis(reader, query, analysis)
            notes = tuple((note.zh, note.en) for note in made.notes)
            return Source(query, made.manifest.generation, dict(made.tables), notes)
        folder = reader.workspace.output
        tables = {name: self._table(folder / f"{name}.csv") for name in names}
        return Source("", _generation(folder / f"{analysis}.manifest.json"), tables)

    def _table(self, path: Path) -> pd.DataFrame:
        try:
            changed = path.stat().st_mtime_ns
            known = self._read.get(path)
            if known is None or known[0] != changed:
                known = (changed, pd.read_csv(path))
                with self._lock:
                    self._read[path] = known
        except (OSError, ValueError):  # not there yet, or empty
            return pd.DataFrame()
        return known[1]


def _generation(path: Path) -> int:
    try:
        return int(json.loads(path.read_text(encoding="utf-8"))["generation"])
    except (OSError, ValueError, KeyError):
        return 0
