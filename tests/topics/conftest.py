"""Simulated corpora whose topics are known."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from scipy import sparse

from textmine.matrices import DocTerm

PLANTED, WORDS = 4, 60
EVEN = (0.2, 0.2, 0.2, 0.2)


@pytest.fixture(scope="session")
def planted() -> Callable[..., tuple[DocTerm, np.ndarray]]:
    """Makes documents of four planted topics."""
    return make_planted


def make_planted(
    seed: int = 1,
    documents: int = 120,
    length: int = 150,
    mixing: Sequence[float] = EVEN,
    shared: int = 0,
) -> tuple[DocTerm, np.ndarray]:
    """Documents mixed from four topics of fifteen words each, and the topics.

    `shared` words of each topic are also words of the next one.
    """
    random = np.random.default_rng(seed)
    topics = np.full((PLANTED, WORDS), 0.02 / WORDS)
    size = WORDS // PLANTED
    for topic in range(PLANTED):
        own = (topic * size + np.arange(size + shared)) % WORDS
        topics[topic, own] += 0.98 * random.dirichlet(np.full(size + shared, 5.0))
    topics /= topics.sum(axis=1, keepdims=True)
    mixtures = random.dirichlet(mixing, size=documents)
    counts = np.array([random.multinomial(length, m @ topics) for m in mixtures])
    terms = tuple(f"词{i:02}" for i in range(WORDS))
    ids = tuple(f"d{i:04}" for i in range(documents))
    return DocTerm(sparse.csr_matrix(counts.astype(np.int32)), ids, terms), topics
