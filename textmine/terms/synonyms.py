"""Synonym suggestions: pairs of terms that may be one, with what speaks for it; and what merging changes.

Nothing here decides: an abbreviation, a small difference, like contexts or a common English
keyword each make a candidate, and a person judges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from textmine.matrices import DocTerm

SYNONYM_COLUMNS = ("preferred", "other", "evidence", "contexts", "documents", "documents_other")
"""`suggest_synonyms`: the more frequent term; the other; what speaks for them, with +; how alike
their contexts are, a cosine; documents that hold each."""
MERGE_COLUMNS = ("term", "occurrences", "documents", "rank")
"""`merged_counts`: the term, "→ preferred" for all together; occurrences; documents; place among
all terms by documents."""

LIKE = 0.6
"""Cosine from which on contexts make a candidate of terms that have a character in common; related
terms (进口, 出口) reach it, too."""
APART = 0.1
"""Share of the rarer term's sentences that may hold the other one, too: what means the same is
seldom said twice, and what makes up one name (一带, 一路) always is."""
SOME_LIKENESS = 0.3
"""Cosine that a small difference of form needs besides: 第一产业 and 第二产业 differ as little."""
SHORTEST = 4  # characters of terms that may differ by one: in shorter ones that is another word
MOST_TERMS = 3000  # the most frequent terms, whose contexts are compared; bounds time and memory
DIMENSIONS = 50  # of the contexts; 50 to 300 are usual, and few suit small corpora


def suggest_synonyms(
    counts: DocTerm,
    contexts: DocTerm,
    *,
    short_names: Iterable[tuple[str, str]] = (),
    translations: Iterable[tuple[str, str]] = (),
    known: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Pairs of terms that may mean the same.

    Parameters
    ----------
    counts
        Terms in documents.
    contexts
        The same terms, in the same order, in sentences.
    short_names
        Short and full names that texts define.
    translations
        Chinese and English keywords that stand for each other.
    known
        Synonyms that are settled; their pairs are left out.

    Returns
    -------
    pandas.DataFrame
        `SYNONYM_COLUMNS`, with the most evidence first, then the most alike contexts.
    """
    place = {term: i for i, term in enumerate(counts.terms)}
    evidence: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    likeness = _Contexts(contexts)
    sources = {
        "abbreviation": short_names,
        "English": _same_translation(translations),
        "form": _like_forms(counts.terms),
        "contexts": likeness.neighbours(),
    }
    for name, pairs in sources.items():
        for a, b in pairs:
            i, j = place.get(a.casefold(), -1), place.get(b.casefold(), -1)
            if min(i, j) >= 0 and i != j and name not in evidence[min(i, j), max(i, j)]:
                evidence[min(i, j), max(i, j)].append(name)
    settled = known or {}
    frequency = counts.document_frequency
    rows = []
    for (i, j), names in evidence.items():
        like = likeness.cosine(i, j)
        if not names or (names == ["form"] and like < SOME_LIKENESS):
            continue
        i, j = sorted((i, j), key=lambda n: (-frequency[n], counts.terms[n]))
        a, b = counts.terms[i], counts.terms[j]
        if settled.get(b, b) != settled.get(a, a):
            rows.append((a, b, "+".join(names), like, int(frequency[i]), int(frequency[j])))
    rows.sort(key=lambda row: (-row[2].count("+"), -row[3], row[0], row[1]))
    return pd.DataFrame(rows, columns=list(SYNONYM_COLUMNS))


