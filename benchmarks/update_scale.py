"""Updates at scale: nothing changed, a hundred added, and a thousand nights in a row.

Run it as `python -m benchmarks.update_scale [--files N] [--nights N]`. The first part writes N
short notices, builds catalogue and index from nothing, then measures in fresh processes an update
that finds nothing changed and one that finds a hundred new files. The second simulates nights of
random edits with a reader open, and compares the last state with a build from nothing. Each night
reads its few files in this process; everything else is what `textmine update` does.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults import workspace as trial
from benchmarks.made_corpus import sample_sentences
from textmine.store import Workspace
from textmine.store.index import SearchIndex
from textmine.update import bring_up_to_date, run
from textmine.update.reading import Job, Outcome, read_and_parse

ROOT = Path(__file__).parents[1]
OLD = 1_600_000_000

TIMED_UPDATE = """
import json, resource, sys, time
from pathlib import Path
started = time.perf_counter()
from textmine.store import Workspace
from textmine.update import bring_up_to_date
done = bring_up_to_date(Workspace.find(Path(sys.argv[1])))
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
readers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({**done.counts, "seconds": seconds, "peak_mb": peak, "readers_mb": readers}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--nights", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.files:
            scale(Path(folder) / "scale", options.files)
        if options.nights:
            soak(Path(folder) / "soak", options.nights)


def scale(root: Path, files: int) -> None:
    """Time the first build, an idle update and one with a hundred new files."""
    workspace = _empty(root)
    sentences = sample_sentences()
    draw = random.Random(1)
    _write(workspace, range(files), sentences, draw)
    print(f"\n{files} files of about 120 characters, {os.cpu_count()} cores\n")
    print("| update | seconds | peak MB | of a reading process | documents indexed |")
    print("|---|--:|--:|--:|--:|")
    _row("first", root)
    _row("nothing changed", root)
    _write(workspace, range(files, files + 100), sentences, draw)
    _row("100 added", root)
    for path in sorted(workspace.documents.rglob("*.txt"))[:100]:
        path.unlink()
    _row("100 removed", root)
    _row("nothing changed", root)


def _row(name: str, root: Path) -> None:
    """Run an update in a fresh process, imports included, and print what it took."""
    command = [sys.executable, "-c", TIMED_UPDATE, str(root)]
    out = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    r = json.loads(out)
    print(
        f"| {name} | {r['seconds']:.2f} | {r['peak_mb']:.0f} | {r['readers_mb']:.0f}"
        f" | {r['indexed']} |",
        flush=True,
    )


def _empty(root: Path) -> Workspace:
    (root / "corpus" / "documents").mkdir(parents=True)
    (root / "textmine.toml").write_text("", encoding="utf-8")
    shutil.copytree(ROOT / "corpus" / "lexicon", root / "corpus" / "lexicon")
    for name in ("concepts.toml", "periods.toml"):
        shutil.copy(ROOT / "corpus" / name, root / "corpus" / name)
    return Workspace.find(root)


def _write(workspace: Workspace, numbers: range, sentences: list[str], draw: random.Random) -> None:
    for n in numbers:
        folder = workspace.documents / f"{n // 1000:03}"
        folder.mkdir(exist_ok=True)
        body = draw.choice(sentences)
        year = 2000 + n % 26
        path = folder / f"{n:06}.txt"
        path.write_text(
            f"关于第{n}号事项的通知\n临科发〔{year}〕{n}号\n{body}\n{year}年5月1日",
            encoding="utf-8",
        )
        os.utime(path, (OLD, OLD))


def soak(root: Path, nights: int) -> None:
    """Night after night of random edits; sizes and memory every tenth of the way."""
    workspace = trial.make(root)
    setattr(run, "run_jobs", _in_process)  # noqa: B010
    bring_up_to_date(workspace)
    draw = random.Random(1)
    print(f"\n{nights} nights of one to four edits among 40 files, a reader open all the time\n")
    print("| night | resident MB | catalogue KB | index KB | cache KB | files in .textmine |")
    print("|--:|--:|--:|--:|--:|--:|")
    with workspace.catalogue() as catalogue:
        reader = SearchIndex(workspace, catalogue)
        started = time.perf_counter()
        for night in range(nights):
            _edit(workspace, draw, night)
            bring_up_to_date(workspace, allow_empty=True)
            assert all(doc_id for doc_id in reader.ids("产业集群"))
            if (night + 1) % max(1, nights // 10) == 0:
                print(f"| {night + 1} | {_resident():.0f} | {_sizes(workspace)} |", flush=True)
        seconds = time.perf_counter() - started
    found = trial.contents(workspace)
    shutil.rmtree(workspace.state)
    bring_up_to_date(workspace)
    wanted = trial.contents(workspace)
    wrong = [name for name in wanted if found[name] != wanted[name]]
    print(f"\n{seconds / nights * 1000:.0f} ms a night; stores unlike a rebuild: {wrong or 'none'}")


def _in_process(jobs: list[Job], workers: int) -> Iterator[tuple[Job, Outcome]]:
    del workers
    return ((job, read_and_parse(job)) for job in jobs)


def _edit(workspace: Workspace, draw: random.Random, night: int) -> None:
    for _ in range(draw.randint(1, 4)):
        n = draw.randrange(40)
        path = workspace.documents / f"{n:02}.txt"
        if path.exists() and draw.random() < 0.3:
            path.unlink()
        else:
            text = trial.notice(n, str(2000 + night % 20))
            path.write_text(text, encoding="utf-8")
            # A time of its own for each version, and old enough to be trusted.
            os.utime(path, (OLD + night, OLD + night))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _sizes(workspace: Workspace) -> str:
    state = workspace.state
    files = [path for path in state.rglob("*") if path.is_file()]

    def kilobytes(prefix: str) -> int:
        chosen = (p for p in files if p.relative_to(state).as_posix().startswith(prefix))
        return sum(path.stat().st_size for path in chosen) // 1024

    parts = (kilobytes("catalogue"), kilobytes("index"), kilobytes("derived"), len(files))
    return " | ".join(map(str, parts))


if __name__ == "__main__":
    main()
