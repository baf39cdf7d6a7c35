"""The model that the settings ask for, told what it needs to know of the corpus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from textmine import topics as modelling
from textmine.errors import UsageError
from textmine.pipeline.coevolution_tables import source_of
from textmine.pipeline.corpus import Corpus
from textmine.pipeline.topic_vectors import embedding
from textmine.settings import TopicSettings


def make_model(
    corpus: Corpus, settings: TopicSettings, k: int, *, owners: Mapping[str, str]
) -> modelling.TopicModel:
    """An unfitted model of `k` topics, as the settings ask for it.

    Parameters
    ----------
    owners
        The document of each unit that the model will be fitted on.

    Raises
    ------
    UsageError
        When a seed is no concept of the scheme, or vectors cannot be had.
    """
    more: dict[str, Any] = {}
    match settings.model:
        case "seeded":
            more = {"seeds": _seeds(corpus, settings), "strength": settings.seed_strength}
        case "dmr":
            labels = _labels(corpus, settings)
            more = {"labels": {unit: labels[doc_id] for unit, doc_id in owners.items()}}
        case "dtm":
            periods = _periods(corpus)
            more = {"periods": {u: periods[d] for u, d in owners.items() if d in periods}}
        case "embedding":
            texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
            whole = settings.unit == "document"
            more = {
                "embed": embedding(corpus, settings.vectors, seed=settings.seed),
                # A passage is known by its words.
                "texts": texts if whole else {},
                "clusters": settings.clustering,
            }
    return modelling.MODELS[settings.model](k, seed=settings.seed, **more)


def _seeds(corpus: Corpus, settings: TopicSettings) -> dict[str, tuple[str, ...]]:
    scheme = corpus.workspace.scheme
    unknown = [concept for concept in settings.seeds if concept not in scheme]
    if unknown:
        raise UsageError(
            f"topics.seeds: there is no concept {', '.join(unknown)}.",
            remedy="Name concepts of the scheme by their ids.",
        )
    return {
        scheme[concept].name(): tuple(
            sorted(
                {
                    label.casefold()
                    for one in (concept, *scheme.narrower(concept))
                    for label in scheme[one].labels
                }
            )
        )
        for concept in settings.seeds
    }


def _labels(corpus: Corpus, settings: TopicSettings) -> dict[str, tuple[str, ...]]:
    """The labels of each document, such as `level:central`; none for what is not known of it."""
    documents = corpus.documents
    columns: dict[str, list[str]] = {}
    for name in settings.covariates:
        if name == "source":
            columns[name] = source_of(documents).tolist()
        elif name == "decade":
            years = documents["year"]
            columns[name] = ["" if pd.isna(y) else f"{int(y) // 10 * 10}" for y in years]
        else:
            columns[name] = documents[name].fillna("").tolist()
    return {
        doc_id: tuple(f"{name}:{v[n]}" for name, v in columns.items() if v[n])
        for n, doc_id in enumerate(documents["doc_id"])
    }


def _periods(corpus: Corpus) -> dict[str, str]:
    """The period of each dated document, numbered so that they sort by time."""
    periods = corpus.workspace.periods
    found = {}
    for doc_id, year in zip(corpus.documents["doc_id"], corpus.documents["year"], strict=True):
        for number, period in enumerate(periods):
            if not pd.isna(year) and int(year) in period:
                found[doc_id] = f"{number:03}"
                break
    return found


def model_tables(
    corpus: Corpus, model: modelling.TopicModel, *, top: int
) -> dict[str, pd.DataFrame]:
    """What only some models know, topics by their places from 1.

    topic_priors of dmr (`textmine.topics.PRIOR_COLUMNS`), topic_period_words of dtm
    (`textmine.topics.TIME_COLUMNS`).
    """
    if isinstance(model, modelling.DmrTopics):
        return {"topic_priors": model.priors()}
    if isinstance(model, modelling.DynamicLdaTopics):
        named = {f"{n:03}": period.name for n, period in enumerate(corpus.workspace.periods)}
        table = model.words_over_time(top)
        return {"topic_period_words": table.assign(period=table["period"].map(named))}
    return {}
