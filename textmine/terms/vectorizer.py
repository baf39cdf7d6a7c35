"""The document–term matrix as a scikit-learn transformer."""

from __future__ import annotations

from collections.abc import Iterable, Set

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from textmine.matrices import DocTerm
from textmine.segment import Segmenter
from textmine.terms.count import doc_term


class TermVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to counts of terms, in the place of `CountVectorizer(analyzer=segmenter)`.

    Texts are cut in batches and counted by numbers of words, without a string per token; what
    counts as a term is said in `doc_term`.

    Parameters
    ----------
    segmenter
        Cuts the texts; by default one without a lexicon.
    min_length, stop_words, tags, ngrams
        As for `doc_term`.
    min_df
        Documents that must hold a term.
    max_df
        Share of the documents that may hold it, in (0, 1].

    Attributes
    ----------
    terms_
        The terms in the order of the columns.
    """

    def __init__(
        self,
        segmenter: Segmenter | None = None,
        *,
        min_length: int = 2,
        min_df: int = 1,
        max_df: float = 1.0,
        stop_words: Set[str] = frozenset(),
        tags: tuple[str, ...] = (),
        ngrams: tuple[int, int] = (1, 1),
    ) -> None:
        self.segmenter = segmenter
        self.min_length = min_length
        self.min_df = min_df
        self.max_df = max_df
        self.stop_words = stop_words
        self.tags = tags
        self.ngrams = ngrams

    def fit(self, texts: Iterable[str], y: object = None) -> TermVectorizer:
        """Learn the terms."""
        self.fit_transform(texts)
        return self

    def fit_transform(self, texts: Iterable[str], y: object = None) -> sparse.csr_matrix:
        """Learn the terms and count them: texts × terms, int32."""
        counted = self._count(texts, min_documents=self.min_df, max_document_share=self.max_df)
        self.terms_ = counted.terms
        return counted.counts

    def transform(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Count the learned terms: texts × terms, int32."""
        check_is_fitted(self, "terms_")
        return self._count(texts).aligned(self.terms_).counts

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """The term of each column."""
        check_is_fitted(self, "terms_")
        return np.array(self.terms_, dtype=object)

    def _count(
        self, texts: Iterable[str], *, min_documents: int = 1, max_document_share: float = 1.0
    ) -> DocTerm:
        given = list(texts)
        return doc_term(
            map(str, range(len(given))),
            given,
            self.segmenter or Segmenter(),
            min_length=self.min_length,
            min_documents=min_documents,
            max_document_share=max_document_share,
            stop_words=self.stop_words,
            tags=self.tags,
            ngrams=self.ngrams,
        )
