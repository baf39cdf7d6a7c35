import numpy as np
import pytest
from gensim.corpora import Dictionary
from gensim.models.coherencemodel import CoherenceModel
from hypothesis import given
from hypothesis import strategies as st

from textmine.topics import c_v, count_windows, window_npmi

TEXTS = st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12), min_size=1, max_size=5)


@given(TEXTS, st.integers(2, 6))
def test_windows_are_those_of_a_loop(texts: list[list[str]], window: int) -> None:
    found = count_windows(texts, "甲乙丙", window=window)
    seen = [
        set(text[i : i + window]) for text in texts for i in range(max(1, len(text) - window + 1))
        if text
    ]  # fmt: skip
    assert found.windows == len(seen)
    for i, a in enumerate(found.words):
        for j, b in enumerate(found.words):
            assert found.together[i, j] == sum({a, b} <= words for words in seen)


@pytest.fixture(scope="module")
def permuted() -> tuple[list[list[str]], list[list[str]]]:
    """Texts in which no word repeats, where gensim's windows and ours are the same."""
    random = np.random.default_rng(3)
    words = [f"w{i}" for i in range(40)]
    texts = [list(random.permutation(words)[: random.integers(15, 40)]) for _ in range(60)]
    return texts, [words[:5], words[10:15], words[20:26]]


@pytest.mark.parametrize(
    ("name", "ours", "window"), [("c_v", c_v, 12), ("c_npmi", window_npmi, 10)]
)
def test_window_coherence_equals_that_of_gensim(permuted, name, ours, window) -> None:
    texts, topics = permuted
    theirs = CoherenceModel(
        topics=topics,
        texts=texts,
        dictionary=Dictionary(texts),
        coherence=name,
        window_size=window,
        topn=6,
        processes=1,
    ).get_coherence_per_topic()
    counts = count_windows(texts, {w for t in topics for w in t}, window=window)
    assert ours(topics, counts) == pytest.approx(theirs, abs=1e-9)


def test_a_word_that_never_occurs_makes_no_coherence_undefined() -> None:
    counts = count_windows([["a", "b"]], ["a", "b", "z"])
    assert np.isfinite(c_v([["a", "b", "z"]], counts)).all()
    assert np.isfinite(window_npmi([["a", "b", "z"]], counts)).all()
