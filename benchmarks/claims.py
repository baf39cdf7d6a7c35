"""Speed of concept matching and of claim extraction, on one core.

    python benchmarks/claims.py FOLDER_OR_FILE …

Reads the text files named (all `.txt` and `.md` of a folder), then times three times: the matcher,
the extraction with all rules, and, for comparison, jieba's part-of-speech tagger on a part of the
same text, which any extraction over tagged tokens would have to run first. Prints the best of
three in megabytes of UTF-8 a second of processor time.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable
from pathlib import Path

from textmine.claims import default_grammar, extract
from textmine.concepts import Matcher, parse_scheme

SCHEME = Path(__file__).parents[1] / "corpus" / "concepts.toml"
# jieba.posseg takes seconds for a megabyte; a part tells its speed.
TAGGED_CHARACTERS = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    texts = [path.read_text("utf-8", errors="replace") for path in files(parser.parse_args().paths)]
    scheme = parse_scheme(SCHEME.read_text("utf-8"), source=str(SCHEME))
    matcher, grammar = Matcher(scheme), default_grammar()
    mentions = [matcher.mentions(text) for text in texts]
    claims = sum(
        len(extract(text, found, scheme=scheme))
        for text, found in zip(texts, mentions, strict=True)
    )
    size = megabytes(texts)
    print(f"{len(texts)} texts, {size:.1f} MB, {sum(map(len, mentions))} mentions, {claims} claims")
    print(f"{len(scheme.labels)} labels, {len(grammar.rules)} rules")
    matching = best(lambda: [matcher.mentions(text) for text in texts])
    print(f"matcher     {size / matching:7.1f} MB/s")
    extraction = best(
        lambda: [
            extract(text, found, scheme=scheme) for text, found in zip(texts, mentions, strict=True)
        ]
    )
    print(f"extraction  {size / extraction:7.1f} MB/s")
    part = "".join(texts)[:TAGGED_CHARACTERS]
    print(f"jieba tags  {megabytes([part]) / best(lambda: tag(part)):7.2f} MB/s")


def files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = [p for p in sorted(path.rglob("*")) if p.suffix in (".txt", ".md")]
        found += inside if path.is_dir() else [path]
    return found


def megabytes(texts: list[str]) -> float:
    return sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6


def best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        before = time.process_time()
        run()
        times.append(time.process_time() - before)
    return min(times)


def tag(text: str) -> int:
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    return sum(1 for _ in jieba.posseg.cut(text))


if __name__ == "__main__":
    main()
