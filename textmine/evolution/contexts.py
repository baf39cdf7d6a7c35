"""The words around a concept: the terms of the sentences that mention it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from textmine.segment import Segmenter, sentences


@dataclass(frozen=True, eq=False)
class Contexts:
    """Counts of terms in the sentences that mention a concept.

    Attributes
    ----------
    counts
        CSR, rows × terms, int32. The words of the mentions themselves are not counted.
    rows
        A row per document, concept and company: doc_id, concept, company (the other concepts of
        the sentence, sorted, joined by a space), sentences (how many there are).
    terms
        One per column.
    """

    counts: sparse.csr_matrix
    rows: pd.DataFrame
    terms: tuple[str, ...]

    def of(self, concept: str, *, without: str = "") -> tuple[NDArray[np.str_], sparse.csr_matrix]:
        """A concept's contexts, a row per document, sentences with another concept left out.

        Returns
        -------
        doc_ids, counts
            Shapes (documents,) and (documents, terms), by id.
        """
        keep = (self.rows["concept"] == concept).to_numpy()
        if without:
            keep = keep & np.array(
                [without not in c.split(" ") for c in self.rows["company"]], dtype=bool
            )
        ids, row = np.unique(self.rows["doc_id"].to_numpy(str)[keep], return_inverse=True)
        gather = sparse.csr_matrix(
            (np.ones(len(row)), (row, np.flatnonzero(keep))), shape=(len(ids), len(keep))
        )
        return ids, (gather @ self.counts).tocsr()


def concept_contexts(
    texts: Iterable[tuple[str, str]],
    mentions: pd.DataFrame,
    segmenter: Segmenter,
    terms: Sequence[str],
) -> Contexts:
    """Count the terms around each concept.

    Parameters
    ----------
    texts
        (doc_id, text) of each document.
    mentions
        doc_id, concept, start, end; a span may stand for several concepts (a narrower one counts
        for its broader ones).
    terms
        Which words count, folded as `textmine.terms.doc_term` folds them.
    """
    column = {term: n for n, term in enumerate(terms)}
    spans = dict(list(mentions.groupby("doc_id", sort=False)))
    rows: list[tuple[str, str, str, int]] = []
    flat: list[int] = []
    lengths = [0]
    for doc_id, text in texts:
        if doc_id not in spans:
            continue
        for (concept, company), (number, found) in sorted(
            _around(text, spans[doc_id], segmenter, column).items()
        ):
            rows.append((doc_id, concept, company, number))
            flat += found
            lengths.append(len(flat))
    counts = sparse.csr_matrix(
        (np.ones(len(flat), dtype=np.int32), np.array(flat, dtype=np.int32), np.array(lengths)),
        shape=(len(rows), len(column)),
    )
    counts.sum_duplicates()
    table = pd.DataFrame(rows, columns=["doc_id", "concept", "company", "sentences"])
    return Contexts(counts, table, tuple(terms))


def _around(
    text: str, part: pd.DataFrame, segmenter: Segmenter, column: dict[str, int]
) -> dict[tuple[str, str], tuple[int, list[int]]]:
    """(concept, company) → number of sentences, columns of their terms."""
    bounds = sentences(text)
    starts = [s.start for s in bounds]
    inside: dict[int, list[tuple[str, int, int]]] = {}
    for row in part[["concept", "start", "end"]].itertuples(index=False, name=None):
        inside.setdefault(bisect_right(starts, row[1]) - 1, []).append(row)
    gathered: dict[tuple[str, str], tuple[int, list[int]]] = {}
    for n in sorted(inside):
        start, end = bounds[n]
        taken = sorted({(a - start, b - start) for _, a, b in inside[n]})
        found = _terms(segmenter, text[start:end], taken, column)
        concepts = sorted({concept for concept, _, _ in inside[n]})
        for concept in concepts:
            key = (concept, " ".join(c for c in concepts if c != concept))
            number, before = gathered.get(key, (0, []))
            gathered[key] = number + 1, before + found
    return gathered


def _terms(
    segmenter: Segmenter, sentence: str, taken: list[tuple[int, int]], column: dict[str, int]
) -> list[int]:
    found = []
    batch, preferred = segmenter.cut([sentence], threads=1), segmenter.lexicon.preferred
    for word, (start, end) in zip(batch.words(0), batch.spans(0).tolist(), strict=True):
        place = column.get(preferred.get(word.casefold(), word.casefold()))
        if place is not None and not any(a < end and start < b for a, b in taken):
            found.append(place)
    return found
