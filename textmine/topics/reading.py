"""How to read a topic: the words that mark it, the sentences that show it, names for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

from textmine.matrices import DocTerm
from textmine.topics.fit import TopicFit, largest

Array = NDArray[np.float64]


def exclusivity(topic_word: Array) -> Array:
    """Share of each topic in all the weight that a term has, φ_kw / Σ_k φ_kw; same shape."""
    totals = topic_word.sum(axis=0)
    shares = np.divide(topic_word, totals, out=np.zeros_like(topic_word), where=totals > 0)
    return np.asarray(shares)


def frex(topic_word: Array, *, exclusive: float = 0.5) -> Array:
    """FREX scores: the harmonic mean of how frequent and how exclusive a term is in a topic.

    FREX_kw = 1 / (ω / F_k(φ_kw / Σ_k φ_kw) + (1 − ω) / F_k(φ_kw)), F_k the empirical distribution
    within the topic (Bischof & Airoldi 2012, ICML; ω as in Roberts et al. 2014).

    Parameters
    ----------
    topic_word
        Weights, shape (topics, terms).
    exclusive
        ω, the weight of exclusivity, in [0, 1].
    """
    terms = topic_word.shape[1]
    # Rounded, so that noise of the last bits does not break ties.
    frequent = stats.rankdata(np.round(topic_word, 12), method="max", axis=1) / terms
    rare = stats.rankdata(np.round(exclusivity(topic_word), 12), method="max", axis=1) / terms
    return np.asarray(1 / (exclusive / rare + (1 - exclusive) / frequent))


def lift(topic_word: Array, doc_term: DocTerm) -> Array:
    """How many times as frequent a term is in a topic as in the corpus: φ_kw / p_w (Taddy 2012).

    High for rare words, so read it beside the weights, not instead of them.
    """
    totals = np.asarray(doc_term.counts.sum(axis=0), dtype=np.float64).ravel()
    share = totals / max(totals.sum(), 1)
    times = np.divide(topic_word, share, out=np.zeros_like(topic_word), where=share > 0)
    return np.asarray(times)


def top_by(scores: Array, terms: Sequence[str], n: int = 10) -> list[list[str]]:
    """The `n` terms with the greatest scores of each topic; ties go by the term."""
    labels = tuple(terms)
    return [[labels[i] for i in largest(row, n, labels)] for row in scores]


def sentence_scores(fit: TopicFit, sentences: sparse.csr_matrix) -> Array:
    """How well each sentence shows each topic; shape (sentences, topics), in [0, 1].

    The cosine between the sentence's terms, each counted once, and the topic's weights: a sentence
    is representative when it holds many of the heavy terms and little else.

    Parameters
    ----------
    sentences
        Counts of the fit's terms, shape (sentences, terms).
    """
    present = sentences.astype(bool).astype(np.float64)
    lengths = np.sqrt(np.asarray(present.sum(axis=1)).ravel())
    norms = np.linalg.norm(fit.topic_word, axis=1)
    scores = np.asarray(present @ fit.topic_word.T) / np.maximum(norms, 1e-300)
    return np.asarray(scores / np.maximum(lengths, 1)[:, None])


def suggest_labels(
    doc_topic: Array,
    labels: Sequence[Collection[str]],
    *,
    n: int = 3,
    min_documents: int = 2,
) -> list[list[str]]:
    """Names for topics out of what the documents are labelled with: keywords or concepts.

    A label is suggested when documents that carry it have more of the topic than the others, by
    the log-likelihood ratio G² (Dunning 1993) of a two-by-two table of topic shares summed over
    documents with and without the label.

    Parameters
    ----------
    doc_topic
        Shares, shape (documents, topics).
    labels
        The labels of each document, in the same order.
    min_documents
        Documents that must carry a label.

    Returns
    -------
    list of list of str
        At most `n` labels per topic, the best first; ties go by the label.
    """
    carriers: dict[str, list[int]] = {}
    for document, carried in enumerate(labels):
        for label in sorted(set(carried)):
            carriers.setdefault(label, []).append(document)
    names = tuple(sorted(k for k, rows in carriers.items() if len(rows) >= min_documents))
    if not names:
        return [[] for _ in range(doc_topic.shape[1])]
    inside = np.array([doc_topic[carriers[name]].sum(axis=0) for name in names]).T
    sizes = np.array([len(carriers[name]) for name in names], dtype=np.float64)
    scores = _signed_g2(inside, sizes, doc_topic.sum(axis=0), float(len(doc_topic)))
    return [[names[i] for i in largest(row, n, names) if row[i] > 0] for row in scores]


def _signed_g2(inside: Array, sizes: Array, mass: Array, total: float) -> Array:
    """G² of each (topic, label), negative where the two repel; shape (topics, labels)."""
    rows, columns = mass[:, None], sizes[None, :]
    observed = (
        inside,
        rows - inside,
        columns - inside,
        total - rows - columns + inside,
    )
    expected = (
        rows * columns / total,
        rows * (total - columns) / total,
        (total - rows) * columns / total,
        (total - rows) * (total - columns) / total,
    )
    g2 = np.zeros_like(inside)
    for o, e in zip(observed, expected, strict=True):
        positive = np.maximum(o, 0)
        safe = np.where((positive > 0) & (e > 0), positive / np.where(e > 0, e, 1), 1)
        g2 += 2 * positive * np.log(safe)
    return np.where(inside > expected[0], g2, -g2)
