"""Where nodes stand in a network: degree, strength, betweenness, eigenvector, PageRank, holes."""

from __future__ import annotations

import heapq

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from textmine.segment.kernels import kernel

Array = NDArray[np.float64]
Longs = NDArray[np.int64]

# Formula and source of each position; betweenness is the one that needs distances.
POSITIONS: dict[str, str] = {
    "degree": "number of neighbours",
    "strength": "sum of the weights of its links",
    "betweenness": "share of shortest paths through it, distance = 1/weight (Freeman 1977; Brandes"
    " 2001)",
    "eigenvector": "leading eigenvector of the largest component, length 1 (Bonacich 1972)",
    "pagerank": "damping 0.85 (Brin & Page 1998)",
    "constraint": "Σ_j (p_ij + Σ_q p_iq p_qj)², low where it spans structural holes (Burt 1992)",
    "effective_size": "neighbours less their redundancy, Σ_j (1 − Σ_q p_iq m_jq) (Burt 1992)",
}
DAMPING = 0.85


def positions(weights: sparse.csr_matrix) -> pd.DataFrame:
    """Measures of every node; one row per node, columns `POSITIONS`.

    Parameters
    ----------
    weights
        Symmetric, non-negative, without diagonal; shape (nodes, nodes).

    Returns
    -------
    DataFrame
        constraint and effective_size are NaN for a node without links, as in networkx;
        eigenvector is 0 outside the largest component (of equals, that of the first node).
    """
    weights = sparse.csr_matrix(weights, dtype=np.float64)
    weights.sort_indices()
    constraint, effective = structural_holes(weights)
    return pd.DataFrame(
        {
            "degree": np.diff(weights.indptr),
            "strength": np.asarray(weights.sum(axis=1)).ravel(),
            "betweenness": betweenness(weights),
            "eigenvector": eigenvector(weights),
            "pagerank": pagerank(weights),
            "constraint": constraint,
            "effective_size": effective,
        }
    )


def betweenness(weights: sparse.csr_matrix) -> Array:
    """Share of all shortest paths between other nodes that pass a node, distance 1/weight.

    Freeman 1977 by the algorithm of Brandes 2001 (doi 10.1080/0022250X.2001.9990249); a fraction
    of the (n−1)(n−2)/2 pairs. Lengths that differ by less than a billionth are equal.
    """
    n = weights.shape[0]
    distance = 1 / weights.data
    # int64 throughout: the compiled function takes one kind of index.
    indptr, indices = weights.indptr.astype(np.int64), weights.indices.astype(np.int64)
    totals = _brandes(indptr, indices, distance, n)
    return np.asarray(totals / max((n - 1) * (n - 2), 1))


@kernel
def _brandes(indptr: Longs, indices: Longs, distance: Array, n: int) -> Array:
    totals = np.zeros(n)
    for source in range(n):
        length = np.full(n, np.inf)
        paths = np.zeros(n)
        done = np.zeros(n, dtype=np.bool_)
        order = np.empty(n, dtype=np.int64)
        reached = 0
        length[source], paths[source] = 0.0, 1.0
        heap = [(0.0, np.int64(source))]
        while heap:
            so_far, node = heapq.heappop(heap)
            if done[node]:
                continue
            done[node] = True
            order[reached] = node
            reached += 1
            for at in range(indptr[node], indptr[node + 1]):
                other, way = indices[at], so_far + distance[at]
                if done[other]:
                    continue
                if way < length[other] * (1 - 1e-9):
                    length[other], paths[other] = way, paths[node]
                    heapq.heappush(heap, (way, other))
                elif way <= length[other] * (1 + 1e-9):
                    paths[other] += paths[node]
        share = np.zeros(n)
        for back in range(reached - 1, 0, -1):
            node = order[back]
            for at in range(indptr[node], indptr[node + 1]):
                before = indices[at]
                # A predecessor: the way over it is as short as the shortest.
                if length[before] < length[node] and length[before] + distance[at] <= length[
                    node
                ] * (1 + 1e-9):
                    share[before] += paths[before] / paths[node] * (1 + share[node])
            totals[node] += share[node]
    return totals


def eigenvector(weights: sparse.csr_matrix) -> Array:
    """Leading eigenvector of the largest component, non-negative, of length 1 (Bonacich 1972)."""
    n = weights.shape[0]
    scores = np.zeros(n)
    if weights.nnz == 0:
        return scores
    _, component = connected_components(weights, directed=False)
    largest = np.flatnonzero(component == np.bincount(component).argmax())
    part = weights[largest][:, largest]
    part = part / part.data.max()
    # Adding the identity keeps the vector and lets bipartite parts converge.
    x = np.full(len(largest), 1 / np.sqrt(len(largest)))
    for _ in range(5000):
        following = part @ x + x
        following /= np.linalg.norm(following)
        close = np.abs(following - x).max() < 1e-13
        x = following
        if close:
            break
    scores[largest] = x
    return scores


def pagerank(weights: sparse.csr_matrix) -> Array:
    """PageRank over weighted links; a node without links gives evenly to all. Sums to 1."""
    n = weights.shape[0]
    if n == 0:
        return np.zeros(0)
    strength = np.asarray(weights.sum(axis=1)).ravel()
    scale = np.divide(1.0, strength, out=np.zeros(n), where=strength > 0)
    x = np.full(n, 1 / n)
    for _ in range(1000):
        loose = x[strength == 0].sum()
        following = DAMPING * (weights.T @ (x * scale) + loose / n) + (1 - DAMPING) / n
        close = np.abs(following - x).max() < 1e-15
        x = following
        if close:
            break
    return np.asarray(x)


def structural_holes(weights: sparse.csr_matrix) -> tuple[Array, Array]:
    """Burt's constraint and effective size of each node; NaN without links.

    p_ij = w_ij / Σ_k w_ik, m_jq = w_jq / max_k w_jk (Burt 1992). Constraint sums over the
    neighbours j the squares of p_ij + Σ_q p_iq p_qj; effective size sums 1 − Σ_{q≠j} p_iq m_jq.
    """
    n = weights.shape[0]
    strength = np.asarray(weights.sum(axis=1)).ravel()
    alone = strength == 0
    p = sparse.diags_array(np.divide(1.0, strength, out=np.zeros(n), where=~alone)) @ weights
    strongest = weights.max(axis=1).toarray().ravel() if n else np.zeros(0)
    m = sparse.diags_array(np.divide(1.0, strongest, out=np.zeros(n), where=~alone)) @ weights
    linked = (weights > 0).astype(np.float64)
    direct_and_over = (p + p @ p).multiply(linked)
    constraint = np.asarray(direct_and_over.multiply(direct_and_over).sum(axis=1)).ravel()
    redundancy = np.asarray((p @ m.T).multiply(linked).sum(axis=1)).ravel()
    effective = np.diff(weights.indptr) - redundancy
    return np.where(alone, np.nan, constraint), np.where(alone, np.nan, effective)
