"""The tables of themes over periods."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from textmine import topics as modelling
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus


def topic_themes(corpus: Corpus) -> Analysis:
    """Themes that live through the periods of periods.toml, by dynamic NMF.

    Tables: topic_themes (theme, words) and topic_theme_periods (theme, period, documents, share,
    words, topics; periods in order of time). The settings' k is the number of themes; a period
    has at most as many topics.

    Raises
    ------
    TooFewData
        When fewer than two periods have enough documents.
    """
    settings = corpus.workspace.settings.topics
    periods = corpus.workspace.periods
    # Numbered, so that they sort by time.
    named = {f"{n:03}": period for n, period in enumerate(periods)}
    year = corpus.documents.set_index("doc_id")["year"]
    of_document = [
        None
        if pd.isna(year[doc_id])
        else next((number for number, p in named.items() if int(year[doc_id]) in p), None)
        for doc_id in corpus.doc_term.doc_ids
    ]
    found = modelling.dynamic_topics(
        corpus.doc_term,
        of_document,
        themes=settings.k,
        k=settings.k,
        top=settings.top,
        seed=settings.seed,
    )
    heads = modelling.top_by(found.theme_word, found.terms, settings.top)
    words = pd.DataFrame(
        {"theme": range(1, len(heads) + 1), "words": ["、".join(head) for head in heads]}
    )
    table = found.periods.assign(period=[named[n].name for n in found.periods["period"]])
    made = manifest(corpus, "topics", seed=settings.seed, themes=len(heads))
    made = replace(made, stage="topic_themes", settings=settings.fingerprint())
    skipped = [named[number].name for number in found.left_out]
    notes = (
        Note(f"文献太少未建模的时期：{'、'.join(skipped)}",
             f"Periods with too few documents: {', '.join(skipped)}"),
    ) if skipped else ()  # fmt: skip
    return Analysis(made, {"topic_themes": words, "topic_theme_periods": table}, notes=notes)
