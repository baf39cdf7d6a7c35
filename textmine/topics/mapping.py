"""How topics lie to each other: distances, a map in the plane, and a hierarchy.

A map of many topics in two dimensions bends distances; the hierarchy beside it does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Join:
    """Two groups of topics (places from 0) that become one, at their mean distance."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    distance: float


def topic_distances(topic_word: Array) -> Array:
    """Jensen–Shannon distances between topics; shape (topics, topics), in [0, 1].

    √(½ Σ p ln(p/m) + ½ Σ q ln(q/m)) / √ln 2 with m = (p + q)/2 (Endres & Schindelin 2003,
    doi 10.1109/TIT.2003.813506): 0 for the same words alike, 1 without a common word.

    Parameters
    ----------
    topic_word
        Weights, shape (topics, terms), rows sum to 1.
    """
    k = len(topic_word)
    # JSD = H(m) − (H(p) + H(q)) / 2, with the entropies of the rows taken once.
    own = _entropies(topic_word)
    found = np.zeros((k, k))
    for topic in range(k - 1):
        rest = slice(topic + 1, k)
        mixed = _entropies((topic_word[rest] + topic_word[topic]) / 2)
        divergence = (mixed - (own[rest] + own[topic]) / 2) / np.log(2)
        found[topic, rest] = found[rest, topic] = np.sqrt(np.clip(divergence, 0, 1))
    return np.round(found, 12)


def _entropies(rows: Array) -> Array:
    logs = np.log(rows, out=np.zeros_like(rows), where=rows > 0)
    return np.asarray(-(rows * logs).sum(axis=1))


def topic_positions(distances: Array) -> Array:
    """Places of topics in the plane by classical scaling; shape (topics, 2), within [−1, 1].

    The two leading eigenvectors of −½ J D² J, J = I − 1/k (Torgerson 1952; the map of LDAvis:
    Sievert & Shirley 2014, doi 10.3115/v1/W14-3110). Each axis points to its farthest topic, so
    that the map is not mirrored from run to run.
    """
    k = len(distances)
    centring = np.eye(k) - 1 / k
    values, vectors = np.linalg.eigh(-0.5 * centring @ distances**2 @ centring)
    places = np.zeros((k, 2))
    for axis in range(min(2, k)):
        column = vectors[:, -1 - axis] * np.sqrt(max(float(values[-1 - axis]), 0.0))
        farthest = column[np.argmax(np.round(np.abs(column), 9))]
        places[:, axis] = column if farthest >= 0 else -column
    reach = float(np.abs(places).max())
    return np.asarray(np.round(places / reach, 6) if reach > 0 else places)


def topic_hierarchy(distances: Array) -> list[Join]:
    """Joins of topics from the nearest to the last by average linkage (Sokal & Michener 1958).

    Left and right are put so that neighbours in the drawn order are alike (Bar-Joseph, Gifford &
    Jaakkola 2001).
    """
    if len(distances) < 2:
        return []
    condensed = squareform(distances, checks=False)
    steps = hierarchy.linkage(condensed, "average", optimal_ordering=True)
    groups: list[tuple[int, ...]] = [(topic,) for topic in range(len(distances))]
    joins = []
    for left, right, distance, _ in steps:
        one, two = groups[int(left)], groups[int(right)]
        joins.append(Join(one, two, float(distance)))
        groups.append(one + two)
    return joins
