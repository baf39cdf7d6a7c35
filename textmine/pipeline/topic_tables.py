"""The tables of the topic model."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd

from textmine import topics as modelling
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus
from textmine.settings import TopicSettings


def topics(corpus: Corpus, recipe: TopicSettings | None = None) -> Analysis:
    """Fit the topic model of a recipe, or of the settings.

    Tables: topics (topic, label, words, prevalence, npmi), words (topic, label, rank, term,
    weight), documents (topic, rank, doc_id, title, year, share), years (topic, label, year,
    documents, share). Files: topics.npz, the fit as arrays (topic_word, doc_topic, terms,
    doc_ids).

    Raises
    ------
    TooFewData
        When the corpus cannot hold so many topics.
    """
    settings = recipe or corpus.workspace.settings.topics
    model = modelling.MODELS[settings.model](settings.k, seed=settings.seed)
    fit = model.fit(corpus.doc_term).fit_
    top = fit.top_words(settings.top)
    coherence = modelling.npmi([[w for w, _ in words] for words in top], corpus.doc_term)
    labels = [f"{n} {'·'.join(w for w, _ in words[:2])}" for n, words in enumerate(top, 1)]
    summary = pd.DataFrame(
        {
            "topic": range(1, fit.k + 1),
            "label": labels,
            "words": ["、".join(w for w, _ in words) for words in top],
            "prevalence": fit.prevalence,
            "npmi": coherence.per_topic,
        }
    )
    tables = {
        "topics": summary,
        "topic_words": pd.DataFrame(
            [
                (n, labels[n - 1], rank, term, weight)
                for n, words in enumerate(top, 1)
                for rank, (term, weight) in enumerate(words, 1)
            ],
            columns=["topic", "label", "rank", "term", "weight"],
        ),
        "topic_documents": _topic_documents(fit, corpus.documents),
        "topic_years": _topic_years(fit, corpus.documents, labels),
    }
    made = manifest(corpus, "topics", seed=settings.seed, topics=fit.k, terms=len(fit.terms))
    made = replace(made, settings=settings.fingerprint())
    return Analysis(made, tables, {"topics.npz": _as_arrays(fit)}, _topic_notes(fit))


def _as_arrays(fit: modelling.TopicFit) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        topic_word=fit.topic_word,
        doc_topic=fit.doc_topic,
        terms=np.array(fit.terms),
        doc_ids=np.array(fit.doc_ids),
    )
    return buffer.getvalue()


def _topic_notes(fit: modelling.TopicFit) -> tuple[Note, ...]:
    n, notes = len(fit.doc_ids), []
    if n < modelling.SMALL_CORPUS:
        notes.append(
            Note(
                f"只有 {n} 篇文献：少于 {modelling.SMALL_CORPUS} 篇时，主题反映的是个别文献而非议题",
                f"{n} documents: below {modelling.SMALL_CORPUS}, topics describe single documents"
                " rather than themes",
            )
        )
    if n < modelling.DOCUMENTS_PER_TOPIC * fit.k:
        notes.append(
            Note(
                f"{fit.k} 个主题对 {n} 篇文献偏多，请调低 topics.k",
                f"{fit.k} topics are many for {n} documents: lower topics.k",
            )
        )
    return tuple(notes)


def _topic_documents(fit: modelling.TopicFit, documents: pd.DataFrame) -> pd.DataFrame:
    known = documents.set_index("doc_id")
    rows = [
        (n, rank, doc_id, known.at[doc_id, "title"], known.at[doc_id, "year"], share)
        for n, shares in enumerate(fit.representative_documents(5), 1)
        for rank, (doc_id, share) in enumerate(shares, 1)
    ]
    return pd.DataFrame(rows, columns=["topic", "rank", "doc_id", "title", "year", "share"])


def _topic_years(
    fit: modelling.TopicFit, documents: pd.DataFrame, labels: list[str]
) -> pd.DataFrame:
    shares = pd.DataFrame(fit.doc_topic, index=list(fit.doc_ids))
    year = documents.set_index("doc_id")["year"].reindex(shares.index)
    dated = shares[year.notna().to_numpy()]
    grouped = dated.groupby(year.dropna().astype(int).to_numpy())
    means, sizes = grouped.mean(), grouped.size()
    rows = [
        (topic + 1, labels[topic], int(y), int(sizes[y]), float(means.at[y, topic]))
        for topic in range(fit.k)
        for y in means.index
    ]
    return pd.DataFrame(rows, columns=["topic", "label", "year", "documents", "share"])
