"""What the pages of analyses show: topics, network, evolution, claims, updates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from textmine.figures.theme import Lang
from textmine.records import Failure
from textmine.store.catalogue import Change, UpdateRow
from textmine.web.library import Reader
from textmine.web.tables import Results, Source

TOPIC_TABLES = ("topics", "topic_documents", "topic_years")
NETWORK_TABLES = ("network_nodes", "network_edges")
EVOLUTION_TABLES = ("concept_shares", "concept_trends", "concept_bursts")
CLAIM_TABLES = ("claims",)
# Lines beyond these hide the map; every node keeps its strongest.
MOST_EDGES = 400
KEPT_PER_NODE = 3
MAP = 1000.0  # units of the drawing, either way
QUOTES = 100
CHANGES = 200
# Below the full height of a small chart: years on the axis.
CHART_WIDTH, CHART_HEIGHT = 640.0, 220.0


def found_at(query: str) -> str:
    """The address of a query's results."""
    return f"/?{urlencode({'q': query})}"


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a year in units of the drawing, with the documents behind it."""

    year: int
    x: float
    y: float
    share: float
    count: int
    of: int
    href: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One series over the years: its line, its band, its points, and the scale."""

    name: str
    points: tuple[Point, ...]
    line: str
    band: str
    top: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its words, its share, its typical documents and its shares by year."""

    number: int
    label: str
    words: tuple[str, ...]
    prevalence: float
    npmi: float | None
    documents: tuple[tuple[str, str, int | None, float], ...]
    spark: str
    years: tuple[int, int] | None
    href: str


def topics(results: Results, reader: Reader, query: str) -> tuple[Source, list[Topic]]:
    """The topics of the collection or of a result set."""
    source = results.of(reader, "topics", query, TOPIC_TABLES)
    years, typical = source["topic_years"], source["topic_documents"]
    made = []
    for row in source["topics"].to_dict("records"):
        number = int(row["topic"])
        own = years[years["topic"] == number] if len(years) else years
        documents = typical[typical["topic"] == number] if len(typical) else typical
        words = tuple(str(row["words"]).split("、"))
        href = "" if query else found_at(f"topic:{number}")
        made.append(
            Topic(
                number,
                str(row["label"]),
                words,
                float(row["prevalence"]),
                _number(row.get("npmi")),
                tuple(
                    (str(d["doc_id"]), str(d["title"]), _year(d["year"]), float(d["share"]))
                    for d in documents.head(5).to_dict("records")
                ),
                _spark(own),
                (int(own["year"].min()), int(own["year"].max())) if len(own) else None,
                href,
            )
        )
    return source, made


def _spark(years: pd.DataFrame) -> str:
    """The shares of a topic as the points of a line, 120 wide and 30 high."""
    if len(years) < 2:
        return ""
    first, span = int(years["year"].min()), max(1, int(years["year"].max() - years["year"].min()))
    top = max(float(years["share"].max()), 1e-9)
    return " ".join(
        f"{120 * (int(y) - first) / span:.1f},{30 - 28 * float(s) / top:.1f}"
        for y, s in zip(years["year"], years["share"], strict=True)
    )


@dataclass(frozen=True, slots=True)
class Node:
    """A word of the network in units of the drawing."""

    n: int
    term: str
    x: float
    y: float
    radius: float
    community: int
    occurrences: int
    href: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two nodes, by their numbers."""

    a: Node
    b: Node
    count: int
    width: float
    href: str


