import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.networks import callon, cooccurrence, quadrants, themes

# Words a to e; themes {a, b} and {c, d, e}. Documents: a b | a b | c d | d e | b c | a | e.
ROWS = ["a b", "a b", "c d", "d e", "b c", "a", "e"]
MEMBERSHIP = np.array([1, 1, 2, 2, 2])
# s: a 3, b 3, c 2, d 2, e 2. e_ab = 4/9, e_cd = 1/4, e_de = 1/4, e_bc = 1/6.


def test_callons_measures_equal_the_sums_done_by_hand(doc_term) -> None:
    centrality, density = callon(cooccurrence(doc_term(ROWS)), MEMBERSHIP)
    assert centrality == pytest.approx([10 / 6, 10 / 6])
    assert density == pytest.approx([100 * (4 / 9) / 2, 100 * (1 / 2) / 3])


def test_a_theme_without_outer_links_has_no_centrality(doc_term) -> None:
    centrality, _ = callon(cooccurrence(doc_term(["a b", "c d"])), np.array([1, 1, 2, 2]))
    assert centrality.tolist() == [0, 0]


@given(st.permutations(range(5)))
def test_the_order_of_words_makes_no_difference(doc_term, order: list[int]) -> None:
    term_term = cooccurrence(doc_term(ROWS))
    one = callon(term_term, MEMBERSHIP)
    two = callon(term_term.select(order), MEMBERSHIP[list(order)])
    for a, b in zip(one, two, strict=True):
        assert a == pytest.approx(b)


def test_quadrants_are_named_as_callon_and_cobo_do() -> None:
    c, d = np.array([1.0, 1, 3, 3]), np.array([1.0, 3, 1, 3])
    assert quadrants(c, d) == ["emerging", "niche", "basic", "motor"]
    assert quadrants(np.array([2.0]), np.array([1.0])) == ["motor"]


def test_themes_are_one_row_each(doc_term) -> None:
    table = themes(cooccurrence(doc_term(ROWS)), MEMBERSHIP)
    assert table["terms"].tolist() == [2, 3]
    assert table["occurrences"].tolist() == [6, 6]
