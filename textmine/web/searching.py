"""The search page as values: hits, facets with the addresses that narrow down, years, pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote_plus, urlencode

from textmine.errors import UsageError
from textmine.export import Format, export
from textmine.figures.theme import Lang
from textmine.records import Hit
from textmine.search import FACETS, parse
from textmine.store.cited import citations_resolved
from textmine.store.index import Results, Sort
from textmine.store.versions import grouped
from textmine.web.language import value_name
from textmine.web.library import Reader

PAGE = 20  # hits
MAX_PAGES = 250  # every further page costs as much as all before it
MOST_EXPORTED = 5000  # some seconds; the command has no limit
MAX_CONDITIONS = 20
SHOWN_VALUES = 8  # of a facet, before "more"
MOST_VALUES = 24
SORTS: tuple[Sort, ...] = get_args(Sort)
# Whole values of these are asked for with `=`; the others have few values, which are names.
LISTED = ("region", "issuer", "journal", "source", "author", "keyword")


@dataclass(frozen=True, slots=True)
class Question:
    """What a page was asked: a query, values of facets, an order, a page."""

    q: str = ""
    conditions: tuple[str, ...] = ()
    sort: Sort = "relevance"
    page: int = 1
    generation: int | None = None

    def __bool__(self) -> bool:
        """Whether anything is asked: without, all documents are meant."""
        return bool(self.q.strip() or self.conditions)

    def query(self) -> str:
        """The query with its conditions, in the query language.

        Raises
        ------
        QueryError
            When the query cannot be understood; the position is one of `q`.
        UsageError
            When a condition is none.
        """
        q = self.q.strip()
        parse(self.q)
        if not self.conditions:
            return q
        if len(self.conditions) > MAX_CONDITIONS:
            raise UsageError("There are too many conditions.", remedy="Drop some.")
        narrowed = " ".join(map(_condition, self.conditions))
        return f"({q}) {narrowed}" if q else narrowed

    def address(self, path: str = "/", **changes: object) -> str:
        """The address of this question with some of it changed; `page` starts again at 1."""
        values: dict[str, object] = {"q": self.q, "f": self.conditions, "sort": self.sort}
        values |= changes
        kept = {
            key: value
            for key, value in values.items()
            if value not in ("", (), None) and (key, value) != ("sort", "relevance")
        }
        return f"{path}?{urlencode(kept, doseq=True)}" if kept else path

    def narrowing(self) -> str:
        """What becomes the address with one more condition when that is put behind it, quoted.

        A page has hundreds of such addresses, which differ in their ends alone.
        """
        address = self.address()
        return f"{address}{'&' if '?' in address else '?'}f="

    def without(self, condition: str) -> str:
        """The address without a condition."""
        return self.address(f=tuple(c for c in self.conditions if c != condition))


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how it is called, how many hits have it, where it leads."""

    name: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the most frequent first; `hidden` unfold."""

    name: str
    shown: tuple[Value, ...]
    hidden: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of the histogram, in units of its drawing."""

    year: int
    count: int
    x: float
    height: float
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A hit with its number, and the other documents of the same work: (id, where it lies)."""

    number: int
    hit: Hit
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that the search page shows; `entries` are the hits, versions put together."""

    question: Question
    results: Results
    entries: tuple[Entry, ...]
    facets: tuple[Facet, ...]
    bars: tuple[Bar, ...]
    pages: int
    first: int


