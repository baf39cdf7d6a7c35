"""What our spaCy pipeline costs over cutting alone, and beside jieba in spaCy's own way.

    python -m benchmarks.spacy_pipeline [FOLDER] [--characters N]

FOLDER holds UTF-8 texts (*.txt), by default the sample documents of this project. Seconds are those of the
processor, the least of three rounds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

from benchmarks.segment import seconds, texts_of
from textmine.concepts import Matcher, parse_scheme
from textmine.segment import Lexicon, Segmenter, pipeline
from textmine.segment.entities import entities

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    default = ROOT / "corpus" / "documents"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--characters", type=int, default=200_000)
    given = parser.parse_args()
    # By paragraph, as one would feed spaCy.
    whole = texts_of(given.folder, given.characters)
    texts = [line for text in whole for line in text.split("\n") if line]
    scheme = parse_scheme((ROOT / "corpus" / "concepts.toml").read_text("utf-8"))
    matcher, lexicon = Matcher(scheme), Lexicon()
    segmenter, ours = Segmenter(lexicon), pipeline(lexicon, matcher)
    theirs: Any = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    works: dict[str, Callable[[], object]] = {
        "Segmenter.words": lambda: [segmenter.words(text) for text in texts],
        "named things alone": lambda: [entities(text, matcher) for text in texts],
        "our pipeline": lambda: list(ours.pipe(texts)),
        "spaCy with jieba, words alone": lambda: list(theirs.pipe(texts)),
    }
    size = sum(map(len, texts))
    print(
        f"{len(texts)} paragraphs, {size:,} characters\n\n| work | µs a paragraph | characters a second |"
    )
    print("|---|--:|--:|")
    for name, work in works.items():
        work()
        took = seconds(work)
        print(f"| {name} | {1e6 * took / len(texts):.0f} | {size / took:,.0f} |")


if __name__ == "__main__":
    main()
