"""An update: scan, plan, read, commit in batches; then the index.

A killed run keeps the batches that it had committed, and the next one goes on from there. What
cannot be seen (a folder that is not mounted, a file without permission) is not taken for gone.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from textmine.errors import UsageError
from textmine.records import Failure
from textmine.store import Catalogue, FileRow, Parsed, UpdateRow, Workspace
from textmine.store.faults import explained_faults
from textmine.store.fingerprints import source_fingerprint
from textmine.update.plan import Reader, Step, plan
from textmine.update.reading import Job
from textmine.update.scan import Found, Seen, scan
from textmine.update.workers import run_jobs

logger = logging.getLogger(__name__)

BATCH_FILES = 64
# A batch is committed at the latest at this many characters, to bound memory: 40 MB or so.
BATCH_CHARACTERS = 10_000_000
# A file written in the clock tick of the scan can change again without a new time.
FRESH_NS = 2_000_000_000

Watch = Callable[[int, int, str], None]


def _unwatched(done: int, total: int, path: str) -> None:
    del done, total, path


@dataclass(frozen=True, slots=True)
class Agenda:
    """What an update would do: the scan, the steps, and when it looked."""

    seen: Seen
    known: Mapping[str, FileRow]
    steps: tuple[Step, ...]
    reader: Reader
    now_ns: int

    def with_failures(self, failures: Sequence[Failure]) -> Agenda:
        """The same, with more that could not be looked at."""
        seen = replace(self.seen, failures=(*self.seen.failures, *failures))
        return replace(self, seen=seen)


def current_reader(workspace: Workspace) -> Reader:
    """The readers and parsers as they are now, under this workspace's limits."""
    limits = workspace.settings.read.model_copy(update={"ignore": ()})
    return Reader(source_fingerprint("records", "read", "parse"), limits.fingerprint())


def look(workspace: Workspace, catalogue: Catalogue | None) -> Agenda:
    """Compare the documents folder with the catalogue; reads no file, changes nothing.

    Raises
    ------
    UsageError
        When there is no documents folder.
    """
    now = time.time_ns()
    try:
        seen = scan(workspace.documents, workspace.settings.read.ignore)
    except OSError as error:
        raise UsageError(
            f"The documents folder {workspace.documents} cannot be listed: {error.strerror}.",
            remedy="Make it or mount it, or name another one in workspace.documents.",
        ) from error
    known = catalogue.files() if catalogue is not None else {}
    reader = current_reader(workspace)
    steps = plan(seen.files, known, reader, closed=seen.closed)
    return Agenda(seen, known, tuple(steps), reader, now)


def update(
    workspace: Workspace,
    *,
    workers: int | None = None,
    progress: Watch = _unwatched,
    wait: float = 0,
    allow_empty: bool = False,
) -> UpdateRow:
    """Read what is new or changed, forget what is gone.

    Parameters
    ----------
    workspace
        Whose documents folder is read.
    workers
        Processes that read and parse; default: one per core.
    progress
        Called with (files done, files to do, path) after each file.
    wait
        Seconds to wait for another update to end.
    allow_empty
        Whether a folder without any file may empty the catalogue.

    Returns
    -------
    UpdateRow
        What it came to, in documents.

    Raises
    ------
    StoreError
        When another update is running, or the disk fails; what was committed is kept.
    UsageError
        When the documents folder is missing, or has lost all its files.
    """
    with writing_catalogue(workspace, wait=wait) as catalogue:
        agenda = look(workspace, catalogue)
        refuse_emptied(workspace, agenda, allow_empty=allow_empty)
        return perform(workspace, catalogue, agenda, workers=workers, progress=progress)


@contextmanager
def writing_catalogue(workspace: Workspace, *, wait: float = 0) -> Iterator[Catalogue]:
    """The catalogue, open for the one writer; faults of the disk come out as `StoreError`."""
    with (
        workspace.writing(wait=wait),
        explained_faults("The update"),
        workspace.catalogue(create=True) as catalogue,
    ):
        yield catalogue


def refuse_emptied(workspace: Workspace, agenda: Agenda, *, allow_empty: bool) -> None:
    """Stop before a folder that has lost all its files empties the catalogue.

    Raises
    ------
    UsageError
        Unless `allow_empty`.
    """
    if agenda.known and not agenda.seen.files and not allow_empty:
        raise UsageError(
            f"{workspace.documents} holds no file, the catalogue knows {len(agenda.known)}.",
            remedy="Is a disk not mounted? If the documents are meant to go: --allow-empty.",
        )


def perform(
    workspace: Workspace,
    catalogue: Catalogue,
    agenda: Agenda,
    *,
    workers: int | None = None,
    progress: Watch = _unwatched,
) -> UpdateRow:
    """Do what an agenda says; the caller holds the writer's lock."""
    generation = catalogue.begin_update()
    jobs = _jobs(workspace, agenda)
    batch = _Batch(catalogue, generation, agenda)
    for n, (job, outcome) in enumerate(run_jobs(jobs, _crew(workers, len(jobs))), 1):
        row = replace(outcome.file, mtime_ns=_trusted_time(job.file, agenda.now_ns))
        if outcome.closed:
            batch.closed += outcome.failures
        elif outcome.unchanged:
            batch.touched.append(row)
        else:
            batch.add(Parsed(row, outcome.documents, outcome.failures))
        progress(n, len(jobs), job.file.path)
    # Last, so that a file that was only renamed is a change and not a loss.
    batch.commit([step.path for step in agenda.steps if step.verb == "remove"])
    catalogue.note_unseen([*agenda.seen.failures, *batch.closed])
    catalogue.touch(batch.touched)
    at = datetime.fromtimestamp(agenda.now_ns // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return catalogue.finish_update(generation, at=at)


def _jobs(workspace: Workspace, agenda: Agenda) -> list[Job]:
    files = {file.path: file for file in agenda.seen.files}
    return [
        Job(
            workspace.documents.resolve(),
            files[step.path],
            agenda.known.get(step.path),
            workspace.settings.read,
            agenda.reader,
        )
        for step in agenda.steps
        if step.verb != "remove"
    ]


def _crew(workers: int | None, jobs: int) -> int:
    # Another process pays from about four files on, which take as long as its start.
    return max(1, min(workers or os.cpu_count() or 1, -(-jobs // 4)))


def _trusted_time(file: Found, now_ns: int) -> int:
    return file.mtime_ns if now_ns - file.mtime_ns > FRESH_NS else 0


class _Batch:
    """Files that were read and are not yet committed."""

    def __init__(self, catalogue: Catalogue, generation: int, agenda: Agenda) -> None:
        self._catalogue = catalogue
        self._generation = generation
        self._parsed: list[Parsed] = []
        self._characters = 0
        self.touched: list[FileRow] = []
        self.closed: tuple[Failure, ...] = ()

    def add(self, parsed: Parsed) -> None:
        self._parsed.append(parsed)
        self._characters += sum(len(document.text) for document in parsed.documents)
        if len(self._parsed) >= BATCH_FILES or self._characters >= BATCH_CHARACTERS:
            self.commit()

    def commit(self, removed: Sequence[str] = ()) -> None:
        self._catalogue.write(self._parsed, removed, self._generation)
        self._parsed.clear()
        self._characters = 0
