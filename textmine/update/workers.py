"""Reading in processes of their own, under limits of time and memory.

A file that crashes a library, runs without end or eats the memory costs itself and nothing else:
its process is replaced, the file is refused, the others go on. Where the system has no limit of
address space (Windows, macOS) memory is bounded by the limits of the readers alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from textmine.errors import StoreError
from textmine.update.reading import Job, Outcome, read_and_parse, refused

# Spawned workers inherit no locks or open files and behave alike on every system.
CONTEXT = get_context("spawn")
# Importing the readers takes a second; a minute leaves room for a cold network disk.
START_SECONDS = 120
READY = "ready"


def run_jobs(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Outcome]]:
    """Run jobs in reading processes; yields outcomes as they come.

    Raises
    ------
    StoreError
        When no reading process can be started.
    """
    queue = iter(jobs)
    crew: list[_Worker] = []
    try:
        for job in queue:
            crew.append(_Worker(job))
            if len(crew) >= workers:
                break
        while crew:
            for worker in _next_to_speak(crew):
                outcome = worker.outcome()
                if outcome is None:
                    continue
                yield worker.job, outcome
                job_or_none = next(queue, None)
                if job_or_none is None:
                    crew.remove(worker)
                    worker.stop()
                else:
                    worker.take(job_or_none)
    finally:
        for worker in crew:
            worker.stop()


@dataclass(eq=False)
class _Worker:
    """A process with the job it has; `take` starts the process anew where it was ended."""

    job: Job
    _started: bool = False
    _deadline: float = 0.0
    connection: Connection = field(init=False)
    _process: BaseProcess = field(init=False)

    def __post_init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self.connection, theirs = CONTEXT.Pipe()
        memory = self.job.limits.max_memory_mb * 2**20
        self._process = CONTEXT.Process(target=_serve, args=(theirs, memory), daemon=True)
        self._process.start()
        theirs.close()
        self._started = False
        self._deadline = time.monotonic() + START_SECONDS

    @property
    def deadline(self) -> float:
        """When patience ends, on the monotonic clock."""
        return self._deadline

    def take(self, job: Job) -> None:
        """Give the worker its next job."""
        self.job = job
        if not self._process.is_alive():
            self.connection.close()
            self._start()
        else:
            self._send()

    def _send(self) -> None:
        self._deadline = time.monotonic() + self.job.limits.max_seconds
        # A process that has just died is told by its closed pipe.
        with suppress(OSError):
            self.connection.send(self.job)

    def outcome(self) -> Outcome | None:
        """What the worker has to say about its job; None when it has only become ready."""
        try:
            if self.connection.poll():
                said = self.connection.recv()
                if said == READY:
                    self._started = True
                    self._send()
                    return None
                assert isinstance(said, Outcome)
                return said
        except (EOFError, OSError):
            return self._crashed()
        if time.monotonic() < self._deadline:
            return None
        self._end()
        if not self._started:
            return self._crashed()
        return refused(
            self.job,
            f"reading took more than {self.job.limits.max_seconds} seconds",
            "Split it, convert it to text, or raise read.max_seconds in textmine.toml.",
        )

    def _crashed(self) -> Outcome:
        self._end()
        if not self._started:
            raise StoreError(
                "The reading process does not start.",
                remedy="Free some memory; in a program of your own, put the call of update below"
                " `if __name__ == '__main__':`.",
            )
        return refused(
            self.job,
            "the reader crashed on this file",
            "Open it in its own program and save it again, or convert it to text.",
        )

    def _end(self) -> None:
        self._process.kill()
        self._process.join()

    def stop(self) -> None:
        """End the process and close the pipe."""
        self._end()
        self.connection.close()


def _next_to_speak(crew: list[_Worker]) -> list[_Worker]:
    """Workers that have said something, have died, or have been given up."""
    patience = min(worker.deadline for worker in crew) - time.monotonic()
    spoken = wait([worker.connection for worker in crew], timeout=max(patience, 0))
    now = time.monotonic()
    return [w for w in crew if w.connection in spoken or w.deadline <= now]


def _serve(connection: Connection, memory: int) -> None:
    """The reading process: jobs in, outcomes out, until the pipe closes."""
    from textmine import parse, read  # imported before the limit is set, and before the clock runs

    del parse, read
    _limit_memory(memory)
    with suppress(EOFError, OSError):
        connection.send(READY)
        while True:
            job = connection.recv()
            connection.send(_within_memory(job))


def _within_memory(job: Job) -> Outcome:
    try:
        return read_and_parse(job)
    except MemoryError:
        return refused(
            job,
            f"reading takes more than {job.limits.max_memory_mb} MB of memory",
            "Split it, or raise read.max_memory_mb in textmine.toml.",
        )


def _limit_memory(more: int) -> None:
    """Let this process grow by so many bytes of address space, and leave no core files."""
    if os.name != "posix":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # The field counts pages of address space; only Linux has it, and keeps the limit.
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
