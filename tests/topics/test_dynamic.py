import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from textmine.errors import TooFewData
from textmine.matrices import DocTerm
from textmine.topics import dynamic_topics

YEARS = ["2001", "2002", "2003"]


def corpus() -> tuple[DocTerm, list[str]]:
    """Theme A in all years with a word that changes, B in the first, C in the last."""
    random = np.random.default_rng(2)
    words = [f"{letter}{i}" for letter in "abc" for i in range(8)]
    rows, years = [], []
    for year, alive in zip(YEARS, ("ab", "ab", "ac"), strict=True):
        for n in range(30):
            theme = alive[n % 2]
            chosen = [f"{theme}{i}" for i in random.choice(7, 5)] + [f"{theme}7"] * (year != "2001")
            rows.append([chosen.count(word) for word in words])
            years.append(year)
    matrix = sparse.csr_matrix(np.array(rows, dtype=np.int32))
    return DocTerm(matrix, tuple(f"d{n:03}" for n in range(90)), tuple(words)), years


def test_themes_live_as_long_as_they_were_planted() -> None:
    doc_term, years = corpus()
    found = dynamic_topics(doc_term, years, themes=3, k=2)
    table = found.periods
    alive = table[table["share"] > 0].groupby("theme")["period"].agg(list).tolist()
    assert sorted(alive, key=len) == [["2003"], ["2001", "2002"], YEARS]
    assert table.groupby("period")["share"].sum().to_numpy() == pytest.approx(1)
    letters = {found.terms[row.argmax()][0] for row in found.theme_word}
    assert letters == {"a", "b", "c"}


def test_a_theme_shows_the_words_of_each_period() -> None:
    doc_term, years = corpus()
    table = dynamic_topics(doc_term, years, themes=3, k=2).periods
    lasting = table[table["theme"] == 1].set_index("period")["words"]
    assert "a7" not in lasting["2001"].split("、")[:7]
    assert "a7" in lasting["2002"].split("、")[:7]


@settings(max_examples=4, deadline=None)
@given(st.permutations(range(90)))
def test_the_order_of_documents_makes_no_difference(order: list[int]) -> None:
    doc_term, years = corpus()
    one = dynamic_topics(doc_term, years, themes=3, k=2)
    two = dynamic_topics(doc_term.select_documents(order), [years[i] for i in order], themes=3, k=2)
    assert one.theme_word.tobytes() == two.theme_word.tobytes()
    assert one.periods.equals(two.periods)


def test_periods_with_few_documents_are_left_out_and_one_period_is_refused() -> None:
    doc_term, years = corpus()
    few = ["1999" if n < 4 else year for n, year in enumerate(years)]
    assert dynamic_topics(doc_term, few, themes=3, k=2).left_out == ("1999",)
    with pytest.raises(TooFewData, match="periods"):
        dynamic_topics(doc_term, ["2001"] * 90)
