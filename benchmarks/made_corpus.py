"""A corpus of any size: policy notices whose sentences are drawn from the sample documents.

Only the size and the statistics of the text matter here; nobody reads these documents.
"""

from __future__ import annotations

import random
from pathlib import Path

from textmine import parse, read
from textmine.records import Failure, RawFile
from textmine.segment import sentences

ROOT = Path(__file__).parents[1]


def sample_sentences() -> list[str]:
    """All sentences of the sample documents, in order."""
    found: list[str] = []
    for path in sorted((ROOT / "corpus" / "documents").rglob("*.txt")):
        for raw in read.read(RawFile(path.name, path.read_bytes())):
            if not isinstance(raw, Failure):
                body = parse.document(raw).body
                found += [body[a:b].strip() for a, b in sentences(body)]
    return [s for s in found if len(s) > 10]


def write(folder: Path, documents: int, *, characters: int = 1500, seed: int = 1) -> int:
    """Write a corpus of text files and return its size in characters."""
    sentences_ = sample_sentences()
    draw = random.Random(seed)
    total = 0
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(documents):
        year = 2000 + n % 26
        parts = [
            f"关于第{n}号事项的通知",
            f"临科发〔{year}〕{n}号",
            "各有关单位：",
        ]
        length = 0
        while length < characters:
            paragraph = "".join(draw.choice(sentences_) for _ in range(4))
            parts.append(paragraph)
            length += len(paragraph)
        parts += ["临江省科学技术厅", f"{year}年{n % 12 + 1}月1日"]
        text = "\n".join(parts)
        total += len(text)
        (folder / f"{n:07}.txt").write_text(text, encoding="utf-8")
    return total
