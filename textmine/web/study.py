"""A result set as a corpus of its own: the analyses of the documents that a query finds.

Nothing is written. Resampling is left out, as a page should come while its reader waits; the
commands do all of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

import pandas as pd

from textmine import pipeline
from textmine.concepts import named_in_full
from textmine.errors import TooFewData, UsageError
from textmine.pipeline import MENTION_COLUMNS, Analysis, Corpus
from textmine.pipeline.corpus import CARRIED
from textmine.records import Span
from textmine.settings import override
from textmine.store import Workspace
from textmine.terms import doc_term
from textmine.web.library import Reader

MOST_DOCUMENTS = 1500  # a few seconds of work on an old laptop
FEWEST_DOCUMENTS = 10
REMEMBERED = 32
ANALYSES: dict[str, Callable[[Corpus], Analysis]] = {
    "topics": pipeline.topics,
    "network": pipeline.network,
    "evolution": pipeline.evolution,
}


class Study:
    """Analyses of result sets, the last of them remembered."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int], Analysis] = OrderedDict()
        # Whoever looks at the topics of a result set looks at its network next.
        self._last: tuple[tuple[str, int], Corpus] | None = None
        self._lock = Lock()

    def analysis(self, reader: Reader, query: str, name: str) -> Analysis:
        """One analysis of the documents that a query finds.

        Raises
        ------
        QueryError
            When the query cannot be understood.
        UsageError, TooFewData
            When it finds too many documents, or too few.
        """
        key = (query, name, reader.catalogue.generation)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = ANALYSES[name](self._corpus(reader, query))
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return made

    def _corpus(self, reader: Reader, query: str) -> Corpus:
        key = (query, reader.catalogue.generation)
        last = self._last
        if last is None or last[0] != key:
            last = self._last = (key, corpus_of(reader, query))
        return last[1]


def corpus_of(reader: Reader, query: str) -> Corpus:
    """The documents that a query finds, as a corpus."""
    ids = sorted(reader.index.ids(query))
    if len(ids) > MOST_DOCUMENTS:
        raise UsageError(
            f"{len(ids)} documents are too many to analyse on a page; the limit is {MOST_DOCUMENTS}.",
            remedy=f"Narrow the results, or use the command line: --query '{query}'.",
        )
    if len(ids) < FEWEST_DOCUMENTS:
        raise TooFewData(
            f"{len(ids)} documents are too few to analyse; it takes {FEWEST_DOCUMENTS}.",
            remedy="Widen the results.",
        )
    workspace = _unresampled(reader)
    documents = list(reader.catalogue.documents(ids))
    known = {doc_id for doc_id, _ in documents}
    table = reader.catalogue.table()
    rows = [
        (doc_id, m.concept, m.label, m.start, m.end)
        for doc_id, document in documents
        for m in named_in_full(workspace.matcher.mentions(document.text), workspace.scheme)
    ]
    texts = tuple(document.text for _, document in documents)
    terms = workspace.settings.terms
    counts = doc_term(
        [doc_id for doc_id, _ in documents],
        iter(texts),
        workspace.segmenter,
        min_length=terms.min_length,
        min_documents=terms.min_documents,
        max_document_share=terms.max_document_share,
        stop_words=workspace.lexicon.stop_words,
    )
    return Corpus(
        workspace,
        reader.catalogue.generation,
        table[table["doc_id"].isin(known)].reset_index(drop=True),
        texts,
        counts,
        pd.DataFrame(rows, columns=list(MENTION_COLUMNS)),
        {name: tuple(getattr(d, name) for _, d in documents) for name in CARRIED},
        tuple(tuple(Span(s.start, s.end) for s in d.sections) for _, d in documents),
    )


def _unresampled(reader: Reader) -> Workspace:
    """The workspace with settings that leave out resampling; what it has loaded is shared."""
    settings = reader.workspace.settings
    settings = override(settings, "topics", {"stability_runs": 0})
    settings = override(settings, "network", {"bootstrap": 0})
    quick = replace(reader.workspace, settings=settings)
    for name in ("segmenter", "lexicon", "scheme", "matcher"):
        quick.__dict__[name] = getattr(reader.workspace, name)
    return quick
