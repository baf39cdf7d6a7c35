"""Saved queries and collections: what people choose, with their decisions and notes.

A database of its own beside the catalogue, since nothing in it can be derived again; a backup
takes it along. Documents are known by their ids: one that leaves the catalogue keeps its decision.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal, Self

from textmine.errors import UsageError
from textmine.store.faults import explained_faults

Decision = Literal["", "include", "exclude"]
Stage = Literal["screened", "assessed"]
BY_HAND = "hand"
LONGEST_NAME = 80
FILE = "collections.sqlite"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query under a name; `seen` is how many documents it had found at the last look."""

    name: str
    query: str
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection: how many documents were put into it."""

    name: str
    note: str
    documents: int


@dataclass(frozen=True, slots=True)
class Collected:
    """A document of a collection, with what was decided.

    `screened` is by title and abstract, `assessed` by the full text; "" is open. `reason` is why
    it was excluded.
    """

    doc_id: str
    source: str
    screened: Decision
    assessed: Decision
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Prisma:
    """The counts of a PRISMA 2020 flow diagram (Page et al. 2021, doi 10.1136/bmj.n71).

    `identified` is by source and counts each finding; `duplicates` were found by several sources.
    """

    identified: tuple[tuple[str, int], ...]
    duplicates: int
    to_screen: int
    screened: int
    excluded_in_screening: int
    to_assess: int
    assessed: int
    excluded_in_assessment: tuple[tuple[str, int], ...]
    included: int


class Collections:
    """The open database; use it as a context manager. It and its folder are made when missing."""

    def __init__(self, folder: Path) -> None:
        with explained_faults(f"Opening {folder / FILE}"):
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA busy_timeout = 10000")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            script = resources.files(__package__).joinpath("collections.sql").read_text("utf-8")
            self._db.executescript(f"BEGIN IMMEDIATE; {script} COMMIT;")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with explained_faults("Writing the collections"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    # Saved queries

    def save_query(self, name: str, query: str, *, note: str = "") -> None:
        """Keep a query under a name; another query under the same name starts anew."""
        with self._writing() as db:
            db.execute("DELETE FROM saved_queries WHERE name = ?", (_named(name),))
            db.execute("INSERT INTO saved_queries VALUES (?, ?, ?)", (_named(name), query, note))

    def queries(self) -> list[SavedQuery]:
        """All saved queries, by name."""
        rows = self._db.execute(
            "SELECT name, query, note, (SELECT count(*) FROM seen_hits"
            " WHERE seen_hits.name = saved_queries.name) FROM saved_queries ORDER BY name"
        )
        return [SavedQuery(*row) for row in rows]

    def query(self, name: str) -> SavedQuery:
        """One saved query.

        Raises
        ------
        UsageError
            When there is none of this name.
        """
        found = next((one for one in self.queries() if one.name == name), None)
        if found is None:
            raise UsageError(
                f"There is no saved query {name}.",
                remedy=f"There are: {', '.join(q.name for q in self.queries()) or 'none'}.",
            )
        return found

    def forget_query(self, name: str) -> None:
        """Delete a saved query."""
        with self._writing() as db:
            db.execute("DELETE FROM saved_queries WHERE name = ?", (name,))

    def unseen(self, name: str, ids: Iterable[str]) -> list[str]:
        """Which of these hits of a saved query were not there when somebody last looked."""
        rows = self._db.execute("SELECT doc_id FROM seen_hits WHERE name = ?", (name,))
        seen = {row[0] for row in rows}
        return [doc_id for doc_id in ids if doc_id not in seen]

    def mark_seen(self, name: str, ids: Iterable[str]) -> None:
        """Note that somebody looked at these hits of a saved query."""
        with self._writing() as db:
            db.execute("DELETE FROM seen_hits WHERE name = ?", (name,))
            db.executemany(
                "INSERT OR IGNORE INTO seen_hits VALUES (?, ?)", ((name, doc_id) for doc_id in ids)
            )

    # Collections

    def collections(self) -> list[Collection]:
        """All collections, by name."""
        rows = self._db.execute(
            "SELECT name, note, (SELECT count(*) FROM collected"
            " WHERE collected.name = collections.name) FROM collections ORDER BY name"
        )
        return [Collection(*row) for row in rows]

    def add(self, name: str, ids: Sequence[str], *, source: str = BY_HAND) -> int:
        """Put documents into a collection, which is made when missing.

        Parameters
        ----------
        source
            What found them: a query, or `BY_HAND`. Found again by another source, a document
            keeps its decisions and counts as a duplicate.

        Returns
        -------
        int
            How many are new in the collection.
        """
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (_named(name),))
            before = db.total_changes
            db.executemany(
                "INSERT OR IGNORE INTO collected (name, doc_id, source) VALUES (?, ?, ?)",
                ((name, doc_id, source) for doc_id in ids),
            )
            added = db.total_changes - before
            db.executemany(
                "INSERT OR IGNORE INTO identified VALUES (?, ?, ?)",
                ((name, source, doc_id) for doc_id in ids),
            )
        return added

    def remove(self, name: str, doc_id: str) -> None:
        """Take a document out of a collection, as if it had never been found."""
        with self._writing() as db:
            for table in ("collected", "identified"):
                db.execute(f"DELETE FROM {table} WHERE name = ? AND doc_id = ?", (name, doc_id))

    def forget(self, name: str) -> None:
        """Delete a collection with all its decisions."""
        with self._writing() as db:
            db.execute("DELETE FROM collections WHERE name = ?", (name,))

    def decide(
        self, name: str, doc_id: str, decision: Decision, *, stage: Stage, reason: str = ""
    ) -> None:
        """Include or exclude a document, or take a decision back with "".

        To assess the full text of a document is to have passed it in screening.

        Raises
        ------
        UsageError
            When the document is not in the collection.
        """
        # Without the passing of the screening, its decision and that of the full text fall.
        sets = {
            "screened": "screened = ?, assessed = '', reason = ?",
            "assessed": "screened = 'include', assessed = ?, reason = ?",
        }
        self._change(name, doc_id, sets[stage], (decision, reason))

    def annotate(self, name: str, doc_id: str, note: str) -> None:
        """Write a note to a document of a collection; raises as `decide`."""
        self._change(name, doc_id, "note = ?", (note,))

    def _change(self, name: str, doc_id: str, sets: str, values: tuple[str, ...]) -> None:
        with self._writing() as db:
            changed = db.execute(
                f"UPDATE collected SET {sets} WHERE name = ? AND doc_id = ?",
                (*values, name, doc_id),
            ).rowcount
            if not changed:
                raise UsageError(
                    f"The collection {name} has no document {doc_id}.",
                    remedy="`textmine collection NAME` lists its documents.",
                )

    def documents(self, name: str) -> list[Collected]:
        """What a collection holds, by id.

        Raises
        ------
        UsageError
            When there is no such collection.
        """
        if name not in {c.name for c in self.collections()}:
            raise UsageError(
                f"There is no collection {name}.",
                remedy=f"There are: {', '.join(c.name for c in self.collections()) or 'none'}.",
            )
        rows = self._db.execute(
            "SELECT doc_id, source, screened, assessed, reason, note FROM collected"
            " WHERE name = ? ORDER BY doc_id",
            (name,),
        )
        return [Collected(*row) for row in rows]

    def kept(self, name: str) -> list[str]:
        """Ids of the documents that were not excluded; raises as `documents`."""
        return [d.doc_id for d in self.documents(name) if "exclude" not in (d.screened, d.assessed)]

    def prisma(self, name: str) -> Prisma:
        """The counts of the flow from what was found to what is included; raises as `documents`."""
        held = self.documents(name)
        rows = self._db.execute(
            "SELECT source, count(*) FROM identified WHERE name = ? GROUP BY source ORDER BY source",
            (name,),
        ).fetchall()
        passed = [d for d in held if d.screened == "include"]
        excluded = [d.reason or "–" for d in passed if d.assessed == "exclude"]
        return Prisma(
            identified=tuple(rows),
            duplicates=sum(count for _, count in rows) - len(held),
            to_screen=len(held),
            screened=sum(bool(d.screened) for d in held),
            excluded_in_screening=sum(d.screened == "exclude" for d in held),
            to_assess=len(passed),
            assessed=sum(bool(d.assessed) for d in passed),
            excluded_in_assessment=tuple((r, excluded.count(r)) for r in sorted(set(excluded))),
            included=sum(d.assessed == "include" for d in passed),
        )


def _named(name: str) -> str:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable() or '"' in name:
        raise UsageError(
            "This is no name.",
            remedy=f'Use 1 to {LONGEST_NAME} letters, on one line, without ".',
        )
    return name
