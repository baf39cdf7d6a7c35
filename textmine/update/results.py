"""What the results said when they were last reported: kept in one file, to compare the next with.

The tables of the output folder cannot serve: people run single analyses in between, with other
settings. The file is a ZIP of CSV, JSON and arrays without objects; losing it loses one
comparison.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from textmine.errors import UsageError
from textmine.pipeline import Analysis, Corpus, read_fit
from textmine.store import Workspace
from textmine.store.files import write_whole
from textmine.topics import TopicFit

NAME = "reported.zip"
TABLES = {
    "topics": ("topics",),
    "evolution": ("concept_bursts", "term_bursts"),
    "claims": ("claim_pairs",),
}


@dataclass(frozen=True)
class Results:
    """The results of one generation, as far as change reports compare them.

    Attributes
    ----------
    generation
        Of the catalogue.
    made_from
        Per stage a text of what its results depend on besides the documents: settings, lexicon,
        concepts, versions. Only results with the same text differ for their documents.
    documents
        The ids of the documents.
    terms
        How many documents hold each term.
    tables
        The tables of `TABLES`, of the stages that ran.
    topics
        The topic model, where it ran.
    """

    generation: int
    made_from: Mapping[str, str]
    documents: frozenset[str]
    terms: Mapping[str, int]
    tables: Mapping[str, pd.DataFrame]
    topics: TopicFit | None


def results_of(corpus: Corpus, analyses: Mapping[str, Analysis]) -> Results:
    """The results of analyses that were just made."""
    counts = corpus.doc_term
    documents = counts.document_frequency.tolist()
    workspace = corpus.workspace
    fingerprints = (
        workspace.segmenter.fingerprint,
        workspace.lexicon.vocabulary,
        workspace.settings.terms.fingerprint(),
    )
    made_from = {"terms": " ".join(fingerprints)}
    tables: dict[str, pd.DataFrame] = {}
    for stage, names in TABLES.items():
        if stage in analyses:
            run = analyses[stage].manifest
            made_from[stage] = json.dumps([run.settings, run.inputs, run.versions], sort_keys=True)
            tables |= {name: analyses[stage].tables[name] for name in names}
    return Results(
        corpus.generation,
        made_from,
        frozenset(counts.doc_ids),
        dict(zip(counts.terms, documents, strict=True)),
        tables,
        _fit(analyses["topics"]) if "topics" in analyses else None,
    )


def _fit(topics: Analysis) -> TopicFit:
    data = topics.files["topics.npz"]
    assert isinstance(data, bytes)
    return read_fit(data, source="topics.npz")


def keep_results(workspace: Workspace, results: Results, analyses: Mapping[str, Analysis]) -> Path:
    """Keep results as the last that were reported."""
    head = {
        "generation": results.generation,
        "made_from": dict(results.made_from),
        "documents": sorted(results.documents),
        "terms": dict(results.terms),
    }
    members: dict[str, str | bytes] = {"results.json": json.dumps(head, ensure_ascii=False)}
    for name, table in results.tables.items():
        members[f"{name}.csv"] = table.to_csv(index=False)
    if "topics" in analyses:
        members["topics.npz"] = analyses["topics"].files["topics.npz"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return write_whole(workspace.state / NAME, packed.getvalue())


def kept_results(workspace: Workspace) -> Results | None:
    """The results that were reported last; None when there are none that can be read."""
    try:
        with zipfile.ZipFile(workspace.state / NAME) as archive:
            head = json.loads(archive.read("results.json"))
            members = {name: archive.read(name) for name in archive.namelist()}
        tables = {
            name.removesuffix(".csv"): pd.read_csv(io.BytesIO(data), keep_default_na=False)
            for name, data in members.items()
            if name.endswith(".csv")
        }
        fit = members.get("topics.npz")
        topics = read_fit(fit, source=NAME) if fit is not None else None
        documents, terms = frozenset(head["documents"]), dict(head["terms"])
        made_from = dict(head["made_from"])
        return Results(int(head["generation"]), made_from, documents, terms, tables, topics)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, UsageError):
        return None
