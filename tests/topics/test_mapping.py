import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from textmine.topics import topic_distances, topic_hierarchy, topic_positions


def topics(seed: int, k: int, terms: int = 30) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.full(terms, 0.1), size=k)


@given(st.integers(0, 500), st.integers(2, 6))
def test_distances_are_those_of_scipy(seed: int, k: int) -> None:
    rows = topics(seed, k)
    found = topic_distances(rows)
    theirs = [[jensenshannon(a, b, base=2) for b in rows] for a in rows]
    assert found == pytest.approx(np.nan_to_num(np.array(theirs)), abs=1e-6)


def test_topics_without_a_common_word_are_as_far_apart_as_can_be() -> None:
    assert topic_distances(np.eye(3)) == pytest.approx(1 - np.eye(3))


def test_the_map_keeps_distances_that_lie_in_a_plane() -> None:
    points = np.random.default_rng(1).normal(size=(6, 2))
    distances = np.linalg.norm(points[:, None] - points[None], axis=2)
    places = topic_positions(distances)
    drawn = np.linalg.norm(places[:, None] - places[None], axis=2)
    scale = distances[0, 1] / drawn[0, 1]
    assert drawn * scale == pytest.approx(distances, abs=1e-4)
    assert np.abs(places).max() == pytest.approx(1)


def test_equal_topics_lie_on_one_point() -> None:
    same = np.tile(topics(1, 1), (3, 1))
    assert topic_positions(topic_distances(same)).tolist() == [[0, 0]] * 3


def test_near_topics_join_first() -> None:
    distances = np.array([[0, 0.9, 0.2], [0.9, 0, 0.8], [0.2, 0.8, 0]])
    first, last = topic_hierarchy(distances)
    assert {first.left, first.right} == {(0,), (2,)}
    assert first.distance == pytest.approx(0.2)
    assert sorted(last.left + last.right) == [0, 1, 2]
    assert last.distance == pytest.approx(0.85)
    assert topic_hierarchy(np.zeros((1, 1))) == []
