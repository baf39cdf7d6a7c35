"""Bring the catalogue up to date with the documents folder, and the index with the catalogue.

Decide, then act: `plan` is a pure function that names each step and the reason; `perform` reads
and parses in worker processes, so that a crash in a PDF library costs one file, and commits in
batches, so that a killed run keeps what it had finished.
"""

from __future__ import annotations

import fnmatch
import hashlib
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from textmine import parse, read
from textmine.records import Document, Failure, RawFile, RawRecord, RawText
from textmine.settings import ReadSettings
from textmine.store import Catalogue, FileRow, Parsed, UpdateRow, Workspace
from textmine.store.fingerprints import source_fingerprint

logger = logging.getLogger(__name__)

BATCH_FILES = 64
# A file written in the clock tick of the scan can change again without a new time.
FRESH_NS = 2_000_000_000

Verb = Literal["add", "change", "reparse", "remove", "keep"]


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the documents folder: path relative to it, size in bytes, time in nanoseconds."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Step:
    """What will be done about a file, and why."""

    verb: Verb
    path: str
    reason: str


def scan(folder: Path, ignore: Sequence[str]) -> list[Found]:
    """List the files below a folder by path.

    Links that lead out of the folder, hidden files and names that match `ignore` are left out.
    """
    root = folder.resolve()
    found = []
    for directory, subfolders, names in os.walk(folder):
        subfolders[:] = sorted(n for n in subfolders if not n.startswith("."))
        for name in names:
            path = Path(directory, name)
            if any(fnmatch.fnmatchcase(name, pattern) for pattern in ignore):
                continue
            if not path.resolve().is_relative_to(root) or not path.is_file():
                continue
            stat = path.stat()
            found.append(Found(path.relative_to(folder).as_posix(), stat.st_size, stat.st_mtime_ns))
    return sorted(found, key=lambda f: f.path)


def plan(found: Iterable[Found], known: Mapping[str, FileRow], parser: str) -> list[Step]:
    """Decide what to do about each file; files that need nothing are left out.

    Parameters
    ----------
    found
        What the folder holds now.
    known
        What the catalogue knows, by path.
    parser
        Fingerprint of the code that would read the files now.
    """
    steps = []
    here = set()
    for file in found:
        here.add(file.path)
        row = known.get(file.path)
        if row is None:
            steps.append(Step("add", file.path, "new file"))
        elif row.parser != parser:
            steps.append(Step("reparse", file.path, "the readers or parsers have changed"))
        elif row.size != file.size:
            steps.append(Step("change", file.path, f"size {row.size} → {file.size} bytes"))
        elif row.mtime_ns != file.mtime_ns:
            steps.append(Step("change", file.path, "modified since the last update"))
    steps += [Step("remove", path, "no longer there") for path in known if path not in here]
    return sorted(steps, key=lambda step: step.path)


def parser_fingerprint() -> str:
    """A hash of the source of everything that turns bytes into documents."""
    return source_fingerprint("records", "read", "parse")


