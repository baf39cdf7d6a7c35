"""Everything that a schedule runs at night, under one lock: catalogue, index, leftovers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from textmine.records import Document, Failure
from textmine.store import Change, UpdateRow, Workspace
from textmine.store.files import PART
from textmine.store.indexing import update_index
from textmine.store.mentions import concept_ids
from textmine.update.run import look, perform, refuse_emptied, writing_catalogue
from textmine.update.sources import fetch, left_failures

Progress = Callable[[str, int, int], None]


def _unwatched(stage: str, done: int, total: int) -> None:
    del stage, done, total


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an update came to.

    Attributes
    ----------
    row
        Counts of documents.
    indexed
        How many documents were indexed anew.
    changes
        What became of each document, since the last update that ended.
    refused
        What is refused now and was not before.
    admitted
        What was refused before and is no longer.
    """

    row: UpdateRow
    indexed: int
    changes: tuple[Change, ...]
    refused: tuple[Failure, ...]
    admitted: tuple[Failure, ...]

    @property
    def counts(self) -> dict[str, int]:
        """The numbers that commands print."""
        row = self.row
        return {
            "added": row.added,
            "changed": row.changed,
            "removed": row.removed,
            "refused": row.refused,
            "indexed": self.indexed,
        }


def bring_up_to_date(
    workspace: Workspace,
    *,
    workers: int | None = None,
    wait: float = 0,
    allow_empty: bool = False,
    offline: bool = False,
    progress: Progress = _unwatched,
) -> Outcome:
    """Ask the sources that are due, bring catalogue and index up to date with the documents folder.

    Parameters
    ----------
    workers, wait, allow_empty
        See `textmine.update.update`.
    offline
        Ask no source.
    progress
        Called with (stage, done, to do); the stages are "read" and "index".

    Raises
    ------
    StoreError, UsageError
        See `textmine.update.update`.
    """
    with writing_catalogue(workspace, wait=wait) as catalogue:
        _sweep_parts(workspace.state, workspace.output)
        agenda = look(workspace, catalogue)
        # Before sources put anything there: an empty folder may be a disk that is not mounted.
        refuse_emptied(workspace, agenda, allow_empty=allow_empty)
        if not offline and any(fetched.paths for fetched in fetch(workspace)):
            agenda = look(workspace, catalogue)
        agenda = agenda.with_failures(left_failures(workspace))
        before = catalogue.failures()
        ended = [row.generation for row in catalogue.updates() if row.finished]
        row = perform(
            workspace,
            catalogue,
            agenda,
            workers=workers,
            progress=lambda done, total, _: progress("read", done, total),
        )
        after = catalogue.failures()
        indexed = update_index(
            workspace,
            catalogue,
            concepts=lambda documents: concepts_of(workspace, documents),
            progress=lambda done, total, _: progress("index", done, total),
        )
        if row.removed or row.changed:
            with workspace.derived() as derived:
                derived.forget_others(catalogue.document_ids())
        was, is_now = frozenset(before), frozenset(after)
        return Outcome(
            row,
            indexed,
            tuple(catalogue.changes(max(ended, default=0))),
            tuple(f for f in after if f not in was),
            tuple(f for f in before if f not in is_now),
        )


def concepts_of(
    workspace: Workspace, documents: Iterable[tuple[str, Document]]
) -> Iterator[tuple[str, list[str]]]:
    """The concepts of documents, through the cache of derived results."""
    with workspace.derived() as derived:
        yield from concept_ids(workspace, derived, documents)


def _sweep_parts(*folders: Path) -> None:
    """Remove what killed runs left under temporary names."""
    for folder in folders:
        for path in folder.glob(f"*{PART}"):
            path.unlink(missing_ok=True)
