import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from textmine.networks import Recipe, cooccurrence, disparity, pathfinder, spanning_tree


def matrix(*links: tuple[int, int, float]) -> sparse.csr_matrix:
    n = 1 + max(max(a, b) for a, b, _ in links)
    dense = np.zeros((n, n))
    for a, b, w in links:
        dense[a, b] = dense[b, a] = w
    return sparse.csr_matrix(dense)


WEIGHTS = st.lists(st.integers(0, 4), min_size=15, max_size=15)


def six(weights: list[int]) -> sparse.csr_matrix:
    dense = np.zeros((6, 6))
    dense[np.triu_indices(6, 1)] = weights
    return sparse.csr_matrix(dense + dense.T)


def test_disparity_keeps_what_is_too_strong_at_one_end() -> None:
    # Node 0 has links 8, 1, 1: (1 − 8/10)² = 0.04, (1 − 1/10)² = 0.81; node 1 has 8 and 4.
    star = matrix((0, 1, 8), (0, 2, 1), (0, 3, 1), (1, 4, 4))
    found = disparity(star, alpha=0.05)
    assert found[0, 1] == 8
    assert found.nnz == 2


@given(WEIGHTS)
def test_pathfinder_keeps_a_link_that_no_stronger_path_replaces(weights: list[int]) -> None:
    network = six(weights)
    found = pathfinder(network).toarray()
    dense = network.toarray()
    # The widest path by Floyd and Warshall: its weakest link as strong as can be.
    widest = dense.copy()
    for k in range(6):
        widest = np.maximum(widest, np.minimum(widest[:, [k]], widest[[k], :]))
    expected = np.where((dense > 0) & (dense >= widest), dense, 0)
    assert (found == expected).all()


@given(WEIGHTS)
def test_the_tree_is_a_maximum_spanning_one(weights: list[int]) -> None:
    network = six(weights)
    found = spanning_tree(network)
    graph = nx.from_scipy_sparse_array(network)
    expected = nx.maximum_spanning_tree(graph)
    assert found.sum() / 2 == pytest.approx(expected.size(weight="weight"))
    assert found.nnz // 2 == expected.number_of_edges()
    assert ((found > 0).toarray() <= (pathfinder(network) > 0).toarray()).all()


@pytest.mark.parametrize("backbone", ["disparity", "pathfinder", "tree"])
def test_a_backbone_thins_the_network_and_keeps_its_weights(
    doc_term, planted_rows, backbone
) -> None:
    counts = cooccurrence(doc_term(planted_rows()))
    full, thin = Recipe().weights(counts), Recipe(backbone=backbone).weights(counts)
    assert 0 < thin.nnz < full.nnz / 2
    assert abs(thin - full.multiply(thin > 0)).max() == 0
    assert abs(thin - thin.T).max() == 0
