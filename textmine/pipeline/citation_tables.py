"""The tables and the network of what cites what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

import networkx as nx
import pandas as pd

from textmine.citations import (
    DIFFUSION_COLUMNS,
    ROOT_COLUMNS,
    UPTAKE_COLUMNS,
    Edge,
    Naming,
    Register,
    Resolution,
    Work,
    acyclic,
    diffusion,
    direction,
    main_path,
    namings,
    number_key,
    roots,
    search_path_counts,
    title_key,
    uptake,
    work,
)
from textmine.citations.works import without_issuers
from textmine.networks import to_graphml
from textmine.parse.policy_links import PolicyLink, links
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus, Progress, quiet
from textmine.records import Document, Span
from textmine.segment import sentences
from textmine.store import Catalogue, DerivedStore
from textmine.store.fingerprints import source_fingerprint

_CITING = ("citing", "citing_title", "citing_kind", "citing_year", "relation", "way")
_PLACE = ("quote", "start", "end", "places")
CITATION_COLUMNS = (
    *_CITING,
    *("cited", "cited_title", "cited_kind", "cited_year", "lag", "direction", "by", "named"),
    *_PLACE,
)
UNRESOLVED_COLUMNS = (
    *_CITING,
    *("title", "doc_number", "year", "is_policy", "work", "reason", "candidates"),
    *_PLACE,
)
MISSING_COLUMNS = (
    *("work", "title", "doc_number", "year", "is_policy", "documents", "papers", "policies"),
    *("first_year", "cited_by"),
)
PATH_COLUMNS = ("step", "doc_id", "title", "kind", "year", "path_count")


@dataclass(frozen=True, slots=True)
class _Named:
    """A naming with the document that it stands in and the words around it."""

    citing: Work
    naming: Naming
    quote: str
    resolution: Resolution = field(default_factory=Resolution)


def citations(corpus: Corpus, catalogue: Catalogue, *, progress: Progress = quiet) -> Analysis:
    """Resolve what the documents cite to documents of the catalogue, and read the network.

    Tables: citations (`CITATION_COLUMNS`: one row per citing document, cited document, way and
    relation), unresolved (`UNRESOLVED_COLUMNS`: the reason for each), cited_elsewhere
    (`MISSING_COLUMNS`: the works that are not here, with who cites them), policy_diffusion
    (`DIFFUSION_COLUMNS`), policy_uptake (`UPTAKE_COLUMNS`), citation_roots (`ROOT_COLUMNS`),
    main_path (`PATH_COLUMNS`). File: citations.graphml, links from the citing to the cited.
    """
    chosen = set(corpus.documents["doc_id"])
    works: list[Work] = []
    named: list[_Named] = []
    with corpus.workspace.derived() as derived:
        for doc_id, document, found in _linked(derived, catalogue.documents()):
            one = work(doc_id, document)
            works.append(one)
            if doc_id in chosen:
                named += _named(one, document, found)
                progress("citations", len(works), len(chosen))
    register = Register(works)
    resolved = [replace(n, resolution=register.resolve(n.naming, n.citing)) for n in named]
    known = register.works
    cited = _citations(resolved, known)
    unresolved = _unresolved(resolved)
    edges = [Edge(a, b) for a, b in sorted(set(zip(cited["citing"], cited["cited"], strict=True)))]
    last = int(corpus.documents["year"].max()) if corpus.documents["year"].notna().any() else 0
    tables = {
        "citations": cited,
        "unresolved": unresolved,
        "cited_elsewhere": _missing(unresolved),
        "policy_diffusion": _table(diffusion(edges, known, last=last), DIFFUSION_COLUMNS),
        "policy_uptake": _table(uptake(edges, known, last=last), UPTAKE_COLUMNS),
        "citation_roots": _table(roots(_dated(named)), ROOT_COLUMNS),
        "main_path": _main_path(edges, known),
    }
    run = manifest(corpus, "citations", citations=len(cited), unresolved=len(unresolved))
    files = {"citations.graphml": to_graphml(_network(tables, known))}
    return Analysis(run, tables, files, _notes(cited, unresolved))


def _linked(
    derived: DerivedStore, documents: Iterable[tuple[str, Document]]
) -> Iterator[tuple[str, Document, list[PolicyLink]]]:
    """Documents with the policies that their texts name, remembered or looked for."""
    seen: list[Document] = []

    def watched() -> Iterator[tuple[str, Document]]:
        for doc_id, document in documents:
            seen.append(document)
            yield doc_id, document

    def find(_: str, document: Document) -> list[dict[str, object]]:
        return [asdict(link) for link in links(document.text)]

    made_from = source_fingerprint("parse")
    for doc_id, rows in derived.each("policy_links", made_from, watched(), find):
        yield doc_id, seen.pop(), [PolicyLink(**row) for row in rows]


def _named(citing: Work, document: Document, found: Sequence[PolicyLink]) -> Iterator[_Named]:
    spans = sentences(document.text)
    for naming in namings(document, found):
        quote = _sentence(document.text, spans, naming.places[0]) if naming.places else ""
        yield _Named(citing, naming, quote)


def _sentence(text: str, spans: Sequence[Span], place: Span) -> str:
    """The sentence that holds the beginning of a place, in one line."""
    for start, end in spans:
        if start <= place.start < end:
            return " ".join(text[start : max(end, place.end)].split())
    return " ".join(text[place.start : place.end].split())


def _citing(n: _Named) -> tuple[object, ...]:
    c = n.citing
    return (c.id, c.title, c.kind, c.year, n.naming.relation, n.naming.way)


def _where(group: Sequence[_Named]) -> tuple[object, ...]:
    """The first place with its sentence, and how many there are; a reference may have none."""
    places = [place for n in group for place in n.naming.places]
    quote = next((n.quote for n in group if n.quote), "")
    first = places[0] if places else None
    return (quote, first.start if first else None, first.end if first else None, len(places))


def _citations(resolved: Iterable[_Named], works: Mapping[str, Work]) -> pd.DataFrame:
    """One row per citing and cited document, way and relation; a document's own title left out."""
    groups: dict[tuple[str, str, str, str], list[_Named]] = {}
    for n in resolved:
        target = n.resolution.target
        if target and target != n.citing.id:
            key = (n.citing.id, target, n.naming.way, n.naming.relation)
            groups.setdefault(key, []).append(n)
    rows = []
    for (_, target, _, _), group in sorted(groups.items()):
        first, cited = group[0], works[target]
        citing = first.citing
        lag = None if None in (citing.year, cited.year) else (citing.year or 0) - (cited.year or 0)
        way = direction(cited, citing) if citing.kind == cited.kind == "policy" else ""
        number = next((n.naming.doc_number for n in group if n.naming.doc_number), "")
        named = number or first.naming.title
        rows.append(
            (
                *_citing(first),
                *(target, cited.title, cited.kind, cited.year, lag, way),
                *(first.resolution.by, named),
                *_where(group),
            )
        )
    return _table(rows, CITATION_COLUMNS)


