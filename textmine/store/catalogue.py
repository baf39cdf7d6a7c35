"""The catalogue: files, documents, refusals and updates in one SQLite database, the truth.

One writer at a time, many readers, none of whom waits for another (WAL). Every batch of files is
one transaction: after a crash a file is wholly in or wholly out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from importlib import resources
from pathlib import Path
from typing import Self

import pandas as pd

from textmine.errors import StoreError
from textmine.records import Document, Failure, document_id, from_plain, to_plain

SCHEMA_VERSION = 1
DOCUMENT_COLUMNS = ("doc_id", "kind", "title", "year", "date", "level", "region", "path")


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as the catalogue knows it. `mtime_ns` is in nanoseconds, 0 when not to be trusted."""

    path: str
    size: int
    mtime_ns: int
    sha256: str
    parser: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came out of one file: documents, refusals, or both."""

    file: FileRow
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """One update: how many documents it added, changed, removed; how many inputs are refused."""

    generation: int
    finished: bool
    added: int
    changed: int
    removed: int
    refused: int


class Catalogue:
    """An open catalogue; use it as a context manager.

    Parameters
    ----------
    path
        The database file. With `create`, it and its folder are made when missing.

    Raises
    ------
    StoreError
        When the file is missing, no catalogue, or made by a newer version.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not path.is_file():
            raise StoreError(f"There is no catalogue at {path}.", remedy="Run `textmine update`.")
        path.parent.mkdir(parents=True, exist_ok=True)
        # The web server reads from a pool of threads; each request uses a catalogue of its own.
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA busy_timeout = 10000")
            self._migrate(path)
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise StoreError(
                f"{path} cannot be used as a catalogue: {error}",
                remedy="Move it away and run `textmine update`; the documents are read again.",
            ) from error

    def _migrate(self, path: Path) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            self._db.close()
            raise StoreError(
                f"{path} was made by a newer textmine (schema {version}).",
                remedy="Install that version, or use another workspace.",
            )
        if version == 0:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            script = resources.files("textmine.store").joinpath("schema.sql").read_text("utf-8")
            self._db.executescript(
                f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        self._db.close()

    # Writing

    def begin_update(self) -> int:
        """Open the next generation and return its number."""
        row = self._db.execute(
            "INSERT INTO updates (generation) SELECT coalesce(max(generation), 0) + 1 FROM updates"
            " RETURNING generation"
        ).fetchone()
        return int(row[0])

    def write(self, parsed: Sequence[Parsed], removed: Sequence[str], generation: int) -> None:
        """Put a batch of files in place of what the catalogue held of them, in one transaction.

        Parameters
        ----------
        parsed
            Files that were read, with what came out of them.
        removed
            Paths of files that are no longer there.
        generation
            The number from `begin_update`.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            before = self._documents_of([p.file.path for p in parsed] + list(removed))
            for path in removed:
                self._db.execute("DELETE FROM documents WHERE path = ?", (path,))
                self._db.execute("DELETE FROM files WHERE path = ?", (path,))
            after: set[str] = set()
            for one in parsed:
                after |= self._put(one)
            self._settle(sorted(before.keys() | after), before, generation)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def _documents_of(self, paths: Sequence[str]) -> dict[str, str]:
        """The documents that these files hold, with what is shown of each now."""
        ids: set[str] = set()
        for path in paths:
            rows = self._db.execute("SELECT doc_id FROM items WHERE path = ?", (path,))
            ids |= {row[0] for row in rows}
        return {doc_id: self._shown(doc_id) for doc_id in ids}

    def _shown(self, doc_id: str) -> str:
        row = self._db.execute(
            "SELECT items.text || items.record FROM documents JOIN items USING (path, item)"
            " WHERE documents.doc_id = ?",
            (doc_id,),
        ).fetchone()
        return str(row[0]) if row else ""

    def _put(self, one: Parsed) -> set[str]:
        path = one.file.path
        self._db.execute("DELETE FROM documents WHERE path = ?", (path,))
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))
        self._db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", astuple(one.file))
        ids = set()
        for document in one.documents:
            doc_id = document_id(document)
            ids.add(doc_id)
            self._db.execute(
                "INSERT INTO items VALUES (?, ?, ?, ?, ?)",
                (path, document.item, doc_id, document.text, _record_json(document)),
            )
        for n, f in enumerate(one.failures):
            self._db.execute(
                "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?, ?)",
                (path, n, f.source, f.stage, f.reason, f.place, f.remedy),
            )
        return ids

    def _settle(self, ids: Sequence[str], before: dict[str, str], generation: int) -> None:
        """Choose what is shown of each document, and log what that changes.

        The longest text wins (a full text over an export record), then the first path: the same
        choice whatever the order in which the files came.
        """
        counts = {"added": 0, "changed": 0, "removed": 0}
        for doc_id in ids:
            old = before.get(doc_id) or self._shown(doc_id)
            self._choose(doc_id)
            new = self._shown(doc_id)
            if new == old:
                continue
            if new and self._changed_in(doc_id, generation):
                continue  # a fuller copy came later in the same update
            counts["removed" if not new else "changed" if old else "added"] += 1
            self._db.execute("INSERT OR REPLACE INTO changes VALUES (?, ?)", (doc_id, generation))
        self._db.execute(
            "UPDATE updates SET added = added + :added, changed = changed + :changed,"
            " removed = removed + :removed WHERE generation = :generation",
            {**counts, "generation": generation},
        )

    def _changed_in(self, doc_id: str, generation: int) -> bool:
        query = "SELECT 1 FROM changes WHERE doc_id = ? AND generation = ?"
        return self._db.execute(query, (doc_id, generation)).fetchone() is not None

    def _choose(self, doc_id: str) -> None:
        self._db.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,))
        row = self._db.execute(
            "SELECT path, item, record FROM items WHERE doc_id = ?"
            " ORDER BY length(text) DESC, path, item LIMIT 1",
            (doc_id,),
        ).fetchone()
        if row:
            record = json.loads(row[2])
            shown = [record[k] for k in ("kind", "title", "year", "date", "level", "region")]
            self._db.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (doc_id, row[0], row[1], *shown),
            )

    def touch(self, files: Iterable[FileRow]) -> None:
        """Note new sizes and times of files whose bytes are as before."""
        self._db.execute("BEGIN IMMEDIATE")
        for f in files:
            self._db.execute("UPDATE files SET mtime_ns = ? WHERE path = ?", (f.mtime_ns, f.path))
        self._db.execute("COMMIT")

    def finish_update(self, generation: int) -> UpdateRow:
        """Close a generation and return its row; one that changed nothing is forgotten."""
        self._db.execute(
            "UPDATE updates SET finished = 1, refused = (SELECT count(*) FROM failures)"
            " WHERE generation = ?",
            (generation,),
        )
        row = self.last_update()
        assert row is not None
        if not (row.added or row.changed or row.removed):
            self._db.execute("DELETE FROM updates WHERE generation = ?", (generation,))
        return row

    # Reading

    @property
    def generation(self) -> int:
        """The number of the last update that changed something, 0 for a new catalogue."""
        return int(
            self._db.execute("SELECT coalesce(max(generation), 0) FROM changes").fetchone()[0]
        )

    def last_update(self) -> UpdateRow | None:
        """The newest update, or None."""
        row = self._db.execute("SELECT * FROM updates ORDER BY generation DESC LIMIT 1").fetchone()
        return UpdateRow(row[0], bool(row[1]), *row[2:]) if row else None

    def files(self) -> dict[str, FileRow]:
        """All known files by path."""
        rows = self._db.execute("SELECT path, size, mtime_ns, sha256, parser FROM files")
        return {row[0]: FileRow(*row) for row in rows}

    def failures(self) -> list[Failure]:
        """All refused inputs, by path."""
        rows = self._db.execute(
            "SELECT source, stage, reason, place, remedy FROM failures ORDER BY path, n"
        )
        return [Failure(*row) for row in rows]

    def document_ids(self) -> list[str]:
        """All document ids in order."""
        return [r[0] for r in self._db.execute("SELECT doc_id FROM documents ORDER BY doc_id")]

    def has(self, doc_id: str) -> bool:
        """Whether there is a document of this id."""
        query = "SELECT 1 FROM documents WHERE doc_id = ?"
        return self._db.execute(query, (doc_id,)).fetchone() is not None

    def changed_since(self, generation: int) -> list[str]:
        """Ids of documents that were added, changed or removed after a generation, in order."""
        rows = self._db.execute(
            "SELECT doc_id FROM changes WHERE generation > ? ORDER BY doc_id", (generation,)
        )
        return [row[0] for row in rows]

    def document(self, doc_id: str) -> Document | None:
        """One document, or None."""
        return next((d for _, d in self.documents([doc_id])), None)

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[tuple[str, Document]]:
        """Documents with their ids, in the order of `ids` or of all ids; unknown ids are skipped.

        Streams: one document is in memory at a time.
        """
        query = (
            "SELECT documents.doc_id, items.text, items.record FROM documents"
            " JOIN items USING (path, item)"
        )
        if ids is None:
            rows: Iterable[tuple[str, str, str]] = self._db.execute(
                query + " ORDER BY documents.doc_id"
            )
        else:
            one = query + " WHERE documents.doc_id = ?"
            rows = (row for i in ids for row in self._db.execute(one, (i,)))
        for doc_id, text, record in rows:
            yield doc_id, from_plain({**json.loads(record), "text": text})

    def texts(self) -> Iterator[tuple[str, str]]:
        """Ids and stored texts of all documents, by id."""
        yield from self._db.execute(
            "SELECT documents.doc_id, items.text FROM documents JOIN items USING (path, item)"
            " ORDER BY documents.doc_id"
        )

    def table(self) -> pd.DataFrame:
        """All documents as a table with the columns `DOCUMENT_COLUMNS`, by id."""
        rows = self._db.execute(
            f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM documents ORDER BY doc_id"
        ).fetchall()
        return pd.DataFrame(rows, columns=list(DOCUMENT_COLUMNS)).astype({"year": "Int64"})

    def same_works(self) -> list[tuple[str, tuple[str, ...]]]:
        """Documents found in more than one place: id and the paths, the shown one first."""
        rows = self._db.execute(
            "SELECT doc_id, path FROM items WHERE doc_id IN"
            " (SELECT doc_id FROM items GROUP BY doc_id HAVING count(*) > 1)"
            " ORDER BY doc_id, length(text) DESC, path, item"
        )
        places: dict[str, list[str]] = {}
        for doc_id, path in rows:
            places.setdefault(doc_id, []).append(path)
        return [(doc_id, tuple(paths)) for doc_id, paths in places.items()]


def _record_json(document: Document) -> str:
    plain = to_plain(document)
    del plain["text"]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)
