"""The document–term matrix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import DocTerm
from textmine.segment import Segmenter
from textmine.terms.tags import tagged_as


def doc_term(
    doc_ids: Iterable[str],
    texts: Iterable[str],
    segmenter: Segmenter,
    *,
    min_length: int = 2,
    min_documents: int = 1,
    max_document_share: float = 1.0,
    stop_words: Set[str] = frozenset(),
    tags: tuple[str, ...] = (),
    ngrams: tuple[int, int] = (1, 1),
) -> DocTerm:
    """Count terms in documents.

    A term is a token of at least `min_length` characters, one of them a letter, that is no stop
    word and does not merely number a part of a text (第三条); case is folded, and a synonym
    counts as the preferred word of the lexicon's thesaurus. Terms are sorted, so the order of the
    documents does not matter.

    Parameters
    ----------
    doc_ids, texts
        One id and one text per document, in the same order.
    min_documents
        Documents that must hold a term.
    max_document_share
        Share of all documents that may hold it, in (0, 1].
    tags
        Parts of speech that count, each with all that begin so (n: ns, nz, …); empty for all. See
        `Segmenter.parts_of_speech`, and `textmine.terms.tags.NAMING` for words that name something.
    ngrams
        Least and greatest number of terms that stand directly one after another and are counted
        as one, written with spaces between them; by default each term by itself.
    """
    ids = tuple(doc_ids)
    column: dict[str, int] = {}  # of each word seen; −1 for one that is no term
    names: list[str] = []
    preferred = segmenter.lexicon.preferred
    parts = [sparse.csr_matrix((0, 0), dtype=np.int32)]
    for batch in _batches(texts):
        numbered = segmenter.cut(batch).numbered()
        words = [preferred.get(word, word) for word in map(str.casefold, numbered.words)]
        new = [word for word in dict.fromkeys(words) if word not in column]
        terms = [w for w in new if is_term(w, min_length) and w not in stop_words]
        if tags:
            kept = tagged_as(terms, segmenter, tags)
            terms = [term for term, keep in zip(terms, kept, strict=True) if keep]
        column |= dict.fromkeys(new, -1)
        column |= {term: len(names) + i for i, term in enumerate(terms)}
        names += terms
        columns = np.array([column[word] for word in words], dtype=np.int64)[numbered.ids]
        parts.append(_rows(_runs(columns, numbered.offsets, ngrams, column, names), len(names)))
    for part in parts:
        part.resize(part.shape[0], len(names))
    counts = sparse.vstack(parts, format="csr", dtype=np.int32)
    order = sorted(range(len(names)), key=names.__getitem__)
    full = DocTerm(counts[:, order], ids, tuple(names[i] for i in order))
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


Runs = list[tuple[NDArray[np.int64], NDArray[np.int64]]]


def _runs(
    columns: NDArray[np.int64],
    offsets: NDArray[np.int64],
    lengths: tuple[int, int],
    column: dict[str, int],
    names: list[str],
) -> Runs:
    """Columns of the runs of terms of each length, −1 for none, with offsets; names new runs."""
    last = np.zeros(len(columns), dtype=np.bool_)  # tokens at which a text ends
    last[offsets[1:][np.diff(offsets) > 0] - 1] = True
    runs, found = columns, []
    for length in range(1, lengths[1] + 1):
        if length > 1 and len(columns):
            follows = np.full(len(columns), -1, dtype=np.int64)
            follows[: 1 - length] = columns[length - 1 :]
            ended = np.convolve(last, np.ones(length - 1))[length - 2 :]
            follows[ended > 0] = -1
            both = np.flatnonzero((runs >= 0) & (follows >= 0))
            width = len(names) + 1
            pairs, inverse = np.unique(runs[both] * width + follows[both], return_inverse=True)
            joined = [f"{names[pair // width]} {names[pair % width]}" for pair in pairs.tolist()]
            for name in joined:
                if name not in column:
                    column[name] = len(names)
                    names.append(name)
            runs = np.full(len(columns), -1, dtype=np.int64)
            runs[both] = np.array([column[name] for name in joined], dtype=np.int64)[inverse]
        if length >= lengths[0]:
            found.append((runs, offsets))
    return found


def _rows(runs: Runs, width: int) -> sparse.csr_matrix:
    """Counts of the columns between offsets; −1 is no column."""
    total = None
    for columns, offsets in runs:
        kept = columns >= 0
        ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])[offsets]
        rows = sparse.csr_matrix(
            (np.ones(ends[-1], dtype=np.int32), columns[kept], ends),
            shape=(len(offsets) - 1, width),
        )
        rows.sum_duplicates()
        total = rows if total is None else total + rows
    return total


# 第三条, 第十二章, 一是, 十二五: figures with what they count; years and five-year plans included.
_NUMBERING = re.compile(
    r"第?[一二三四五六七八九十百千零〇两\d]+[条章节款项点是五]?|第[\d一-鿿]?[条章节款项]"
)


def is_term(word: str, min_length: int) -> bool:
    """Whether a word is long enough, has a letter, and does not merely number a part of a text."""
    return (
        len(word) >= min_length
        and (word.isalpha() or any(map(str.isalpha, word)))
        and _NUMBERING.fullmatch(word) is None
    )
