"""The catalogue: files, documents, refusals and updates in one SQLite database, the truth.

One writer at a time, many readers, none of whom waits for another (WAL). Every batch of files is
one transaction: after a crash a file is wholly in or wholly out. What each update changed is kept
as history: derived stores replay it, and people read it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Self

import pandas as pd

from textmine.errors import StoreError
from textmine.records import Document, Failure, document_id, from_plain, to_plain
from textmine.store import migrations
from textmine.store.faults import PERMISSIONS, explained_faults, remedy_for

DOCUMENT_COLUMNS = ("doc_id", "kind", "title", "year", "date", "level", "region", "path")

# The size of what is noted as refused and is no file: a folder, a name that cannot be stored.
NO_FILE = -1


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
    """One update: how many documents it added, changed, removed; how many inputs are refused.

    `finished_at` is in UTC, to the second, ISO 8601; empty for one that was cut off.
    """

    generation: int
    finished: bool
    added: int
    changed: int
    removed: int
    refused: int
    finished_at: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one document between two generations."""

    verb: Literal["added", "changed", "removed"]
    doc_id: str
    kind: str
    title: str
    year: int | None
    path: str


class _Shown(NamedTuple):
    """What the catalogue shows of a document: a hash of all of it, and how it is called."""

    digest: str = ""
    kind: str = ""
    title: str = ""
    year: int | None = None
    path: str = ""


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
        with explained_faults(f"Opening the catalogue {path}"):
            self._db = _create(path) if create else _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        self._db.close()

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

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """Read one state of the catalogue, whatever is committed while the block runs."""
        self._db.execute("BEGIN")
        try:
            yield self
        finally:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")

    # Writing

    def begin_update(self) -> int:
        """Open the next generation and return its number."""
        with self._transaction():
            # Runs that were cut off before they changed anything.
            self._db.execute(
                "DELETE FROM updates WHERE NOT finished"
                " AND generation NOT IN (SELECT generation FROM history)"
            )
            row = self._db.execute(
                "INSERT INTO updates (generation) SELECT coalesce(max(generation), 0) + 1"
                " FROM (SELECT generation FROM updates UNION SELECT generation FROM history)"
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
        with self._transaction():
            before = self._documents_of([p.file.path for p in parsed] + list(removed))
            for path in removed:
                self._forget(path)
            after: set[str] = set()
            for one in parsed:
                after |= self._put(one)
            self._settle(sorted(before.keys() | after), before, generation)

    def note_unseen(self, failures: Sequence[Failure]) -> None:
        """Note what is there and could not be looked at; what is known of it stays.

        Those of stage "open" are files, which the next update tries again; the others are folders
        and names, noted until the next update.
        """
        with self._transaction():
            self._db.execute("DELETE FROM files WHERE size = ?", (NO_FILE,))
            for f in failures:
                self._db.execute(
                    "INSERT INTO files VALUES (?, ?, 0, '', '') ON CONFLICT (path)"
                    " DO UPDATE SET mtime_ns = 0, sha256 = '', parser = ''",
                    (f.source, 0 if f.stage == "open" else NO_FILE),
                )
                self._db.execute("DELETE FROM failures WHERE path = ?", (f.source,))
                self._note_failures(f.source, [f])

    def _documents_of(self, paths: Sequence[str]) -> dict[str, _Shown]:
        """The documents that these files hold, with what is shown of each now."""
        ids: set[str] = set()
        for path in paths:
            rows = self._db.execute("SELECT doc_id FROM items WHERE path = ?", (path,))
            ids |= {row[0] for row in rows}
        return {doc_id: self._shown(doc_id) for doc_id in ids}

    def _shown(self, doc_id: str) -> _Shown:
        row = self._db.execute(
            "SELECT items.text, items.record, kind, title, year, path"
            " FROM documents JOIN items USING (path, item) WHERE documents.doc_id = ?",
            (doc_id,),
        ).fetchone()
        if row is None:
            return _Shown()
        digest = hashlib.sha256(f"{len(row[0])}:{row[0]}{row[1]}".encode()).hexdigest()
        return _Shown(digest[:32], *row[2:])

    def _forget(self, path: str) -> None:
        self._db.execute("DELETE FROM documents WHERE path = ?", (path,))
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def _put(self, one: Parsed) -> set[str]:
        path = one.file.path
        self._forget(path)
        self._db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", astuple(one.file))
        ids = set()
        for document in one.documents:
            doc_id = document_id(document)
            ids.add(doc_id)
            self._db.execute(
                "INSERT INTO items VALUES (?, ?, ?, ?, ?)",
                (path, document.item, doc_id, document.text, _record_json(document)),
            )
        self._note_failures(path, one.failures)
        return ids

    def _note_failures(self, path: str, failures: Iterable[Failure]) -> None:
        self._db.executemany(
            "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(path, n, *astuple(failure)) for n, failure in enumerate(failures)],
        )

    def _settle(self, ids: Sequence[str], before: dict[str, _Shown], generation: int) -> None:
        """Choose what is shown of each document, and note what that changes.

        The longest text wins (a full text over an export record), then the first path: the same
        choice whatever the order in which the files came.
        """
        for doc_id in ids:
            old = before.get(doc_id) or self._shown(doc_id)
            self._choose(doc_id)
            new = self._shown(doc_id)
            if new.digest == old.digest:
                continue
            named = new if new.digest else old
            self._db.execute(
                "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET after = excluded.after, kind = excluded.kind,"
                " title = excluded.title, year = excluded.year, path = excluded.path",
                (generation, doc_id, old.digest, new.digest, *named[1:]),
            )

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
        with self._transaction():
            self._db.executemany(
                "UPDATE files SET mtime_ns = ? WHERE path = ?",
                [(f.mtime_ns, f.path) for f in files],
            )

    def finish_update(self, generation: int, *, at: str = "") -> UpdateRow:
        """Close a generation and return what came to pass since the last one that was closed.

        A generation that touched nothing is forgotten.

        Parameters
        ----------
        at
            The time, in UTC.
        """
        since = self._db.execute(
            "SELECT coalesce(max(generation), 0) FROM updates WHERE finished"
        ).fetchone()[0]
        verbs = [change.verb for change in self.changes(since)]
        counts = [verbs.count(verb) for verb in ("added", "changed", "removed")]
        with self._transaction():
            self._db.execute(
                "UPDATE updates SET finished = 1, added = ?, changed = ?, removed = ?,"
                " finished_at = ?, refused = (SELECT count(*) FROM failures)"
                " WHERE generation = ?",
                (*counts, at, generation),
            )
            row = self.updates()[-1]
            if self.generation < generation:
                self._db.execute("DELETE FROM updates WHERE generation = ?", (generation,))
        return row

    def adopt_identity(self) -> None:
        """Become another catalogue: whatever was derived from this one is made again."""
        self._db.execute("UPDATE meta SET value = lower(hex(randomblob(8))) WHERE key = 'identity'")

    # Reading

    @property
    def generation(self) -> int:
        """The number of the last update that changed something, 0 for a new catalogue."""
        query = "SELECT coalesce(max(generation), 0) FROM history"
        return int(self._db.execute(query).fetchone()[0])

    @property
    def identity(self) -> str:
        """Which catalogue this is: another one for each that was made or restored."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
        return str(row[0])

    def updates(self) -> list[UpdateRow]:
        """All updates that changed something, or were cut off, by generation."""
        rows = self._db.execute(
            "SELECT generation, finished, added, changed, removed, refused, finished_at"
            " FROM updates ORDER BY generation"
        )
        return [UpdateRow(row[0], bool(row[1]), *row[2:]) for row in rows]

    def last_update(self) -> UpdateRow | None:
        """The newest update, or None."""
        return next(reversed(self.updates()), None)

    def changes(self, after: int, until: int | None = None) -> list[Change]:
        """What became of the documents after one generation, up to another, by id.

        A document that came and went in between, or changed back, is left out.
        """
        rows = self._db.execute(
            "SELECT doc_id, before, after, kind, title, year, path FROM history"
            " WHERE generation > ? AND generation <= ? ORDER BY generation, doc_id",
            (after, self.generation if until is None else until),
        )
        first: dict[str, str] = {}
        last: dict[str, tuple[str, Change]] = {}
        for doc_id, before, now, *named in rows:
            was = first.setdefault(doc_id, before)
            verb: Literal["added", "changed", "removed"] = (
                "removed" if not now else "changed" if was else "added"
            )
            last[doc_id] = (now, Change(verb, doc_id, *named))
        return [change for i, (now, change) in sorted(last.items()) if now != first[i]]

    def files(self) -> dict[str, FileRow]:
        """All known files by path."""
        query = "SELECT path, size, mtime_ns, sha256, parser FROM files WHERE size <> ?"
        rows = self._db.execute(query, (NO_FILE,))
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
        """Ids of documents that were touched after a generation, in order."""
        rows = self._db.execute(
            "SELECT DISTINCT doc_id FROM history WHERE generation > ? ORDER BY doc_id",
            (generation,),
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

    def places(self, doc_id: str) -> list[str]:
        """The files that hold a document, the shown one first."""
        rows = self._db.execute(
            "SELECT path FROM items WHERE doc_id = ? ORDER BY length(text) DESC, path, item",
            (doc_id,),
        )
        return [path for (path,) in rows]

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


def _create(path: Path) -> sqlite3.Connection:
    """Open for writing: make what is missing, bring forward what is old."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = _connect(str(path))
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > migrations.LATEST:
            raise _newer(path, version)
        db.execute("PRAGMA journal_mode = WAL")
        # What is committed stays committed when the power fails.
        db.execute("PRAGMA synchronous = FULL")
        migrations.migrate(db, path)
        # After the migrations, which may rebuild tables that others refer to.
        db.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        db.close()
        raise
    return db


def _open(path: Path) -> sqlite3.Connection:
    db = _connect(str(path))
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.OperationalError as error:
        db.close()
        if remedy_for(error) != PERMISSIONS:
            raise
        # A read-only disk has no room for WAL's shared memory, and no writer either.
        db = _connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
        version = db.execute("PRAGMA user_version").fetchone()[0]
    except BaseException:
        db.close()
        raise
    if version == migrations.LATEST:
        return db
    db.close()
    if version > migrations.LATEST:
        raise _newer(path, version)
    raise StoreError(
        f"{path} was made by an older textmine (schema {version}).",
        remedy="Run `textmine update`; it keeps a copy of the old one.",
    )


def _connect(name: str, *, uri: bool = False) -> sqlite3.Connection:
    # The web server reads from a pool of threads; each request uses a catalogue of its own.
    db = sqlite3.connect(name, isolation_level=None, check_same_thread=False, uri=uri)
    db.execute("PRAGMA busy_timeout = 10000")
    return db


def _newer(path: Path, version: int) -> StoreError:
    return StoreError(
        f"{path} was made by a newer textmine (schema {version}).",
        remedy="Install that version, or use another workspace.",
    )


def _record_json(document: Document) -> str:
    plain = to_plain(document)
    del plain["text"]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)
