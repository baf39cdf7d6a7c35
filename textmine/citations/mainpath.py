"""The main path of a citation network: the line of works that most of its paths run along.

Search path count (Hummon & Doreian 1989, doi:10.1016/0378-8733(89)90017-8; efficient form:
Batagelj 2003, arXiv:cs/0309023), global main path (Liu & Lu 2012, doi:10.1002/asi.21692).
"""

from __future__ import annotations

import networkx as nx


def acyclic(graph: nx.DiGraph) -> nx.DiGraph:
    """The network without the links inside its cycles: works that cite each other are peers."""
    kept = nx.DiGraph()
    kept.add_nodes_from(sorted(graph))
    group = {
        node: n
        for n, members in enumerate(nx.strongly_connected_components(graph))
        for node in members
    }
    kept.add_edges_from(sorted((a, b) for a, b in graph.edges if group[a] != group[b]))
    return kept


def search_path_counts(graph: nx.DiGraph) -> dict[tuple[str, str], int]:
    """How many paths from a source to a sink run over each link of an acyclic network.

    Parameters
    ----------
    graph
        Links run from the cited to the citing work.
    """
    order = list(nx.lexicographical_topological_sort(graph))
    into = dict.fromkeys(order, 0)
    out = dict.fromkeys(order, 0)
    for node in order:
        into[node] = sum(into[before] for before in graph.predecessors(node)) or 1
    for node in reversed(order):
        out[node] = sum(out[after] for after in graph.successors(node)) or 1
    return {(a, b): into[a] * out[b] for a, b in graph.edges}


def main_path(graph: nx.DiGraph) -> list[str]:
    """The path with the greatest sum of search path counts, from cited to citing.

    Returns
    -------
    list of str
        The works in order; of equal paths the first by name. Empty where nothing is linked.
    """
    counts = search_path_counts(graph)
    if not counts:
        return []
    best: dict[str, tuple[int, list[str]]] = {}
    for node in nx.lexicographical_topological_sort(graph):
        ways = [
            (best[before][0] + counts[before, node], before)
            for before in sorted(graph.predecessors(node))
        ]
        total, before = max(ways, key=lambda way: way[0], default=(0, ""))
        best[node] = (total, [*(best[before][1] if before else []), node])
    return max((best[node] for node in sorted(best)), key=lambda way: way[0])[1]
