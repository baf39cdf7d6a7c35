"""What all analyses share: documents, texts, counts of terms, concept mentions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from textmine.errors import TooFewData
from textmine.matrices import DocTerm
from textmine.records import Document, Span
from textmine.store import Catalogue, Workspace
from textmine.store.index import SearchIndex
from textmine.store.mentions import mentions
from textmine.terms import doc_term

Progress = Callable[[str, int, int], None]
CARRIED = ("keywords", "authors", "affiliations", "issuers")
MENTION_COLUMNS = ("doc_id", "concept", "label", "start", "end")


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
    carried
        What the documents carry, in the same order: for each of `CARRIED` one tuple of names per
        document, as parsed; keywords under the preferred labels of the thesaurus.
    sections
        The spans of each document's sections, in the same order.
    query
        What the documents were chosen by; empty for all of them.
    """

    workspace: Workspace
    generation: int
    documents: pd.DataFrame
    texts: tuple[str, ...]
    doc_term: DocTerm
    mentions: pd.DataFrame
    carried: Mapping[str, tuple[tuple[str, ...], ...]]
    sections: tuple[tuple[Span, ...], ...]
    query: str = ""


def load(
    workspace: Workspace, catalogue: Catalogue, *, query: str = "", progress: Progress = quiet
) -> Corpus:
    """Load what the analyses share.

    Parameters
    ----------
    query
        Only the documents that this query finds; see `textmine.search.language`.

    Raises
    ------
    TooFewData
        When there is no document.
    QueryError
        When the query cannot be understood.
    """
    documents = _chosen(workspace, catalogue, query)
    if documents.empty:
        raise TooFewData(
            f"The query {query} finds no document."
            if query
            else "The catalogue holds no document.",
            remedy="Ask for more."
            if query
            else f"Put files into {workspace.documents} and run `textmine update`.",
        )
    wanted = list(documents["doc_id"])
    carried: dict[str, list[tuple[str, ...]]] = {name: [] for name in CARRIED}
    sections: list[tuple[Span, ...]] = []

    def watched() -> Iterator[tuple[str, Document]]:
        for doc_id, document in catalogue.documents(wanted if query else None):
            for name, values in carried.items():
                values.append(getattr(document, name))
            sections.append(tuple(Span(s.start, s.end) for s in document.sections))
            yield doc_id, document

    found = _mention_table(workspace, catalogue, watched(), len(documents), progress)
    known = set(wanted)
    kept = [row for row in catalogue.texts() if row[0] in known]
    ids, texts = zip(*kept, strict=True)
    counts = _count(workspace, ids, texts, progress)
    carried["keywords"] = [workspace.lexicon.merged(words) for words in carried["keywords"]]
    names = {name: tuple(values) for name, values in carried.items()}
    shared = (documents, texts, counts, found, names, tuple(sections))
    return Corpus(workspace, catalogue.generation, *shared, query)


def _chosen(workspace: Workspace, catalogue: Catalogue, query: str) -> pd.DataFrame:
    documents = catalogue.table()
    if not query:
        return documents
    found = SearchIndex(workspace, catalogue).ids(query)
    return documents[documents["doc_id"].isin(found)].reset_index(drop=True)


def output_folder(workspace: Workspace, query: str) -> Path:
    """Where results go: those of a query into a folder of their own, named after it.

    The name has what every file system allows, and six digits of the query's hash.
    """
    if not query:
        return workspace.output
    readable = re.sub(r"[^\w\u3400-\u9fff]+", "-", query).strip("-")[:30]
    digits = hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return workspace.output / "queries" / f"{readable}-{digits}".strip("-")


def _mention_table(
    workspace: Workspace,
    catalogue: Catalogue,
    documents: Iterable[tuple[str, Document]],
    total: int,
    progress: Progress,
) -> pd.DataFrame:
    rows = []
    with workspace.derived() as derived:
        for n, (doc_id, found) in enumerate(mentions(workspace, derived, documents), 1):
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