def find(reader: Reader, question: Question, lang: Lang) -> Found:
    """Search, and prepare what the page shows.

    Raises
    ------
    QueryError
        When the query cannot be understood.
    UsageError
        When the page lies beyond the last one that can be shown.
    """
    # Without words every score is the same; the newest first says more.
    bare = not question.q.strip() and question.sort == "relevance"
    results = reader.index.search(
        question.query(),
        limit=PAGE,
        offset=(question.page - 1) * PAGE,
        sort="newest" if bare else question.sort,
        generation=question.generation,
    )
    reader.seen.add(results.generation)
    pages = min(MAX_PAGES, max(1, -(-results.total // PAGE)))
    facets = tuple(_facets(reader, results, question, lang))
    first = (question.page - 1) * PAGE + 1
    bars = tuple(histogram(results.facets.get("year", []), question))
    entries = tuple(_entries(reader, results, first))
    return Found(question, results, entries, facets, bars, pages, first)


def _entries(reader: Reader, results: Results, first: int) -> Iterator[Entry]:
    for place, hit in grouped(results.hits):
        others = reader.catalogue.documents(hit.versions)
        yield Entry(first + place, hit, tuple((i, d.source) for i, d in others))


def sorts(reader: Reader) -> tuple[Sort, ...]:
    """The orders that hits can have: by citations once these were resolved."""
    known = citations_resolved(reader.workspace)
    return tuple(one for one in SORTS if known or one != "cited")


def _condition(condition: str) -> str:
    """`author:王缉慈` as the query language has it."""
    name, colon, value = condition.partition(":")
    if not colon or name not in FACETS or not value.strip() or '"' in value:
        raise UsageError(
            f"{condition!r} is no condition.", remedy=f"Write field:value; {', '.join(FACETS)}."
        )
    if name in LISTED:
        return f'{name}:="{value}"'
    return f"year:{value}" if name == "year" else f'{name}:"{value}"'


def _facets(reader: Reader, results: Results, question: Question, lang: Lang) -> list[Facet]:
    scheme = reader.workspace.scheme
    narrowing = question.narrowing()
    facets = []
    for name, rows in results.facets.items():
        if name == "year" or not rows:
            continue
        values = []
        for value, count in rows[:MOST_VALUES]:
            condition = f"{name}:{value}"
            if '"' in value:
                continue
            called = (
                scheme[value].name(lang)
                if name == "concept" and value in scheme
                else value_name(value, lang)
            )
            chosen = condition in question.conditions
            href = question.without(condition) if chosen else narrowing + quote_plus(condition)
            values.append(Value(called, count, href, chosen))
        facets.append(Facet(name, tuple(values[:SHOWN_VALUES]), tuple(values[SHOWN_VALUES:])))
    return facets


def histogram(rows: Sequence[tuple[str, int]], question: Question) -> list[Bar]:
    """Bars from the first year to the last, gaps included, 10 wide and up to 60 high."""
    counts = {int(year): count for year, count in rows if int(year) > 0}
    if not counts:
        return []
    first, last = min(counts), max(counts)
    most = max(counts.values())
    narrowing = question.narrowing()
    return [
        Bar(
            year,
            n,
            10.0 * (year - first),
            max(1.5, 60 * n / most),
            f"{narrowing}year%3A{year}",
        )
        for year in range(first, last + 1)
        if (n := counts.get(year, 0))
    ]


def exported(reader: Reader, question: Question, format: Format) -> bytes:
    """All hits of a question as a file, in its order.

    Raises
    ------
    UsageError
        When there are more than a browser should wait for.
    """
    ids = reader.index.ids(question.query(), sort=question.sort)
    if len(ids) > MOST_EXPORTED:
        raise UsageError(
            f"{len(ids)} documents are too many to export from a page.",
            remedy=f"Narrow the results to {MOST_EXPORTED}, or run `textmine export`.",
        )
    return export(list(reader.catalogue.documents(ids)), format)


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text cut at its highlights: (piece, whether it is one)."""
    parts: list[tuple[str, bool]] = []
    last = 0
    for start, end in spans:
        parts += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [part for part in (*parts, (text[last:], False)) if part[0]]


def plain_hit(hit: Hit) -> dict[str, object]:
    """A hit as the API gives it."""
    return {
        "id": hit.id,
        "title": hit.title,
        "year": hit.year,
        "kind": hit.kind,
        "score": hit.score,
        "snippet": hit.snippet,
        "highlights": [list(span) for span in hit.highlights],
        "versions": list(hit.versions),
    }