def _unresolved(resolved: Iterable[_Named]) -> pd.DataFrame:
    missing = [n for n in resolved if not n.resolution.target]
    name = _names(n.naming for n in missing)
    groups: dict[tuple[str, str, str, str], list[_Named]] = {}
    for n in missing:
        key = (n.citing.id, name[_bare(n.naming)], n.naming.way, n.naming.relation)
        groups.setdefault(key, []).append(n)
    rows = []
    for (_, called, _, _), group in sorted(groups.items()):
        first = group[0]
        best = max((n.naming for n in group), key=lambda m: (bool(m.doc_number), len(m.title)))
        rows.append(
            (
                *_citing(first),
                *(best.title, best.doc_number, best.year, best.is_policy, called),
                *(first.resolution.reason, " ".join(first.resolution.candidates)),
                *_where(group),
            )
        )
    return _table(rows, UNRESOLVED_COLUMNS)


def _bare(naming: Naming) -> tuple[str, str]:
    title = title_key(without_issuers(naming.title, naming.people))
    return number_key(naming.doc_number) if naming.doc_number else "", title


def _names(missing: Iterable[Naming]) -> dict[tuple[str, str], str]:
    """One name for each work: its number, wherever any citation of the title tells it."""
    keys = sorted({_bare(naming) for naming in missing})
    numbers: dict[str, set[str]] = {}
    for number, title in keys:
        if number and title:
            numbers.setdefault(title, set()).add(number)
    only = {title: min(found) for title, found in numbers.items() if len(found) == 1}
    return {(number, title): number or only.get(title, title) for number, title in keys}


