from fractions import Fraction
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from textmine.networks import POSITIONS, positions


def random_graph(seed: int, n: int = 25, m: int = 60) -> nx.Graph:
    random = np.random.default_rng(seed)
    made = nx.gnm_random_graph(n, m, seed=seed)
    for a, b in made.edges:
        made[a][b]["weight"] = float(random.uniform(0.1, 3))
        made[a][b]["distance"] = 1 / made[a][b]["weight"]
    made.add_node(n)
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_positions_equal_those_of_networkx(seed: int) -> None:
    made = random_graph(seed)
    weights = sparse.csr_matrix(nx.to_scipy_sparse_array(made, weight="weight", dtype=float))
    found = positions(weights)
    assert list(found.columns) == list(POSITIONS)
    oracles = {
        "degree": dict(made.degree),
        "strength": dict(made.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(made, weight="distance"),
        "pagerank": nx.pagerank(made, weight="weight", tol=1e-13, max_iter=1000),
        "constraint": nx.constraint(made, weight="weight"),
        "effective_size": nx.effective_size(made, nodes=list(made), weight="weight"),
    }
    for name, values in oracles.items():
        expected = [values[node] for node in range(len(made))]
        assert found[name].to_numpy() == pytest.approx(expected, abs=1e-9, nan_ok=True), name


def test_the_eigenvector_is_that_of_the_largest_component() -> None:
    made = random_graph(5)
    weights = sparse.csr_matrix(nx.to_scipy_sparse_array(made, weight="weight", dtype=float))
    found = positions(weights)["eigenvector"].to_numpy()
    part = sorted(max(nx.connected_components(made), key=len))
    values, vectors = np.linalg.eigh(weights.toarray()[np.ix_(part, part)])
    assert found[part] == pytest.approx(np.abs(vectors[:, values.argmax()]), abs=1e-8)
    assert np.linalg.norm(found) == pytest.approx(1)
    assert found[25] == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=10, max_size=10))
def test_betweenness_counts_equal_ways_exactly(weights: list[int]) -> None:
    dense = np.zeros((5, 5))
    dense[np.triu_indices(5, 1)] = weights
    dense += dense.T
    made = nx.Graph()
    made.add_nodes_from(range(5))
    for i, j in combinations(range(5), 2):
        if dense[i, j]:
            made.add_edge(i, j, distance=Fraction(1, int(dense[i, j])))
    expected = nx.betweenness_centrality(made, weight="distance")
    found = positions(sparse.csr_matrix(dense))["betweenness"]
    assert found.to_numpy() == pytest.approx([float(expected[i]) for i in range(5)])


def test_positions_of_five_words_done_by_hand() -> None:
    # A star of four around word 0, of weights 1, and a link of weight 2 between words 1 and 2.
    dense = np.zeros((5, 5))
    dense[0, 1:] = dense[1:, 0] = 1
    dense[1, 2] = dense[2, 1] = 2
    found = positions(sparse.csr_matrix(dense))
    assert found["strength"].tolist() == [4, 3, 3, 1, 1]
    assert found.at[0, "betweenness"] == pytest.approx(5 / 6)
    # Word 3 knows word 0 only: constraint 1, effective size 1.
    assert found.at[3, "constraint"] == pytest.approx(1)
    assert found.at[3, "effective_size"] == pytest.approx(1)
    # Word 0: p = 1/4 each; over word 2 to word 1: 1/4 · 2/3, so (1/4 + 1/6)² twice, 1/16 twice.
    assert found.at[0, "constraint"] == pytest.approx(2 * (5 / 12) ** 2 + 2 / 16)
    # Of its four neighbours two repeat each other: m = 2/2, so 4 − 2 · (1/4).
    assert found.at[0, "effective_size"] == pytest.approx(3.5)
