"""Small corpora as matrices."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import sparse

from textmine.matrices import DocTerm


def make_doc_term(rows: list[str]) -> DocTerm:
    terms = sorted({word for row in rows for word in row.split()})
    counts = [[row.split().count(term) for term in terms] for row in rows]
    matrix = sparse.csr_matrix(np.array(counts, dtype=np.int32).reshape(len(rows), len(terms)))
    return DocTerm(matrix, tuple(f"d{n:03}" for n in range(len(rows))), tuple(terms))


@pytest.fixture(scope="session")
def doc_term() -> Callable[[list[str]], DocTerm]:
    """Makes a matrix of documents given as words with blanks between them."""
    return make_doc_term


@pytest.fixture(scope="session")
def planted_rows() -> Callable[..., list[str]]:
    """Makes documents of words out of one of three groups of eight, and a word of another."""

    def make(documents: int = 120, own: int = 6, seed: int = 0) -> list[str]:
        random = np.random.default_rng(seed)
        groups = [[f"{letter}{i}" for i in range(8)] for letter in "甲乙丙"]
        rows = []
        for n in range(documents):
            mine, other = groups[n % 3], groups[(n + 1) % 3]
            chosen = [*random.choice(mine, own, replace=False), str(random.choice(other))]
            rows.append(" ".join(chosen))
        return rows

    return make
