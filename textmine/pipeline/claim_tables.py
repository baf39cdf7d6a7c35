"""The tables of what the documents claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace

import networkx as nx
import pandas as pd

from textmine import claims as claiming
from textmine.concepts import Scheme
from textmine.networks import to_graphml
from textmine.pipeline.analysis import Analysis, manifest
from textmine.pipeline.claim_marks import WRONG, kept_marks, marked, precision
from textmine.pipeline.corpus import Corpus, Progress, quiet
from textmine.records import Claim, Document, Mention
from textmine.store import Catalogue, DerivedStore
from textmine.store.fingerprints import source_fingerprint

CLAIM_COLUMNS = (
    *("subject", "relation", "object", "polarity", "modality", "evidence"),
    *("document", "section", "start", "end", "rule", "cites", "year", "title", "mark"),
)
TIMELINE_COLUMNS = (
    *("subject", "relation", "object", "year", "kind", "level", "support", "dissent"),
)


def claims(corpus: Corpus, catalogue: Catalogue, *, progress: Progress = quiet) -> Analysis:
    """Extract what the documents claim about the concepts.

    Tables: claims (`CLAIM_COLUMNS`) and claim_pairs (subject, relation, object, documents,
    claims, against, first_year): how many documents say so, and how many deny it; and
    claim_timeline (`TIMELINE_COLUMNS`): the same per year, kind and level of the documents; where
    reviewers have marked claims, claim_precision (`PRECISION_COLUMNS`). Claims marked wrong stay in
    the first table and count in no other. File: claims.graphml, the pairs as a directed network.
    """
    rows: list[dict[str, object]] = []
    known = corpus.documents.set_index("doc_id")
    total = len(known)
    with corpus.workspace.derived() as derived:
        found = extract_claims(corpus, derived, catalogue.documents(known.index))
        for n, (doc_id, extracted) in enumerate(found, 1):
            title, year = known.at[doc_id, "title"], known.at[doc_id, "year"]
            rows += [
                {**asdict(c), "cites": " ".join(c.cites), "title": title, "year": year}
                for c in extracted
            ]
            progress("claims", n, total)
    found = pd.DataFrame(rows, columns=list(CLAIM_COLUMNS[:-1])).astype({"year": "Int64"})
    marks = kept_marks(corpus)
    table = marked(found, marks)[list(CLAIM_COLUMNS)]
    pairs = _claim_pairs(table)
    run = manifest(corpus, "claims", claims=len(table), pairs=len(pairs), marks=len(marks))
    timeline = _timeline(table, corpus.documents)
    tables = {"claims": table, "claim_pairs": pairs, "claim_timeline": timeline}
    if len(marks):
        tables["claim_precision"] = precision(marks)
    network = _network(pairs, corpus.workspace.scheme)
    return Analysis(run, tables, {"claims.graphml": to_graphml(network)})


def extract_claims(
    corpus: Corpus, derived: DerivedStore, documents: Iterable[tuple[str, Document]]
) -> Iterator[tuple[str, list[Claim]]]:
    """The claims of each (id, document), remembered or extracted."""
    scheme = corpus.workspace.scheme
    spans = {
        doc_id: [Mention(*row[1:]) for row in part.itertuples(index=False)]
        for doc_id, part in corpus.mentions.groupby("doc_id")
    }

    def extract(doc_id: str, document: Document) -> list[dict[str, object]]:
        found = claiming.extract(
            document.text, spans.get(doc_id, []), sections=document.sections, scheme=scheme
        )
        return [asdict(replace(claim, document=doc_id)) for claim in found]

    made_from = f"{scheme.fingerprint}:{source_fingerprint('concepts', 'claims')}"
    for doc_id, rows in derived.each("claims", made_from, documents, extract):
        yield doc_id, [Claim(**{**row, "cites": tuple(row["cites"])}) for row in rows]


def _stated(table: pd.DataFrame) -> pd.DataFrame:
    said = ~table["modality"].isin(("question", "hypothesis"))
    return table[said & (table["mark"] != WRONG)]


def _timeline(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Count the documents that say and that deny each statement, by year, kind and level."""
    places = documents[["doc_id", "kind", "level"]].rename(columns={"doc_id": "document"})
    dated = _stated(table).dropna(subset=["year"]).merge(places, on="document")
    rows = []
    for key, part in dated.groupby(list(TIMELINE_COLUMNS[:6]), sort=True):
        against = part["polarity"] == "negative"
        support, dissent = (part.loc[m, "document"].nunique() for m in (~against, against))
        rows.append((*key, support, dissent))
    return pd.DataFrame(rows, columns=list(TIMELINE_COLUMNS)).astype({"year": "Int64"})


def _claim_pairs(table: pd.DataFrame) -> pd.DataFrame:
    """Count documents by subject, relation and object; questions and hypotheses state nothing."""
    stated = _stated(table)
    rows = []
    for key, part in stated.groupby(["subject", "relation", "object"]):
        against = part["polarity"] == "negative"
        rows.append(
            (
                *key,
                part.loc[~against, "document"].nunique(),
                len(part),
                part.loc[against, "document"].nunique(),
                part["year"].min(),
            )
        )
    columns = ["subject", "relation", "object", "documents", "claims", "against", "first_year"]
    pairs = pd.DataFrame(rows, columns=columns).astype({"first_year": "Int64"})
    return pairs.sort_values(
        ["documents", "claims", "subject", "relation", "object"],
        ascending=[False, False, True, True, True],
        ignore_index=True,
    )


def _network(pairs: pd.DataFrame, scheme: Scheme) -> nx.MultiDiGraph:
    """Concepts, with a link from subject to object for each relation stated or denied of them.

    `weight` is the number of documents that say so, `against` of those that deny it.
    """
    graph = nx.MultiDiGraph()
    for row in pairs.itertuples(index=False):
        for concept in (row.subject, row.object):
            graph.add_node(concept, label=scheme[concept].name())
        counts = {"weight": int(row.documents), "against": int(row.against)}
        if not pd.isna(row.first_year):
            counts["first_year"] = int(row.first_year)
        # Keys become the ids of links in the file, where each must be the only one.
        key = f"{row.subject} {row.relation} {row.object}"
        graph.add_edge(row.subject, row.object, key=key, relation=row.relation, **counts)
    return graph
