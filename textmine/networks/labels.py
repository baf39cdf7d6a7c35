"""Names for communities: the words that tell their documents from the others.

As CiteSpace labels clusters by the log-likelihood ratio and by mutual information, here over a
stated two-by-two table. Which documents belong to a community is part of the method, and said.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import DocTerm

Array = NDArray[np.float64]
Longs = NDArray[np.int64]

# A word of fewer of a community's documents names that document, not the community.
LEAST = 2


def owners(held: DocTerm, terms: tuple[str, ...], membership: Longs) -> Longs:
    """The community of each unit: that of most of its items; 0 without any.

    Parameters
    ----------
    held
        What the units hold.
    terms, membership
        The items of the network and the community of each, from 1; shape (terms,).

    Returns
    -------
    array
        Shape (units,); of equals the smaller number, which is the larger community.
    """
    counts = held.aligned(terms).counts.astype(bool).astype(np.int64)
    groups = np.unique(membership)
    member = sparse.csr_matrix((membership[:, None] == groups[None, :]).astype(np.int64))
    per_group = np.asarray((counts @ member).todense())
    return np.where(per_group.max(axis=1) > 0, groups[per_group.argmax(axis=1)], 0)


def log_likelihood(both: Longs, word: Longs, inside: int, units: int) -> Array:
    """Signed G² = 2 Σ O ln(O / E) of "holds the word" by "is inside" (Dunning 1993).

    Parameters
    ----------
    both, word
        Units inside that hold each word, and all that hold it; shapes (words,).
    inside, units
        Units inside, and all.

    Returns
    -------
    array
        Negative where the word is rarer inside than outside; shape (words,).
    """
    observed = np.stack(
        [both, word - both, inside - both, units - inside - word + both], dtype=np.float64
    )
    rows = np.stack([word, word, units - word, units - word])
    columns = np.array([inside, units - inside, inside, units - inside])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(observed > 0, observed * np.log(observed * units / (rows * columns)), 0.0)
    signed: Array = 2 * parts.sum(axis=0) * np.where(both * units >= word * inside, 1.0, -1.0)
    return signed


def mutual_information(both: Longs, word: Longs, inside: int, units: int) -> Array:
    """Pointwise mutual information ln(n·c / (s·n_C)), −∞ for words that never stand inside.

    Church & Hanks 1990. The expected mutual information of the table is G² / 2n and would name
    the same words as `log_likelihood`; this one prefers words that stand nowhere else.
    """
    with np.errstate(divide="ignore"):
        found: Array = np.log(units * both / (word * float(inside)))
    return found


def labels(
    words: DocTerm, groups: Longs, *, top: int = 3
) -> dict[int, tuple[list[str], list[str]]]:
    """The words that name each community, by log-likelihood ratio and by mutual information.

    Parameters
    ----------
    words
        Candidate words per unit, such as nouns, author keywords or concepts.
    groups
        The community of each unit, 0 for none; see `owners`.
    top
        Words per community and measure; fewer where fewer stand in `LEAST` of its units and more
        often there than elsewhere.

    Returns
    -------
    dict
        Community → words by log-likelihood, words by mutual information, the best first; equals
        by units inside, then by the word.
    """
    present = words.counts.astype(bool).astype(np.int64).tocsr()
    total = np.asarray(present.sum(axis=0)).ravel()
    found: dict[int, tuple[list[str], list[str]]] = {}
    for group in sorted(set(groups.tolist()) - {0}):
        inside = groups == group
        both = np.asarray(present[np.flatnonzero(inside)].sum(axis=0)).ravel()
        size, units = int(inside.sum()), len(groups)
        ratio = log_likelihood(both, total, size, units)
        keep = np.flatnonzero((both >= LEAST) & (ratio > 0))
        information = mutual_information(both, total, size, units)
        found[group] = (
            _best(words.terms, keep, ratio, both, top),
            _best(words.terms, keep, information, both, top),
        )
    return found


def _best(terms: tuple[str, ...], keep: Longs, measure: Array, both: Longs, top: int) -> list[str]:
    ranked = sorted(
        keep.tolist(), key=lambda i: (-round(float(measure[i]), 9), -int(both[i]), terms[i])
    )
    return [terms[i] for i in ranked[:top]]
