"""Short and long documents together: topics of passages, brought back to documents.

A report of 20,000 characters holds many topics, an abstract one or two; a model that takes both
as one document each lets the reports decide. Cut into passages of like length they weigh by what
they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.records import Span
from textmine.topics.base import as_shares
from textmine.topics.fit import TopicFit

Array = NDArray[np.float64]


def passages(sentences: Sequence[Span], *, length: int = 600) -> list[Span]:
    """Join successive sentences into passages of about `length` characters.

    A passage ends with the sentence that brings it to `length`; a rest shorter than half of that
    joins the passage before.

    Parameters
    ----------
    sentences
        Spans in order, such as `textmine.segment.sentences` gives.
    """
    found: list[Span] = []
    start: int | None = None
    for span in sentences:
        start = span.start if start is None else start
        if span.end - start >= length:
            found.append(Span(start, span.end))
            start = None
    if start is not None:
        rest = Span(start, sentences[-1].end)
        if found and rest.end - rest.start < length / 2:
            rest = Span(found.pop().start, rest.end)
        found.append(rest)
    return found


def by_document(fit: TopicFit, owners: Sequence[str], weights: Sequence[float]) -> TopicFit:
    """The same topics with shares of documents: means over their passages, by weight.

    Parameters
    ----------
    fit
        A fit whose rows are passages.
    owners, weights
        Document of each row of the fit and its weight, such as its number of words.

    Returns
    -------
    TopicFit
        Documents sorted by id. A document whose passages weigh nothing has equal shares.
    """
    documents = tuple(sorted(set(owners)))
    return replace(fit, doc_topic=gathered(fit.doc_topic, owners, weights), doc_ids=documents)


def gathered(
    shares: NDArray[np.floating], owners: Sequence[str], weights: Sequence[float]
) -> Array:
    """Weighted means of the rows of each owner, owners sorted; last axes (rows, topics)."""
    names, at = np.unique(np.array(owners), return_inverse=True)
    weight = np.asarray(weights, dtype=np.float64)
    sums = sparse.csr_matrix((weight, (at, np.arange(len(at)))), shape=(len(names), len(at)))
    flat = shares.reshape(-1, *shares.shape[-2:])
    found = np.stack([as_shares(sums @ one.astype(np.float64)) for one in flat])
    return np.asarray(found.reshape(*shares.shape[:-2], len(names), shares.shape[-1]))
