"""Try disk faults at the calls of an update; recover; compare with a build from nothing.

Run it as `python -m benchmarks.faults [--points N] [--power N] [--lying N] [--failing N] [--every]
[--seed S] [--json]`. It needs Linux and a C compiler. One process imports everything once and forks a child
per fault; in the child a small library between the program and the C library (shim.c) counts the
calls that change the state folder, and kills, tears, cuts the power at or fails the one that was
drawn. What files hold is read once beforehand: the faults are those of the disk below the stores,
not of the readers.

After each fault the workspace is looked at as a reader would (the catalogue opens, nothing that
the edit left alone is missing, the index opens where there was one), then an update without
faults runs, and all stores are compared with a build from nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.faults import workspace as trial
from textmine.errors import TextmineError
from textmine.store import Workspace
from textmine.store.index import SearchIndex
from textmine.update import bring_up_to_date, run
from textmine.update.reading import Job, Outcome, read_and_parse

KILLED, FAILED, DONE, CRASHED = "killed", "failed with a message", "done", "crashed"
SOURCE = Path(__file__).parent / "shim.c"


@dataclass(frozen=True, slots=True)
class Point:
    """A fault: at which call, of which kind, in an update of what."""

    start: str  # "nothing" or "edited"
    mode: str
    at: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a fault did, and what was wrong afterwards; empty lists when all was well."""

    point: Point
    ended: str
    at_once: list[str]
    recovered: list[str]
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--power", type=int, default=0, help="losses of power, drawn at random")
    parser.add_argument("--lying", type=int, default=0, help="the same on a disk that cannot sync")
    parser.add_argument("--failing", type=int, default=0, help="calls that fail, drawn at random")
    parser.add_argument("--every", action="store_true", help="fail every single call once as well")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if "FAULT_SHIM" not in os.environ:
        sys.exit(_again_with_shim())
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        draw = random.Random(options.seed)
        points = [*bench.draw(options.points, ("kill", "torn"), draw)]
        points += bench.draw(options.power, ("power",), draw)
        points += bench.draw(options.lying, ("lying",), draw)
        points += draw.sample([*bench.every()], options.failing)
        points += bench.every() if options.every else []
        verdicts = []
        # A long run that is ended early (Ctrl-C) still says what it found.
        with contextlib.suppress(KeyboardInterrupt):
            for point in points:
                verdicts.append(bench.try_fault(point))
    report(bench.calls, verdicts, as_json=options.json)
    sys.exit(any(v.at_once or v.recovered for v in verdicts))