def network(results: Results, reader: Reader, query: str) -> tuple[Source, list[Node], list[Edge]]:
    """The network of the collection or of a result set, placed on its map."""
    source = results.of(reader, "network", query, NETWORK_TABLES)
    table = source["network_nodes"]
    if table.empty:
        return source, [], []
    within = f"({query}) " if query else ""
    reach = max(float(table["x"].abs().max()), float(table["y"].abs().max()), 1e-9)
    most = float(table["occurrences"].max())
    nodes = [
        Node(
            n,
            str(row["term"]),
            round(MAP * (0.5 + 0.45 * row["x"] / reach), 1),
            round(MAP * (0.5 + 0.45 * row["y"] / reach), 1),
            # The area says how many documents hold the word.
            round(5 + 17 * (row["occurrences"] / most) ** 0.5, 1),
            int(row["community"]),
            int(row["occurrences"]),
            found_at(f'{within}"{_quotable(row["term"])}"'),
        )
        for n, row in enumerate(table.to_dict("records"))
    ]
    by_term = {node.term: node for node in nodes}
    rows = _strongest(source["network_edges"])
    heaviest = float(rows["weight"].max()) if len(rows) else 1.0
    edges = [
        Edge(
            a,
            b,
            int(row["cooccurrence"]),
            round(0.6 + 3.4 * float(row["weight"]) / heaviest, 2),
            found_at(f'{within}"{_quotable(a.term)}" "{_quotable(b.term)}"'),
        )
        for row in rows.to_dict("records")
        if (a := by_term.get(str(row["a"]))) and (b := by_term.get(str(row["b"])))
    ]
    return source, nodes, edges


def _strongest(edges: pd.DataFrame) -> pd.DataFrame:
    """The heaviest edges, and the heaviest few of every node."""
    ordered = edges.sort_values(["weight", "a", "b"], ascending=[False, True, True])
    ends = pd.concat([ordered["a"], ordered["b"]])
    nth = ends.groupby(ends).cumcount()
    per_node = nth[nth < KEPT_PER_NODE].index.unique()
    kept = ordered.index[:MOST_EDGES].union(per_node)
    return ordered.loc[ordered.index.isin(kept)]


def _quotable(term: object) -> str:
    return str(term).replace('"', " ").replace("“", " ").replace("”", " ")


@dataclass(frozen=True, slots=True)
class Followed:
    """A concept over the years with what the analysis says of it."""

    concept: str
    chart: Chart
    trend: Mapping[str, object]
    bursts: tuple[str, ...]


def evolution(
    results: Results, reader: Reader, query: str, lang: Lang
) -> tuple[Source, list[Followed]]:
    """The concepts over the years, in the collection or in a result set."""
    source = results.of(reader, "evolution", query, EVOLUTION_TABLES)
    shares, scheme = source["concept_shares"], reader.workspace.scheme
    if shares.empty:
        return source, []
    trends = {row["concept"]: row for row in _rows(source["concept_trends"])}
    bursts = source["concept_bursts"].dropna(subset=["first", "last"])
    top = max(0.05, float(shares["high"].max()))
    followed = []
    for concept, rows in shares.groupby("concept", sort=False):
        name = scheme[str(concept)].name(lang) if concept in scheme else str(concept)
        own = bursts[bursts["concept"] == concept]
        followed.append(
            Followed(
                str(concept),
                _chart(name, str(concept), rows, top, query),
                trends.get(concept, {}),
                tuple(f"{int(b['first'])}–{int(b['last'])}" for b in _rows(own)),
            )
        )
    return source, followed


