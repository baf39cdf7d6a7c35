"""Is what is kept on disk whole? Each store is read through and compared with what it was made of.

Where it stops: a document whose text was changed inside the database, with valid pages, is told
only by its id where that is made of the text; SQLite keeps no checksums of pages.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from textmine.errors import StoreError
from textmine.records import document_id, from_plain
from textmine.store.backup import CATALOGUE, DERIVED
from textmine.store.catalogue import Catalogue
from textmine.store.indexing import index_problems, reasons_to_rebuild
from textmine.store.workspace import Workspace

Store = Literal["catalogue", "index", "cache", "documents"]
# More lines say no more.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a store."""

    store: Store
    what: str


def verify(workspace: Workspace, *, files: bool = False) -> list[Problem]:
    """Check every store of a workspace; an empty list says that all is well.

    Parameters
    ----------
    files
        Whether the documents folder is read through as well, for files whose bytes have changed
        under the same size and time.

    Raises
    ------
    StoreError
        When there is no catalogue yet.
    """
    path = workspace.state / CATALOGUE
    if not path.is_file():
        raise StoreError(f"There is no catalogue at {path}.", remedy="Run `textmine update`.")
    found = [Problem("cache", line) for line in _sqlite_problems(workspace.state / DERIVED)]
    damage = _sqlite_problems(path)
    if damage:
        return [*found, *(Problem("catalogue", line) for line in damage)]
    try:
        with workspace.catalogue() as catalogue, catalogue.snapshot():
            found += [Problem("catalogue", line) for line in _content_problems(path)]
            if not reasons_to_rebuild(workspace, catalogue):
                found += [Problem("index", line) for line in index_problems(workspace, catalogue)]
            if files:
                found += [
                    Problem("documents", line) for line in changed_files(workspace, catalogue)
                ]
    except (StoreError, sqlite3.DatabaseError) as error:
        found.append(Problem("catalogue", str(error)))
    return found


def _sqlite_problems(path: Path) -> list[str]:
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(path)) as db:
            lines = [row[0] for row in db.execute("PRAGMA integrity_check(20)")]
            lines += [
                f"{row[0]}: a row refers to none" for row in db.execute("PRAGMA foreign_key_check")
            ]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [line for line in lines if line != "ok"][:SHOWN]


def _content_problems(path: Path) -> list[str]:
    """Items that cannot be read back or bear another's id; documents that show a wrong item."""
    wrong = []
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT path, item, doc_id, text, record FROM items")
        for place, item, doc_id, text, record in rows:
            try:
                document = from_plain({**json.loads(record), "text": text})
                sound = document_id(document) == doc_id
            except (ValueError, KeyError, TypeError):
                sound = False
            if not sound:
                wrong.append(f"{place}, item {item}: cannot be read back")
        best = (
            "SELECT doc_id, path, item FROM (SELECT doc_id, path, item, row_number() OVER"
            " (PARTITION BY doc_id ORDER BY length(text) DESC, path, item) AS rank FROM items)"
            " WHERE rank = 1"
        )
        shown = "SELECT doc_id, path, item FROM documents"
        wrong += [f"{row[0]} is missing" for row in db.execute(f"{best} EXCEPT {shown}")]
        wrong += [
            f"{row[0]} shows what it should not" for row in db.execute(f"{shown} EXCEPT {best}")
        ]
    return wrong[:SHOWN]


def changed_files(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """Paths of files whose bytes have changed although size and time say otherwise."""
    changed = []
    for path, row in catalogue.files().items():
        if not row.sha256:
            continue
        try:
            place = workspace.documents / path
            stat = place.stat()
            if (stat.st_size, stat.st_mtime_ns) != (row.size, row.mtime_ns):
                continue  # the next update sees it by itself
            with place.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != row.sha256:
                    changed.append(path)
        except OSError:
            continue
    return changed
