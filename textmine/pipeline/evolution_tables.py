"""The tables of how concepts evolve together."""

from __future__ import annotations

import pandas as pd

from textmine import evolution as evolving
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus


def evolution(corpus: Corpus) -> Analysis:
    """Follow the concepts of the settings over the years.

    Tables: concept_shares, concept_bursts, concept_trends, concept_meetings (columns as in
    `textmine.evolution`) and documents_per_year (year, kind, documents). A document counts for a
    concept when it mentions it or a narrower one.
    """
    settings = corpus.workspace.settings.evolution
    level = settings.confidence
    rolled = _rolled_up(corpus)
    documents = corpus.documents
    shares = evolving.document_shares(documents, rolled, settings.concepts, confidence=level)
    years = documents["year"].dropna()
    periods = [
        period
        for period in corpus.workspace.periods
        if len(years) and period.last >= years.min() and period.first <= years.max()
    ]
    tables = {
        "concept_shares": shares,
        "concept_trends": evolving.trends(shares, confidence=level),
        "concept_bursts": evolving.bursts(shares),
        "concept_meetings": evolving.meetings(
            documents, rolled, settings.concepts, periods, confidence=level
        ),
        "documents_per_year": (
            documents.dropna(subset=["year"])
            .groupby(["year", "kind"])
            .size()
            .rename("documents")
            .reset_index()
        ),
    }
    undated = int(documents["year"].isna().sum())
    left_out = Note(
        f"{undated} 篇没有年份，未计入", f"{undated} documents without a year are left out"
    )
    notes = (left_out,) if undated else ()
    run = manifest(corpus, "evolution", dated=len(documents) - undated, periods=len(periods))
    return Analysis(run, tables, notes=notes)


def _rolled_up(corpus: Corpus) -> pd.DataFrame:
    """Which documents mention which concept, or a narrower one: columns doc_id, concept."""
    pairs = corpus.mentions[["doc_id", "concept"]].drop_duplicates()
    scheme = corpus.workspace.scheme
    rows = {
        (doc_id, wider)
        for doc_id, concept in pairs.itertuples(index=False)
        for wider in (concept, *scheme.ancestors(concept))
    }
    return pd.DataFrame(sorted(rows), columns=["doc_id", "concept"])
