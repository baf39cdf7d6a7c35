"""Where the nodes of a map lie: deterministic, whatever the order of nodes and edges.

`place` knows the layouts by name; each gives positions within [−1, 1]². Those by time put the
first year of a node on the horizontal axis, as CiteSpace does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import distance

from textmine.errors import UsageError
from textmine.networks.communities import adjacency

Array = NDArray[np.float64]
Layout = Literal["vos", "force", "circular", "timeline", "timezone"]
Places = dict[str, tuple[float, float]]

LAYOUTS: dict[Layout, str] = {
    "vos": "VOS (van Eck, Waltman, Dekker & van den Berg 2010)",
    "force": "forces between nodes (Fruchterman & Reingold 1991)",
    "circular": "a circle, community by community",
    "timeline": "first year by community, a lane each",
    "timezone": "first year, a column each",
}
STEPS, TOLERANCE = 1000, 1e-7
# Beyond so many nodes a step takes long: one start, from the eigenvectors, and a tenth of the steps,
# after which points move by less than the width of a dot.
MANY = 300


def layout(
    graph: nx.Graph,
    *,
    method: Layout = "vos",
    seed: int = 0,
    years: Mapping[str, int | None] | None = None,
) -> Places:
    """Positions of the nodes of a network, within [−1, 1]².

    Parameters
    ----------
    graph
        Nodes carry community and strength (for circular, timeline and timezone), edges weight
        and, for VOS where there are any, links (what they weigh before normalisation).
    seed
        Of the starts of VOS.
    years
        The first year of each node, for timeline and timezone; a node without one is placed
        before the first.

    Raises
    ------
    UsageError
        For a layout that is not in `LAYOUTS`, or one by time without any year.
    """
    if method not in LAYOUTS:
        raise UsageError(
            f"There is no layout {method!r}.", remedy=f"Choose from {', '.join(LAYOUTS)}."
        )
    if len(graph) == 0:
        return {}
    if method == "circular":
        return _circular(graph)
    if method in ("timeline", "timezone"):
        known = _known_years(graph, years or {})
        return _timeline(graph, known) if method == "timeline" else _timezone(graph, known)
    nodes, weights = adjacency(graph)
    points = _forces(nodes, weights) if method == "force" else vos(_strength(graph), seed=seed)
    return _framed(nodes, _turned(points))


def _strength(graph: nx.Graph) -> sparse.csr_matrix:
    """2m c_ij / (k_i k_j) of the links that are shown, c before normalisation where it is known."""
    nodes, weights = adjacency(graph)
    if nx.get_edge_attributes(graph, "links"):
        weights = nx.to_scipy_sparse_array(graph, nodelist=nodes, weight="links", dtype=float)
    pairs = sparse.coo_matrix(weights)
    k = np.asarray(weights.sum(axis=1)).ravel()
    values = k.sum() * pairs.data / (k[pairs.row] * k[pairs.col])
    return sparse.csr_matrix((values, (pairs.row, pairs.col)), shape=pairs.shape)


def vos(strength: sparse.csr_matrix, *, seed: int = 0, starts: int | None = None) -> Array:
    """The VOS map: Σ s_ij ‖x_i − x_j‖² least for a given sum of distances.

    Minimises ½ Σ_{i<j} s_ij d_ij² − Σ_{i<j} d_ij, which has the same solutions up to scale
    (van Eck, Waltman, Dekker & van den Berg 2010, doi 10.1002/asi.21421; VOSviewer's attraction 2
    and repulsion 1), by majorisation: each step solves L_s X' = L_{1/d} X and never makes it worse
    (Borg & Groenen 2005, ch. 8), then goes as far again (De Leeuw & Heiser 1980). Parts without
    links between them are mapped one by one and laid side by side, the largest in the middle.

    Parameters
    ----------
    strength
        Association strengths, symmetric without diagonal; shape (nodes, nodes).
    starts
        Starts of which the best is kept, the first from the smoothest eigenvectors, others random;
        by default ten for up to `MANY` nodes, else one.

    Returns
    -------
    array
        Shape (nodes, 2), centred; scaled so that the mean distance is 1.
    """
    parts, of_node = connected_components(strength, directed=False)
    members = [np.flatnonzero(of_node == part) for part in range(parts)]
    members.sort(key=lambda group: (-len(group), int(group[0])))
    maps = [_whole(strength[group][:, group], seed, starts) for group in members]
    points = np.zeros((strength.shape[0], 2))
    for group, own, centre in zip(members, maps, _packed(maps), strict=True):
        points[group] = own + centre
    points -= points.mean(axis=0)
    pairs = len(points) * (len(points) - 1)
    scaled: Array = points / max(float(_distances(points).sum()) / max(pairs, 1), 1e-12)
    return scaled


def _whole(strength: sparse.csr_matrix, seed: int, starts: int | None) -> Array:
    """The map of a connected part, the mean square of its radii 0.6 of the number of its nodes."""
    n = strength.shape[0]
    if n == 1:
        return np.zeros((1, 2))
    dense = np.asarray(strength.todense(), dtype=np.float64)
    # The constant makes the matrix invertible and leaves centred configurations as they are.
    factor = linalg.cho_factor(np.diag(dense.sum(axis=1)) - dense + 1.0)
    best, least = np.zeros((n, 2)), np.inf
    for start in range(starts or (10 if n <= MANY else 1)):
        points = np.random.default_rng((seed, start)).normal(size=(n, 2))
        if start == 0 and n > 3:
            points = _smoothest(dense)
        points -= points.mean(axis=0)
        points, value = _majorised(dense, factor, points, STEPS if n <= MANY else STEPS // 10)
        if value < least - 1e-9:
            best, least = points, value
    sized: Array = best * np.sqrt(0.6 * n * n / max(float((best**2).sum()), 1e-12))
    return sized


def _packed(maps: list[Array]) -> list[Array]:
    """Centres of the parts, the first in the middle, each next as near to it as there is room.

    The method says nothing of parts without links: the distance between them would be infinite.
    """
    radii = [float(np.hypot(*own.T).max()) + 1.0 for own in maps]
    centres: list[Array] = []
    turns = np.arange(0.0, 1e5, 0.2)
    for radius in radii:
        angle = np.sqrt(turns) * 1.5
        path = 0.35 * angle[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
        free = np.ones(len(path), dtype=bool)
        for other, centre in zip(radii, centres, strict=False):
            free &= np.hypot(*(path - centre).T) >= radius + other
        centres.append(path[int(free.argmax())])
    return centres


def _smoothest(dense: Array) -> Array:
    """The eigenvectors of the smallest two eigenvalues above 0 of the Laplacian, signs fixed."""
    laplacian = np.diag(dense.sum(axis=1)) - dense
    _, vectors = linalg.eigh(laplacian, subset_by_index=[1, 2])
    largest = np.abs(vectors).round(9).argmax(axis=0)
    return np.asarray(vectors * np.sign(vectors[largest, [0, 1]]))


def _majorised(
    dense: Array, factor: tuple[Array, bool], points: Array, steps: int
) -> tuple[Array, float]:
    before = value = np.inf
    for _ in range(steps):
        apart = _distances(points)
        value = float((0.5 * dense * apart**2 - apart).sum() / 2)
        if before - value <= TOLERANCE * abs(value):
            break
        before = value
        inverse = np.divide(1.0, apart, out=np.zeros_like(apart), where=apart > 1e-12)
        pushed = inverse.sum(axis=1)[:, None] * points - inverse @ points
        points = 2 * np.asarray(linalg.cho_solve(factor, pushed)) - points
    return points, value


def _distances(points: Array) -> Array:
    return np.asarray(distance.cdist(points, points))


def _forces(nodes: tuple[str, ...], weights: sparse.csr_matrix) -> Array:
    # Numbers for nodes: the order of a set of numbers is the same in every process.
    graph = nx.from_scipy_sparse_array(weights)
    start = nx.circular_layout(graph)
    found = nx.spring_layout(graph, pos=start, weight="weight", iterations=200, seed=0)
    return np.array([found[i] for i in range(len(nodes))])


def _turned(points: Array) -> Array:
    """Turned so that the longest axis lies level, with the first node to the right and above."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned: Array = centred @ axes[:, ::-1]
    return turned * np.where(turned[0] < 0, -1.0, 1.0)


