"""The full-text index as a reader has it: queries, hits with snippets, facets.

How the index comes to be, and is kept up to date, is `textmine.store.indexing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import tantivy

from textmine.errors import StoreError
from textmine.records import Hit
from textmine.search import FACETS, Compiler, Node, parse, snippet, terms
from textmine.search.language import Term
from textmine.store.catalogue import Catalogue
from textmine.store.faults import REPAIR
from textmine.store.indexing import current_index
from textmine.store.workspace import Workspace

Sort = Literal["relevance", "newest", "oldest"]
FACET_VALUES = 200


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, with counts over all of them.

    `relaxed` says that nothing held the query as typed, and that these documents merely share
    words with it.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]
    relaxed: bool


class SearchIndex:
    """The index, opened for reading together with the catalogue that it was made from.

    Raises
    ------
    StoreError
        When there is no index yet.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._open()

    def _open(self) -> None:
        pointer = current_index(self._workspace)
        if pointer is None:
            raise StoreError("There is no index yet.", remedy="Run `textmine update`.")
        try:
            self._index = tantivy.Index.open(str(pointer.folder))
        except ValueError as error:
            raise StoreError(f"The index cannot be opened: {error}", remedy=REPAIR) from error
        self._folder = pointer.folder
        self._compiler = Compiler(
            self._index.schema, self._workspace.segmenter.words, self._workspace.settings.search
        )

    def _refresh(self) -> None:
        """See the last commit, or the new index after a swap."""
        pointer = current_index(self._workspace)
        if pointer is not None and pointer.folder != self._folder:
            self._open()
        else:
            self._index.reload()

    def search(
        self, query: str, *, limit: int = 10, offset: int = 0, sort: Sort = "relevance"
    ) -> Results:
        """Find documents; see `textmine.search.language` for what can be asked.

        Parameters
        ----------
        limit, offset
            Which stretch of the hits to return.
        sort
            By score, or by date.

        Raises
        ------
        QueryError
            When the query cannot be understood.
        """
        node = parse(query)
        self._refresh()
        searcher = self._index.searcher()
        compiled = self._compiler.compile(node)
        total = searcher.search(compiled, limit=1).count
        relaxed = total == 0 and isinstance(node, Term) and not node.field and not node.exact
        if relaxed and isinstance(node, Term):
            compiled = self._compiler.related(node.text)
            total = searcher.search(compiled, limit=1).count
        found = self._page(searcher, compiled, limit, offset, sort)
        strings = self._strings(node, relaxed)
        hits = tuple(self._hit(doc_id, score, strings) for doc_id, score in found)
        return Results(total, hits, _facets(searcher, compiled), relaxed)

    def _page(
        self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int, sort: Sort
    ) -> list[tuple[str, float]]:
        if limit < 1:
            return []
        if sort == "relevance":
            hits = searcher.search(query, limit=limit, offset=offset, count=False).hits
        else:
            order = tantivy.Order.Desc if sort == "newest" else tantivy.Order.Asc
            hits = searcher.search(
                query, limit=limit, offset=offset, count=False, order_by_field="day", order=order
            ).hits
        scores = [key if isinstance(key, float) else 0.0 for key, _ in hits]
        ids = [searcher.doc(address)["doc_id"][0] for _, address in hits]
        return list(zip(ids, scores, strict=True))

    def _strings(self, node: Node, relaxed: bool) -> list[str]:
        if relaxed and isinstance(node, Term):
            return [w for w in self._compiler.words(node.text) if len(w) > 1] or [node.text]
        return [term.text for term in terms(node) if term.field not in ("kind", "concept")]

    def _hit(self, doc_id: str, score: float, strings: Sequence[str]) -> Hit:
        document = self._catalogue.document(doc_id)
        if document is None:  # removed since the index was opened
            return Hit(doc_id, "", None, "other", score)
        shown = snippet(document.text, strings)
        return Hit(
            doc_id,
            document.title,
            document.year,
            document.kind,
            round(score, 4),
            shown.text,
            shown.highlights,
        )


def _facets(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, list[tuple[str, int]]]:
    fields = {name: "year" if name == "year" else f"{name}_facet" for name in FACETS}
    counted = searcher.aggregate(
        query,
        {name: {"terms": {"field": field, "size": FACET_VALUES}} for name, field in fields.items()},
    )
    facets = {}
    for name in FACETS:
        rows = [
            (str(int(b["key"])) if name == "year" else str(b["key"]), int(b["doc_count"]))
            for b in counted[name]["buckets"]
        ]
        by_year = name == "year"
        facets[name] = sorted(rows, key=lambda row: (row[0] if by_year else -row[1], row[0]))
    return facets
