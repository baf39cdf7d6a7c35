"""VOSviewer's counting, thresholds, strength and clustering on cases computed by hand."""

import numpy as np
import pytest
from scipy import sparse

from textmine.errors import UsageError
from textmine.networks import (
    at_least,
    beside,
    cooccurrence,
    divide,
    incidence,
    normalise,
    significance,
    strongest,
    transposed,
)

# Five words, five documents.
DOCUMENTS = [
    ["a", "b", "c"],
    ["a", "b"],
    ["a", "d"],
    ["c", "d", "e"],
    ["e"],
]


@pytest.fixture(scope="module")
def held():
    return incidence("12345", DOCUMENTS)


def pair(matrix, counts, a, b):
    return matrix[counts.terms.index(a), counts.terms.index(b)]


def test_full_counting_counts_documents(held) -> None:
    counts = cooccurrence(held)
    expected = {"ab": 2, "ac": 1, "bc": 1, "ad": 1, "cd": 1, "ce": 1, "de": 1, "ae": 0, "bd": 0}
    for (a, b), n in expected.items():
        assert pair(counts.counts, counts, a, b) == n
    assert counts.occurrences.tolist() == [3, 2, 2, 2, 2]


def test_fractional_counting_gives_each_item_one_link_per_document(held) -> None:
    counts = cooccurrence(held, counting="fractional")
    expected = {"ab": 1.5, "ac": 0.5, "bc": 0.5, "ad": 1, "cd": 0.5, "ce": 0.5, "de": 0.5}
    for (a, b), n in expected.items():
        assert pair(counts.links, counts, a, b) == pytest.approx(n, abs=1e-15)
    # The total link strength of a: 1 in each of its three documents.
    assert counts.links.sum(axis=1)[0] == pytest.approx(3, abs=1e-12)


def test_documents_with_too_many_names_count_for_nothing() -> None:
    counts = cooccurrence(incidence("12345", DOCUMENTS, most=2))
    assert dict(zip(counts.terms, counts.occurrences.tolist(), strict=True)) == {
        "a": 2,
        "b": 1,
        "d": 1,
        "e": 1,
    }
    assert counts.counts.sum() == 2 * 2  # a–b and a–d


def test_the_strongest_are_chosen_among_those_that_pass_the_minimum(held) -> None:
    # With a minimum of 2 all pass; totals: a 4, b 3, c 4, d 3, e 2.
    assert strongest(held, 2, minimum=2).terms == ("a", "c")
    assert strongest(held, 4, minimum=2).terms == ("a", "b", "c", "d")
    assert strongest(held, 9, minimum=3).terms == ("a",)
    assert at_least(held, 3).terms == ("a",)


def test_fractional_strength_counts_items_that_did_not_pass(held) -> None:
    # b, c, d, e would pass a minimum of 1 but a is asked for alone: no link, whatever the n.
    counts = cooccurrence(held, counting="fractional", terms=["a", "b"])
    assert pair(counts.links, counts, "a", "b") == pytest.approx(1.5)


@pytest.mark.parametrize("counting", ["full", "fractional"])
@pytest.mark.parametrize("minimum", [1, 3])
def test_strength_without_pairs_is_the_sum_of_the_pairs(counting, minimum) -> None:
    random = np.random.default_rng(4)
    rows = [[f"w{i}" for i in np.flatnonzero(random.random(12) < 0.3)] for _ in range(40)]
    held = incidence(map(str, range(40)), rows)
    passed = at_least(held, minimum).terms
    counts = cooccurrence(held, counting=counting, terms=passed)
    total = np.asarray(counts.links.sum(axis=1)).ravel().round(9)
    ranked = sorted(
        range(len(passed)), key=lambda i: (-total[i], -counts.occurrences[i], passed[i])
    )
    for n in (1, 4, 7):
        expected = sorted(passed[i] for i in ranked[:n])
        assert list(strongest(held, n, minimum=minimum, counting=counting).terms) == expected


def test_association_strength_in_vosviewers_form(held) -> None:
    counts = cooccurrence(held)
    found = normalise(counts, "association_vos")
    # k = a 4, b 3, c 4, d 3, e 2; 2m = 16.
    assert pair(found, counts, "a", "b") == pytest.approx(16 * 2 / (4 * 3), abs=1e-12)
    assert pair(found, counts, "d", "e") == pytest.approx(16 * 1 / (3 * 2), abs=1e-12)
    other = normalise(counts, "fractionalization")
    assert pair(other, counts, "a", "b") == pytest.approx(0.5 * (5 / 4 + 5 / 3) * 2, abs=1e-12)


def test_coupling_counts_works_that_two_documents_cite() -> None:
    # x cites 1 2 3, y cites 2 3, z cites 3.
    cited = incidence("xyz", ["123", "23", "3"])
    counts = cooccurrence(transposed(cited), unit="work", counting="fractional")
    assert counts.terms == ("x", "y", "z")
    assert pair(counts.counts, counts, "x", "y") == 2
    # Work 2 is cited by two (weight 1), work 3 by three (½ for each pair).
    assert pair(counts.links, counts, "x", "y") == pytest.approx(1.5)
    assert pair(counts.links, counts, "y", "z") == pytest.approx(0.5)


def test_small_communities_join_where_they_have_most_links_per_member() -> None:
    # Two cliques of 4 and of 3, and a pair; the pair has weight 0.2 with the four and 0.18 with
    # the three: per member 0.05 against 0.06.
    dense = np.zeros((9, 9))
    dense[:4, :4] = dense[4:7, 4:7] = dense[7:, 7:] = 1
    dense[0, 7] = dense[7, 0] = 0.2
    dense[4, 8] = dense[8, 4] = 0.18
    np.fill_diagonal(dense, 0)
    weights = sparse.csr_matrix(dense)
    whole = divide(weights, seed=1)
    assert whole.tolist() == [1, 1, 1, 1, 2, 2, 2, 3, 3]
    merged = divide(weights, seed=1, min_size=3)
    assert merged.tolist() == [2, 2, 2, 2, 1, 1, 1, 1, 1]


def test_a_small_community_without_links_stays() -> None:
    dense = np.zeros((6, 6))
    dense[:4, :4] = dense[4:, 4:] = 1
    np.fill_diagonal(dense, 0)
    found = divide(sparse.csr_matrix(dense), method="vos", min_size=3)
    assert found.tolist() == [1, 1, 1, 1, 2, 2]


def test_two_kinds_are_linked_with_each_other_only(held) -> None:
    years = incidence("12345", [["2019"], ["2019"], ["2020"], ["2020"], []])
    counts = cooccurrence(beside(held, years), second=years.terms)
    assert pair(counts.counts, counts, "a", "b") == 0
    assert pair(counts.counts, counts, "a", "2019") == 2
    assert pair(counts.counts, counts, "d", "2020") == 2
    assert counts.pairs == 5 * 2
    assert counts.select([0, 1, 5]).pairs == 2
    p, q = significance(counts)
    # d and 2020: both of the two documents, by chance 1 in C(5, 2); so b and 2019: two of ten.
    assert pair(p, counts, "d", "2020") == pytest.approx(0.1)
    assert pair(q, counts, "d", "2020") == pytest.approx(0.5)


def test_two_kinds_cannot_be_counted_fractionally(held) -> None:
    with pytest.raises(UsageError, match="fractional"):
        cooccurrence(held, counting="fractional", second=["a"])
