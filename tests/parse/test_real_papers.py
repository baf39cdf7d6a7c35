"""Front matter of real papers against labels made by reading them; 95 % of fields are asked.

A title longer than 20 characters is given by its length, lists by their number of items. Where
the text recognition lost the marks between keywords, the label is what the authors printed.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from textmine import parse
from textmine.records import RawText

DATA = os.environ.get("TEXTMINE_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA names no folder of real papers")
LABELS = json.loads((Path(__file__).parent / "golden" / "front_matter.json").read_text("utf-8"))


def told(paper, title):
    return {
        "title": len(paper.title) if isinstance(title, int) else paper.title,
        "authors": len(paper.authors),
        "affiliations": len(paper.affiliations),
        "postcode": paper.postcode,
        "abstract": bool(paper.abstract),
        "keywords": len(paper.keywords),
        "clc": "/".join(paper.clc),
        "doi": paper.doi,
        "received": paper.received,
    }


def test_front_matter_of_the_sample_is_right_in_95_percent():
    right, wrong = Counter(), []
    for name, label in LABELS.items():
        path = Path(DATA) / "papers" / "chinaxiv" / f"ChinaXiv-{name}.md"
        found = told(parse.document(RawText(path.read_text("utf-8"), "markdown")), label["title"])
        for field, want in label.items():
            right[field] += found[field] == want
            if found[field] != want:
                wrong.append((name, field, want, found[field]))
    assert sum(right.values()) / (len(LABELS) * len(told(found_nothing(), ""))) >= 0.95, wrong
    assert min(right[f] for f in ("title", "authors", "affiliations", "doi")) >= 0.9 * len(LABELS)


def found_nothing():
    return parse.document("")


def test_papers_are_told_from_policies():
    folder = Path(DATA) / "papers" / "chinaxiv"
    paths = sorted(folder.glob("*.md"))[::15]
    kinds = Counter(parse.document(RawText(p.read_text("utf-8"), "markdown")).kind for p in paths)
    assert kinds["paper"] >= 0.95 * len(paths)
    assert kinds["policy"] == 0
