"""Readers of one workspace, lent to requests: many at once, each for a bounded time.

A reader is a connection to the catalogue and an open index. Both see the last commit whenever
they are asked, so an update that runs at the same time disturbs nobody. A request that takes too
long is answered without its result; its reader comes back when the work behind it has ended, and
until then there is one fewer, so hostile queries cannot pile up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import anyio
import anyio.to_thread

from textmine.errors import UsageError
from textmine.store import Catalogue, Workspace
from textmine.store.index import SearchIndex

T = TypeVar("T")

# Python runs one thread at a time; the index runs beside it. More readers only wait for each other.
READERS = 4
SECONDS = 10.0  # what a person waits; a usual page takes a hundredth of it


class TooSlow(UsageError):
    """A request that took longer than a person waits."""


class Busy(Exception):
    """All readers are out with requests that took too long."""


@dataclass
class Reader:
    """What one request reads with. `seen` are the states of the index that it has been asked in."""

    workspace: Workspace
    catalogue: Catalogue
    index: SearchIndex
    seen: set[int] = field(default_factory=set)


class Library:
    """The readers of a workspace."""

    def __init__(self, workspace: Workspace, *, readers: int = READERS, seconds: float = SECONDS):
        self.workspace = workspace
        self._seconds = seconds
        self._idle: list[Reader] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(readers)
        self._queue = anyio.CapacityLimiter(readers)

    async def ask(self, work: Callable[[Reader], T], *, generation: int | None = None) -> T:
        """Do some work with a reader, in a thread.

        Parameters
        ----------
        generation
            A reader that knows this state of the index is preferred.

        Raises
        ------
        TooSlow
            When it takes longer than the library's seconds.
        Busy
            When no reader came back in that time.
        """

        def lent() -> T:
            with self.reader(generation) as reader:
                return work(reader)

        try:
            with anyio.fail_after(self._seconds):
                return await anyio.to_thread.run_sync(
                    lent, abandon_on_cancel=True, limiter=self._queue
                )
        except TimeoutError as error:
            raise TooSlow(
                f"This took more than {self._seconds:g} seconds.",
                remedy="Ask for less: a longer word, fewer wildcards, a range of years.",
            ) from error

    @contextmanager
    def reader(self, generation: int | None = None) -> Iterator[Reader]:
        """Lend a reader while the block runs."""
        if not self._places.acquire(timeout=self._seconds):
            raise Busy
        try:
            reader = self._take(generation) or self._open()
            try:
                yield reader
            finally:
                with self._lock:
                    self._idle.append(reader)
        finally:
            self._places.release()

    def _take(self, generation: int | None) -> Reader | None:
        with self._lock:
            knowing = [n for n, r in enumerate(self._idle) if generation in r.seen]
            if knowing:
                return self._idle.pop(knowing[-1])
            return self._idle.pop() if self._idle else None

    def _open(self) -> Reader:
        catalogue = self.workspace.catalogue()
        try:
            return Reader(self.workspace, catalogue, SearchIndex(self.workspace, catalogue))
        except BaseException:
            catalogue.close()
            raise

    def close(self) -> None:
        """Close the readers that are not lent."""
        with self._lock:
            for reader in self._idle:
                reader.catalogue.close()
            self._idle.clear()
