"""What a query can ask that the index does not hold: topics, claims, collections, ids."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing

import numpy as np

from textmine.errors import UsageError
from textmine.search.compiler import Lookup
from textmine.store.collections import Collections
from textmine.store.workspace import Workspace


def lookups(workspace: Workspace) -> Lookup:
    """The ids of documents for `topic:3`, `has:claim`, `collection:...`, `id:...`."""

    def look(name: str, value: str) -> list[str]:
        match name:
            case "topic":
                return documents_of_topic(workspace, value)
            case "has":
                return documents_with_claims(workspace)
            case "collection":
                with Collections(workspace.state) as kept:
                    return kept.kept(value)
            case _:
                return [value]

    return look


def documents_of_topic(workspace: Workspace, number: str) -> list[str]:
    """Ids of the documents whose greatest share is of this topic, by its number.

    Raises
    ------
    UsageError
        When no model was fitted yet, its file is damaged, or it has no such topic.
    """
    path = workspace.output / "topics.npz"
    if not path.is_file():
        raise UsageError("There are no topics yet.", remedy="Run `textmine topics`.")
    try:
        with np.load(path, allow_pickle=False) as fit:
            shares, ids = fit["doc_topic"], fit["doc_ids"]
            count = range(1, shares.shape[1] + 1)
            numbers = list(map(str, fit.get("numbers", count)))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise UsageError(
            f"{path} is damaged: {error}", remedy="Run `textmine topics` again."
        ) from error
    if number not in numbers:
        raise UsageError(
            f"The last model has no topic {number}.",
            remedy=f"Its topics are {', '.join(numbers)}: see output/topics.csv.",
        )
    main = (shares.argmax(axis=1) == numbers.index(number)) & (shares.max(axis=1) > 0)
    return [str(doc_id) for doc_id in ids[main]]


def documents_with_claims(workspace: Workspace) -> list[str]:
    """Ids of the documents that claims were found in, by the last run.

    Raises
    ------
    UsageError
        When claims were never extracted.
    """
    path = workspace.state / "derived.sqlite"
    rows: list[tuple[str, str]] = []
    if path.is_file():
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            try:
                rows = db.execute(
                    "SELECT doc_id, value FROM results WHERE stage = 'claims' ORDER BY doc_id"
                ).fetchall()
            except sqlite3.DatabaseError:
                rows = []
    if not rows:
        raise UsageError("No claims were extracted yet.", remedy="Run `textmine claims`.")
    return [doc_id for doc_id, value in rows if value != "[]"]
