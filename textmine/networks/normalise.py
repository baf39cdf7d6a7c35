"""Normalised strength of co-occurrence, each measure by its exact formula.

c is the number of units that hold both terms, s_i and s_j those that hold each, n all units,
k_i = Σ_j c_ij the total co-occurrence of a term, and m = ½ Σ k_i.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

from textmine.errors import UsageError
from textmine.matrices import TermTerm

Measure = Literal[
    "association",
    "association_vos",
    "equivalence",
    "salton",
    "jaccard",
    "inclusion",
    "dice",
    "npmi",
    "count",
]
Array = NDArray[np.float64]

# Formula and source of each measure, for methods paragraphs.
MEASURES: dict[Measure, str] = {
    "association": "n·c/(s_i·s_j), observed over expected (van Eck & Waltman 2009)",
    "association_vos": "2m·c/(k_i·k_j), VOSviewer's form (van Eck & Waltman 2009)",
    "equivalence": "c²/(s_i·s_j) (Callon, Courtial & Laville 1991)",
    "salton": "c/√(s_i·s_j) (Salton & McGill 1983)",
    "jaccard": "c/(s_i+s_j−c) (Jaccard 1912)",
    "inclusion": "c/min(s_i, s_j) (Simpson 1943)",
    "dice": "2c/(s_i+s_j) (Dice 1945)",
    "npmi": "ln(n·c/(s_i·s_j))/−ln(c/n) (Bouma 2009)",
    "count": "c",
}


def normalise(term_term: TermTerm, measure: Measure) -> sparse.csr_matrix:
    """Strength of every pair that co-occurs, as a symmetric matrix of shape (terms, terms).

    Raises
    ------
    UsageError
        For a measure that is not in `MEASURES`.
    """
    if measure not in MEASURES:
        raise UsageError(
            f"There is no measure {measure!r}.", remedy=f"Choose from {', '.join(MEASURES)}."
        )
    pairs = term_term.counts.tocoo()
    c = pairs.data.astype(np.float64)
    s = term_term.occurrences.astype(np.float64)
    k = np.asarray(term_term.counts.sum(axis=1), dtype=np.float64).ravel()
    if measure == "association_vos":
        values = k.sum() * c / (k[pairs.row] * k[pairs.col])
    else:
        values = _FORMULAS[measure](c, s[pairs.row], s[pairs.col], float(term_term.units))
    return sparse.csr_matrix((values, (pairs.row, pairs.col)), shape=pairs.shape)


def _npmi(c: Array, a: Array, b: Array, n: float) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log(n * c / (a * b)) / -np.log(c / n)
    values[c == n] = 1.0  # the limit for two terms that are together everywhere
    return values


_FORMULAS: dict[str, Callable[[Array, Array, Array, float], Array]] = {
    "association": lambda c, a, b, n: n * c / (a * b),
    "equivalence": lambda c, a, b, n: c**2 / (a * b),
    "salton": lambda c, a, b, n: c / np.sqrt(a * b),
    "jaccard": lambda c, a, b, n: c / (a + b - c),
    "inclusion": lambda c, a, b, n: c / np.minimum(a, b),
    "dice": lambda c, a, b, n: 2 * c / (a + b),
    "npmi": _npmi,
    "count": lambda c, a, b, n: c,
}


def significance(term_term: TermTerm) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """How unlikely each co-occurrence is by chance: p and its corrected q, of c or more.

    The hypergeometric tail P(X ≥ c) for s_i and s_j units among n; q by Benjamini & Hochberg
    1995 over all n_t(n_t−1)/2 pairs of terms, those that never meet (p = 1) included.
    """
    pairs = sparse.triu(term_term.counts, 1).tocoo()
    s = term_term.occurrences
    p = stats.hypergeom.sf(pairs.data - 1, term_term.units, s[pairs.row], s[pairs.col])
    tests = len(s) * (len(s) - 1) // 2
    order = np.argsort(p, kind="stable")
    ranked = p[order] * tests / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return _symmetric(p, pairs), _symmetric(q, pairs)


def _symmetric(values: Array, pairs: sparse.coo_matrix) -> sparse.csr_matrix:
    # An exact zero would be dropped by the sparse format.
    values = np.maximum(values, np.finfo(float).tiny)
    upper = sparse.csr_matrix((values, (pairs.row, pairs.col)), shape=pairs.shape)
    return (upper + upper.T).tocsr()
