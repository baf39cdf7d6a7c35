"""Topics by year, source, kind, level and region, with intervals."""

from __future__ import annotations

from typing import Any

import pandas as pd

from textmine import topics as modelling
from textmine.pipeline.coevolution_tables import source_of
from textmine.pipeline.corpus import Corpus
from textmine.pipeline.topic_fit import Fitted

GROUPINGS = ("source", "kind", "level", "region")
LARGEST = 15  # groups of a kind that are compared; of regions there can be hundreds


def topic_years(corpus: Corpus, fitted: Fitted, labels: list[str]) -> pd.DataFrame:
    """Mean share per topic and year: topic, label, year, documents, share, low, high."""
    years = _field(corpus, fitted, "year")
    found = _prevalence(fitted, [None if pd.isna(y) else int(y) for y in years])
    found["label"] = [labels[t - 1] for t in found["topic"]]
    found = found.rename(columns={"group": "year"}).sort_values(["topic", "year"])
    return found[["topic", "label", "year", "documents", "share", "low", "high"]].reset_index(
        drop=True
    )


def topic_groups(corpus: Corpus, fitted: Fitted, labels: list[str]) -> pd.DataFrame:
    """Mean share per topic and group: by, group, documents, topic, label, share, low, high.

    Groups with two documents or more; nothing for a field in which the documents do not differ.
    """
    parts = []
    for by in GROUPINGS:
        values = pd.Series([v or None for v in _field(corpus, fitted, by)], dtype=object)
        sizes = values.value_counts()
        kept = sizes[sizes >= 2].sort_index().nlargest(LARGEST).index
        if len(kept) > 1:
            found = _prevalence(fitted, list(values.where(values.isin(kept), None)))
            parts.append(found.assign(by=by))
    columns = ["by", "group", "documents", "topic", "label", "share", "low", "high"]
    if not parts:
        return pd.DataFrame(columns=columns)
    table = pd.concat(parts, ignore_index=True)
    table["label"] = [labels[t - 1] for t in table["topic"]]
    return table[columns]


def topic_effects(corpus: Corpus, fitted: Fitted) -> pd.DataFrame:
    """Regression of shares on time and source; `modelling.EFFECT_COLUMNS`.

    decade is the year by ten; policy 1 for policies, so its effect is that of central policies
    against papers; local 1 for local policies: what they have beyond central ones.
    """
    years, sources = _field(corpus, fitted, "year"), _field(corpus, fitted, "source")
    covariates = {
        "decade": [float("nan") if pd.isna(y) else int(y) / 10 for y in years],
        "policy": [float(source != "papers") for source in sources],
        "local": [float(source == "local policy") for source in sources],
    }
    settings = fitted.settings
    return modelling.effects(
        fitted.fit.doc_topic, covariates, refits=fitted.refits, seed=settings.seed
    )


def _prevalence(fitted: Fitted, groups: list[object]) -> pd.DataFrame:
    return modelling.prevalence(
        fitted.fit.doc_topic, groups, refits=fitted.refits, seed=fitted.settings.seed
    )


def _field(corpus: Corpus, fitted: Fitted, name: str) -> list[Any]:
    documents = corpus.documents.set_index("doc_id")
    known = source_of(documents) if name == "source" else documents[name]
    return [known[doc_id] for doc_id in fitted.fit.doc_ids]
