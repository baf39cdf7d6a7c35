"""Concordances and collocates of a query, from the index and the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from textmine.records import Document, Span
from textmine.search import fold
from textmine.search.collocates import LEAST, Collocate, collocates
from textmine.search.concordance import Line, LineOrder, lines_of, ordered
from textmine.search.snippets import occurrences
from textmine.store.catalogue import Catalogue
from textmine.store.index import SearchIndex
from textmine.store.workspace import Workspace

MOST_LINES = 20_000  # more than anybody reads, and some megabytes
MOST_PLACES = 5_000  # in one document


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a query; `cut` says that there are more than were wanted."""

    documents: int
    lines: tuple[Line, ...]
    cut: bool = False


def concordance(
    workspace: Workspace,
    catalogue: Catalogue,
    query: str,
    *,
    order: LineOrder = "document",
    columns: int = 40,
    most: int = MOST_LINES,
) -> Concordance:
    """Every place of the query's words in the documents that it finds.

    Parameters
    ----------
    order
        Of the lines; within equal ones by relevance of the document and place.
    columns
        The context on each side; a Han character takes two columns.
    most
        How many lines are made at most, in the order of relevance.

    Raises
    ------
    QueryError
        When the query cannot be understood.
    """
    lines: list[Line] = []
    documents = 0
    for doc_id, document, places in _places(workspace, catalogue, query):
        documents += 1
        lines += lines_of(doc_id, document, places, columns=columns)
        if len(lines) > most:
            return Concordance(documents, tuple(ordered(lines[:most], order)), True)
    return Concordance(documents, tuple(ordered(lines, order)))


def query_collocates(
    workspace: Workspace,
    catalogue: Catalogue,
    query: str,
    *,
    window: int = 5,
    least: int = LEAST,
) -> list[Collocate]:
    """The words near the query's words in the documents that it finds, strongest first.

    Raises
    ------
    QueryError
        When the query cannot be understood.
    """
    cut = workspace.segmenter.ends
    found = _places(workspace, catalogue, query)
    return collocates(
        (
            ([text[a:b] for a, b in pairwise([0, *cut(text).tolist()])], places)
            for text, places in ((document.text, places) for _, document, places in found)
        ),
        window=window,
        least=least,
        stop_words=workspace.lexicon.stop_words,
        preferred=workspace.lexicon.preferred,
    )


def _places(
    workspace: Workspace, catalogue: Catalogue, query: str
) -> Iterator[tuple[str, Document, list[Span]]]:
    """Documents of a query with the places of its words, those without any left out."""
    index = SearchIndex(workspace, catalogue)
    wanted = index.wanted(index.parsed(query))
    for doc_id, document in catalogue.documents(index.ids(query)):
        places = occurrences(
            document.text, wanted.strings, patterns=wanted.patterns, most=MOST_PLACES
        )
        if wanted.words and places:
            places = _whole_words(workspace, document.text, places, wanted.words)
        if places:
            yield doc_id, document, places


def _whole_words(
    workspace: Workspace, text: str, places: list[Span], words: frozenset[str]
) -> list[Span]:
    """Leave out places of words that were asked for as such and stand inside another word."""
    ends = {0, *workspace.segmenter.ends(text).tolist()}
    return [
        Span(start, end)
        for start, end in places
        if fold(text[start:end]) not in words or (start in ends and end in ends)
    ]
