"""One writer at a time: a lock that goes with its process, and a note of who holds it."""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from textmine.errors import StoreError
from textmine.store.faults import explained_faults

logger = logging.getLogger(__name__)


@contextmanager
def writer_lock(state: Path, *, wait: float = 0) -> Iterator[None]:
    """Be the one writer of a state folder while the block runs.

    The operating system drops the lock with the process that holds it, so a killed run leaves
    none behind; the note that it leaves is recognised and replaced.

    Parameters
    ----------
    wait
        Seconds to wait for the one before.

    Raises
    ------
    StoreError
        When another program still writes; the message says which and since when.
    """
    note = state / "writer.json"
    lock = FileLock(state / "writer.lock", timeout=wait)
    with explained_faults(f"Locking {state}"):
        state.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout as error:
            raise StoreError(
                f"Another update of {state.parent} is running{_holder(note)}.",
                remedy="Wait until it has ended, or --wait SECONDS; reading goes on meanwhile.",
            ) from error
    try:
        with explained_faults(f"Locking {state}"):
            if note.exists():
                logger.warning("the last run was cut off%s; its work goes on here", _holder(note))
            note.write_text(json.dumps(_self()), encoding="utf-8")
        yield
    finally:
        # A note that cannot be removed is taken for that of a run that was cut off: harmless.
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def _self() -> dict[str, object]:
    since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": since}


def _holder(note: Path) -> str:
    try:
        plain = json.loads(note.read_text(encoding="utf-8"))
        return f" (process {plain['pid']} on {plain['host']} since {plain['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
