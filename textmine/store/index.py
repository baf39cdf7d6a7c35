"""The full-text index as a reader has it: queries, hits with snippets, facets.

How the index comes to be, and is kept up to date, is `textmine.store.indexing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import tantivy

from textmine import markup
from textmine.errors import StoreError
from textmine.records import Document, Hit
from textmine.search import FACETS, Compiler, Node, concept_names, fold, parse, snippet, terms
from textmine.search.language import Term, Wild
from textmine.search.schema import title_order
from textmine.search.synonyms import synonym_groups, widened
from textmine.search.wildcards import Pattern
from textmine.store.catalogue import Catalogue
from textmine.store.cited import citation_counts, most_cited
from textmine.store.faults import REPAIR
from textmine.store.indexing import current_index, reasons_to_rebuild, watermark
from textmine.store.lookups import lookups
from textmine.store.versions import SHORTEST_TITLE, YEARS_APART, same_work
from textmine.store.workspace import Workspace

Read = Callable[[str], Document | None]
Sort = Literal["relevance", "newest", "oldest", "title", "cited"]
FACET_VALUES = 200
ALL_YEARS = 1000  # a histogram has no gaps
MOST_VERSIONS = 10  # documents of one title that are compared
SNAPSHOTS = 4  # states of the index that pages can still be turned in
# Fields whose terms are names of documents' properties, not words of their texts.
UNSHOWN = ("kind", "level", "region", "source", "has", "topic", "collection", "id", "year", "cites")


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, with counts over all of them.

    Attributes
    ----------
    facets
        For each facet its values with how many of all hits have them: years in order, others by
        count, then by name.
    relaxed
        Nothing held the query as typed; these documents merely share words with it.
    generation
        Of the index that was asked. Ask for the next page with it, and an update in between
        changes nothing.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]
    relaxed: bool
    generation: int = 0

    def _repr_html_(self) -> str:
        rows = [
            (hit.year, hit.title, markup.highlighted(hit.snippet, hit.highlights), hit.id)
            for hit in self.hits
        ]
        header = ("year", "title", "snippet", "id")
        return markup.table(header, rows, f"{len(self.hits)} / {self.total}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query shows of a text: these strings, and strings with holes.

    `words` are those of the strings that count only as whole segmented words.
    """

    strings: tuple[str, ...]
    patterns: tuple[Pattern, ...] = ()
    words: frozenset[str] = frozenset()


