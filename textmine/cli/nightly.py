"""What a scheduled update leaves behind: log, health file, change report, a call for help."""

from __future__ import annotations

import json
import logging
import shlex
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler

from textmine.cli.show import note, one_line
from textmine.errors import TextmineError
from textmine.store import Workspace
from textmine.update import Outcome
from textmine.update.changes import ChangeReport, write_changes
from textmine.update.health import write_health
from textmine.update.hits import new_hits
from textmine.update.telling import headline

logger = logging.getLogger("textmine.update")


@contextmanager
def recorded(space: Workspace, *, on_failure: str = "") -> Iterator[Callable[[Outcome], None]]:
    """Record how the block ends; the block hands over the outcome of its update.

    Parameters
    ----------
    on_failure
        A command with arguments, run without a shell when the block raises; it gets the
        workspace, the error and the time as JSON on standard input.
    """
    started = _now()
    with _logging_to(space):
        try:
            yield lambda outcome: _record(space, outcome, started)
        except Exception as error:
            message = error.message if isinstance(error, TextmineError) else repr(error)
            logger.error("failed: %s", message)
            # A disk that cannot take the update may not take the note either.
            with suppress(OSError):
                write_health(space, outcome="failed", started=started, ended=_now(), error=message)
            _call(on_failure, {"workspace": str(space.root), "error": message, "at": _now()})
            raise


def _record(space: Workspace, outcome: Outcome, started: str) -> None:
    ended = _now()
    for failure in outcome.refused:
        logger.warning("refused %s: %s", failure.source, failure.reason)
    logger.info("%s", headline(outcome.counts))
    with space.catalogue() as catalogue, catalogue.snapshot():
        queries = new_hits(space, catalogue, outcome.changes)
    report = ChangeReport(
        outcome.row.generation,
        ended,
        outcome.counts,
        outcome.changes,
        outcome.refused,
        outcome.admitted,
        queries,
    )
    page = write_changes(space, report)
    if page is not None:
        logger.info("changes: %s", page)
    how = "some refused" if outcome.row.refused else "done"
    write_health(space, outcome=how, started=started, ended=ended, counts=outcome.counts)


def _call(command: str, about: dict[str, str]) -> None:
    if not command:
        return
    try:
        subprocess.run(
            shlex.split(command),
            input=json.dumps(about, ensure_ascii=False),
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        note(f"--on-failure: {error}")


@contextmanager
def _logging_to(space: Workspace) -> Iterator[None]:
    """Write the log that the settings ask for, a line an event, rotated by size."""
    chosen = space.settings.update
    if not chosen.log:
        yield
        return
    path = space.root / chosen.log
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        path,
        maxBytes=chosen.log_mb * 1_000_000,
        backupCount=chosen.log_files,
        encoding="utf-8",
        errors="backslashreplace",
    )
    handler.setFormatter(_JsonLines() if chosen.log_format == "json" else _Lines())
    root = logging.getLogger("textmine")
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        logger.info("started")
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


class _Lines(logging.Formatter):
    """`2026-01-31T02:00:00Z INFO message`, always one line: names of files may hold line ends."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{_now()} {record.levelname} {one_line(record.getMessage())}"


class _JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": _now(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(line, ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