def _framed(nodes: tuple[str, ...], points: Array) -> Places:
    points = points - (points.max(axis=0) + points.min(axis=0)) / 2
    points = points / max(float(np.abs(points).max()), 1e-9)
    return {
        node: (float(x) + 0.0, float(y) + 0.0)
        for node, (x, y) in zip(nodes, points.round(6), strict=True)
    }


def _by_community(graph: nx.Graph) -> list[str]:
    """Nodes by community, the strongest first within it."""
    data = graph.nodes
    return sorted(graph, key=lambda n: (data[n]["community"], -round(data[n]["strength"], 9), n))


def _circular(graph: nx.Graph) -> Places:
    order = _by_community(graph)
    angle = 2 * np.pi * np.arange(len(order)) / len(order)
    # Clockwise from the top.
    points = np.column_stack([np.sin(angle), np.cos(angle)]).round(6)
    return {n: (float(x) + 0.0, float(y) + 0.0) for n, (x, y) in zip(order, points, strict=True)}


def _known_years(graph: nx.Graph, years: Mapping[str, int | None]) -> dict[str, int]:
    known = [year for node in graph if (year := years.get(node)) is not None]
    if not known:
        raise UsageError(
            "No document of the network has a year.", remedy="Choose the layout vos, or add years."
        )
    found = {node: years.get(node) for node in graph}
    return {node: min(known) - 1 if year is None else year for node, year in found.items()}


