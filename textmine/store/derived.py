"""Results per document that are costly to compute and safe to lose: mentions, claims.

A cache beside the catalogue, keyed by what the result depends on: the stage, the fingerprint of
the stage's settings, and the document's text and sections. Deleting the file costs time, never information.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from textmine.records import Document
from textmine.store.faults import explained_faults, is_damage


class DerivedStore:
    """An open cache; use it as a context manager. A damaged file is replaced by an empty one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with explained_faults(f"Opening the cache {path}"):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._db = self._open(path)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self._db = self._start_over()

    def _start_over(self) -> sqlite3.Connection:
        # The log goes with the file: SQLite would play an old log into a new file.
        for ending in ("-wal", "-shm", ""):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        return self._open(self._path)

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
            made_from = _made_from(settings, document)
            row = self._remembered(stage, doc_id, made_from)
            if row is None:
                value = json.dumps(compute(doc_id, document), ensure_ascii=False)
                pending.append((stage, doc_id, made_from, value))
                if len(pending) >= 256:
                    self._keep(pending)
            else:
                value = row[0]
            yield doc_id, json.loads(value)
        self._keep(pending)

    def is_stale(self, stage: str, settings: str, doc_id: str, document: Document) -> bool:
        """Whether a result is remembered that was made from something else; see `each`."""
        query = "SELECT made_from FROM results WHERE stage = ? AND doc_id = ?"
        row = self._db.execute(query, (stage, doc_id)).fetchone()
        return row is not None and row[0] != _made_from(settings, document)

    def _remembered(self, stage: str, doc_id: str, made_from: str) -> tuple[str] | None:
        query = "SELECT value FROM results WHERE stage = ? AND doc_id = ? AND made_from = ?"
        try:
            row: tuple[str] | None = self._db.execute(query, (stage, doc_id, made_from)).fetchone()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self._db.close()
            self._db = self._start_over()
            return None
        return row

    def _keep(self, pending: list[tuple[str, str, str, str]]) -> None:
        if not pending:
            return
        with explained_faults("Writing the cache of derived results"), self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", pending)
        pending.clear()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            # SQLite itself rolls back where the disk is full; a second error would hide the first.
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise

    def forget_others(self, keep: Iterable[str]) -> None:
        """Drop the results of documents that are no longer in the catalogue."""
        wanted = set(keep)
        known = {row[0] for row in self._db.execute("SELECT DISTINCT doc_id FROM results")}
        gone = [(doc_id,) for doc_id in sorted(known - wanted)]
        if gone:
            with explained_faults("Writing the cache of derived results"), self._transaction():
                self._db.executemany("DELETE FROM results WHERE doc_id = ?", gone)


def _made_from(settings: str, document: Document) -> str:
    source = f"{settings}\0{document.sections}\0{document.text}"
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
