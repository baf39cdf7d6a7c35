from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics import silhouette_samples

from textmine.networks import (
    Recipe,
    adjusted_rand,
    communities,
    cooccurrence,
    divide,
    graph,
    jaccard_of_communities,
    modularity,
    silhouettes,
    variation_of_information,
)


def partitions(n: int):
    """All divisions of n nodes."""
    if n == 0:
        yield []
        return
    for rest in partitions(n - 1):
        for group in range(max(rest, default=-1) + 2):
            yield [*rest, group]


def vos_quality(dense: np.ndarray, groups, resolution: float) -> float:
    """Σ (s_ij − γ) over the pairs within communities, as Waltman et al. 2010 define it."""
    k = dense.sum(axis=1)
    pairs = [(i, j) for i, j in combinations(range(len(dense)), 2) if groups[i] == groups[j]]
    links = (k.sum() * dense[i, j] / (k[i] * k[j]) if dense[i, j] else 0 for i, j in pairs)
    return sum(links) - resolution * len(pairs)


def test_vos_clustering_reaches_the_best_of_all_divisions() -> None:
    random = np.random.default_rng(0)
    ways = list(partitions(6))
    exact = 0
    for n in range(30):
        dense = np.zeros((6, 6))
        dense[np.triu_indices(6, 1)] = random.integers(0, 4, 15) * (random.random(15) < 0.7)
        dense += dense.T
        resolution = (0.5, 1.0, 2.0)[n % 3]
        best = max(vos_quality(dense, groups, resolution) for groups in ways)
        found = divide(sparse.csr_matrix(dense), method="vos", resolution=resolution, seed=1)
        quality = vos_quality(dense, found, resolution)
        assert quality >= 0.9 * best
        exact += quality > best - 1e-9
    assert exact >= 29


@pytest.mark.parametrize("method", ["leiden", "louvain", "vos"])
def test_every_method_recovers_planted_communities(doc_term, planted_rows, method) -> None:
    found = graph(cooccurrence(doc_term(planted_rows())), Recipe(method=method), seed=2)
    membership = nx.get_node_attributes(found, "community")
    assert len(set(membership.values())) == 3
    assert all(len({membership[f"{letter}{i}"] for i in range(8)}) == 1 for letter in "甲乙丙")


def test_louvain_and_leiden_agree_on_the_karate_club() -> None:
    network = nx.relabel_nodes(nx.karate_club_graph(), str)
    q = [modularity(network, communities(network, method=m, seed=1)) for m in ("leiden", "louvain")]
    assert q == pytest.approx([0.4449, 0.4449], abs=2e-3)


def test_a_higher_resolution_gives_more_communities() -> None:
    network = nx.relabel_nodes(nx.karate_club_graph(), str)
    sizes = [len(set(communities(network, resolution=r).values())) for r in (0.5, 1, 3)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_silhouettes_equal_those_of_scikit_learn() -> None:
    random = np.random.default_rng(4)
    points = random.random((12, 2))
    distance = np.linalg.norm(points[:, None] - points[None], axis=2) / 2
    membership = np.array([1] * 4 + [2] * 4 + [3] * 3 + [4])
    expected = silhouette_samples(distance, membership, metric="precomputed")
    similarity = sparse.csr_matrix(1 - distance)
    assert silhouettes(similarity, membership) == pytest.approx(expected)
    assert (silhouettes(similarity, np.ones(12, dtype=int)) == 0).all()


def test_two_divisions_are_compared_as_defined() -> None:
    one, two = np.array([1, 1, 1, 2, 2, 2]), np.array([1, 1, 2, 2, 2, 2])
    assert jaccard_of_communities(one, two) == pytest.approx([2 / 3, 3 / 4])
    assert adjusted_rand(one, one) == 1
    assert variation_of_information(one, one) == pytest.approx(0)
    # H(one|two) + H(two|one) = (4/6)·H(1/4) + (3/6)·H(1/3)
    half = -(0.25 * np.log(0.25) + 0.75 * np.log(0.75)) * 4 / 6
    other = -(1 / 3 * np.log(1 / 3) + 2 / 3 * np.log(2 / 3)) * 3 / 6
    assert variation_of_information(one, two) == pytest.approx(half + other)


def test_more_starts_of_vos_clustering_are_never_worse() -> None:
    random = np.random.default_rng(5)
    dense = random.poisson(0.4, (40, 40)).astype(float)
    dense = np.triu(dense, 1) + np.triu(dense, 1).T
    found = [
        vos_quality(dense, divide(sparse.csr_matrix(dense), method="vos", trials=n), 1.0)
        for n in (1, 4, 10)
    ]
    assert found == sorted(found)
