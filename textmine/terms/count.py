"""The document–term matrix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

import numpy as np
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
    flat: list[int] = []
    lengths = [0]
    for text in texts:
        for word in segmenter.words(text):
            term = word.casefold()
            if len(term) >= min_length and term not in stop_words and _tells(term):
                flat.append(index.setdefault(term, len(index)))
        lengths.append(len(flat))
    terms = sorted(index)
    order = np.empty(len(terms), dtype=np.int32)
    order[[index[term] for term in terms]] = np.arange(len(terms))
    columns = order[np.asarray(flat, dtype=np.int32)] if flat else np.zeros(0, dtype=np.int32)
    counts = sparse.csr_matrix(
        (np.ones(len(flat), dtype=np.int32), columns, np.asarray(lengths)),
        shape=(len(ids), len(terms)),
    )
    counts.sum_duplicates()
    full = DocTerm(counts, ids, tuple(terms))
    frequency = full.document_frequency
    keep = (frequency >= min_documents) & (frequency <= max_document_share * len(ids))
    return full.select_terms(np.flatnonzero(keep))


# 第三条, 第十二章, 一是, 十二五: figures with what they count; years and five-year plans included.
_NUMBERING = re.compile(
    r"第?[一二三四五六七八九十百千零〇两\d]+[条章节款项点是五]?|第[\d一-鿿]?[条章节款项]"
)


def _tells(term: str) -> bool:
    return any(map(str.isalpha, term)) and _NUMBERING.fullmatch(term) is None
