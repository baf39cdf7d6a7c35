"""How the costs of `textmine run` grow with the corpus: abstracts by the ten thousand.

    python -m benchmarks.scale --documents 10000 100000

Writes records as CNKI exports them (RefWorks, 5,000 a file), with sentences drawn from the sample
papers, words that follow Zipf's law and four author keywords, runs every stage in a process of its
own for each size, and prints seconds, peak memory and the exponent by which a stage grows: 1 is
linear.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.made_corpus import sample_sentences

ROOT = Path(__file__).parents[1]
PER_FILE = 5000
KEYWORDS = 4
CODES = [chr(c) for c in range(0x4E00, 0x4E00 + 600)]
"""Characters of made words: a large corpus has rare words that the samples lack."""
Row = tuple[str, float, float]


def record(n: int, draw: random.Random, sentences: list[str], keywords: list[str]) -> str:
    """One made record."""
    abstract = "".join(draw.choices(sentences, k=4))
    rare = "".join(draw.choices(CODES, k=2))
    chosen = {keywords[min(int(draw.paretovariate(0.9)), len(keywords)) - 1] for _ in range(9)}
    return (
        f"RT Journal Article\nSR 1\nA1 作者{draw.randrange(10**5)};\n"
        f"T1 {draw.choice(sentences)[:18]}与{rare}研究{n}\nJF 学报{n % 40}\nYR {1995 + n % 30}\n"
        f"IS {n % 6 + 1:02}\nOP {n % 90 + 1}-{n % 90 + 7}\n"
        f"K1 {';'.join(sorted(chosen)[:KEYWORDS])}\nAB {abstract}\nLA 中文;\nDS CNKI\n"
    )


def write(folder: Path, documents: int, seed: int = 1) -> None:
    """Write that many records in files of 5,000."""
    draw = random.Random(seed)
    sentences = [s for s in sample_sentences() if len(s) < 90]
    keywords = ["".join(draw.choices(CODES, k=4)) for _ in range(5000)]
    for start in range(0, documents, PER_FILE):
        numbers = range(start, min(start + PER_FILE, documents))
        text = "\n".join(record(n, draw, sentences, keywords) for n in numbers)
        (folder / f"{start:08}.txt").write_text(text, encoding="utf-8")


def stages(documents: int) -> list[Row]:
    """Seconds and peak MB of every stage on so many records."""
    with tempfile.TemporaryDirectory() as name:
        folder, result = Path(name) / "study", Path(name) / "rows.json"
        commands = (
            ["textmine", "init", folder],
            ["benchmarks.run_stages", "--stages", folder, "--to", result],
        )
        for n, command in enumerate(commands):
            if n:
                write(folder / "corpus" / "documents", documents)
            subprocess.run([sys.executable, "-m", *map(str, command)], check=True, cwd=ROOT)
        return [(str(s), float(t), float(m)) for s, t, m in json.loads(result.read_text())]


def table(sizes: list[int], measured: list[list[Row]]) -> str:
    """Markdown: a line a stage, a pair of columns a size, and how the stage grows."""
    heads = [f"{size:,}: s | MB so far" for size in sizes]
    lines = [f"| stage | {' | '.join(heads)} | growth |", "|---" * (2 * len(sizes) + 2) + "|"]
    for rows in zip(*measured, strict=True):
        cells = " | ".join(f"{took:.1f} | {peak:.0f}" for _, took, peak in rows)
        lines.append(f"| {rows[0][0]} | {cells} | {growth(sizes, [r[1] for r in rows])} |")
    return "\n".join(lines)


def growth(sizes: list[int], seconds: list[float]) -> str:
    """The exponent between the smallest and the largest size."""
    if len(sizes) < 2 or min(seconds) < 0.05:
        return "–"
    return f"{math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0]):.2f}"


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10000])
    sizes = sorted(parser.parse_args().documents)
    print(table(sizes, [stages(size) for size in sizes]))


if __name__ == "__main__":
    main()
