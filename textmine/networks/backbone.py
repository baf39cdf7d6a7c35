"""Fewer links that still tell the story: backbones of a weighted network.

All take and give symmetric matrices of strengths without diagonal; what is kept keeps its weight.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Array = NDArray[np.float64]
Backbone = Literal["none", "disparity", "pathfinder", "tree"]

BACKBONES: dict[Backbone, str] = {
    "none": "all links",
    "disparity": "links too strong for chance at one of their ends (Serrano, Boguñá & Vespignani"
    " 2009)",
    "pathfinder": "links that no path of stronger links replaces, PFNET(r = ∞, q = n − 1)"
    " (Schvaneveldt 1990)",
    "tree": "the maximum spanning tree",
}


def disparity(weights: sparse.csr_matrix, *, alpha: float = 0.05) -> sparse.csr_matrix:
    """Keep a link when it is stronger than chance would make it at one of its ends.

    With k links of strength s in all, a link of weight w is kept when (1 − w/s)^(k−1) < α at
    either end (Serrano, Boguñá & Vespignani 2009, doi 10.1073/pnas.0808904106). The only link of
    an end says nothing about it.

    Parameters
    ----------
    alpha
        Level of the test, in (0, 1].
    """
    pairs = weights.tocoo()
    degree = np.bincount(pairs.row, minlength=weights.shape[0])
    strength = np.asarray(weights.sum(axis=1)).ravel()
    k = degree[pairs.row]
    chance = np.where(k > 1, (1 - pairs.data / strength[pairs.row]) ** np.maximum(k - 1, 0), 1.0)
    kept = sparse.csr_matrix(
        ((chance < alpha).astype(np.int8), (pairs.row, pairs.col)), shape=weights.shape
    )
    kept.eliminate_zeros()
    return _only(weights, kept.maximum(kept.T))


def pathfinder(weights: sparse.csr_matrix) -> sparse.csr_matrix:
    """Keep the links of PFNET(r = ∞, q = n − 1): no path between its ends has only stronger links.

    These are the links of all maximum spanning trees together (Schvaneveldt 1990; Quirin et al.
    2008, doi 10.1016/j.ipm.2007.09.005): taken from strong to weak, a link stays when the
    strictly stronger ones do not yet connect its ends.
    """
    return _grown(weights, ties=True)


def spanning_tree(weights: sparse.csr_matrix) -> sparse.csr_matrix:
    """Keep the maximum spanning tree (forest); of equal links the one between earlier terms."""
    return _grown(weights, ties=False)


def _grown(weights: sparse.csr_matrix, *, ties: bool) -> sparse.csr_matrix:
    """Kruskal's algorithm; with `ties`, links of one weight are judged before any joins."""
    upper = sparse.triu(weights, 1).tocoo()
    order = np.lexsort((upper.col, upper.row, -upper.data))
    parent = list(range(weights.shape[0]))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    kept: list[int] = []
    waiting: list[int] = []
    for place in order.tolist():
        if ties and waiting and upper.data[place] < upper.data[waiting[-1]]:
            for link in waiting:
                parent[root(int(upper.row[link]))] = root(int(upper.col[link]))
            waiting = []
        a, b = root(int(upper.row[place])), root(int(upper.col[place]))
        if a != b:
            kept.append(place)
            if ties:
                waiting.append(place)
            else:
                parent[a] = b
    ones = np.ones(len(kept), dtype=np.int8)
    found = sparse.csr_matrix((ones, (upper.row[kept], upper.col[kept])), shape=weights.shape)
    return _only(weights, found + found.T)


def _only(weights: sparse.csr_matrix, kept: sparse.csr_matrix) -> sparse.csr_matrix:
    found = sparse.csr_matrix(weights.multiply(kept > 0))
    found.sort_indices()
    return found


PRUNERS: dict[Backbone, Callable[[sparse.csr_matrix], sparse.csr_matrix]] = {
    "pathfinder": pathfinder,
    "tree": spanning_tree,
}
"""Backbones that follow from the strengths alone."""
