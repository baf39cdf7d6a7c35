from collections import Counter, defaultdict
from math import log2

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.segment import Segmenter
from textmine.terms import ngrams

SEGMENTER = Segmenter(hmm=False)
TEXTS = st.lists(st.text(st.sampled_from("产业集群，a1"), max_size=25), min_size=1, max_size=4)


def runs(kinds: list[int], length: int) -> list[tuple[int, ...]]:
    """All runs of a length without a unit of kind −1: brute force."""
    found = (tuple(kinds[i : i + length]) for i in range(len(kinds) - length + 1))
    return [run for run in found if min(run) >= 0]


@given(TEXTS)
@settings(max_examples=80)
def test_levels_hold_exactly_the_frequent_runs(texts: list[str]) -> None:
    kinds = ngrams.units(texts, SEGMENTER).kinds
    levels = [level for level, _ in ngrams.levels(kinds, min_count=2, max_length=4)]
    for length in range(1, 5):
        frequent = {r: n for r, n in Counter(runs(kinds.tolist(), length)).items() if n >= 2}
        level = levels[length - 1] if length <= len(levels) else None
        firsts = [] if level is None else level.first.tolist()
        ours = {tuple(kinds[i : i + length].tolist()): n for n, i in enumerate(firsts)}
        assert set(ours) == set(frequent)
        assert all(level.counts[n] == frequent[run] for run, n in ours.items())


@given(TEXTS)
@settings(max_examples=80)
def test_cohesion_and_freedom_are_what_their_formulas_say(texts: list[str]) -> None:
    kinds = ngrams.units(texts, SEGMENTER).kinds
    levels, lefts = [], []
    for level, now in ngrams.levels(kinds, min_count=2, max_length=3):
        everything = np.ones(len(level.counts), dtype=np.bool_)
        levels.append(level)
        lefts.append(ngrams.freedom(level, now, kinds, everything)[0])
    plain = kinds.tolist()
    count = {n: Counter(runs(plain, n)) for n in (1, 2, 3)}
    total = sum(n for n in count[1].values() if n >= 2)
    for level, left in zip(levels[1:], lefts[1:], strict=True):
        for n, first in enumerate(level.first.tolist()):
            run = tuple(plain[first : first + level.length])
            joints = [
                log2(
                    total * level.counts[n] / (count[k][run[:k]] * count[level.length - k][run[k:]])
                )
                for k in range(1, level.length)
            ]
            normed = min(joints) / log2(total / level.counts[n])
            assert np.isclose(ngrams.cohesion(levels, level.length)[n], normed)
            assert np.isclose(left[n], entropy_before(plain, run))


def entropy_before(kinds: list[int], run: tuple[int, ...]) -> float:
    before: defaultdict[object, int] = defaultdict(int)
    for i in range(len(kinds) - len(run) + 1):
        if tuple(kinds[i : i + len(run)]) == run:
            kind = kinds[i - 1] if i else -1
            before[kind if kind >= 0 else ("boundary", i)] += 1
    f = sum(before.values())
    return -sum(n / f * log2(n / f) for n in before.values())


def test_a_name_of_latin_letters_and_digits_is_one_unit() -> None:
    units = ngrams.units(["互联网＋和C++", "中国制造2025"], SEGMENTER)
    text = "互联网＋和C++\n中国制造2025\n"
    pieces = [text[a:b] for a, b in zip(units.starts[:-1], units.starts[1:], strict=True)]
    assert pieces == [
        "互",
        "联",
        "网",
        "＋",
        "和",
        "C++",
        "\n",
        "中",
        "国",
        "制",
        "造",
        "2025",
        "\n",
    ]
    assert units.bounds.tolist() == [0, 7, 13]


def test_the_size_of_the_blocks_changes_nothing(monkeypatch) -> None:
    texts = ["产业集群“创新”", "", "AI与集群\n发展", "C++"] * 3
    whole = ngrams.units(texts, SEGMENTER)
    monkeypatch.setattr(ngrams, "BLOCK", 5)
    parted = ngrams.units(texts, SEGMENTER)
    for name in ("codes", "edge", "kinds", "starts", "bounds"):
        assert np.array_equal(getattr(whole, name), getattr(parted, name)), name