def _again_with_shim() -> int:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "shim.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
        environment = {**os.environ, "LD_PRELOAD": str(library), "FAULT_SHIM": "1"}
        command = [sys.executable, "-m", "benchmarks.faults", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode


class Bench:
    """Two starting states, what each must become, and how many calls the way there takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shim = ctypes.CDLL(None)
        self._read: dict[tuple[str, int, str], Outcome] = {}
        # Every reading below goes through this process; see the head of this module.
        setattr(run, "run_jobs", self._run_jobs)  # noqa: B010
        # Several batches in an update of this size.
        run.BATCH_FILES = 4
        self.calls: dict[str, int] = {}
        self._wanted: dict[str, dict[str, object]] = {}
        space = trial.make(folder / "nothing")
        self._measure("nothing")
        shutil.copytree(folder / "nothing", folder / "edited")
        bring_up_to_date(Workspace.find(folder / "edited"))
        trial.edit(Workspace.find(folder / "edited"))
        self._measure("edited")
        self._warm(space)

    def _warm(self, space: Workspace) -> None:
        """Load what is loaded on demand before the forks, so that each child starts at once."""
        list(space.segmenter.words("产业集群"))

    def _measure(self, start: str) -> None:
        """What a build from nothing gives, and how many calls the update makes."""
        copy = self._copy(start)
        shutil.rmtree(copy.state, ignore_errors=True)
        bring_up_to_date(copy)
        self._wanted[start] = trial.contents(copy)
        problems = self._wanted[start]["problems"]
        assert not problems, problems
        copy = self._copy(start)
        self._shim.fault_begin(str(copy.state).encode(), b"", 0)
        bring_up_to_date(copy)
        self.calls[start] = self._shim.fault_count()

    def _copy(self, start: str) -> Workspace:
        shutil.rmtree(self._folder / "trial", ignore_errors=True)
        shutil.copytree(self._folder / start, self._folder / "trial")
        return Workspace.find(self._folder / "trial")

    def _run_jobs(self, jobs: list[Job], workers: int) -> Iterator[tuple[Job, Outcome]]:
        del workers
        for job in jobs:
            key = (job.file.path, job.file.size, job.known.sha256 if job.known else "")
            if key not in self._read:
                self._read[key] = read_and_parse(job)
            yield job, self._read[key]

    def draw(self, points: int, modes: Sequence[str], draw: random.Random) -> Iterator[Point]:
        """Faults at random calls, half of them in a first build and half in an update."""
        for n in range(points):
            start = ("edited", "nothing")[n % 2]
            mode = draw.choice(modes)
            yield Point(start, mode, draw.randint(1, self.calls[start]))

    def every(self) -> Iterator[Point]:
        """Every call of an update failing once, and the disk full or read-only from it on."""
        for mode in ("eio", "enospc", "erofs"):
            for at in range(1, self.calls["edited"] + 1):
                yield Point("edited", mode, at)

    def try_fault(self, point: Point) -> Verdict:
        """One fault, what is there right after it, and what a further update makes of it."""
        started = time.perf_counter()
        space = self._copy(point.start)
        ended = _in_child(lambda: self._faulty(space, point))
        at_once = _as_reader(space, point) if ended != CRASHED else ["it crashed"]
        try:
            bring_up_to_date(Workspace.find(space.root))
            found = trial.contents(space)
            wanted = self._wanted[point.start]
            recovered = [name for name in wanted if found[name] != wanted[name]]
            recovered += [f"left over: {path.name}" for path in space.state.glob("*.part")]
        except Exception as error:
            recovered = [f"{type(error).__name__}: {error}"]
        return Verdict(point, ended, at_once, recovered, time.perf_counter() - started)

    def _faulty(self, space: Workspace, point: Point) -> None:
        self._shim.fault_begin(str(space.state).encode(), point.mode.encode(), point.at)
        bring_up_to_date(space)


def _in_child(work: Callable[[], None]) -> str:
    """Run in a forked process; how it ended."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        code = 0
        try:
            work()
        except TextmineError as error:
            code = 3 if error.remedy else 4
        except BaseException:
            code = 4
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return KILLED if os.WTERMSIG(status) == 9 else CRASHED
    return {0: DONE, 3: FAILED}.get(os.WEXITSTATUS(status), CRASHED)


def _as_reader(space: Workspace, point: Point) -> list[str]:
    """What a reader misses right after the fault."""
    if point.start == "nothing":
        return []
    wrong = []
    try:
        with space.catalogue() as catalogue:
            paths = {*catalogue.table()["path"]}
            wrong += [f"lost {name}" for name in trial.untouched() if name not in paths]
            hits = SearchIndex(space, catalogue).search("产业集群", limit=100)
            wrong += [] if hits.total >= 8 else [f"only {hits.total} hits"]
    except Exception as error:
        wrong.append(f"{type(error).__name__}: {error}")
    return wrong


def report(calls: dict[str, int], verdicts: list[Verdict], *, as_json: bool) -> None:
    """Print how the faults ended and every one after which something was wrong."""
    bad = [v for v in verdicts if v.at_once or v.recovered]
    ends = Counter((v.point.start, v.point.mode, v.ended) for v in verdicts)
    if as_json:
        rows = [[*key, n] for key, n in sorted(ends.items())]
        plain = {"calls": calls, "points": len(verdicts), "ends": rows}
        print(json.dumps({**plain, "bad": [asdict(v) for v in bad]}, ensure_ascii=False))
        return
    print(f"calls that change the disk: {calls}")
    print("| update of | fault | ended | points | wrong at once | wrong after recovery |")
    print("|---|---|---|--:|--:|--:|")
    for key, n in sorted(ends.items()):
        of_kind = [v for v in bad if (v.point.start, v.point.mode, v.ended) == key]
        at_once = sum(bool(v.at_once) for v in of_kind)
        print(
            f"| {' | '.join(key)} | {n} | {at_once} | {sum(bool(v.recovered) for v in of_kind)} |"
        )
    for v in bad[:20]:
        print(v)
    seconds = sorted(v.seconds for v in verdicts)
    print(f"{len(verdicts)} points, {seconds[len(seconds) // 2]:.2f} s each (median)")


if __name__ == "__main__":
    main()
