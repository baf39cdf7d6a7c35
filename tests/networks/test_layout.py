from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from scipy import optimize, sparse

from textmine.errors import UsageError
from textmine.networks import LAYOUTS, Recipe, cooccurrence, graph, incidence, layout, vos

YEARS = {"a": 2001, "b": 2001, "c": 2003, "d": None, "e": 2005}


@pytest.fixture(scope="module")
def made() -> nx.Graph:
    rows = ["abc", "ab", "ad", "cde", "de", "ce"]
    return graph(cooccurrence(incidence("123456", rows)), Recipe(measure="count"))


def distances(points: np.ndarray) -> np.ndarray:
    return np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))


def test_vos_is_the_least_of_what_it_minimises() -> None:
    random = np.random.default_rng(0)
    strength = random.random((6, 6))
    strength += strength.T
    np.fill_diagonal(strength, 0)
    upper = np.triu_indices(6, 1)

    def value(flat: np.ndarray) -> float:
        apart = distances(flat.reshape(6, 2))[upper]
        return float((0.5 * strength[upper] * apart**2 - apart).sum())

    least = min(optimize.minimize(value, random.normal(size=12)).fun for _ in range(15))
    points = vos(sparse.csr_matrix(strength))
    apart = distances(points)[upper]
    assert apart.mean() == pytest.approx(1)
    # The map is scaled to mean distance 1; the best scale follows from the formula.
    scale = apart.sum() / (strength[upper] * apart**2).sum()
    assert value(scale * points.ravel()) == pytest.approx(least, abs=1e-4)


def test_three_alike_lie_at_the_corners_of_an_equal_triangle() -> None:
    points = vos(sparse.csr_matrix(np.ones((3, 3)) - np.eye(3)))
    assert distances(points)[np.triu_indices(3, 1)] == pytest.approx(np.ones(3), abs=1e-3)


def test_parts_without_links_lie_side_by_side() -> None:
    strength = np.zeros((12, 12))
    for group in (slice(0, 5), slice(5, 9), slice(9, 11)):
        strength[group, group] = 5
    np.fill_diagonal(strength, 0)
    points = vos(sparse.csr_matrix(strength))
    parts = [points[:5], points[5:9], points[9:11], points[11:]]
    centres = [part.mean(axis=0) for part in parts]
    radii = [np.hypot(*(p - c).T).max() for p, c in zip(parts, centres, strict=True)]
    for a, b in combinations(range(4), 2):
        assert np.hypot(*(centres[a] - centres[b])) > radii[a] + radii[b]


@pytest.mark.parametrize("method", LAYOUTS)
def test_every_layout_is_the_same_for_any_order(made: nx.Graph, method) -> None:
    other = nx.Graph()
    other.add_nodes_from(reversed(list(made.nodes(data=True))))
    other.add_edges_from((b, a, d) for a, b, d in reversed(list(made.edges(data=True))))
    one = layout(made, method=method, years=YEARS)
    assert one == layout(other, method=method, years=YEARS)
    assert set(one) == set(made)
    assert len(set(one.values())) == len(one)
    assert np.abs(list(one.values())).max() <= 1


def test_a_timeline_has_a_lane_per_community_and_years_from_the_left(made: nx.Graph) -> None:
    places = layout(made, method="timeline", years=YEARS)
    assert places["a"][0] == places["b"][0] < places["c"][0] < places["e"][0] == 1
    assert places["d"][0] == -1  # no year: before the first
    lanes = {}
    for node, (_, y) in places.items():
        lanes.setdefault(made.nodes[node]["community"], []).append(y)
    spans = sorted((min(ys), max(ys)) for ys in lanes.values())
    assert all(one[1] < two[0] for one, two in pairwise(spans))


def test_a_timezone_has_a_column_per_year(made: nx.Graph) -> None:
    places = layout(made, method="timezone", years=YEARS)
    assert len({x for x, _ in places.values()}) == 4
    assert places["a"][0] == places["b"][0]
    stronger = max("ab", key=lambda n: made.nodes[n]["strength"])
    assert places[stronger][1] == max(places["a"][1], places["b"][1])


def test_a_circle_keeps_communities_together(made: nx.Graph) -> None:
    places = layout(made, method="circular")
    assert all(np.hypot(*place) == pytest.approx(1, abs=1e-5) for place in places.values())
    clockwise = sorted(places, key=lambda n: np.arctan2(*places[n]) % (2 * np.pi))
    groups = [made.nodes[n]["community"] for n in clockwise]
    assert groups == sorted(groups)


def test_what_is_no_layout_or_has_no_years_is_refused(made: nx.Graph) -> None:
    with pytest.raises(UsageError, match="timezone"):
        layout(made, method="spiral")
    with pytest.raises(UsageError, match="year"):
        layout(made, method="timeline")
