"""The stages in order: from the catalogue to the tables and models of every analysis.

    load ──▶ Corpus ──▶ topics, network, evolution, claims ──▶ Analysis

Each analysis is a function from a `Corpus` to an `Analysis`: named tables, files for other
programs, and the manifest of what it was made from. It computes and writes nothing; `save` puts
it into the output folder. What is costly per document (mentions, claims) is remembered in the
derived store.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from textmine import claims as claiming
from textmine import evolution as evolving
from textmine import networks
from textmine import topics as modelling
from textmine.concepts import named_in_full
from textmine.errors import TooFewData
from textmine.matrices import DocTerm
from textmine.records import Claim, Document, Mention, RunManifest
from textmine.segment import sentences
from textmine.settings import TopicSettings
from textmine.store import Catalogue, DerivedStore, Workspace
from textmine.store.files import write_csv, write_whole
from textmine.store.fingerprints import source_fingerprint
from textmine.terms import doc_term

Progress = Callable[[str, int, int], None]

MENTION_COLUMNS = ("doc_id", "concept", "label", "start", "end")
CLAIM_COLUMNS = (
    *("subject", "relation", "object", "polarity", "modality", "evidence"),
    *("document", "section", "start", "end", "rule", "cites", "year", "title"),
)
LIBRARIES = {
    "topics": ("scikit-learn",),
    "network": ("networkx", "graspologic-native"),
    "evolution": ("pandas",),
    "claims": ("pyahocorasick",),
}


def quiet(stage: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Corpus:
    """What all analyses share.

    Attributes
    ----------
    documents
        One row per document, by id: the columns of `Catalogue.table`.
    texts
        The stored texts, in the same order.
    doc_term
        Counts of the terms that the settings let through.
    mentions
        One row per concept mention: `MENTION_COLUMNS`, offsets into the stored text.
    """

    workspace: Workspace
    generation: int
    documents: pd.DataFrame
    texts: tuple[str, ...]
    doc_term: DocTerm
    mentions: pd.DataFrame


class Note(NamedTuple):
    """Something a reader should know before trusting a result, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Analysis:
    """The result of one analysis.

    Attributes
    ----------
    tables
        By name; each is written as CSV.
    files
        Other files by name, such as GraphML.
    notes
        What a reader should know before trusting it.
    """

    manifest: RunManifest
    tables: Mapping[str, pd.DataFrame]
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def name(self) -> str:
        """The name of the stage."""
        return self.manifest.stage


def load(workspace: Workspace, catalogue: Catalogue, *, progress: Progress = quiet) -> Corpus:
    """Load what the analyses share.

    Raises
    ------
    TooFewData
        When the catalogue holds no document.
    """
    documents = catalogue.table()
    if documents.empty:
        raise TooFewData(
            "The catalogue holds no document.",
            remedy=f"Put files into {workspace.documents} and run `textmine update`.",
        )
    found = _mention_table(workspace, catalogue, len(documents), progress)
    ids, texts = zip(*catalogue.texts(), strict=True)
    counts = _count(workspace, ids, texts, progress)
    return Corpus(workspace, catalogue.generation, documents, texts, counts, found)


def _mention_table(
    workspace: Workspace, catalogue: Catalogue, total: int, progress: Progress
) -> pd.DataFrame:
    rows = []
    with workspace.derived() as derived:
        for n, (doc_id, found) in enumerate(mentions(workspace, derived, catalogue.documents()), 1):
            rows += [(doc_id, m.concept, m.label, m.start, m.end) for m in found]
            progress("concepts", n, total)
        derived.forget_others(catalogue.document_ids())
    return pd.DataFrame(rows, columns=list(MENTION_COLUMNS))


def _count(
    workspace: Workspace, ids: Iterable[str], texts: tuple[str, ...], progress: Progress
) -> DocTerm:
    terms = workspace.settings.terms

    def watched() -> Iterator[str]:
        for n, text in enumerate(texts, 1):
            yield text
            progress("words", n, len(texts))

    return doc_term(
        ids,
        watched(),
        workspace.segmenter,
        min_length=terms.min_length,
        min_documents=terms.min_documents,
        max_document_share=terms.max_document_share,
        stop_words=workspace.lexicon.stop_words,
    )


def mentions(
    workspace: Workspace, derived: DerivedStore, documents: Iterable[tuple[str, Document]]
) -> Iterator[tuple[str, list[Mention]]]:
    """The concept mentions of each (id, document), remembered or found."""

    def plain(_: str, document: Document) -> list[tuple[str, str, int, int]]:
        found = named_in_full(workspace.matcher.mentions(document.text), workspace.scheme)
        return [(m.concept, m.label, m.start, m.end) for m in found]

    made_from = f"{workspace.scheme.fingerprint}:{source_fingerprint('concepts')}"
    for doc_id, rows in derived.each("mentions", made_from, documents, plain):
        yield doc_id, [Mention(*row) for row in rows]


