"""Keywords of real records, counted again with a dictionary straight from the file."""

import os
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from textmine import parse, read
from textmine.networks import cooccurrence, incidence, normalise, strongest
from textmine.records import RawFile

DATA = os.environ.get("TEXTMINE_DATA")
pytestmark = pytest.mark.skipif(DATA is None, reason="needs TEXTMINE_DATA")
FILE = "records/cssci_kxxykxjsgl_2019_100.txt"


@pytest.fixture(scope="module")
def lines() -> list[list[str]]:
    text = (Path(DATA or "") / FILE).read_bytes().decode("utf-8", "replace")
    found = re.findall(r"【关\s*键\s*词】(.*)", text)
    return [sorted({name.strip() for name in line.split("/") if name.strip()}) for line in found]


@pytest.fixture(scope="module")
def held():
    path = Path(DATA or "") / FILE
    documents = [parse.document(raw) for raw in read.read(RawFile(path.name, path.read_bytes()))]
    return incidence(map(str, range(len(documents))), [d.keywords for d in documents])


@pytest.mark.parametrize("counting", ["full", "fractional"])
def test_counts_and_strengths_are_those_of_the_file(lines, held, counting) -> None:
    links: Counter[tuple[str, str]] = Counter()
    for names in lines:
        for pair in combinations(names, 2):
            links[pair] += 1 if counting == "full" else 1 / (len(names) - 1)
    total: Counter[str] = Counter()
    for (a, b), weight in links.items():
        total[a] += weight
        total[b] += weight
    counts = cooccurrence(held, counting=counting)
    strength = normalise(counts, "association_vos").tocsr()
    at = {name: i for i, name in enumerate(counts.terms)}
    assert counts.links.nnz == 2 * len(links) > 600
    m2 = sum(total.values())
    for (a, b), weight in links.items():
        assert counts.links[at[a], at[b]] == pytest.approx(weight, abs=1e-12)
        expected = m2 * weight / (total[a] * total[b])
        assert strength[at[a], at[b]] == pytest.approx(expected, rel=1e-12, abs=1e-9)
    often = Counter(name for names in lines for name in names)
    assert {n: int(k) for n, k in zip(counts.terms, counts.occurrences, strict=True)} == often
    ranked = sorted(total, key=lambda name: (-round(total[name], 9), -often[name], name))
    assert list(strongest(held, 40, counting=counting).terms) == sorted(ranked[:40])