def update(
    workspace: Workspace,
    *,
    workers: int | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, path: None,
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

    Returns
    -------
    UpdateRow
        What it came to, in documents.

    Raises
    ------
    StoreError
        When another update is running.
    """
    with workspace.writing(), workspace.catalogue(create=True) as catalogue:
        now = time.time_ns()
        found = {f.path: f for f in scan(workspace.documents, workspace.settings.read.ignore)}
        steps = plan(found.values(), catalogue.files(), parser_fingerprint())
        return _perform(workspace, catalogue, steps, found, now, workers, progress)


def _perform(
    workspace: Workspace,
    catalogue: Catalogue,
    steps: Sequence[Step],
    found: Mapping[str, Found],
    now: int,
    workers: int | None,
    progress: Callable[[int, int, str], None],
) -> UpdateRow:
    generation = catalogue.begin_update()
    known = catalogue.files()
    to_read = [step.path for step in steps if step.verb != "remove"]
    batch: list[Parsed] = []
    touched: list[FileRow] = []
    jobs = [
        _Job(workspace.documents, path, known.get(path), workspace.settings.read)
        for path in to_read
    ]
    for n, (job, outcome) in enumerate(_run_jobs(jobs, workers), 1):
        mtime = found[job.path].mtime_ns
        row = replace(outcome.file, mtime_ns=mtime if now - mtime > FRESH_NS else 0)
        if outcome.unchanged:
            touched.append(row)
        else:
            batch.append(Parsed(row, outcome.documents, outcome.failures))
        if len(batch) >= BATCH_FILES:
            catalogue.write(batch, [], generation)
            batch.clear()
        progress(n, len(jobs), job.path)
    # Last, so that a file that was only renamed is a change and not a loss.
    catalogue.write(batch, [s.path for s in steps if s.verb == "remove"], generation)
    catalogue.touch(touched)
    return catalogue.finish_update(generation)


@dataclass(frozen=True, slots=True)
class _Job:
    folder: Path
    path: str
    known: FileRow | None
    limits: ReadSettings


@dataclass(frozen=True, slots=True)
class _Outcome:
    file: FileRow
    documents: tuple[Document, ...] = ()
    failures: tuple[Failure, ...] = ()
    unchanged: bool = False


def _read_and_parse(job: _Job) -> _Outcome:
    """Worker: bytes to documents and failures. Nothing that a file holds makes it raise."""
    parser = parser_fingerprint()
    path = job.folder / job.path
    try:
        size = path.stat().st_size
        if size > job.limits.max_file_mb * 1_000_000:
            return _refused(
                job,
                size,
                f"the file has {size / 1e6:.0f} MB, the limit is {job.limits.max_file_mb}",
                "Split it, or raise read.max_file_mb in textmine.toml.",
            )
        data = path.read_bytes()
    except OSError as error:
        return _refused(
            job, 0, f"cannot be opened: {error.strerror}", "Check the file's permissions."
        )
    digest = hashlib.sha256(data).hexdigest()
    row = FileRow(job.path, len(data), 0, digest, parser)
    if job.known and (job.known.sha256, job.known.parser) == (digest, parser):
        return _Outcome(row, unchanged=True)
    documents: list[Document] = []
    failures: list[Failure] = []
    for raw in read.read(RawFile(job.path, data), job.limits):
        parsed = raw if isinstance(raw, Failure) else _parse(raw, len(documents))
        if isinstance(parsed, Failure):
            failures.append(parsed)
        else:
            documents.append(parsed)
    return _Outcome(row, tuple(documents), tuple(failures))


def _parse(raw: RawText | RawRecord, n: int) -> Document | Failure:
    try:
        document = replace(parse.document(raw), item=n, source=raw.source, format=raw.format)
        # A lone surrogate cannot be stored as UTF-8.
        document.text.encode("utf-8")
    except Exception as error:
        # A parser must not raise; if one does, it costs this document and not the run.
        logger.exception("parsing %s failed", raw.source)
        return Failure(
            raw.source,
            "parse",
            f"the parser failed: {type(error).__name__}: {error}",
            remedy="Please report this as a defect, with the file if you can share it.",
        )
    return document


def _refused(job: _Job, size: int, reason: str, remedy: str) -> _Outcome:
    row = FileRow(job.path, size, 0, "", parser_fingerprint())
    return _Outcome(row, failures=(Failure(job.path, "read", reason, remedy=remedy),))


def _run_jobs(jobs: Sequence[_Job], workers: int | None) -> Iterator[tuple[_Job, _Outcome]]:
    """Run jobs in worker processes and yield outcomes in the order of the jobs.

    A job that kills its worker breaks the pool: the jobs in flight are then tried one by one,
    each in a process of its own, and the one that kills that too is refused.
    """
    count = workers or os.cpu_count() or 1
    queue = deque(jobs)
    while queue:
        with _pool(min(count, len(queue))) as pool:
            flight: deque[tuple[_Job, Future[_Outcome]]] = deque()
            try:
                while queue or flight:
                    # A few jobs ahead keep the workers busy and memory bounded.
                    while queue and len(flight) < 4 * count:
                        job = queue.popleft()
                        flight.append((job, pool.submit(_read_and_parse, job)))
                    yield flight[0][0], flight[0][1].result()
                    flight.popleft()
            except BrokenProcessPool:
                suspects = [job for job, _ in flight]
            else:
                suspects = []
        for job in suspects:
            yield job, _alone(job)


def _alone(job: _Job) -> _Outcome:
    with _pool(1) as pool:
        try:
            return pool.submit(_read_and_parse, job).result()
        except BrokenProcessPool:
            return _refused(
                job,
                0,
                "the reader crashed on this file",
                "Open it in its own program and save it again, or convert it to text.",
            )


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned workers inherit no locks or open files and behave alike on every system.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
