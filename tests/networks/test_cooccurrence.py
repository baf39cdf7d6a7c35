import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from textmine.errors import UsageError
from textmine.networks import (
    benjamini_hochberg,
    cooccurrence,
    hypergeometric_tails,
    incidence,
    most_frequent,
    normalise,
)


def test_fractional_counting_gives_a_document_one_link_per_author() -> None:
    # Documents of 3, 2 and 1 authors: pairs weigh 1/2, 1 and nothing.
    held = incidence("xyz", [["甲", "乙", "丙"], ["甲", "乙"], ["丁"]])
    found = cooccurrence(held, counting="fractional")
    at = {term: i for i, term in enumerate(found.terms)}
    assert found.links[at["甲"], at["乙"]] == 1.5
    assert found.links[at["甲"], at["丙"]] == 0.5
    assert found.counts[at["甲"], at["乙"]] == 2
    totals = {term: float(found.links[i].sum()) for term, i in at.items()}
    assert totals == {"甲": 2.0, "乙": 2.0, "丙": 1.0, "丁": 0.0}
    assert dict(zip(found.terms, found.occurrences.tolist(), strict=True))["甲"] == 2


def test_fractions_count_all_names_of_a_document_not_only_those_linked() -> None:
    held = incidence("xy", [["甲", "乙", "丙"], ["甲", "乙"]])
    found = cooccurrence(held, counting="fractional", terms=["甲", "乙"])
    assert found.links[0, 1] == 1.5


def test_documents_with_too_many_names_link_none() -> None:
    held = incidence("xy", [["甲", "乙", "丙"], ["甲", "乙"]], most=2)
    assert cooccurrence(held).counts.sum() == 2
    assert held.terms == ("乙", "甲")


def test_a_name_twice_in_a_document_counts_once_and_no_empty_name_counts() -> None:
    held = incidence("x", [["甲", "甲", "", "乙"]])
    assert held.counts.toarray().tolist() == [[1, 1]]


def test_an_unknown_counting_is_refused(doc_term) -> None:
    with pytest.raises(UsageError, match="fractional"):
        cooccurrence(doc_term(["a b"]), counting="half")  # type: ignore[arg-type]


def test_the_most_frequent_terms_are_chosen_and_ties_go_by_the_term(doc_term) -> None:
    found = most_frequent(doc_term(["a b c", "b c", "c d"]), 3)
    assert found.terms == ("a", "b", "c")


def test_vosviewers_measures_use_the_links_of_the_network(doc_term) -> None:
    # k: a 2+1 = 3, b 2+1 = 3, c 2; 2m = 8.
    found = cooccurrence(doc_term(["a b", "a b c"]))
    assert normalise(found, "association_vos")[0, 1] == pytest.approx(8 * 2 / 9)
    assert normalise(found, "fractionalization")[0, 1] == pytest.approx(2 * (3 / 3 + 3 / 3) / 2)
    assert normalise(found, "fractionalization")[0, 2] == pytest.approx(1 * (3 / 3 + 3 / 2) / 2)


@settings(deadline=None)
@given(st.integers(1, 60), st.data())
def test_tails_equal_those_of_scipy(units: int, data) -> None:
    a, b = data.draw(st.integers(0, units)), data.draw(st.integers(0, units))
    c = data.draw(st.integers(0, units))
    found = hypergeometric_tails([c], [a], [b], units)[0]
    assert found == pytest.approx(stats.hypergeom.sf(c - 1, units, a, b), abs=1e-12)


def test_very_small_tails_keep_their_size() -> None:
    found = hypergeometric_tails([900], [1000], [1000], 100_000)[0]
    assert found == pytest.approx(stats.hypergeom.sf(899, 100_000, 1000, 1000), rel=1e-6)


@given(st.lists(st.floats(1e-9, 1), min_size=1, max_size=20), st.integers(0, 9))
def test_corrected_p_equals_scipys_with_the_untested_as_one(p: list[float], more: int) -> None:
    expected = stats.false_discovery_control([*p, *[1.0] * more])[: len(p)]
    assert benjamini_hochberg(np.array(p), tests=len(p) + more) == pytest.approx(expected)
