"""The fit of the topic model of a recipe, over whole documents or passages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from textmine import topics as modelling
from textmine.matrices import DocTerm
from textmine.pipeline.corpus import Corpus
from textmine.pipeline.topic_models import make_model
from textmine.segment import sentences
from textmine.settings import TopicSettings
from textmine.terms import doc_term

# Fits again run side by side: most of their time is spent in NumPy, which lets threads run. The
# result does not depend on how many there are.
THREADS = 2


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fitted model with what it was fitted on.

    Attributes
    ----------
    fit
        The result by document, whatever the model's unit.
    rows
        Counts of the model's units.
    owners
        The document of each unit.
    """

    model: modelling.TopicModel
    fit: modelling.TopicFit
    rows: DocTerm
    owners: tuple[str, ...]
    again: modelling.Stability | None
    settings: TopicSettings

    @property
    def heads(self) -> list[list[str]]:
        """The top words of each topic."""
        return [[w for w, _ in words] for words in self.fit.top_words(self.settings.top)]

    @property
    def refits(self) -> np.ndarray | None:
        """Shares of the documents by the further fits, shape (runs, documents, topics)."""
        if self.again is None:
            return None
        if self.settings.unit == "document":
            return self.again.doc_topic
        order = np.argsort(np.array(self.rows.doc_ids), kind="stable")
        owners, weights = np.array(self.owners)[order], words_of(self.rows)[order]
        return modelling.gathered(self.again.doc_topic, owners.tolist(), weights.tolist())


def fit_topics(corpus: Corpus, settings: TopicSettings) -> Fitted:
    """Fit the model and, if the settings ask for it, fit it again for its stability."""
    rows, owners = units(corpus, settings)
    model = make_model(
        corpus, settings, settings.k, owners=dict(zip(rows.doc_ids, owners, strict=True))
    )
    fit = model.fit(rows).fit_
    if settings.unit == "passage":
        order = np.argsort(np.array(rows.doc_ids), kind="stable")
        sorted_owners = [owners[i] for i in order]
        fit = modelling.by_document(fit, sorted_owners, words_of(rows)[order].tolist())
    again = _fit_again(model, rows, owners, settings)
    return Fitted(model, fit, rows, owners, again, settings)


def _fit_again(
    model: modelling.TopicModel, rows: DocTerm, owners: tuple[str, ...], settings: TopicSettings
) -> modelling.Stability | None:
    if not settings.stability_runs:
        return None
    with ThreadPoolExecutor(THREADS) as pool:
        return modelling.stability(
            model,
            rows,
            runs=settings.stability_runs,
            top=settings.top,
            seed=settings.seed,
            owners=owners,
            mapper=pool.map,
        )


def units(corpus: Corpus, settings: TopicSettings) -> tuple[DocTerm, tuple[str, ...]]:
    """What the model takes as its documents, and the document that each belongs to."""
    if settings.unit == "document":
        return corpus.doc_term, corpus.doc_term.doc_ids
    ids, owners, texts = [], [], []
    for doc_id, text in zip(corpus.documents["doc_id"], corpus.texts, strict=True):
        for start, end in modelling.passages(sentences(text), length=settings.passage_length):
            ids.append(f"{doc_id}:{start:08}")
            owners.append(doc_id)
            texts.append(text[start:end])
    minimum = corpus.workspace.settings.terms.min_length
    full = doc_term(ids, texts, corpus.workspace.segmenter, min_length=minimum)
    return full.aligned(corpus.doc_term.terms), tuple(owners)


def words_of(rows: DocTerm) -> np.ndarray:
    """How many known words each unit has; shape (units,)."""
    return np.asarray(rows.counts.sum(axis=1), dtype=np.float64).ravel()