def _missing(unresolved: pd.DataFrame) -> pd.DataFrame:
    """The works that are not in the corpus, the most cited first."""
    rows = []
    for called, part in unresolved.groupby("work", sort=True):
        citing = part.drop_duplicates("citing").sort_values(["citing_year", "citing"])
        kinds = citing["citing_kind"].value_counts()
        titles = part["title"].value_counts()
        title = min((t for t in titles.index if t), key=lambda t: (-titles[t], t), default="")
        numbers = sorted(set(part["doc_number"]) - {""})
        rows.append(
            (
                *(called, title, numbers[0] if numbers else "", part["year"].min()),
                *(bool(part["is_policy"].any()), len(citing)),
                *(int(kinds.get("paper", 0)), int(kinds.get("policy", 0))),
                citing["citing_year"].min(),
                "；".join(citing["citing_title"]),
            )
        )
    rows.sort(key=lambda row: (-row[5], row[0]))
    return _table(rows, MISSING_COLUMNS)


def _dated(named: Iterable[_Named]) -> Iterator[tuple[int, str]]:
    for n in named:
        if n.naming.way == "reference" and n.naming.year is not None:
            who = n.naming.people[0] if n.naming.people else ""
            yield n.naming.year, f"{who} {n.naming.title}".strip()


def _main_path(edges: Iterable[Edge], works: Mapping[str, Work]) -> pd.DataFrame:
    graph = nx.DiGraph()
    graph.add_edges_from((edge.cited, edge.citing) for edge in edges)
    graph = acyclic(graph)
    counts = search_path_counts(graph)
    path = main_path(graph)
    rows = []
    for step, doc_id in enumerate(path, 1):
        one = works[doc_id]
        count = counts[path[step - 2], doc_id] if step > 1 else None
        rows.append((step, doc_id, one.title, one.kind, one.year, count))
    return _table(rows, PATH_COLUMNS)


def _network(tables: Mapping[str, pd.DataFrame], works: Mapping[str, Work]) -> nx.DiGraph:
    """Documents, and the works not here that two or more of them cite, with who cites whom."""
    graph = nx.DiGraph()
    for row in tables["citations"].itertuples(index=False):
        for one in (works[row.citing], works[row.cited]):
            graph.add_node(
                one.id,
                label=one.title,
                kind=one.kind,
                year=one.year or 0,
                level=one.level,
                region=one.region,
                in_corpus=True,
            )
        _link(graph, row.citing, row.cited, row.relation)
    shared = tables["cited_elsewhere"]
    shared = shared[shared["documents"] > 1]
    for row in shared.itertuples(index=False):
        kind = "policy" if row.is_policy else "other"
        label = row.title or row.doc_number
        graph.add_node(row.work, label=label, kind=kind, year=0, level="", region="")
        graph.nodes[row.work]["in_corpus"] = False
    outside = tables["unresolved"]
    for row in outside[outside["work"].isin(shared["work"])].itertuples(index=False):
        if row.citing not in graph:
            one = works[row.citing]
            graph.add_node(one.id, label=one.title, kind=one.kind, year=one.year or 0)
            graph.nodes[one.id].update(level=one.level, region=one.region, in_corpus=True)
        _link(graph, row.citing, row.work, row.relation)
    return graph


def _link(graph: nx.DiGraph, citing: str, cited: str, relation: str) -> None:
    """A link; what a document does to another is told by its strongest word."""
    before = graph.get_edge_data(citing, cited, {}).get("relation", "cites")
    graph.add_edge(citing, cited, relation=before if relation == "cites" else relation)


def _table(rows: Iterable[tuple[object, ...]], columns: Sequence[str]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=list(columns))
    whole = [
        *("citing_year", "cited_year", "year", "lag", "start", "end", "first_year", "first_paper"),
        *("first_lag", "path_count", "years_watched"),
    ]
    return table.astype({name: "Int64" for name in whole if name in table})


def _notes(cited: pd.DataFrame, unresolved: pd.DataFrame) -> tuple[Note, ...]:
    both = len(cited) + len(unresolved)
    share = f"{len(cited) / both:.0%}" if both else "–"
    return (
        Note(
            f"引用中有 {share} 指向库内文献（{len(cited)}/{both}）；其余见 unresolved.csv，各附原因。"
            "扩散与滞后只就库内文献而言，且以语料末年为截止。",
            f"{share} of the citations lead to documents of the corpus ({len(cited)} of {both});"
            " unresolved.csv gives the reason for each of the others. Diffusion and lags are of"
            " the corpus, and end with it.",
        ),
    )
