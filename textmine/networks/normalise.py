"""Normalised strength of co-occurrence, each measure by its exact formula.

c is the weight of the link: the number of units that hold both terms, or its fractional form; s_i
and s_j are the units that hold each, n all units, k_i = Σ_j c_ij the total links of a term, and
m = ½ Σ k_i.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.errors import UsageError
from textmine.matrices import TermTerm

Measure = Literal[
    "association",
    "association_vos",
    "fractionalization",
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
    "fractionalization": "½(N/k_i + N/k_j)·c, N terms, VOSviewer's alternative",
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
    pairs = term_term.links.tocoo()
    c = pairs.data.astype(np.float64)
    if measure in ("association_vos", "fractionalization"):
        k = np.asarray(term_term.links.sum(axis=1), dtype=np.float64).ravel()
        a, b = k[pairs.row], k[pairs.col]
        size = float(len(term_term.terms))
        vos = measure == "association_vos"
        values = k.sum() * c / (a * b) if vos else 0.5 * (size / a + size / b) * c
    else:
        s = term_term.occurrences.astype(np.float64)
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