def _timeline(graph: nx.Graph, years: Mapping[str, int]) -> Places:
    """A lane per community; nodes of one year and lane lie above each other within it."""
    groups = sorted({graph.nodes[n]["community"] for n in graph})
    lane = {group: row for row, group in enumerate(groups)}
    taken: dict[tuple[int, int], int] = {}
    slots: dict[str, tuple[int, int, int]] = {}
    for node in _by_community(graph):
        key = (lane[graph.nodes[node]["community"]], years[node])
        slots[node] = (*key, taken.setdefault(key, 0))
        taken[key] += 1
    # Half a lane at most is used, so that lanes stay apart.
    deepest = max(taken.values())
    first, last = min(years.values()), max(years.values())
    return {
        node: (_scaled(year, first, last), _row(row + 0.8 * depth / deepest, len(groups)))
        for node, (row, year, depth) in sorted(slots.items())
    }


def _timezone(graph: nx.Graph, years: Mapping[str, int]) -> Places:
    """A column per first year, its nodes by strength from the top."""
    columns: dict[int, list[str]] = {}
    strength = nx.get_node_attributes(graph, "strength")
    for node in sorted(graph, key=lambda n: (-round(strength[n], 9), n)):
        columns.setdefault(years[node], []).append(node)
    tallest = max(map(len, columns.values()))
    first, last = min(columns), max(columns)
    return {
        node: (_scaled(year, first, last), _row(row, tallest))
        for year, column in sorted(columns.items())
        for row, node in enumerate(column)
    }


def _scaled(value: float, first: float, last: float) -> float:
    return round(2 * (value - first) / (last - first) - 1, 6) if last > first else 0.0


def _row(row: float, rows: int) -> float:
    """From the top: the middle of the first row, the second, …"""
    return round(1 - (2 * row + 1) / rows, 6)