def concept_ids(
    workspace: Workspace, derived: DerivedStore, documents: Iterable[tuple[str, Document]]
) -> Iterator[tuple[str, list[str]]]:
    """The concepts of each (id, document), broader ones included, in order."""
    for doc_id, found in mentions(workspace, derived, documents):
        yield doc_id, sorted(_with_broader(workspace, {m.concept for m in found}))


def _with_broader(workspace: Workspace, concepts: set[str]) -> set[str]:
    return concepts.union(*(workspace.scheme.ancestors(c) for c in concepts))


def topics(corpus: Corpus, recipe: TopicSettings | None = None) -> Analysis:
    """Fit the topic model of a recipe, or of the settings.

    Tables: topics (topic, label, words, prevalence, npmi), words (topic, label, rank, term,
    weight), documents (topic, rank, doc_id, title, year, share), years (topic, label, year,
    documents, share). Files: topics.npz, the fit as arrays (topic_word, doc_topic, terms,
    doc_ids).

    Raises
    ------
    TooFewData
        When the corpus cannot hold so many topics.
    """
    settings = recipe or corpus.workspace.settings.topics
    model = modelling.MODELS[settings.model](settings.k, seed=settings.seed)
    fit = model.fit(corpus.doc_term).fit_
    top = fit.top_words(settings.top)
    coherence = modelling.npmi([[w for w, _ in words] for words in top], corpus.doc_term)
    labels = [f"{n} {'·'.join(w for w, _ in words[:2])}" for n, words in enumerate(top, 1)]
    summary = pd.DataFrame(
        {
            "topic": range(1, fit.k + 1),
            "label": labels,
            "words": ["、".join(w for w, _ in words) for words in top],
            "prevalence": fit.prevalence,
            "npmi": coherence.per_topic,
        }
    )
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
        "topic_years": _topic_years(fit, corpus.documents, labels),
    }
    made = manifest(corpus, "topics", seed=settings.seed, topics=fit.k, terms=len(fit.terms))
    made = replace(made, settings=settings.fingerprint())
    return Analysis(made, tables, {"topics.npz": _as_arrays(fit)}, _topic_notes(fit))


def _as_arrays(fit: modelling.TopicFit) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        topic_word=fit.topic_word,
        doc_topic=fit.doc_topic,
        terms=np.array(fit.terms),
        doc_ids=np.array(fit.doc_ids),
    )
    return buffer.getvalue()


def _topic_notes(fit: modelling.TopicFit) -> tuple[Note, ...]:
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


def _topic_documents(fit: modelling.TopicFit, documents: pd.DataFrame) -> pd.DataFrame:
    known = documents.set_index("doc_id")
    rows = [
        (n, rank, doc_id, known.at[doc_id, "title"], known.at[doc_id, "year"], share)
        for n, shares in enumerate(fit.representative_documents(5), 1)
        for rank, (doc_id, share) in enumerate(shares, 1)
    ]
    return pd.DataFrame(rows, columns=["topic", "rank", "doc_id", "title", "year", "share"])


def _topic_years(
    fit: modelling.TopicFit, documents: pd.DataFrame, labels: list[str]
) -> pd.DataFrame:
    shares = pd.DataFrame(fit.doc_topic, index=list(fit.doc_ids))
    year = documents.set_index("doc_id")["year"].reindex(shares.index)
    dated = shares[year.notna().to_numpy()]
    grouped = dated.groupby(year.dropna().astype(int).to_numpy())
    means, sizes = grouped.mean(), grouped.size()
    rows = [
        (topic + 1, labels[topic], int(y), int(sizes[y]), float(means.at[y, topic]))
        for topic in range(fit.k)
        for y in means.index
    ]
    return pd.DataFrame(rows, columns=["topic", "label", "year", "documents", "share"])


