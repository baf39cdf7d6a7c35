"""Communities of a network, and how alike two divisions are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import graspologic_native
import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.metrics import adjusted_rand_score

Array = NDArray[np.float64]
Longs = NDArray[np.int64]
Method = Literal["leiden", "louvain", "vos"]

TRIALS = 10  # independent runs, of which the best partition is kept
METHODS: dict[Method, str] = {
    "leiden": "modularity by the Leiden algorithm (Traag, Waltman & van Eck 2019)",
    "louvain": "modularity by the Louvain algorithm (Blondel et al. 2008)",
    "vos": "VOS clustering (Waltman, van Eck & Noyons 2010) by the Leiden algorithm",
}


def communities(
    graph: nx.Graph, *, method: Method = "leiden", resolution: float = 1.0, seed: int = 0
) -> dict[str, int]:
    """Divide a network; see `divide`.

    Parameters
    ----------
    graph
        Undirected, with the edge attribute weight.

    Returns
    -------
    dict
        Node → community, numbered from 1 by size, then by the first name; a node without edges is
        a community of its own.
    """
    nodes, weights = adjacency(graph)
    found = divide(weights, method=method, resolution=resolution, seed=seed)
    return dict(zip(nodes, found.tolist(), strict=True))


def divide(
    weights: sparse.csr_matrix,
    *,
    method: Method = "leiden",
    resolution: float = 1.0,
    seed: int = 0,
    trials: int = TRIALS,
    min_size: int = 1,
) -> Longs:
    """Divide a network so that links lie within communities more than expected.

    leiden and louvain maximise the modularity Q = (1/2m) Σ (w_ij − γ k_i k_j / 2m) δ(i, j)
    (Newman & Girvan 2004; Traag, Waltman & van Eck 2019, doi 10.1038/s41598-019-41695-z; Blondel
    et al. 2008, doi 10.1088/1742-5468/2008/10/P10008), the best of `trials` runs. vos maximises
    Σ_{i<j} (s_ij − γ) δ(i, j) with s_ij = 2m w_ij / (k_i k_j) (Waltman, van Eck & Noyons 2010,
    doi 10.1016/j.joi.2010.07.002), so its weights should be plain counts. Links are handed over
    in sorted order: the result depends on the network and the seed only.

    Parameters
    ----------
    weights
        Symmetric, without diagonal; shape (nodes, nodes).
    resolution
        γ; larger values give more and smaller communities.
    min_size
        Smaller communities are merged, as VOSviewer does: the smallest first, into the one with
        which it has the greatest link weight per member. One without links stays.

    Returns
    -------
    array
        Community of each node, from 1 by size, then by the first node; shape (nodes,).
    """
    linked = weights.nnz > 0
    found = _SOLVERS[method](weights, resolution, seed, trials) if linked else {}
    if min_size > 1:
        found = _without_small(_normal(weights) if method == "vos" else weights, found, min_size)
    groups: dict[object, list[int]] = {}
    for node in range(weights.shape[0]):
        groups.setdefault(found.get(node, ("alone", node)), []).append(node)
    ranked = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
    membership = np.zeros(weights.shape[0], dtype=np.int64)
    for number, group in enumerate(ranked, 1):
        membership[group] = number
    return membership


def _leiden(
    weights: sparse.csr_matrix, resolution: float, seed: int, trials: int
) -> dict[int, int]:
    edges = _edges(weights)
    _, found = graspologic_native.leiden(
        edges, resolution=resolution, seed=seed, trials=trials, iterations=5
    )
    return {int(node): group for node, group in found.items()}


def _edges(weights: sparse.csr_matrix) -> list[tuple[str, str, float]]:
    upper = sparse.triu(weights, 1).tocsr().tocoo()
    rows, columns = map(str, upper.row.tolist()), map(str, upper.col.tolist())
    return list(zip(rows, columns, upper.data.tolist(), strict=True))


def _normal(weights: sparse.csr_matrix) -> sparse.csr_matrix:
    """2m w_ij / (k_i k_j), the association strength of VOS."""
    pairs = weights.tocoo()
    k = np.asarray(weights.sum(axis=1)).ravel()
    strength = k.sum() * pairs.data / (k[pairs.row] * k[pairs.col])
    return sparse.csr_matrix((strength, (pairs.row, pairs.col)), shape=pairs.shape)


def _without_small(
    weights: sparse.csr_matrix, found: dict[int, int], min_size: int
) -> dict[int, int]:
    """Merge communities of fewer nodes than `min_size` into their strongest neighbours."""
    nodes = sorted(found)
    labels, label = np.unique([found[node] for node in nodes], return_inverse=True)
    member = np.zeros((len(nodes), len(labels)))
    member[np.arange(len(nodes)), label] = 1
    between = member.T @ (weights[nodes][:, nodes] @ member)
    np.fill_diagonal(between, 0)
    sizes = member.sum(axis=0)
    parent = np.arange(len(labels))
    small = sizes < min_size
    while small.any():
        a = int(np.where(small, sizes, np.inf).argmin())
        pull = np.divide(between[a], sizes, out=np.zeros(len(sizes)), where=sizes > 0)
        b = int(pull.argmax())
        small[a] = False
        if pull[b] <= 0:
            continue
        between[b] += between[a]
        between[:, b] += between[:, a]
        between[a] = between[:, a] = between[b, b] = 0
        sizes[b] += sizes[a]
        sizes[a] = 0
        small[b] = small[b] and sizes[b] < min_size
        parent[parent == a] = b
    return {node: int(parent[group]) for node, group in zip(nodes, label, strict=True)}


def _vos(weights: sparse.csr_matrix, resolution: float, seed: int, trials: int) -> dict[int, int]:
    normal = _normal(weights)
    edges = _edges(normal)
    best: dict[str, int] = {}
    most = -np.inf
    for trial in range(trials):
        found = _one_start(normal, edges, resolution, seed * trials + trial)
        quality = _quality(normal, found, resolution)
        if quality > most + 1e-9:
            best, most = found, quality
    return {int(node): group for node, group in best.items()}


def _one_start(
    normal: sparse.csr_matrix,
    edges: list[tuple[str, str, float]],
    resolution: float,
    seed: int,
) -> dict[str, int]:
    found: dict[str, int] | None = None
    # The library moves single nodes to the end but leaves communities apart that would be better
    # together, so the two take turns; a handful is enough, since every turn merges some.
    for turn in range(10):
        _, moved = graspologic_native.leiden(
            edges,
            starting_communities=found,
            resolution=resolution,
            seed=seed + turn,
            trials=1,
            iterations=10,
            use_modularity=False,
        )
        found = _merged(normal, moved, resolution)
        if len(set(found.values())) == len(set(moved.values())):
            break
    return found or {}


def _quality(normal: sparse.csr_matrix, found: dict[str, int], resolution: float) -> float:
    """Σ_{i<j} (s_ij − γ) δ(i, j), but for a constant."""
    nodes = sorted(map(int, found))
    label = np.array([found[str(node)] for node in nodes])
    pairs = normal[nodes][:, nodes].tocoo()
    inside = float(pairs.data[label[pairs.row] == label[pairs.col]].sum())
    sizes = np.unique(label, return_counts=True)[1]
    return (inside - resolution * float((sizes**2).sum())) / 2


def _merged(
    strength: sparse.csr_matrix, found: dict[str, int], resolution: float
) -> dict[str, int]:
    """Merge pairs of communities while that raises the quality, the best pair first."""
    nodes = sorted(map(int, found))
    label = np.array([found[str(node)] for node in nodes])
    _, label = np.unique(label, return_inverse=True)
    member = np.zeros((len(nodes), label.max() + 1))
    member[np.arange(len(nodes)), label] = 1
    between = member.T @ (strength[nodes][:, nodes] @ member)
    sizes = member.sum(axis=0)
    parent = np.arange(len(sizes))
    while True:
        gain = between - resolution * np.outer(sizes, sizes)
        np.fill_diagonal(gain, -np.inf)
        a, b = sorted(divmod(int(gain.argmax()), len(sizes)))
        if gain[a, b] <= 1e-12:
            break
        between[a] += between[b]
        between[:, a] += between[:, b]
        between[b] = between[:, b] = 0
        sizes[a] += sizes[b]
        # A community without members gains nothing from anyone.
        sizes[b] = 0
        parent[parent == b] = a
    return {str(node): int(parent[group]) for node, group in zip(nodes, label, strict=True)}


def _louvain(
    weights: sparse.csr_matrix, resolution: float, seed: int, trials: int
) -> dict[int, int]:
    # Nodes are numbers: the order of a set of numbers is the same in every process.
    graph = nx.from_scipy_sparse_array(weights)
    best: list[set[int]] = []
    best_q = -np.inf
    for trial in range(trials):
        found = nx.community.louvain_communities(
            graph, weight="weight", resolution=resolution, seed=seed + trial
        )
        q = nx.community.modularity(graph, found, weight="weight", resolution=resolution)
        if q > best_q + 1e-12:
            best, best_q = found, q
    return {node: number for number, group in enumerate(best) for node in group}


_SOLVERS: dict[Method, Callable[[sparse.csr_matrix, float, int, int], dict[int, int]]] = {
    "leiden": _leiden,
    "louvain": _louvain,
    "vos": _vos,
}


def adjacency(graph: nx.Graph) -> tuple[tuple[str, ...], sparse.csr_matrix]:
    """The sorted nodes of a network and its weights as a symmetric matrix without diagonal."""
    nodes = tuple(sorted(graph))
    if not nodes:
        return nodes, sparse.csr_matrix((0, 0), dtype=np.float64)
    found = nx.to_scipy_sparse_array(graph, nodelist=nodes, weight="weight", dtype=float)
    weights = sparse.csr_matrix(found)
    weights.setdiag(0)
    weights.eliminate_zeros()
    weights.sort_indices()
    return nodes, weights


def modularity(graph: nx.Graph, membership: dict[str, int], *, resolution: float = 1.0) -> float:
    """Q = (1/2m) Σ (w_ij − γ k_i k_j / 2m) δ(i, j) (Newman & Girvan 2004); 0 without edges."""
    if graph.size() == 0:
        return 0.0
    groups: dict[int, set[str]] = {}
    for node, group in membership.items():
        groups.setdefault(group, set()).add(node)
    return float(
        nx.community.modularity(graph, groups.values(), weight="weight", resolution=resolution)
    )


def silhouettes(similarity: sparse.csr_matrix, membership: Longs) -> Array:
    """How well each node fits its community: s = (b − a) / max(a, b) (Rousseeuw 1987).

    a is the mean distance to the own community, b to the nearest other one; distance is
    1 − similarity, so give a measure within [0, 1], such as Salton's cosine. 0 for a node alone
    in its community, and where there is only one. shape (nodes,).
    """
    n = similarity.shape[0]
    groups = np.unique(membership)
    if len(groups) < 2:
        return np.zeros(n)
    distance = 1 - similarity.toarray()
    np.fill_diagonal(distance, 0)
    member = (membership[:, None] == groups[None, :]).astype(float)
    sizes, sums = member.sum(axis=0), distance @ member
    own = np.searchsorted(groups, membership)
    rows = np.arange(n)
    a = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    others = sums / sizes
    others[rows, own] = np.inf
    b = others.min(axis=1)
    score = np.divide(b - a, np.maximum(a, b), out=np.zeros(n), where=np.maximum(a, b) > 0)
    return np.asarray(np.where(sizes[own] > 1, score, 0.0))


def jaccard_of_communities(reference: Longs, other: Longs) -> Array:
    """For each community of `reference`, by number, its best Jaccard in another division.

    max_D |C ∩ D| / |C ∪ D| (Hennig 2007, doi 10.1016/j.csda.2006.11.025).
    """
    table = _contingency(reference, other)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    return np.asarray((table / union).max(axis=1))


def adjusted_rand(one: Longs, two: Longs) -> float:
    """Adjusted Rand index of two divisions, 1 for the same, about 0 by chance (Hubert & Arabie)."""
    return float(adjusted_rand_score(one, two))


def variation_of_information(one: Longs, two: Longs) -> float:
    """H(one | two) + H(two | one) in nats, 0 for the same division (Meilă 2007)."""
    table = _contingency(one, two)
    p = table[table > 0] / table.sum()
    joint = -(p * np.log(p)).sum()
    return float(2 * joint - _entropy(table.sum(axis=1)) - _entropy(table.sum(axis=0)))


def _entropy(sizes: Array) -> float:
    p = sizes / sizes.sum()
    return float(-(p * np.log(p)).sum())


def _contingency(one: Longs, two: Longs) -> Array:
    first, second = (np.unique(labels, return_inverse=True) for labels in (one, two))
    table = np.zeros((len(first[0]), len(second[0])))
    np.add.at(table, (first[1], second[1]), 1)
    return table


def main_members(
    names: Sequence[str], strength: Array, membership: Longs, n: int = 3
) -> dict[int, list[str]]:
    """The strongest nodes of each community, by which it can be called; ties go by the name."""
    found: dict[int, list[str]] = {}
    order = sorted(range(len(names)), key=lambda i: (-round(float(strength[i]), 9), names[i]))
    for i in order:
        found.setdefault(int(membership[i]), []).append(names[i])
    return {group: members[:n] for group, members in sorted(found.items())}
