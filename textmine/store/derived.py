"""Results per document that are costly to compute and safe to lose: mentions, claims.

A cache beside the catalogue, keyed by what the result depends on: the stage, the fingerprint of
the stage's settings, and the document's
text and sections. Deleting the file costs time, never information.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from textmine.errors import StoreError
from textmine.records import Document


class DerivedStore:
    """An open cache; use it as a context manager. A damaged file is replaced by an empty one."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = self._open(path)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._db = self._open(path)

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute(
                "CREATE TABLE IF NOT EXISTS results (stage TEXT, doc_id TEXT, made_from TEXT,"
                " value TEXT NOT NULL, PRIMARY KEY (stage, doc_id)) STRICT"
            )
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

    def each(
        self,
        stage: str,
        settings: str,
        documents: Iterable[tuple[str, Document]],
        compute: Callable[[str, Document], Any],
    ) -> Iterator[tuple[str, Any]]:
        """Yield (id, result) for each (id, document): remembered, or computed and kept.

        Parameters
        ----------
        stage
            Name of the stage; one result per stage and document is kept.
        settings
            Fingerprint of everything but the document that the result depends on.
        compute
            Called with (id, document) where nothing valid is remembered; gives JSON-ready values
            that depend on the document's text and sections only.
        """
        pending: list[tuple[str, str, str, str]] = []
        for doc_id, document in documents:
            source = f"{settings}\0{document.sections}\0{document.text}"
            made_from = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
            row = self._db.execute(
                "SELECT value FROM results WHERE stage = ? AND doc_id = ? AND made_from = ?",
                (stage, doc_id, made_from),
            ).fetchone()
            if row is None:
                value = json.dumps(compute(doc_id, document), ensure_ascii=False)
                pending.append((stage, doc_id, made_from, value))
                if len(pending) >= 256:
                    self._keep(pending)
            else:
                value = row[0]
            yield doc_id, json.loads(value)
        self._keep(pending)

    def _keep(self, pending: list[tuple[str, str, str, str]]) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", pending)
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"The cache of derived results cannot be written: {error}",
                remedy="Free some disk space, or wait until the other run has ended.",
            ) from error
        pending.clear()

    def forget_others(self, keep: Iterable[str]) -> None:
        """Drop the results of documents that are no longer in the catalogue."""
        wanted = set(keep)
        known = {row[0] for row in self._db.execute("SELECT DISTINCT doc_id FROM results")}
        self._db.executemany(
            "DELETE FROM results WHERE doc_id = ?", [(i,) for i in sorted(known - wanted)]
        )
