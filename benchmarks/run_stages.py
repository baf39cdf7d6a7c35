"""Times `textmine run` stage by stage on a made corpus, beside a plain script doing the same.

    python -m benchmarks.run_stages --documents 1000

Prints a Markdown table of seconds, peak memory and the ratio to the plain script (jieba,
scikit-learn, gensim and networkx; see plain_script.py). Each side runs in a process of its own,
one after the other on the same machine, so that only the ratios matter. textmine does more: it
keeps a catalogue and an index, finds claims, gives intervals and writes a report; those stages
have no counterpart and are listed without a ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import made_corpus

ROOT = Path(__file__).parents[1]
SAME = {
    "words": ("read and parse", "index", "words"),
    "topics": ("topics",),
    "network": ("network",),
}
"""Steps of the plain script, and our stages that do the same work and more."""


class Clock:
    """Seconds and peak memory (MB) of the stages run in this process and its children."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, float]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.rows.append((name, time.perf_counter() - start, peak_mb()))


def peak_mb() -> float:
    """The largest memory so far of this process or one of its finished children (0 on Windows)."""
    try:
        import resource
    except ImportError:
        return 0.0
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


def stages(folder: Path) -> list[tuple[str, float, float]]:
    """Do what `textmine run` does, and once more an update that finds nothing changed."""
    clock = Clock()
    with clock.stage("import"):
        from textmine import pipeline
        from textmine.report import write_report
        from textmine.report.material import Material
        from textmine.store import Workspace
        from textmine.store.indexing import update_index
        from textmine.update import bring_up_to_date, update
    space = Workspace.find(folder)
    with clock.stage("read and parse"):
        update(space)
    with (
        clock.stage("index"),
        space.writing(),
        space.catalogue() as catalogue,
        space.derived() as derived,
    ):
        update_index(
            space, catalogue, concepts=lambda docs: pipeline.concept_ids(space, derived, docs)
        )
    with space.catalogue() as catalogue:
        with clock.stage("words"):
            corpus = pipeline.load(space, catalogue)
        analyses = {}
        with clock.stage("topics"):
            analyses["topics"] = pipeline.topics(corpus)
        with clock.stage("network"):
            analyses["network"] = pipeline.network(corpus)
        with clock.stage("evolution"):
            analyses["evolution"] = pipeline.evolution(corpus)
        with clock.stage("claims"):
            analyses["claims"] = pipeline.claims(corpus, catalogue)
        with clock.stage("report"):
            write_report(Material(corpus, catalogue, analyses, (), (), "zh"), space.output)
    with clock.stage("update, nothing changed"):
        bring_up_to_date(space)
    return clock.rows


def measured(documents: int) -> tuple[list[tuple[str, float, float]], dict[str, float]]:
    """Run both sides on the same files; our stages, and the plain script's steps and peak."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "study"
        subprocess.run(
            [sys.executable, "-m", "textmine", "init", str(folder)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        characters = made_corpus.write(folder / "corpus" / "documents", documents)
        print(f"{documents} documents, {characters / 1e6:.1f} million characters, "
              f"{os.cpu_count()} cores\n")  # fmt: skip
        ours, theirs = Path(name) / "ours.json", Path(name) / "theirs.json"
        for command in (
            ["benchmarks.plain_script", folder / "corpus/documents",
             folder / "corpus/lexicon/terms.txt", theirs],
            ["benchmarks.run_stages", "--stages", folder, "--to", ours],
        ):  # fmt: skip
            subprocess.run(
                [sys.executable, "-m", *map(str, command)], check=True, cwd=ROOT,
            )  # fmt: skip
        return json.loads(ours.read_text()), json.loads(theirs.read_text())


def table(ours: list[tuple[str, float, float]], theirs: dict[str, float]) -> str:
    """Markdown: our stages, and where the plain script has the step, its seconds and the ratio."""
    seconds = {name: took for name, took, _ in ours}
    lines = ["| stage | seconds | peak MB so far |", "|---|---:|---:|"]
    lines += [f"| {name} | {took:.2f} | {peak:.0f} |" for name, took, peak in ours]
    lines += ["", "| same work | textmine s | plain script s | plain / textmine |",
              "|---|---:|---:|---:|"]  # fmt: skip
    for step, names in SAME.items():
        mine, plain = sum(seconds[name] for name in names), theirs[step]
        lines.append(
            f"| {step} ({', '.join(names)}) | {mine:.2f} | {plain:.2f} | {plain / mine:.2f} |"
        )
    whole = sum(seconds.values()) - seconds["update, nothing changed"]
    plain = sum(took for step, took in theirs.items() if step != "peak_mb")
    again = seconds["update, nothing changed"]
    lines.append(f"| everything, first time | {whole:.2f} | {plain:.2f} | {plain / whole:.2f} |")
    lines.append(f"| nothing changed since | {again:.2f} | {plain:.2f} | {plain / again:.1f} |")
    peak = max(row[2] for row in ours)
    lines.append(
        f"| peak memory, MB | {peak:.0f} | {theirs['peak_mb']:.0f} | {theirs['peak_mb'] / peak:.2f} |"
    )
    return "\n".join(lines)


def main() -> None:
    """Measure and print, or (`--stages`) run our side in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--stages", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--to", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stages:
        given.to.write_text(json.dumps(stages(given.stages)))
    else:
        print(table(*measured(given.documents)))


if __name__ == "__main__":
    main()
