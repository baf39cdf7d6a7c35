import math

import pytest

from textmine.records import Span
from textmine.search.collocates import collocates

NEAR = ["产业", "集群", "促进", "创新", "。", "天气", "很", "好"]
FAR = ["天气", "很", "好", "。", "很", "好"]
DOCUMENTS = [(NEAR, [Span(2, 4)])] * 5 + [(FAR, [])] * 3


def one(word: str, **options):
    options = {"window": 2, "least": 1} | options
    return next(c for c in collocates(DOCUMENTS, **options) if c.word == word)


def test_counts_are_those_of_the_windows_on_either_side() -> None:
    assert (one("产业").left, one("产业").right, one("产业").documents) == (5, 0, 5)
    assert (one("促进").near, one("创新").right, one("促进").count) == (5, 5, 5)


def test_a_window_ends_with_the_sentence_and_the_node_is_no_collocate() -> None:
    found = {c.word for c in collocates(DOCUMENTS, window=20, least=1)}
    assert found == {"产业", "促进", "创新"}


def test_scores_are_those_of_the_formulas() -> None:
    near, within, count = 5, 15, 5
    total = 5 * 6 + 3 * 5
    cells = [(5, 15 * 5), (10, 15 * 40), (0, 30 * 5), (30, 30 * 40)]
    expected = 2 * sum(o * math.log(o * total / product) for o, product in cells if o)
    assert one("促进").log_likelihood == pytest.approx(expected)
    assert one("促进").log_dice == pytest.approx(14 + math.log2(2 * near / (5 + count)))
    assert within == sum(c.near for c in collocates(DOCUMENTS, window=2, least=1))


def test_a_word_that_is_as_frequent_elsewhere_scores_about_nothing() -> None:
    words = ["甲", "节点", "乙", "。", "甲", "乙", "。"] * 50
    spans = [Span(1 + 8 * n, 3 + 8 * n) for n in range(50)]
    found = collocates([(words, spans)], window=1)
    assert {c.word for c in found} == {"甲", "乙"}
    assert all(abs(c.log_likelihood) < 1e-9 for c in found)


def test_stop_words_and_rare_words_are_not_listed() -> None:
    assert {c.word for c in collocates(DOCUMENTS, window=2, least=6)} == set()
    listed = {c.word for c in collocates(DOCUMENTS, window=2, least=5, stop_words={"促进"})}
    assert listed == {"产业", "创新"}


def test_a_node_that_begins_within_a_word_takes_that_whole_word() -> None:
    found = collocates([(["产业集群", "发展"], [Span(2, 4)])] * 3, window=1)
    assert [c.word for c in found] == ["发展"]