def _same_translation(translations: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Chinese keywords that share their English one."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    for zh, en in translations:
        of[" ".join(en.casefold().replace("-", " ").split())].append(zh)
    for group in of.values():
        yield from combinations(dict.fromkeys(group), 2)


def _like_forms(terms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Terms that differ by one character: changed, added, or two neighbours swapped.

    Two terms at a distance of one share what is left of them without one character, or one is
    what is left of the other (Garbe's symmetric deletes): no pair of terms is compared in vain.
    """
    held: defaultdict[str, list[str]] = defaultdict(list)
    for term in terms:
        if len(term) >= SHORTEST and not term.isascii():
            for rest in {term, *(term[:i] + term[i + 1 :] for i in range(len(term)))}:
                held[rest].append(term)
    for group in held.values():
        for a, b in combinations(group, 2):
            if _distance_is_one(a, b):
                yield a, b


def _distance_is_one(a: str, b: str) -> bool:
    """Whether one change, addition or swap of neighbours makes b of a."""
    if len(a) > len(b):
        a, b = b, a
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return len(b) == len(a) + 1 and a[start:] == b[start + 1 :]
    swapped = b[start : start + 2] == a[start : start + 2][::-1]
    return a[start + 1 :] == b[start + 1 :] or (swapped and a[start + 2 :] == b[start + 2 :])


class _Contexts:
    """What stands beside the most frequent terms, as vectors.

    Positive pointwise mutual information of terms in the same sentence, its rows brought to few
    dimensions by a singular value decomposition and to length one (Levy, Goldberg and Dagan
    2015, doi:10.1162/tacl_a_00134).
    """

    def __init__(self, contexts: DocTerm) -> None:
        self._terms = contexts.terms
        frequency = contexts.document_frequency
        chosen = np.lexsort((np.arange(len(frequency)), -frequency))[:MOST_TERMS]
        self._row = {int(term): row for row, term in enumerate(chosen)}
        self._chosen = chosen
        held = (contexts.counts[:, chosen] > 0).astype(np.float64)
        self._met = (held.T @ held).tocsr()
        self._once = self._met.diagonal()
        self._vectors = _vectors(self._met, held.shape[0])

    def cosine(self, i: int, j: int) -> float:
        """How alike the contexts of two terms are; 0 where one is too rare to tell."""
        a, b = self._row.get(i, -1), self._row.get(j, -1)
        if min(a, b) < 0:
            return 0.0
        return round(float(self._vectors[a] @ self._vectors[b]), 3)

    def neighbours(self) -> Iterator[tuple[str, str]]:
        """Terms with a character in common whose contexts are alike, and that seldom meet."""
        cosines = np.triu(self._vectors @ self._vectors.T, 1)
        for a, b in np.argwhere(cosines >= LIKE).tolist():
            one, other = (self._terms[self._chosen[n]] for n in (a, b))
            met = self._met[a, b] / min(self._once[a], self._once[b])
            if {*one} & {*other} and not one.isascii() and met <= APART:
                yield one, other


def _vectors(together: sparse.csr_matrix, sentences: int) -> NDArray[np.float64]:
    met, once = together.tocoo(), together.diagonal()
    apart = met.row != met.col
    row, column, count = met.row[apart], met.col[apart], met.data[apart]
    information = np.log2(count * sentences / (once[row] * once[column]))
    positive = information > 0
    size = together.shape[0]
    matrix = sparse.csr_matrix(
        (information[positive], (row[positive], column[positive])), shape=(size, size)
    )
    k = min(DIMENSIONS, size - 1)
    if k < 1 or not matrix.nnz:
        return np.zeros((size, 1))
    left, values, _ = svds(matrix, k=k, v0=np.full(size, size**-0.5), solver="arpack")
    vectors = left * np.sqrt(values)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float64] = vectors / np.where(lengths > 0, lengths, 1.0)
    return scaled


def merged_counts(counts: DocTerm, preferred: str, others: Sequence[str]) -> pd.DataFrame:
    """What counting some terms under one name would change.

    Returns
    -------
    pandas.DataFrame
        `MERGE_COLUMNS`: a row for each term as it is, and one for all together.
    """
    words = [preferred, *others]
    matrix = counts.aligned(words).counts
    frequency = np.sort(counts.document_frequency)
    together = np.asarray(matrix.sum(axis=1) > 0).sum()
    documents = [*np.bincount(matrix.indices, minlength=len(words)).tolist(), int(together)]
    total = np.asarray(matrix.sum(axis=0)).ravel().tolist()
    ranks = [len(frequency) - int(np.searchsorted(frequency, n, "right")) + 1 for n in documents]
    rows = zip([*words, f"→ {preferred}"], [*total, sum(total)], documents, ranks, strict=True)
    return pd.DataFrame(list(rows), columns=list(MERGE_COLUMNS))