def network(corpus: Corpus) -> Analysis:
    """Build the co-word network of the settings.

    Tables: network_nodes (term, occurrences, community, degree, strength, betweenness, x, y) and
    network_edges (a, b, cooccurrence, weight, p, q). Files: network.graphml, network.gexf.
    """
    settings = corpus.workspace.settings.network
    counts = corpus.doc_term if settings.unit == "document" else _by_sentence(corpus)
    made = networks.graph(
        networks.cooccurrence(counts, unit=settings.unit),
        nodes=settings.nodes,
        min_cooccurrence=settings.min_cooccurrence,
        resolution=settings.resolution,
        seed=settings.seed,
    )
    places = networks.layout(made)
    columns = ["term", "occurrences", "community", "degree", "strength", "betweenness", "x", "y"]
    nodes = pd.DataFrame(
        [(n, *(d[c] for c in columns[1:6]), *places[n]) for n, d in sorted(made.nodes(data=True))],
        columns=columns,
    )
    edges = pd.DataFrame(
        [
            (a, b, d["cooccurrence"], d["weight"], d["p"], d["q"])
            for a, b, d in sorted((*sorted(e[:2]), e[2]) for e in made.edges(data=True))
        ],
        columns=["a", "b", "cooccurrence", "weight", "p", "q"],
    )
    membership = nx.get_node_attributes(made, "community")
    q = networks.modularity(made, membership, resolution=settings.resolution)
    groups = len(set(membership.values()))
    run = manifest(corpus, "network", seed=settings.seed, nodes=len(nodes), edges=len(edges))
    text = f"Q = {q:.3f}"
    notes = (Note(f"{groups} 个社群，模块度 {text}", f"{groups} communities, modularity {text}"),)
    files = {"network.graphml": networks.to_graphml(made), "network.gexf": networks.to_gexf(made)}
    return Analysis(run, {"network_nodes": nodes, "network_edges": edges}, files, notes)


def _by_sentence(corpus: Corpus) -> DocTerm:
    """Count the corpus's terms sentence by sentence."""
    ids, units = [], []
    for doc_id, text in zip(corpus.documents["doc_id"], corpus.texts, strict=True):
        for start, end in sentences(text):
            ids.append(f"{doc_id}:{start}")
            units.append(text[start:end])
    wanted = set(corpus.doc_term.terms)
    full = doc_term(ids, units, corpus.workspace.segmenter)
    return full.select_terms([i for i, term in enumerate(full.terms) if term in wanted])


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


def claims(corpus: Corpus, catalogue: Catalogue, *, progress: Progress = quiet) -> Analysis:
    """Extract what the documents claim about the concepts.

    Tables: claims (`CLAIM_COLUMNS`) and claim_pairs (subject, relation, object, documents,
    claims, against, first_year): how many documents say so, and how many deny it.
    """
    rows: list[dict[str, object]] = []
    known = corpus.documents.set_index("doc_id")
    total = len(known)
    with corpus.workspace.derived() as derived:
        found = extract_claims(corpus, derived, catalogue.documents())
        for n, (doc_id, extracted) in enumerate(found, 1):
            title, year = known.at[doc_id, "title"], known.at[doc_id, "year"]
            rows += [
                {**asdict(c), "cites": " ".join(c.cites), "title": title, "year": year}
                for c in extracted
            ]
            progress("claims", n, total)
    table = pd.DataFrame(rows, columns=list(CLAIM_COLUMNS)).astype({"year": "Int64"})
    pairs = _claim_pairs(table)
    run = manifest(corpus, "claims", claims=len(table), pairs=len(pairs))
    return Analysis(run, {"claims": table, "claim_pairs": pairs})


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


def _claim_pairs(table: pd.DataFrame) -> pd.DataFrame:
    """Count documents by subject, relation and object; questions and hypotheses state nothing."""
    stated = table[~table["modality"].isin(("question", "hypothesis"))]
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


def manifest(corpus: Corpus, stage: str, *, seed: int | None = None, **rows: int) -> RunManifest:
    """What a result of this corpus was made from."""
    workspace = corpus.workspace
    part = getattr(workspace.settings, stage, None)
    names = ("textmine", "jieba", "numpy", "scipy", *LIBRARIES[stage])
    return RunManifest(
        stage,
        corpus.generation,
        part.fingerprint() if part is not None else "",
        {
            "segmenter": workspace.segmenter.fingerprint,
            "concepts": workspace.scheme.fingerprint,
            "terms": workspace.settings.terms.fingerprint(),
        },
        {name: version(name) for name in names},
        seed,
        {"documents": len(corpus.documents), **rows},
    )


def save(analysis: Analysis, folder: Path) -> list[Path]:
    """Write an analysis's tables, files and manifest into a folder; returns what was written."""
    written = [write_csv(folder / f"{name}.csv", t) for name, t in analysis.tables.items()]
    written += [write_whole(folder / name, content) for name, content in analysis.files.items()]
    plain = json.dumps(asdict(analysis.manifest), ensure_ascii=False, indent=1, sort_keys=True)
    written.append(write_whole(folder / f"{analysis.name}.manifest.json", plain + "\n"))
    return written
