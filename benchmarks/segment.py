"""Cutting and counting words, beside jieba and what else a user might install for it.

    python -m benchmarks.segment [FOLDER] [--characters N]

FOLDER holds UTF-8 texts (*.txt), by default the sample documents of this project, repeated until
there are at least N characters. All engines cut the same texts with jieba's own dictionary, one after the
other in one process; seconds are those of the processor, the least of three rounds. Engines that
are not installed (`pip install rjieba jieba-fast-dat`) are left out.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

import jieba
from jieba import posseg
from sklearn.feature_extraction.text import CountVectorizer

from textmine.segment import Segmenter, normalize
from textmine.terms.vectorizer import TermVectorizer

ROUNDS = 3
Cut = Callable[[str], list[str]]


def texts_of(folder: Path, characters: int) -> list[str]:
    """The texts of a folder, all of them as often as it takes to have enough characters."""
    paths = sorted(folder.rglob("*.txt"))
    # Normalised, for that is what our engine cuts: the others cut full width otherwise.
    texts = [normalize(path.read_text("utf-8", errors="replace")) for path in paths]
    size = sum(map(len, texts))
    if not size:
        raise SystemExit(f"{folder} holds no text.")
    return texts * -(-characters // size)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """The least time of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


def others() -> dict[str, Cut]:
    """The engines that are installed, each giving a list of words."""
    found: dict[str, Cut] = {}
    for name, function in (("rjieba", "cut"), ("jieba_fast_dat", "lcut")):
        try:
            found[name] = getattr(importlib.import_module(name), function)
        except ImportError:
            print(f"{name} is not installed")
    return found


def same_share(cut: Cut, texts: list[str]) -> float:
    """The share of jieba's tokens, by place, that another engine gives too."""
    same = total = 0
    for text in texts:
        theirs, ours = (_spans(words) for words in (jieba.lcut(text), cut(text)))
        same += len(theirs & ours)
        total += len(theirs)
    return same / total


def _spans(words: list[str]) -> set[tuple[int, int]]:
    ends = list(accumulate(map(len, words)))
    return set(zip([0, *ends], ends, strict=False))


def engines(texts: list[str], sample: list[str]) -> None:
    """Print what each engine takes, and how alike its tokens are to jieba's."""
    segmenter = Segmenter()
    base = seconds(lambda: [jieba.lcut(text) for text in texts])
    size = sum(map(len, texts))
    print(f"jieba: {size / base / 1e6:.2f} million characters a second of one core\n")
    print("| engine | times jieba | same tokens |\n|---|--:|--:|")
    one = seconds(lambda: segmenter.cut(texts, threads=1))
    exact = same_share(segmenter.words, sample)
    print(f"| textmine, spans | {base / one:.1f} | {exact:.3%} |")
    ids = seconds(lambda: segmenter.cut(texts, threads=1).numbered())
    print(f"| textmine, spans and word numbers | {base / ids:.1f} | {exact:.3%} |")
    lists = seconds(lambda: [segmenter.words(text) for text in texts])
    print(f"| textmine, lists of strings | {base / lists:.1f} | {exact:.3%} |")
    for name, cut in others().items():
        took = seconds(lambda cut=cut: [cut(text) for text in texts])  # type: ignore[misc]
        print(f"| {name}, lists of strings | {base / took:.1f} | {same_share(cut, sample):.3%} |")
    walls = [
        seconds(lambda n=n: segmenter.cut(texts, threads=n), time.perf_counter)  # type: ignore[misc]
        for n in (1, 2)
    ]
    print(f"\nTwo threads: {walls[0] / walls[1]:.2f} times one, by the clock on the wall")


def tagging(texts: list[str]) -> None:
    """Print how long words with parts of speech take, beside jieba.posseg, on a part of the texts."""
    part = texts[: max(len(texts) // 5, 1)]
    segmenter = Segmenter()
    segmenter.cut_tagged(part)
    base = seconds(lambda: [posseg.lcut(text) for text in part])
    ids = seconds(lambda: segmenter.cut_tagged(part))
    pairs = seconds(lambda: [segmenter.tag(text) for text in part])
    ours = [pair for text in part for pair in segmenter.tag(text)]
    theirs = [(pair.word, pair.flag) for text in part for pair in posseg.lcut(text)]
    print(
        f"\nParts of speech: {base / ids:.0f} times jieba.posseg as numbers, {base / pairs:.0f} times"
    )
    print(f"as pairs of strings; the same words and tags: {ours == theirs}")


def counting(texts: list[str]) -> None:
    """Print how long a matrix takes, beside scikit-learn with jieba."""
    base = seconds(lambda: CountVectorizer(analyzer=jieba.lcut).fit_transform(texts))
    ours = seconds(lambda: TermVectorizer().fit_transform(texts))
    print(f"Matrix of counts: {base / ours:.1f} times CountVectorizer(analyzer=jieba.lcut)")


START = """
import time
import textmine.segment
start = time.process_time()
textmine.segment.Segmenter().words("产业集群")
print(time.process_time() - start)
"""


def starting() -> None:
    """Print what the first cut of a process takes, with machine code that was kept, and memory."""
    runs = [
        subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
        for _ in range(ROUNDS)
    ]
    print(f"First cut of a process: {min(float(run.stdout) for run in runs):.2f} s of a core")
    before = _resident()
    segmenter: Any = Segmenter()
    segmenter.words("产业集群")
    print(f"Dictionary and model in memory: {_resident() - before:.0f} MB")


def _resident() -> float:
    """The most memory that this process has had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        peak / (1 if sys.platform == "darwin" else 1024) / (1024 if sys.platform == "darwin" else 1)
    )


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    default = Path(__file__).parents[1] / "corpus" / "documents"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--characters", type=int, default=1_000_000)
    given = parser.parse_args()
    texts = texts_of(given.folder, given.characters)
    print(f"{len(texts)} texts, {sum(map(len, texts)):,} characters\n")
    starting()
    jieba.initialize()
    engines(texts, texts[:200])
    tagging(texts)
    counting(texts)


if __name__ == "__main__":
    main()