class SearchIndex:
    """The index, opened for reading together with the catalogue that it was made from.

    Raises
    ------
    StoreError
        When there is no index yet, or one of another version.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._index: tantivy.Index
        self._folder: Path | None = None
        self._snapshots: dict[int, tantivy.Searcher] = {}
        self._synonyms = synonym_groups(workspace.lexicon.synonyms)
        self._refresh()

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        generation: int | None = None,
    ) -> Results:
        """Find documents; see `textmine.search.language` for what can be asked.

        Parameters
        ----------
        limit, offset
            Which stretch of the hits to return.
        sort
            By score, by date, by title (in the order of its characters' codes), or by how many
            documents of the corpus cite it, which then is the score of the hit.
        generation
            Of an earlier page, to turn pages in the same state of the index; as long as it is
            among the last states that this object has seen, otherwise the newest is asked.

        Raises
        ------
        QueryError
            When the query cannot be understood.
        UsageError
            When hits shall be sorted by citations, and none were resolved yet.
        """
        node = self.parsed(query)
        now, searcher = self._searcher(generation)
        compiled, total, relaxed = self._compiled(searcher, node)
        found = self._page(searcher, compiled, limit, offset, sort)
        wanted = self._relaxed_words(node) if relaxed else self.wanted(node)
        # Hits of one title are compared with each other: each is read once.
        read = cache(self._catalogue.document)
        hits = tuple(self._hit(searcher, doc_id, score, wanted, read) for doc_id, score in found)
        return Results(total, hits, count_facets(searcher, compiled), relaxed, now)

    def ids(self, query: str, *, sort: Sort = "relevance") -> list[str]:
        """The ids of all documents that a query finds as typed, in order."""
        node = self.parsed(query)
        _, searcher = self._searcher(None)
        compiled = self._compiler.compile(node)
        total = searcher.search(compiled, limit=1).count
        return [doc_id for doc_id, _ in self._page(searcher, compiled, total, 0, sort)]

    def similar(self, words: Sequence[tuple[str, float]], *, limit: int) -> list[tuple[str, float]]:
        """Documents that hold weighted words, best first: (id, score)."""
        _, searcher = self._searcher(None)
        return self._page(searcher, self._compiler.weighted(words), limit, 0, "relevance")

    def document_frequencies(self) -> Callable[[str], int]:
        """Tells in how many documents a segmented word stands in title, abstract or body."""
        _, searcher = self._searcher(None)
        fields = [f"{name}_words" for name in ("title", "abstract", "body")]
        return lambda word: max(int(searcher.doc_freq(name, word)) for name in fields)

    def __len__(self) -> int:
        # One entry is the watermark.
        return int(self._searcher(None)[1].num_docs) - 1

    def parsed(self, query: str) -> Node:
        """The tree of a query, with the synonyms of its words."""
        return widened(parse(query), self._synonyms)

    def wanted(self, node: Node) -> Wanted:
        """What of a query can be shown in a text."""
        strings: list[str] = []
        patterns: list[Pattern] = []
        for term in terms(node):
            if isinstance(term, Wild):
                patterns.append(term.pattern)
            elif term.field == "concept":
                strings += self._labels(term.text)
            elif isinstance(term, Term) and term.field not in UNSHOWN:
                strings.append(term.text)
            elif not isinstance(term, Term):
                strings += term.text.split() if " " in term.text else self._words(term.text)
        exact = (fold(t.text) for t in terms(node) if isinstance(t, Term) and t.exact)
        return Wanted(tuple(strings), tuple(patterns), frozenset(exact))

    def _labels(self, name: str) -> Iterator[str]:
        """Every label of a concept and of its narrower ones."""
        scheme = self._workspace.scheme
        concept = self._compiler.concepts.get(fold(name), "")
        if concept in scheme:
            for one in (concept, *scheme.narrower(concept)):
                yield from scheme[one].labels

    def _words(self, text: str) -> list[str]:
        return [word for word in self._compiler.words(text) if len(word) > 1] or [text]

    def _relaxed_words(self, node: Node) -> Wanted:
        return Wanted(tuple(self._words(node.text))) if isinstance(node, Term) else Wanted(())

    def _compiled(self, searcher: tantivy.Searcher, node: Node) -> tuple[tantivy.Query, int, bool]:
        """The query, how many documents it finds, and whether it had to be relaxed for that."""
        compiled = self._compiler.compile(node)
        total = searcher.search(compiled, limit=1).count
        if total or not isinstance(node, Term) or node.field or node.exact:
            return compiled, total, False
        compiled = self._compiler.related(node.text)
        return compiled, searcher.search(compiled, limit=1).count, True

    def _searcher(self, generation: int | None) -> tuple[int, tantivy.Searcher]:
        """The state of the index to ask, with its generation."""
        if generation is not None and (kept := self._snapshots.get(generation)):
            return generation, kept
        self._refresh()
        searcher = self._index.searcher()
        now = watermark(self._index)
        self._snapshots[now] = searcher
        # Threads may be at it together, hence the copy, and no complaint about what is gone.
        for old in sorted([*self._snapshots])[:-SNAPSHOTS]:
            self._snapshots.pop(old, None)
        return now, searcher

    def _refresh(self) -> None:
        """See the last commit, and the new index after a swap."""
        pointer = current_index(self._workspace)
        if pointer is None:
            raise StoreError("There is no index yet.", remedy="Run `textmine update`.")
        if pointer.folder == self._folder:
            self._index.reload()
            return
        if {"schema", "tantivy"} & {*reasons_to_rebuild(self._workspace, self._catalogue)}:
            raise StoreError(
                "The index was made by another version of textmine.",
                remedy="Run `textmine update`.",
            )
        try:
            self._index = tantivy.Index.open(str(pointer.folder))
        except ValueError as error:
            raise StoreError(f"The index cannot be opened: {error}", remedy=REPAIR) from error
        self._folder = pointer.folder
        self._snapshots.clear()
        segmenter = self._workspace.segmenter
        self._compiler = Compiler(
            self._index.schema,
            lambda text: segmenter.cut([text], threads=1).words(0),
            self._workspace.settings.search,
            concept_names(self._workspace.scheme),
            lookups(self._workspace),
        )

    def _page(
        self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int, sort: Sort
    ) -> list[tuple[str, float]]:
        """One stretch of the hits in an order: (id, score)."""
        if limit < 1:
            return []
        if sort == "cited":
            counts = citation_counts(self._workspace)
            schema = self._index.schema
            found = most_cited(searcher, schema, query, counts, limit=limit, offset=offset)
        elif sort == "relevance":
            hits = searcher.search(query, limit=limit, offset=offset, count=False).hits
            found = [(address, float(score)) for score, address in hits]
        else:
            hits = searcher.search(
                query,
                limit=limit,
                offset=offset,
                count=False,
                order_by_field="title_order" if sort == "title" else "day",
                order=tantivy.Order.Desc if sort == "newest" else tantivy.Order.Asc,
            ).hits
            found = [(address, 0.0) for _, address in hits]
        return [(searcher.doc(address)["doc_id"][0], score) for address, score in found]

    def versions(self, doc_id: str, document: Document) -> list[str]:
        """Ids of other documents that are the same work; see `textmine.store.versions`."""
        read = self._catalogue.document
        return list(self._versions(self._searcher(None)[1], doc_id, document, read))

    def _hit(
        self,
        searcher: tantivy.Searcher,
        doc_id: str,
        score: float,
        wanted: Wanted,
        read: Read,
    ) -> Hit:
        document = read(doc_id)
        if document is None:  # removed since the index was opened
            return Hit(doc_id, "", None, "other", score)
        shown = snippet(document.text, wanted.strings, patterns=wanted.patterns)
        return Hit(
            doc_id,
            document.title,
            document.year,
            document.kind,
            round(score, 4),
            shown.text,
            shown.highlights,
            tuple(self._versions(searcher, doc_id, document, read)),
        )

    def _versions(
        self, searcher: tantivy.Searcher, doc_id: str, document: Document, read: Read
    ) -> Iterator[str]:
        """Ids of other documents that are the same work, by the title that sorts them."""
        title = title_order(document.title)
        if len(title) < SHORTEST_TITLE:
            return
        titled = self._compiler.titled(title, document.year, YEARS_APART)
        found = searcher.search(titled, limit=MOST_VERSIONS, count=False).hits
        ids = (searcher.doc(address)["doc_id"][0] for _, address in found)
        for other_id in ids:
            other = read(other_id) if other_id != doc_id else None
            if other is not None and same_work(document, other):
                yield other_id


def count_facets(
    searcher: tantivy.Searcher, query: tantivy.Query
) -> dict[str, list[tuple[str, int]]]:
    """The values of every facet, with how many of the hits of a query have them."""
    asked = {
        name: {
            "terms": {
                "field": "year" if name == "year" else f"{name}_facet",
                "size": ALL_YEARS if name == "year" else FACET_VALUES,
            }
        }
        for name in FACETS
    }
    counted = searcher.aggregate(query, asked)
    facets = {}
    for name in FACETS:
        rows = [
            (str(int(b["key"])) if name == "year" else str(b["key"]), int(b["doc_count"]))
            for b in counted[name]["buckets"]
        ]
        by_year = name == "year"
        facets[name] = sorted(rows, key=lambda row: (row[0] if by_year else -row[1], row[0]))
    return facets
