"""Where the nodes of a map lie: deterministic, close where weights are high."""

from __future__ import annotations

import networkx as nx
import numpy as np


def layout(graph: nx.Graph, *, seed: int = 0) -> dict[str, tuple[float, float]]:
    """Positions by Kamada & Kawai 1989 (doi 10.1016/0020-0190(89)90102-6), in [−1, 1]².

    Distances are 1/√weight, so that a few very strong edges do not collapse the map; components
    are laid out together from a circle in sorted order.
    """
    if len(graph) == 0:
        return {}
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    for a, b, w in sorted((*sorted((a, b)), w) for a, b, w in graph.edges(data="weight")):
        ordered.add_edge(a, b, distance=1 / np.sqrt(w))
    start = nx.circular_layout(ordered)
    found = nx.kamada_kawai_layout(ordered, pos=start, weight="distance")
    points = np.array([found[node] for node in ordered])
    points -= points.mean(axis=0)
    points /= max(float(np.abs(points).max()), 1e-9)
    return {
        node: (float(x), float(y)) for node, (x, y) in zip(ordered, points.round(6), strict=True)
    }
