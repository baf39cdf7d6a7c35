"""Documents like a given one, each with the reasons."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass

import numpy as np

from textmine.concepts import named_in_full
from textmine.errors import UsageError
from textmine.records import Document
from textmine.search import fold
from textmine.search.schema import word_tokens
from textmine.search.similarity import characteristic_words, shared_text
from textmine.store.catalogue import Catalogue
from textmine.store.index import SearchIndex
from textmine.store.workspace import Workspace

VERSION = 0.8  # of the shorter text in the other: an edition, an excerpt, a reprint
SHOWN_WORDS = 8
TITLE_TIMES = 3  # a word of the title counts as so many of the text


@dataclass(frozen=True, slots=True)
class Similar:
    """A document like another one, and why.

    Attributes
    ----------
    score
        Of the index, over the shared characteristic words; comparable within one list only.
    words, keywords, concepts, references
        What both have: characteristic words (the heaviest first), keywords, concepts, cited
        works and policies.
    themes
        Cosine of the two documents' topic shares in the last model; None without one.
    overlap
        The share of the shorter text that stands in the other as well.
    version
        Whether so much is shared that one is a version or a part of the other.
    """

    id: str
    title: str
    year: int | None
    kind: str
    score: float
    words: tuple[str, ...]
    keywords: tuple[str, ...]
    concepts: tuple[str, ...]
    references: tuple[str, ...]
    themes: float | None
    overlap: float
    version: bool


def similar(
    workspace: Workspace, catalogue: Catalogue, doc_id: str, *, limit: int = 10
) -> list[Similar]:
    """Documents like one of the catalogue, the most alike first.

    Raises
    ------
    UsageError
        When there is no document of this id.
    """
    document = catalogue.document(doc_id)
    if document is None:
        raise UsageError(f"There is no document {doc_id}.", remedy="`textmine search` shows ids.")
    index = SearchIndex(workspace, catalogue)
    weighted = characteristic_words(
        _words(workspace, f"{(document.title + chr(10)) * TITLE_TIMES}{document.text}"),
        index.document_frequencies(),
        documents=len(index),
        stop_words=workspace.lexicon.stop_words,
    )
    found = index.similar(weighted, limit=limit + 1) if weighted else []
    scores = {other: score for other, score in found if other != doc_id}
    themes = _themes(workspace, doc_id)
    words = [word for word, _ in weighted]
    return [
        _compared(workspace, document, words, other_id, other, scores[other_id], themes)
        for other_id, other in catalogue.documents(list(scores)[:limit])
    ]


def _words(workspace: Workspace, text: str) -> list[str]:
    """The words of a text as they are indexed."""
    return workspace.segmenter.cut([text], threads=1).words(0)


def _compared(
    workspace: Workspace,
    document: Document,
    words: list[str],
    other_id: str,
    other: Document,
    score: float,
    themes: dict[str, float],
) -> Similar:
    held = set(word_tokens(_words(workspace, f"{other.title}\n{other.text}")))
    overlap = shared_text(document.text, other.text)
    return Similar(
        other_id,
        other.title,
        other.year,
        other.kind,
        round(score, 4),
        tuple(word for word in words if word in held)[:SHOWN_WORDS],
        tuple(k for k in document.keywords if k in other.keywords),
        _shared_concepts(workspace, document, other),
        tuple(sorted(_references(document) & _references(other))),
        themes.get(other_id),
        round(overlap, 4),
        overlap >= VERSION,
    )


def _shared_concepts(workspace: Workspace, one: Document, other: Document) -> tuple[str, ...]:
    """Concepts of both, those first that both name most often."""
    counts = [_concepts(workspace, document) for document in (one, other)]
    both = counts[0] & counts[1]
    return tuple(sorted(both, key=lambda concept: (-both[concept], concept)))


def _concepts(workspace: Workspace, document: Document) -> Counter[str]:
    found = named_in_full(workspace.matcher.mentions(document.text), workspace.scheme)
    return Counter(mention.concept for mention in found)


def _references(document: Document) -> set[str]:
    """Cited works by number or title, folded."""
    named = (r.doc_number or r.title for r in document.references)
    return {"".join(fold(name).split()) for name in named if len(name) > 3}


def _themes(workspace: Workspace, doc_id: str) -> dict[str, float]:
    """Cosine of each document's topic shares with those of one, from the last model."""
    path = workspace.output / "topics.npz"
    if not path.is_file():
        return {}
    try:
        with np.load(path, allow_pickle=False) as fit:
            shares, ids = fit["doc_topic"], [str(i) for i in fit["doc_ids"]]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}  # a damaged file of results; the next run writes it anew
    if doc_id not in ids:
        return {}
    own = shares[ids.index(doc_id)]
    norms = np.linalg.norm(shares, axis=1) * np.linalg.norm(own)
    cosines = np.divide(shares @ own, norms, out=np.zeros(len(ids)), where=norms > 0)
    return {i: round(float(value), 4) for i, value in zip(ids, cosines, strict=True)}
