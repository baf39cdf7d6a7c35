"""The result of a topic model: labelled arrays, and the ways to read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textmine import markup

# With fewer documents, topics describe single documents rather than themes.
SMALL_CORPUS = 50
# With fewer, some topics rest on a handful of texts.
DOCUMENTS_PER_TOPIC = 5


@dataclass(frozen=True, eq=False)
class TopicFit:
    """A fitted topic model, without the estimator. Topics are ordered by prevalence.

    Attributes
    ----------
    topic_word
        Weight of each term in each topic, shape (topics, terms), rows sum to 1.
    doc_topic
        Share of each topic in each document, shape (documents, topics), rows sum to 1; a document
        without any known term has the same share of all.
    terms, doc_ids
        Labels of the columns and rows.
    model, parameters, seed
        What was fitted.
    names
        What seeded topics are called, one per topic, empty where a topic has no seed; without
        seeds there are none.
    numbers
        What the topics are numbered: 1 to k, or those of an earlier fit (`continued`).
    highest
        The greatest number ever given, so that none comes back with another meaning.
    """

    topic_word: NDArray[np.float64]
    doc_topic: NDArray[np.float64]
    terms: tuple[str, ...]
    doc_ids: tuple[str, ...]
    model: str
    parameters: Mapping[str, object]
    seed: int
    names: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    highest: int = 0

    def __post_init__(self) -> None:
        if not self.numbers:
            object.__setattr__(self, "numbers", tuple(range(1, self.k + 1)))
        object.__setattr__(self, "highest", max(self.highest, *self.numbers))

    @property
    def k(self) -> int:
        """The number of topics."""
        return int(self.topic_word.shape[0])

    @property
    def prevalence(self) -> NDArray[np.float64]:
        """Mean share of each topic over all documents; shape (topics,), sums to 1."""
        return np.asarray(self.doc_topic.mean(axis=0))

    def top_words(self, n: int = 10) -> list[list[tuple[str, float]]]:
        """The heaviest terms of each topic with their weights; ties go by the term."""
        return [
            [(self.terms[i], float(row[i])) for i in largest(row, n, self.terms)]
            for row in self.topic_word
        ]

    def representative_documents(self, n: int = 5) -> list[list[tuple[str, float]]]:
        """The documents that each topic has the greatest share of; ties go by the id."""
        return [
            [(self.doc_ids[i], float(column[i])) for i in largest(column, n, self.doc_ids)]
            for column in self.doc_topic.T
        ]

    def _repr_html_(self) -> str:
        words = ["、".join(word for word, _ in topic) for topic in self.top_words()]
        rows = [(i + 1, f"{p:.3f}", words[i]) for i, p in enumerate(self.prevalence)]
        caption = f"{self.model}, k = {self.k}: {len(self.doc_ids)} × {len(self.terms)}"
        return markup.table(("topic", "prevalence", "words"), rows, caption)


def largest(values: NDArray[np.float64], n: int, labels: tuple[str, ...]) -> list[int]:
    """Places of the `n` greatest values, the greatest first; ties go by the label."""
    # Rounded, so that noise of the last bits does not decide between equals.
    rounded = np.round(values, 12)
    shortlist = np.flatnonzero(
        rounded >= np.partition(rounded, -min(n, len(values)))[-min(n, len(values))]
    )
    return sorted(shortlist.tolist(), key=lambda i: (-rounded[i], labels[i]))[:n]
