"""The full-text index on disk: derived from the catalogue, rebuilt when in doubt.

The index carries a watermark entry with the catalogue's generation up to which it is complete.
Opening it for writing replays what came later; when the schema, the segmenter, the concept
scheme or tantivy itself has changed, it is built anew. Readers never wait.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import tantivy

from textmine.errors import StoreError
from textmine.records import Document, Hit
from textmine.search import FACETS, Compiler, Node, entry, parse, schema, snippet, terms
from textmine.search.language import Term
from textmine.search.schema import SCHEMA_VERSION
from textmine.store.catalogue import Catalogue
from textmine.store.workspace import Workspace

Sort = Literal["relevance", "newest", "oldest"]
WATERMARK = "watermark"
HEAP_BYTES = 128_000_000
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


def update_index(
    workspace: Workspace,
    catalogue: Catalogue,
    *,
    concepts: Callable[[Iterable[tuple[str, Document]]], Iterator[tuple[str, list[str]]]],
    progress: Callable[[int, int, str], None] = lambda done, total, doc_id: None,
) -> int:
    """Bring the index up to the catalogue's generation; the caller holds the writer's lock.

    Parameters
    ----------
    concepts
        Gives (id, concept ids with the broader ones) for (id, document) pairs, in their order.

    Returns
    -------
    int
        How many documents were indexed anew.
    """
    folder = workspace.state / "index"
    fingerprint = _fingerprint(workspace)
    if _made_from(folder) != fingerprint:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        tantivy.Index(schema(), path=str(folder)).writer(HEAP_BYTES, 1).commit()
        (folder / "made_from.json").write_text(json.dumps(fingerprint), encoding="utf-8")
    index = tantivy.Index.open(str(folder))
    changed = catalogue.changed_since(_watermark(index))
    if not changed:
        return 0
    # One thread: documents then lie in the index in the order of their ids.
    writer = index.writer(HEAP_BYTES, 1)
    # A crash between two file operations of tantivy leaves files that block the next commit.
    writer.garbage_collect_files()
    for doc_id in changed:
        writer.delete_documents_by_term("doc_id", doc_id)
    generation = catalogue.generation
    present = [doc_id for doc_id in changed if catalogue.has(doc_id)]
    for n, (doc_id, document, ids) in enumerate(_with_concepts(catalogue, present, concepts), 1):
        writer.add_document(
            entry(
                doc_id,
                document,
                words=workspace.segmenter.words,
                concepts=ids,
                generation=generation,
            )
        )
        progress(n, len(present), doc_id)
    _set_watermark(writer, generation)
    writer.commit()
    writer.wait_merging_threads()
    return len(present)


def _with_concepts(
    catalogue: Catalogue,
    ids: Sequence[str],
    concepts: Callable[[Iterable[tuple[str, Document]]], Iterator[tuple[str, list[str]]]],
) -> Iterator[tuple[str, Document, list[str]]]:
    """Documents with their concepts, a hundred at a time to keep memory bounded."""
    for start in range(0, len(ids), 100):
        batch = list(catalogue.documents(ids[start : start + 100]))
        for (doc_id, document), (_, found) in zip(batch, concepts(batch), strict=True):
            yield doc_id, document, found


def _fingerprint(workspace: Workspace) -> dict[str, Any]:
    return {
        "schema": SCHEMA_VERSION,
        "tantivy": tantivy.__version__,
        "segmenter": workspace.segmenter.fingerprint,
        "concepts": workspace.scheme.fingerprint,
    }


def _made_from(folder: Path) -> Any:
    try:
        return json.loads((folder / "made_from.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _watermark(index: tantivy.Index) -> int:
    searcher = index.searcher()
    found = searcher.search(
        tantivy.Query.term_query(index.schema, "doc_id", WATERMARK), limit=1
    ).hits
    return int(searcher.doc(found[0][1])["watermark"][0]) if found else 0


def _set_watermark(writer: tantivy.IndexWriter, generation: int) -> None:
    writer.delete_documents_by_term("doc_id", WATERMARK)
    mark = tantivy.Document()
    mark.add_text("doc_id", WATERMARK)
    mark.add_integer("generation", 0)
    mark.add_integer("watermark", generation)
    writer.add_document(mark)


class SearchIndex:
    """The index, opened for reading together with the catalogue that it was made from.

    Raises
    ------
    StoreError
        When there is no index yet.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        folder = workspace.state / "index"
        if _made_from(folder) is None:
            raise StoreError("There is no index yet.", remedy="Run `textmine update`.")
        self._catalogue = catalogue
        self._index = tantivy.Index.open(str(folder))
        self._compiler = Compiler(
            self._index.schema, workspace.segmenter.words, workspace.settings.search
        )

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
        self._index.reload()
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
