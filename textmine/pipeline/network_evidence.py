"""The sentences behind the links of a network: every link can be checked where it was counted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from textmine.pipeline.corpus import Corpus
from textmine.pipeline.network_items import Linked
from textmine.records import Span
from textmine.segment import sentences
from textmine.settings import NetworkSettings

EVIDENCE_COLUMNS = ("a", "b", "rank", "doc_id", "start", "end", "sentence")
LINKS = 40  # strongest links that get sentences
SHOWN = 3  # sentences of a link, each of another document


def link_evidence(
    corpus: Corpus, settings: NetworkSettings, linked: Linked, edges: pd.DataFrame
) -> pd.DataFrame:
    """Sentences that hold both ends of the surest links; `EVIDENCE_COLUMNS`, in offsets.

    The links of the smallest q, then of the greatest weight. For what belongs to documents as a
    whole, such as names and keywords, it is the titles of documents that have both; concepts are
    found by their mentions.
    """
    order = ["q", "weight", "a", "b"]
    strongest = edges.sort_values(order, ascending=[True, False, True, True]).head(LINKS)
    in_text = settings.in_text and not linked.second
    places = _Places(corpus, settings) if in_text else _Titles(corpus, linked)
    rows = [
        (a, b, rank, doc_id, span.start, span.end, text)
        for a, b in strongest[["a", "b"]].itertuples(index=False)
        for rank, (doc_id, span, text) in enumerate(places.both(a, b), 1)
    ]
    return pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS))


class _Titles:
    """The titles of the documents that have both of two items."""

    def __init__(self, corpus: Corpus, linked: Linked) -> None:
        self._texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
        titles = zip(corpus.documents["doc_id"], corpus.documents["title"], strict=True)
        self._titles = {doc_id: str(title) for doc_id, title in titles}
        self._held = linked.by_document
        self._column = {term: i for i, term in enumerate(linked.by_document.terms)}
        self._by_column = linked.by_document.counts.tocsc()

    def both(self, a: str, b: str) -> Iterator[tuple[str, Span, str]]:
        """The first documents that have both; two documents coupled share none."""
        rows = [set(self._by_column[:, [self._column[item]]].tocoo().row) for item in (a, b)]
        shared = sorted(self._held.doc_ids[row] for row in rows[0] & rows[1])
        for doc_id in shared[:SHOWN]:
            title = self._titles[doc_id]
            start = max(self._texts[doc_id].find(title), 0)
            span = Span(start, start + len(title))
            yield doc_id, span, self._texts[doc_id][span.start : span.end]


class _Places:
    """Where items stand: the sentences of documents, cut when they are first needed."""

    def __init__(self, corpus: Corpus, settings: NetworkSettings) -> None:
        self._texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
        self._sentences: dict[str, list[Span]] = {}
        self._doc_term = corpus.doc_term
        self._column = {term: i for i, term in enumerate(corpus.doc_term.terms)}
        self._by_column = corpus.doc_term.counts.tocsc()
        self._mentions = corpus.mentions if settings.items == "concepts" else None

    def both(self, a: str, b: str) -> Iterator[tuple[str, Span, str]]:
        """A sentence with both from each of the first documents that have one."""
        found = 0
        for doc_id in sorted(self._documents(a) & self._documents(b)):
            if found == SHOWN:
                return
            at_a, at_b = self._starts(doc_id, a), self._starts(doc_id, b)
            for span in self._spans(doc_id):
                if _any_in(at_a, span) and _any_in(at_b, span):
                    yield doc_id, span, self._texts[doc_id][span.start : span.end]
                    found += 1
                    break

    def _documents(self, item: str) -> set[str]:
        if self._mentions is not None:
            return set(self._mentions.loc[self._mentions["concept"] == item, "doc_id"])
        column = self._column.get(item)
        if column is None:
            return set()
        return {self._doc_term.doc_ids[row] for row in self._by_column[:, [column]].tocoo().row}

    def _starts(self, doc_id: str, item: str) -> list[int]:
        if self._mentions is not None:
            own = self._mentions[self._mentions["doc_id"] == doc_id]
            return [int(start) for start in own.loc[own["concept"] == item, "start"]]
        text = self._texts[doc_id].lower()
        starts, place = [], text.find(item)
        while place >= 0:
            starts.append(place)
            place = text.find(item, place + 1)
        return starts

    def _spans(self, doc_id: str) -> list[Span]:
        if doc_id not in self._sentences:
            self._sentences[doc_id] = sentences(self._texts[doc_id])
        return self._sentences[doc_id]


def _any_in(starts: list[int], span: Span) -> bool:
    at = int(np.searchsorted(starts, span.start))
    return at < len(starts) and starts[at] < span.end
