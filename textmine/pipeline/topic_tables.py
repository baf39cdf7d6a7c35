"""The tables of the topic model."""

from __future__ import annotations

import io
from dataclasses import replace
from importlib.metadata import version

import numpy as np
import pandas as pd

from textmine import topics as modelling
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus
from textmine.pipeline.topic_evidence import label_columns, topic_sentences
from textmine.pipeline.topic_fit import Fitted, fit_topics
from textmine.pipeline.topic_groups import topic_effects, topic_groups, topic_years
from textmine.pipeline.topic_map import topic_map, topic_terms, topic_tree
from textmine.pipeline.topic_models import model_tables
from textmine.settings import TopicSettings

# With equal lengths the longest tenth holds a tenth; half is what a few reports among abstracts have.
UNEVEN = 0.5
DOCUMENTS = 20  # listed for a topic


def topics(
    corpus: Corpus,
    recipe: TopicSettings | None = None,
    *,
    before: modelling.TopicFit | None = None,
) -> Analysis:
    """Fit the topic model of a recipe, or of the settings.

    With `before`, an earlier fit, topics that are still there keep the numbers they have in it.

    Tables: topics (topic, label, words, frex, lift, keywords, concepts, prevalence, npmi,
    stability, stability_low, stability_high, documents_agreement, verdict), topic_words (topic,
    label, rank, term, weight), topic_documents (topic, rank, doc_id, title, year, share),
    topic_sentences (topic, rank, doc_id, start, end, score, sentence), topic_years (topic, label,
    year, documents, share, low, high), topic_groups (by, group, documents, topic, label, share,
    low, high), topic_effects (topic, covariate, estimate, low, high, sign_probability), topic_map
    (`MAP_COLUMNS`), topic_tree (`TREE_COLUMNS`), topic_terms (`TERM_COLUMNS`); topic_priors of the
    dmr model, topic_period_words of dtm (see `model_tables`). Files:
    topics.npz, the fit as arrays (topic_word, doc_topic, terms, doc_ids, numbers, highest).

    Raises
    ------
    TooFewData
        When the corpus cannot hold so many topics.
    """
    settings = recipe or corpus.workspace.settings.topics
    fitted = fit_topics(corpus, settings)
    if before is not None:
        fitted = replace(fitted, fit=modelling.continued(before, fitted.fit))
    fit = fitted.fit
    top = fit.top_words(settings.top)
    names = fit.names or ("",) * fit.k
    labels = [
        f"{n} {name or '·'.join(w for w, _ in words[:2])}"
        for n, words, name in zip(fit.numbers, top, names, strict=True)
    ]
    summary = _summary(corpus, fitted, labels)
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
        "topic_sentences": topic_sentences(corpus, fit),
        "topic_years": topic_years(corpus, fitted, labels),
        "topic_groups": topic_groups(corpus, fitted, labels),
        "topic_effects": topic_effects(corpus, fitted),
        "topic_map": topic_map(fit, labels),
        "topic_tree": topic_tree(fit),
        "topic_terms": topic_terms(fit, corpus.doc_term),
        **model_tables(corpus, fitted.model, top=settings.top),
    }
    made = manifest(corpus, "topics", seed=settings.seed, topics=fit.k, terms=len(fit.terms))
    made = replace(made, settings=settings.fingerprint())
    if isinstance(fitted.model, modelling.GibbsLdaTopics):
        made = replace(made, versions={**made.versions, "tomotopy": version("tomotopy")})
    notes = (
        *_size_notes(fit),
        *_length_notes(corpus, settings),
        *_stability_notes(_numbered(summary, fit.numbers)),
    )
    tables = {name: _numbered(table, fit.numbers) for name, table in tables.items()}
    return Analysis(made, tables, {"topics.npz": _as_arrays(fit)}, notes)


def _numbered(table: pd.DataFrame, numbers: tuple[int, ...]) -> pd.DataFrame:
    """A table whose topics are called by their numbers instead of their places from 1."""
    if "topic" not in table:
        return table
    return table.assign(topic=[numbers[int(place) - 1] for place in table["topic"]])


def _summary(corpus: Corpus, fitted: Fitted, labels: list[str]) -> pd.DataFrame:
    fit, top = fitted.fit, fitted.settings.top
    frex = modelling.top_by(modelling.frex(fit.topic_word), fit.terms, top)
    lift = modelling.top_by(modelling.lift(fit.topic_word, corpus.doc_term), fit.terms, top)
    table = pd.DataFrame(
        {
            "topic": range(1, fit.k + 1),
            "label": labels,
            "words": ["、".join(words) for words in fitted.heads],
            "frex": ["、".join(words) for words in frex],
            "lift": ["、".join(words) for words in lift],
            **label_columns(corpus, fit),
            "prevalence": fit.prevalence,
            "npmi": modelling.npmi(fitted.heads, fitted.rows).per_topic,
        }
    )
    return table.assign(**_stability_columns(fitted.again))


def _stability_columns(again: modelling.Stability | None) -> dict[str, object]:
    names = ("stability", "stability_low", "stability_high", "documents_agreement")
    if again is None:
        return {**dict.fromkeys(names, float("nan")), "verdict": ""}
    values = (again.mean, *again.interval(), again.documents.mean(axis=0))
    return {**dict(zip(names, values, strict=True)), "verdict": again.verdicts()}


def _as_arrays(fit: modelling.TopicFit) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        topic_word=fit.topic_word,
        doc_topic=fit.doc_topic,
        terms=np.array(fit.terms),
        doc_ids=np.array(fit.doc_ids),
        numbers=np.array(fit.numbers),
        highest=np.array(fit.highest),
    )
    return buffer.getvalue()


def _size_notes(fit: modelling.TopicFit) -> tuple[Note, ...]:
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


def _length_notes(corpus: Corpus, settings: TopicSettings) -> tuple[Note, ...]:
    """Told where few long documents hold most of the words, as reports among abstracts do."""
    lengths = np.sort([len(text) for text in corpus.texts])[::-1]
    longest = lengths[: max(1, len(lengths) // 10)].sum() / max(lengths.sum(), 1)
    if settings.unit == "passage" or longest < UNEVEN:
        return ()
    return (
        Note(
            f'最长的十分之一文献占全部文字的 {longest:.0%}，主题会偏向它们；可设 topics.unit = "passage"',
            f"The longest tenth of the documents holds {longest:.0%} of the text, so topics lean"
            ' towards them: consider topics.unit = "passage"',
        ),
    )


def _stability_notes(summary: pd.DataFrame) -> tuple[Note, ...]:
    unstable = summary.loc[summary["verdict"] == "unstable", "topic"].tolist()
    if not unstable:
        return ()
    zh, en = "、".join(map(str, unstable)), ", ".join(map(str, unstable))
    return (
        Note(
            f"主题 {zh} 不稳定：换一批文献或种子，三分之一以上的主要词会变，不宜解释",
            f"Topics {en} are unstable: with other documents or seeds more than a third of their"
            " top words change, so do not interpret them",
        ),
    )


def _topic_documents(fit: modelling.TopicFit, documents: pd.DataFrame) -> pd.DataFrame:
    known = documents.set_index("doc_id")
    rows = [
        (n, rank, doc_id, known.at[doc_id, "title"], known.at[doc_id, "year"], share)
        for n, shares in enumerate(fit.representative_documents(DOCUMENTS), 1)
        for rank, (doc_id, share) in enumerate(shares, 1)
    ]
    return pd.DataFrame(rows, columns=["topic", "rank", "doc_id", "title", "year", "share"])
