"""The tables of how concepts evolve together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd
from scipy import stats

from textmine import evolution as evolving
from textmine.errors import SettingsError
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.coevolution_tables import coevolution_tables, source_of
from textmine.pipeline.corpus import Corpus
from textmine.records import Period

Preset = Literal["kleinberg", "citespace"]
ENOUGH = 25  # documents of a period, for a network of its words
EQUAL_PERIODS = 5  # how many periods of equal documents: about as many as five-year plans


def evolution(corpus: Corpus) -> Analysis:
    """Follow the concepts of the settings over the years.

    Tables: concept_shares, concept_trends, concept_bursts, term_bursts, themes, theme_flows,
    concept_changes, concept_life_cycles, event_effects, concept_meetings, concept_convergence
    (columns as in `textmine.evolution`), slicing_agreement (how far a pair's direction depends on
    the periods), documents_per_year (year, kind, documents), and those of `coevolution_tables`. A
    document counts for a concept when it mentions it or a narrower one.
    """
    settings = corpus.workspace.settings.evolution
    level = settings.confidence
    _check_concepts(corpus)
    corpus = replace(corpus, documents=_of_source(corpus.documents, settings.source))
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
        "concept_bursts": evolving.bursts(shares, seed=settings.seed),
        "term_bursts": _term_bursts(corpus),
        **theme_tables(corpus, named),
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
    mixture = _composition(documents, named)
    if mixture:
        # Two concepts that only one kind of document speaks of seem to feed each other.
        judged = tables["symbiosis"]["relation"] != ""
        tables["symbiosis"].loc[judged, "relation"] = "not identified"
        tables["symbiosis"].loc[judged, "note"] = "the mixture of documents changes"
    notes = (*_left_out(undated, settings.source), *mixture)
    run = manifest(
        corpus, "evolution", seed=settings.seed, dated=len(documents) - undated, periods=len(named)
    )
    return Analysis(run, tables, notes=notes)


def _check_concepts(corpus: Corpus) -> None:
    known = {concept.id for concept in corpus.workspace.scheme}
    unknown = [c for c in corpus.workspace.settings.evolution.concepts if c not in known]
    if unknown:
        raise SettingsError(
            f"textmine.toml: evolution.concepts: no concept {', '.join(map(repr, unknown))} in the"
            " scheme.",
            remedy=f"There are: {', '.join(sorted(known))}.",
        )


def _of_source(documents: pd.DataFrame, source: str) -> pd.DataFrame:
    """The documents, those of another source without their year, so that nothing counts them."""
    if source == "all":
        return documents
    return documents.assign(year=documents["year"].mask(source_of(documents) != source))


def _left_out(undated: int, source: str) -> tuple[Note, ...]:
    if not undated:
        return ()
    if source == "all":
        return (
            Note(
                f"{undated} 篇没有年份，未计入", f"{undated} documents without a year are left out"
            ),
        )
    return (
        Note(
            f"只看 {source}：{undated} 篇其他来源或没有年份的文献未计入",
            f"{source} only: {undated} documents of other sources or without a year are left out",
        ),
    )


def _composition(documents: pd.DataFrame, periods: Sequence[Period]) -> tuple[Note, ...]:
    """A warning where the periods hold different kinds of documents: then shares compare kinds.

    Cramér's V of source × period; 0.3 is commonly called a medium association (Cohen 1988).
    """
    dated = documents.dropna(subset=["year"])
    year = dated["year"].astype(int)
    period = pd.Series("", index=dated.index)
    for p in periods:
        period = period.mask(year.between(p.first, p.last), p.name)
    table = pd.crosstab(source_of(dated), period)
    if min(table.shape) < 2:
        return ()
    v = float(stats.contingency.association(table.to_numpy(), method="cramer"))
    # A handful of documents has a large V by chance.
    if v < 0.3 or stats.chi2_contingency(table.to_numpy()).pvalue > 0.01:
        return ()
    return (
        Note(
            f"各时期文献的来源构成不同（Cramér V = {v:.2f}）：份额的升降、突现、先后与共生可能只"
            "反映构成；在 textmine.toml 的 [evolution] 中设 source，分来源再看",
            f"The periods hold different kinds of documents (Cramér's V = {v:.2f}): rises, bursts,"
            " leads and symbiosis may show the mixture only; set source under [evolution] in"
            " textmine.toml and look at each source by itself",
        ),
    )


def bursts_of_terms(corpus: Corpus, preset: Preset = "kleinberg") -> Analysis:
    """The bursts of all terms that the settings let through. Table: term_bursts."""
    settings = corpus.workspace.settings.evolution
    corpus = replace(corpus, documents=_of_source(corpus.documents, settings.source))
    table = _term_bursts(corpus, preset)
    undated = int(corpus.documents["year"].isna().sum())
    run = manifest(corpus, "bursts", seed=settings.seed, term_bursts=len(table))
    run = replace(run, settings=settings.fingerprint())
    return Analysis(run, {"term_bursts": table}, notes=_left_out(undated, settings.source))


def _term_bursts(corpus: Corpus, preset: Preset = "kleinberg") -> pd.DataFrame:
    years = corpus.documents.set_index("doc_id")["year"]
    seed = corpus.workspace.settings.evolution.seed
    return evolving.term_bursts(corpus.doc_term, years, evolving.PRESETS[preset], seed=seed)


def theme_tables(corpus: Corpus, periods: Sequence[Period]) -> dict[str, pd.DataFrame]:
    """themes and theme_flows: the communities of words per period, and what becomes of them.

    Where fewer than two of the periods hold enough documents for a network, periods of equal
    documents take their place.
    """
    years = corpus.documents.set_index("doc_id")["year"]
    dated = years.dropna().astype(int)
    rich = [p for p in periods if dated.between(p.first, p.last).sum() >= ENOUGH]
    if len(rich) < 2:
        rich = list(evolving.equal_documents(dated, min(EQUAL_PERIODS, len(dated) // ENOUGH)))
    themes, flows = evolving.thematic_evolution(
        corpus.doc_term,
        years,
        rich,
        min_cooccurrence=corpus.workspace.settings.network.min_cooccurrence,
        resolution=corpus.workspace.settings.network.resolution,
        seed=corpus.workspace.settings.evolution.seed,
    )
    return {"themes": themes, "theme_flows": flows}


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