def _chart(name: str, concept: str, rows: pd.DataFrame, top: float, query: str) -> Chart:
    first, last = int(rows["year"].min()), int(rows["year"].max())
    span = max(1, last - first)
    within = f"({query}) " if query else ""

    def place(year: int, share: float) -> tuple[float, float]:
        x = CHART_WIDTH * (year - first) / span
        return round(x, 1), round(CHART_HEIGHT * (1 - share / top), 1)

    points = []
    for row in rows.to_dict("records"):
        year = int(row["year"])
        if pd.isna(row["share"]):  # a year without documents
            continue
        x, y = place(year, float(row["share"]))
        href = found_at(f"{within}concept:{concept} year:{year}")
        count, of = int(row["with_concept"]), int(row["documents"])
        points.append(Point(year, x, y, float(row["share"]), count, of, href))
    known = rows.dropna(subset=["low", "high"])
    upper = [place(int(y), float(v)) for y, v in zip(known["year"], known["high"], strict=True)]
    lower = [place(int(y), float(v)) for y, v in zip(known["year"], known["low"], strict=True)]
    band = " ".join(f"{x},{y}" for x, y in [*upper, *reversed(lower)])
    line = " ".join(f"{p.x},{p.y}" for p in points)
    return Chart(name, tuple(points), line, band, top, first, last)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many documents say it of a pair; `shade` from 0 to 5."""

    documents: int
    against: int
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class ClaimMap:
    """Concept by concept, and the sentences of the chosen pair."""

    source: Source
    relations: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]
    columns: tuple[str, ...]
    quotes: tuple[Mapping[str, object], ...]
    total: int


def claims(
    results: Results,
    reader: Reader,
    query: str,
    chosen: tuple[str, str, str],
    lang: Lang,
) -> ClaimMap:
    """Which concept is said to do what to which, and in which words.

    Parameters
    ----------
    chosen
        Relation, subject and object that are asked for; empty for any.
    """
    source = results.of(reader, "claims", "", CLAIM_TABLES)
    table = source["claims"]
    if query and len(table):
        table = table[table["document"].isin(reader.index.ids(query))]
    source = Source(query, source.generation, {"claims": table})
    if table.empty:
        return ClaimMap(source, (), (), (), (), 0)
    relation, subject, target = chosen
    relations = tuple(
        (str(name), int(count)) for name, count in table["relation"].value_counts().items()
    )
    shown = table[table["relation"] == relation] if relation else table
    names = {concept.id: concept.name(lang) for concept in reader.workspace.scheme}
    stated = shown[~shown["modality"].isin(("question", "hypothesis"))]
    rows, columns = _grid(stated, names, query, relation)
    for name, value in (("subject", subject), ("object", target)):
        shown = shown[shown[name] == value] if value else shown
    shown = shown.sort_values(["year", "document", "start"], ascending=[False, True, True])
    quotes = tuple(
        {
            **row,
            "subject": names.get(row["subject"], row["subject"]),
            "object": names.get(row["object"], row["object"]),
            "year": _year(row["year"]),
        }
        for row in _rows(shown.head(QUOTES))
    )
    return ClaimMap(source, relations, rows, columns, quotes, len(shown))


def _grid(
    stated: pd.DataFrame, names: Mapping[str, str], query: str, relation: str
) -> tuple[tuple[tuple[str, tuple[Cell | None, ...]], ...], tuple[str, ...]]:
    pairs = stated.drop_duplicates(["subject", "object", "document", "polarity"])
    counted = pairs.groupby(["subject", "object", "polarity"]).size()
    counts: dict[tuple[str, str], list[int]] = {}
    for (subject, target, polarity), n in counted.items():
        counts.setdefault((subject, target), [0, 0])[polarity == "negative"] += int(n)
    most = max((sum(n) for n in counts.values()), default=1)
    subjects = _busiest(stated["subject"])
    objects = _busiest(stated["object"])

    def cell(subject: str, target: str) -> Cell | None:
        if (subject, target) not in counts:
            return None
        said, against = counts[subject, target]
        asked = {"q": query, "relation": relation, "subject": subject, "object": target}
        address = urlencode({key: value for key, value in asked.items() if value})
        shade = max(1, round(5 * ((said + against) / most) ** 0.5))
        return Cell(said, against, shade, f"/claims?{address}#quotes")

    rows = tuple((names.get(s, s), tuple(cell(s, o) for o in objects)) for s in subjects)
    return rows, tuple(names.get(o, o) for o in objects)


def _busiest(concepts: pd.Series) -> list[str]:
    """The most frequent concepts, as many as a screen is wide."""
    counts = concepts.value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return [str(concept) for concept, _ in ordered[:14]]


@dataclass(frozen=True, slots=True)
class History:
    """The updates, the newest first, with what the last one changed and what is refused."""

    updates: tuple[UpdateRow, ...]
    changes: tuple[Change, ...]
    failures: tuple[Failure, ...]


def updates(reader: Reader, generation: int | None) -> History:
    """What an update changed: the one asked for, or the last."""
    with reader.catalogue.snapshot() as catalogue:
        rows = catalogue.updates()
        asked = (
            generation if generation is not None else max((r.generation for r in rows), default=0)
        )
        changes = catalogue.changes(asked - 1, asked)[:CHANGES] if asked else []
        return History(tuple(reversed(rows)), tuple(changes), tuple(catalogue.failures()))


def _rows(table: pd.DataFrame) -> Sequence[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.astype(object).where(table.notna(), None).to_dict("records")
    return rows


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not pd.isna(value) else None


def _year(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and not pd.isna(value) else None
