"""The tables of how concepts evolve together."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from textmine import evolution as evolving
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.coevolution_tables import coevolution_tables
from textmine.pipeline.corpus import Corpus
from textmine.records import Period

EQUAL_PERIODS = 5  # how many periods of equal documents: about as many as five-year plans


def evolution(corpus: Corpus) -> Analysis:
    """Follow the concepts of the settings over the years.

    Tables: concept_shares, concept_trends, concept_bursts, concept_changes, concept_life_cycles,
    event_effects, concept_meetings, concept_convergence (columns as in `textmine.evolution`),
    slicing_agreement (how far a pair's direction depends on the periods), documents_per_year
    (year, kind, documents), and those of `coevolution_tables`.
    A document counts for a concept when it mentions it or a narrower one.
    """
    settings = corpus.workspace.settings.evolution
    level = settings.confidence
    spans = rolled_up(corpus)
    rolled = spans[["doc_id", "concept"]].drop_duplicates(ignore_index=True)
    documents = corpus.documents
    shares = evolving.document_shares(documents, rolled, settings.concepts, confidence=level)
    slicings = _slicings(corpus, shares)
    named = slicings["named"]
    converging = evolving.convergence(
        documents, rolled, settings.concepts, slicings, confidence=level
    )
    tables = {
        **coevolution_tables(corpus, spans, named),
        "concept_shares": shares,
        "concept_trends": evolving.trends(shares, confidence=level),
        "concept_bursts": evolving.bursts(shares),
        "concept_changes": evolving.concept_changes(shares, confidence=level),
        "concept_life_cycles": evolving.life_cycles(shares, confidence=level),
        "event_effects": evolving.event_effects(shares, corpus.workspace.events, confidence=level),
        "concept_meetings": evolving.meetings(
            documents, rolled, settings.concepts, named, confidence=level
        ),
        "concept_convergence": converging,
        "slicing_agreement": evolving.agreement(converging),
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
    run = manifest(corpus, "evolution", dated=len(documents) - undated, periods=len(named))
    return Analysis(run, tables, notes=notes)


def _slicings(corpus: Corpus, shares: pd.DataFrame) -> dict[str, Sequence[Period]]:
    """The workspace's periods, the same moved by a year, and others made from the documents."""
    years = corpus.documents["year"].dropna().astype(int)
    if years.empty:
        return {"named": ()}
    first, last = int(years.min()), int(years.max())

    def seen(periods: Sequence[Period]) -> tuple[Period, ...]:
        return evolving.within(periods, first, last)

    named = corpus.workspace.periods
    return {
        "named": seen(named),
        "named, a year earlier": seen(evolving.shifted(named, -1)),
        "named, a year later": seen(evolving.shifted(named, 1)),
        "equal documents": evolving.equal_documents(years, EQUAL_PERIODS),
        "five years": evolving.equal_years(first, last, 5),
        "changepoints": evolving.changepoint_periods(shares),
    }


def rolled_up(corpus: Corpus) -> pd.DataFrame:
    """Each mention for its concept and the broader ones: columns doc_id, concept, start, end."""
    scheme = corpus.workspace.scheme
    found = corpus.mentions[["doc_id", "concept", "start", "end"]]
    wider = {c: (c, *sorted(scheme.ancestors(c))) for c in found["concept"].unique()}
    table = found.assign(concept=found["concept"].map(wider)).explode("concept")
    return table.sort_values(["doc_id", "concept", "start", "end"], ignore_index=True)
