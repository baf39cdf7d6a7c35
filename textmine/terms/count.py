"""The document–term matrix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import DocTerm
from textmine.segment import Segmenter


def doc_term(
    doc_ids: Iterable[str],
    texts: Iterable[str],
    segmenter: Segmenter,
    *,
    min_length: int = 2,
    min_documents: int = 1,
    max_document_share: float = 1.0,
    stop_words: Set[str] = frozenset(),
) -> DocTerm:
    """Count terms in documents.

    A term is a token of at least `min_length` characters, one of them a letter, that is no stop
    word and does not merely number a part of a text (第三条); case is folded. Terms are sorted, so
    the order of the documents does not matter.

    Parameters
    ----------
    doc_ids, texts
        One id and one text per document, in the same order.
    min_documents
        Documents that must hold a term.
    max_document_share
        Share of all documents that may hold it, in (0, 1].
    """
    ids = tuple(doc_ids)
    index: dict[str, int] = {}
    parts = [sparse.csr_matrix((0, 0), dtype=np.int32)]
    for batch in _batches(texts):
        numbered = segmenter.cut(batch).numbered()
        columns = np.array(
            [
                index.setdefault(term, len(index))
                if len(term) >= min_length and term not in stop_words and _tells(term)
                else -1
                for term in map(str.casefold, numbered.words)
            ],
            dtype=np.int64,
        )
        parts.append(_rows(columns[numbered.ids], numbered.offsets, len(index)))
    terms = sorted(index)
    for part in parts:
        part.resize(part.shape[0], len(terms))
    counts = sparse.vstack(parts, format="csr", dtype=np.int32)
    counts = counts[:, [index[term] for term in terms]]
    full = DocTerm(counts, ids, tuple(terms))
    frequency = full.document_frequency
    keep = (frequency >= min_documents) & (frequency <= max_document_share * len(ids))
    return full.select_terms(np.flatnonzero(keep))


BATCH = 2_000_000
"""Characters cut at a time: bounds the memory, whatever the size of the corpus."""


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _rows(columns: NDArray[np.int64], offsets: NDArray[np.int64], width: int) -> sparse.csr_matrix:
    """Counts of the columns between offsets; −1 is no column."""
    kept = columns >= 0
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])[offsets]
    rows = sparse.csr_matrix(
        (np.ones(ends[-1], dtype=np.int32), columns[kept], ends), shape=(len(offsets) - 1, width)
    )
    rows.sum_duplicates()
    return rows


# 第三条, 第十二章, 一是, 十二五: figures with what they count; years and five-year plans included.
_NUMBERING = re.compile(
    r"第?[一二三四五六七八九十百千零〇两\d]+[条章节款项点是五]?|第[\d一-鿿]?[条章节款项]"
)


def _tells(term: str) -> bool:
    return (term.isalpha() or any(map(str.isalpha, term))) and _NUMBERING.fullmatch(term) is None
