import math

import pytest

from textmine.search.similarity import characteristic_words, shared_text


def test_weights_are_those_of_the_formula_and_common_words_weigh_nothing() -> None:
    frequency = {"产业": 100, "集群": 10, "独有": 1, "的": 5}
    words = ["产业", "集群", "集群", "独有", "的", "。"]
    found = characteristic_words(words, frequency.__getitem__, documents=100, stop_words={"的"})
    assert [word for word, _ in found] == ["集群"]
    assert found[0][1] == pytest.approx((1 + math.log(2)) * math.log(10))


def test_an_excerpt_stands_wholly_in_its_source_and_strangers_share_nothing() -> None:
    text = "".join(chr(0x4E00 + i) for i in range(200))
    assert shared_text(text, text[50:120]) == shared_text(text[50:120], text) == 1
    assert shared_text(text, "\n".join((text[:100], text[100:]))) == 1
    assert shared_text(text, text[::-1]) == 0
    assert shared_text(text, "短") == 0
