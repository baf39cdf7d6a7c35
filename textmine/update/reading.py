"""One file to documents and refusals: what a reading process does. Nothing in a file raises."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from textmine.records import Document, Failure, RawFile, RawRecord, RawText, to_plain
from textmine.settings import ReadSettings
from textmine.store import FileRow
from textmine.update.plan import Reader
from textmine.update.scan import Found

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, with what is known of it."""

    folder: Path
    file: Found
    known: FileRow | None
    limits: ReadSettings
    reader: Reader


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of a file.

    `unchanged`: the bytes are as before. `closed`: the file is there and cannot be opened, so
    that nothing can be said about its content; the one failure tells why.
    """

    file: FileRow
    documents: tuple[Document, ...] = ()
    failures: tuple[Failure, ...] = ()
    unchanged: bool = False
    closed: bool = False


def read_and_parse(job: Job) -> Outcome:
    """Read one file and parse what it holds."""
    if job.file.size > job.limits.max_file_mb * 2**20:
        return refused(
            job,
            f"the file has {job.file.size / 2**20:.0f} MB, the limit is {job.limits.max_file_mb}",
            "Split it, or raise read.max_file_mb in textmine.toml.",
        )
    try:
        data = (job.folder / job.file.path).read_bytes()
    except OSError as error:
        return _closed(job, error)
    digest = hashlib.sha256(data).hexdigest()
    known = job.known
    if (
        known
        and known.sha256 == digest
        and known.parser in (job.reader.code, job.reader.under_limits)
    ):
        return Outcome(replace(known, size=len(data)), unchanged=True)
    documents, failures = _documents(RawFile(job.file.path, data), job.limits)
    mark = job.reader.under_limits if failures else job.reader.code
    row = FileRow(job.file.path, len(data), job.file.mtime_ns, digest, mark)
    return Outcome(row, tuple(documents), tuple(failures))


def _documents(file: RawFile, limits: ReadSettings) -> tuple[list[Document], list[Failure]]:
    # Only reading processes need the libraries of all formats.
    from textmine import read

    documents: list[Document] = []
    failures: list[Failure] = []
    for raw in read.read(file, limits):
        parsed = raw if isinstance(raw, Failure) else _parse(raw, len(documents))
        if isinstance(parsed, Failure):
            failures.append(_storable(parsed))
        else:
            documents.append(parsed)
    return documents, failures


def _parse(raw: RawText | RawRecord, n: int) -> Document | Failure:
    from textmine import parse

    try:
        document = replace(parse.document(raw), item=n, source=raw.source, format=raw.format)
        # A lone surrogate cannot be stored as UTF-8, nor a number beyond 64 bits.
        json.dumps(to_plain(document), ensure_ascii=False).encode("utf-8")
        if document.year is not None and not 0 < document.year < 10_000:
            document = replace(document, year=None)
    except MemoryError:
        raise
    except Exception as error:
        # A parser must not raise; if one does, it costs this document and not the run.
        logger.exception("parsing %r failed", raw.source)
        return Failure(
            raw.source,
            "parse",
            f"the parser failed: {type(error).__name__}: {error}",
            remedy="Please report this as a defect, with the file if you can share it.",
        )
    return document


def _storable(failure: Failure) -> Failure:
    """A failure whose words can be stored and shown, whatever the file put into them."""

    def plain(text: str) -> str:
        return text.encode("utf-8", "backslashreplace").decode("utf-8")

    values: dict[str, Any] = {
        name: plain(getattr(failure, name))
        for name in ("source", "stage", "reason", "place", "remedy")
    }
    return Failure(**values)


def refused(job: Job, reason: str, remedy: str) -> Outcome:
    """The outcome for a file that is not read, and not tried again until something changes."""
    file = job.file
    row = FileRow(file.path, file.size, file.mtime_ns, "", job.reader.under_limits)
    return Outcome(row, failures=(Failure(file.path, "read", reason, remedy=remedy),))


def _closed(job: Job, error: OSError) -> Outcome:
    failure = Failure(
        job.file.path,
        "open",
        f"cannot be opened: {error.strerror}",
        remedy="Check the file's permissions; what is known of it is kept until then.",
    )
    row = FileRow(job.file.path, job.file.size, 0, "", "")
    return Outcome(row, failures=(failure,), closed=True)
