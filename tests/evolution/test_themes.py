import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from textmine.evolution.themes import thematic_evolution
from textmine.matrices import DocTerm
from textmine.records import Period

PERIODS = [Period("one", 2000, 2004), Period("two", 2005, 2009), Period("three", 2010, 2014)]
WORDS = "abcdefghijklmnop"
# The words of each period's themes: abcd and efgh merge, merged parts again, ijkl stays, mnop comes.
PLANTED = {
    "one": ["abcd", "efgh", "ijkl"],
    "two": ["abcdefgh", "ijkl"],
    "three": ["abcd", "efgh", "ijkl", "mnop"],
}


@pytest.fixture(scope="module")
def corpus() -> tuple[DocTerm, pd.Series]:
    random = np.random.default_rng(1)
    rows, years = [], {}
    for period in PERIODS:
        for n in range(120):
            theme = PLANTED[period.name][n % len(PLANTED[period.name])]
            rows.append([int(w in theme and random.random() < 0.8) for w in WORDS])
            years[f"{period.name}{n:03}"] = period.first + n % 5
    counts = sparse.csr_matrix(np.array(rows, dtype=np.int32))
    return DocTerm(counts, tuple(years), tuple(WORDS)), pd.Series(years)


def test_planted_themes_are_found_with_what_becomes_of_them(corpus) -> None:
    themes, flows = thematic_evolution(*corpus, PERIODS)
    found = {
        (row.period, "".join(sorted(row.terms.replace("、", "")))): (row.origin, row.fate)
        for row in themes.itertuples()
    }
    assert found == {
        ("one", "abcd"): ("", "merged"),
        ("one", "efgh"): ("", "merged"),
        ("one", "ijkl"): ("", "kept"),
        ("two", "abcdefgh"): ("merged", "split"),
        ("two", "ijkl"): ("kept", "kept"),
        ("three", "abcd"): ("split", ""),
        ("three", "efgh"): ("split", ""),
        ("three", "ijkl"): ("kept", ""),
        ("three", "mnop"): ("born", ""),
    }
    assert themes["robust"].all()
    assert flows["linked"].sum() == 6


def test_the_indices_are_those_of_their_formulas(corpus) -> None:
    _, flows = thematic_evolution(*corpus, PERIODS)
    merged = flows[(flows["before"] == "one") & (flows["shared"].str.contains("a"))].iloc[0]
    assert merged["inclusion"] == 1.0
    assert merged["stability"] == 0.5
    assert 0.5 < merged["weighted_inclusion"] <= 1


def test_the_order_of_documents_makes_no_difference(corpus) -> None:
    doc_term, years = corpus
    turned = doc_term.select_documents(np.arange(len(doc_term.doc_ids))[::-1])
    for one, two in zip(
        thematic_evolution(doc_term, years, PERIODS),
        thematic_evolution(turned, years, PERIODS),
        strict=True,
    ):
        pd.testing.assert_frame_equal(one, two)


def test_thin_periods_are_passed_over(corpus) -> None:
    doc_term, years = corpus
    themes, flows = thematic_evolution(doc_term, years[years < 2005], PERIODS)
    assert set(themes["period"]) == {"one"}
    assert flows.empty
