"""The tables of what goes on between concepts: words shared, words changed, who goes first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from textmine import evolution as evolving
from textmine.pipeline.corpus import Corpus
from textmine.records import Period

# Whose words a document is: the three sides between which ideas are said to travel.
SOURCES = ("papers", "central policy", "local policy")
# Words need more documents than counts do: the fewest periods that still make a direction.
THIRDS = 3


def coevolution_tables(
    corpus: Corpus, spans: pd.DataFrame, periods: Sequence[Period]
) -> dict[str, pd.DataFrame]:
    """Follow pairs of concepts, and each concept between papers and policies.

    Parameters
    ----------
    spans
        Mentions rolled up to broader concepts: doc_id, concept, start, end.

    Returns
    -------
    dict
        proximity and proximity_drift (with a column slicing first), meaning_changes,
        concept_neighbours, lead_lag_concepts, lead_lag_sources (with a column concept first),
        symbiosis, coupling and source_shares (source, and the columns of the shares).
    """
    settings = corpus.workspace.settings.evolution
    level, seed, concepts = settings.confidence, settings.seed, settings.concepts
    years = corpus.documents.set_index("doc_id")["year"]
    words = corpus.doc_term
    contexts = evolving.concept_contexts(
        zip(corpus.documents["doc_id"], corpus.texts, strict=True),
        spans[spans["concept"].isin(concepts)],
        corpus.workspace.segmenter,
        words.terms,
    )
    weights = evolving.idf(words.document_frequency, len(words.doc_ids))
    slicings = {
        "named": periods,
        "equal documents": evolving.equal_documents(years.dropna(), THIRDS),
    }
    near: list[pd.DataFrame] = []
    drift: list[pd.DataFrame] = []
    for name, slices in slicings.items():
        found = evolving.proximity(
            contexts, years, concepts, slices, weights, confidence=level, seed=seed
        )
        for kept, table in zip((near, drift), found, strict=True):
            table.insert(0, "slicing", name)
            kept.append(table)
    shares = _shares(corpus.documents, spans, concepts, level)
    everything = shares[shares["source"] == "all"]
    return {
        "proximity": pd.concat(near, ignore_index=True),
        "proximity_drift": pd.concat(drift, ignore_index=True),
        "meaning_changes": evolving.meaning_changes(
            contexts, words, years, concepts, periods, weights, confidence=level, seed=seed
        ),
        "concept_neighbours": evolving.neighbours(contexts, words, years, concepts, periods),
        "lead_lag_concepts": evolving.lead_lags(
            everything.assign(series=everything["concept"]),
            confidence=level,
            seed=seed,
        ),
        "lead_lag_sources": _between_sources(shares, concepts, level, seed),
        "symbiosis": evolving.symbioses(everything, seed=seed),
        "coupling": evolving.coupling_table(everything),
        "source_shares": shares[shares["source"] != "all"].reset_index(drop=True),
    }


def source_of(documents: pd.DataFrame) -> pd.Series:
    """The source of each document, one of `SOURCES`; "" for other kinds and unknown levels."""
    paper = documents["kind"] == "paper"
    central = (documents["kind"] == "policy") & (documents["level"] == "central")
    local = (documents["kind"] == "policy") & ~documents["level"].isin(("", "central"))
    return (
        pd.Series("", index=documents.index)
        .mask(paper, SOURCES[0])
        .mask(central, SOURCES[1])
        .mask(local, SOURCES[2])
    )


def _shares(
    documents: pd.DataFrame, spans: pd.DataFrame, concepts: Sequence[str], level: float
) -> pd.DataFrame:
    """The shares of all documents ("all") and of each source."""
    source = source_of(documents)
    parts = [("all", documents), *((s, documents[source == s]) for s in SOURCES)]
    tables = [
        evolving.document_shares(part, spans, concepts, confidence=level).assign(source=name)
        for name, part in parts
    ]
    table = pd.concat([t for t in tables if not t.empty] or tables[:1], ignore_index=True)
    return table[["source", *evolving.SHARE_COLUMNS]]


def _between_sources(
    shares: pd.DataFrame, concepts: Sequence[str], level: float, seed: int
) -> pd.DataFrame:
    tables = []
    for concept in concepts:
        part = shares[(shares["concept"] == concept) & (shares["source"] != "all")]
        found = evolving.lead_lags(part.assign(series=part["source"]), confidence=level, seed=seed)
        found.insert(0, "concept", concept)
        tables.append(found)
    return pd.concat(tables, ignore_index=True)
