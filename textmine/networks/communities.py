"""Communities of a network by the Leiden algorithm."""

from __future__ import annotations

import graspologic_native
import networkx as nx

TRIALS = 10  # independent runs, of which the best partition is kept


def communities(graph: nx.Graph, *, resolution: float = 1.0, seed: int = 0) -> dict[str, int]:
    """Divide a network so that its modularity is high.

    Leiden (Traag, Waltman & van Eck 2019, doi 10.1038/s41598-019-41695-z), the best of ten runs.
    Edges are handed over in sorted order, so the result depends on the network and the seed only.

    Parameters
    ----------
    graph
        Undirected, with the edge attribute weight.
    resolution
        γ of the modularity; larger values give more and smaller communities.

    Returns
    -------
    dict
        Node → community, numbered from 1 by size, then by the first name; a node without edges is
        a community of its own.
    """
    edges = sorted((*sorted((a, b)), float(w)) for a, b, w in graph.edges(data="weight"))
    found: dict[str, int] = {}
    if edges:
        _, found = graspologic_native.leiden(
            edges, resolution=resolution, seed=seed, trials=TRIALS, iterations=5
        )
    groups: dict[object, list[str]] = {}
    for node in sorted(graph):
        groups.setdefault(found.get(node, ("alone", node)), []).append(node)
    ranked = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
    return {node: n for n, group in enumerate(ranked, 1) for node in group}


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
