import io
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from textmine.errors import UsageError
from textmine.matrices import DocTerm
from textmine.networks import (
    Recipe,
    adjacency,
    communities,
    cooccurrence,
    graph,
    layout,
    modularity,
    most_frequent,
    normalise,
    positions,
    significance,
    to_gexf,
    to_graphml,
)

# Five words in six documents; the sums below are done by hand.
ROWS = ["联盟 集群 创新", "联盟 集群", "联盟 联盟 创新", "集群", "政策", "政策 平台"]


def doc_term(rows: list[str], ids: list[str] | None = None) -> DocTerm:
    terms = sorted({word for row in rows for word in row.split()})
    counts = [[row.split().count(term) for term in terms] for row in rows]
    matrix = sparse.csr_matrix(np.array(counts, dtype=np.int32))
    return DocTerm(matrix, tuple(ids or map(str, range(len(rows)))), tuple(terms))


FIVE = cooccurrence(doc_term(ROWS))


def value(matrix: sparse.csr_matrix, a: str, b: str) -> float:
    return float(matrix[FIVE.terms.index(a), FIVE.terms.index(b)])


def test_a_document_counts_a_pair_once_and_no_word_with_itself() -> None:
    assert value(FIVE.counts, "联盟", "集群") == 2
    assert value(FIVE.counts, "联盟", "创新") == 2
    assert FIVE.counts.diagonal().sum() == 0
    assert dict(zip(FIVE.terms, FIVE.occurrences.tolist(), strict=True)) == {
        "联盟": 3, "集群": 3, "创新": 2, "政策": 2, "平台": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("association", 6 * 2 / (3 * 3)),
        ("association_vos", 12 * 2 / (4 * 3)),
        ("equivalence", 4 / 9),
        ("salton", 2 / 3),
        ("jaccard", 2 / 4),
        ("inclusion", 2 / 3),
        ("dice", 4 / 6),
        ("npmi", np.log(6 * 2 / 9) / -np.log(2 / 6)),
        ("count", 2),
    ],
)
def test_measures_equal_the_sums_done_by_hand(measure, expected: float) -> None:
    matrix = normalise(FIVE, measure)
    assert value(matrix, "联盟", "集群") == pytest.approx(expected)
    assert (abs(matrix - matrix.T) > 1e-12).nnz == 0
    assert value(matrix, "平台", "集群") == 0


def test_an_unknown_measure_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="salton"):
        normalise(FIVE, "cosine")  # type: ignore[arg-type]


def test_significance_is_the_hypergeometric_tail_corrected_over_all_pairs() -> None:
    p, q = significance(FIVE)
    assert value(p, "联盟", "集群") == pytest.approx(stats.hypergeom.sf(1, 6, 3, 3))
    full = []
    for a, b in combinations(range(5), 2):
        full.append(float(p[a, b]) if FIVE.counts[a, b] else 1.0)
    expected = stats.false_discovery_control(full)
    got = [float(q[a, b]) or 1.0 for a, b in combinations(range(5), 2)]
    assert got == pytest.approx(expected)


@given(st.lists(st.text(st.sampled_from("甲乙丙丁 "), max_size=9), min_size=1, max_size=8))
def test_counts_equal_those_of_a_loop(rows: list[str]) -> None:
    split = [" ".join(row.replace(" ", "")) for row in rows]
    if not "".join(split):
        return
    found = cooccurrence(doc_term(split))
    for a, b in combinations(range(len(found.terms)), 2):
        both = sum({found.terms[a], found.terms[b]} <= set(row.split()) for row in split)
        assert found.counts[a, b] == found.counts[b, a] == both


def planted(seed: int = 0) -> list[str]:
    """Documents of six words out of one of three groups of eight, and a word of another."""
    random = np.random.default_rng(seed)
    groups = [[f"{letter}{i}" for i in range(8)] for letter in "甲乙丙"]
    rows = []
    for n in range(120):
        own, other = groups[n % 3], groups[(n + 1) % 3]
        rows.append(" ".join([*random.choice(own, 6, replace=False), str(random.choice(other))]))
    return rows


def test_planted_communities_are_recovered() -> None:
    found = graph(cooccurrence(doc_term(planted())))
    membership = nx.get_node_attributes(found, "community")
    assert len(set(membership.values())) == 3
    assert all(len({membership[f"{letter}{i}"] for i in range(8)}) == 1 for letter in "甲乙丙")
    assert modularity(found, membership) > 0.3


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(120)))
def test_the_order_of_documents_makes_no_difference(order: list[int]) -> None:
    rows = planted()
    one = graph(cooccurrence(doc_term(rows)), seed=5)
    two = graph(cooccurrence(doc_term([rows[i] for i in order])), seed=5)
    assert to_graphml(one) == to_graphml(two)
    assert layout(one) == layout(two)


def test_modularity_equals_that_of_networkx() -> None:
    network = nx.karate_club_graph()
    nx.relabel_nodes(network, str, copy=False)
    membership = communities(network, seed=1)
    groups = [{n for n in membership if membership[n] == c} for c in set(membership.values())]
    expected = nx.community.modularity(network, groups, weight="weight")
    assert modularity(network, membership) == pytest.approx(expected)
    assert expected > 0.43


def test_betweenness_takes_strong_edges_as_short() -> None:
    rows = ["甲 乙"] * 5 + ["乙 丙"] * 5 + ["甲 丙"]
    found = graph(cooccurrence(doc_term(rows)), Recipe(measure="count"))
    nodes, weights = adjacency(found)
    table = positions(weights).set_axis(nodes)
    assert table.at["乙", "betweenness"] == 1.0
    assert table.at["甲", "strength"] == found.nodes["甲"]["strength"] == 6.0


def test_nodes_are_the_most_frequent_terms_and_weak_edges_are_left_out() -> None:
    found = graph(cooccurrence(most_frequent(doc_term(ROWS), 3)), Recipe(min_cooccurrence=2))
    assert sorted(found) == ["创新", "联盟", "集群"]
    assert not found.has_edge("创新", "集群")


def test_files_for_other_programs_read_back_the_same() -> None:
    made = graph(FIVE)
    for data, read in ((to_graphml(made), nx.read_graphml), (to_gexf(made), nx.read_gexf)):
        back = read(io.BytesIO(data))
        assert sorted(back) == sorted(made)
        assert back.edges["联盟", "集群"]["weight"] == pytest.approx(
            made.edges["联盟", "集群"]["weight"]
        )
        assert back.nodes["联盟"]["occurrences"] == 3


def test_a_corpus_without_pairs_gives_an_empty_network() -> None:
    empty = graph(cooccurrence(doc_term(["甲", "乙"])))
    assert len(empty) == 0
    assert layout(empty) == {}
    assert modularity(empty, {}) == 0.0
