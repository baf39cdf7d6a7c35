"""Which co-occurrences are more than chance: the hypergeometric tail, corrected for many tests."""

from __future__ import annotations

from math import exp, lgamma

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import TermTerm
from textmine.segment.kernels import kernel

Array = NDArray[np.float64]
Longs = NDArray[np.int64]


def significance(
    term_term: TermTerm, *, min_cooccurrence: int = 1
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """How unlikely each co-occurrence is by chance: p and its corrected q, of c or more.

    The hypergeometric tail P(X ≥ c) for s_i and s_j units among n, of full counts whatever the
    links weigh; q by Benjamini & Hochberg 1995 over all pairs that could be linked, those that
    never meet (p = 1) included: n_t(n_t−1)/2, or n_1·n_2 between two kinds of terms.

    Parameters
    ----------
    min_cooccurrence
        Pairs with fewer are not tested but still counted among the tests, so q errs on the side
        of caution.
    """
    pairs = sparse.triu(term_term.counts, 1).tocoo()
    keep = pairs.data >= min_cooccurrence
    rows, columns, together = pairs.row[keep], pairs.col[keep], pairs.data[keep]
    s = term_term.occurrences.astype(np.int64)
    p = hypergeometric_tails(together, s[rows], s[columns], term_term.units)
    q = benjamini_hochberg(p, tests=term_term.pairs)
    shape = term_term.counts.shape
    return _symmetric(p, rows, columns, shape), _symmetric(q, rows, columns, shape)


def hypergeometric_tails(together: Longs, a: Longs, b: Longs, units: int) -> Array:
    """P(X ≥ together): b of `units` drawn at random, a of them marked, X marked ones drawn."""
    c, marked, drawn = (np.asarray(part, dtype=np.int64) for part in (together, a, b))
    return _tails(c, marked, drawn, units)


def benjamini_hochberg(p: Array, *, tests: int) -> Array:
    """Corrected q of the smallest of `tests` p-values; the others are taken as 1."""
    order = np.argsort(p, kind="stable")
    ranked = p[order] * tests / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return q


def _symmetric(
    values: Array, rows: Longs, columns: Longs, shape: tuple[int, int]
) -> sparse.csr_matrix:
    # An exact zero would be dropped by the sparse format.
    values = np.maximum(values, np.finfo(float).tiny)
    upper = sparse.csr_matrix((values, (rows, columns)), shape=shape)
    return (upper + upper.T).tocsr()


@kernel
def _tails(together: Longs, a: Longs, b: Longs, units: int) -> Array:
    """P(X ≥ c) of each pair; X hypergeometric with a marked among `units`, b drawn."""
    tails = np.empty(len(together))
    for i in range(len(together)):
        tails[i] = _tail(together[i], a[i], b[i], units)
    return tails


@kernel
def _tail(c: int, a: int, b: int, n: int) -> float:
    """Summed from c away from the mean, by the ratio of neighbouring probabilities."""
    lowest, highest = max(0, a + b - n), min(a, b)
    if c <= lowest:
        return 1.0
    upper = c > a * b / n
    x = c if upper else c - 1
    term = exp(
        lgamma(a + 1.0) - lgamma(x + 1.0) - lgamma(a - x + 1.0)
        + lgamma(n - a + 1.0) - lgamma(b - x + 1.0) - lgamma(n - a - b + x + 1.0)
        - lgamma(n + 1.0) + lgamma(b + 1.0) + lgamma(n - b + 1.0)
    )  # fmt: skip
    total = term
    while term > total * 1e-17 and (x < highest if upper else x > lowest):
        if upper:
            term *= (a - x) * (b - x) / ((x + 1.0) * (n - a - b + x + 1.0))
            x += 1
        else:
            term *= x * (n - a - b + x) / ((a - x + 1.0) * (b - x + 1.0))
            x -= 1
        total += term
    return min(1.0, total) if upper else max(0.0, 1.0 - total)
