"""The units within texts in which items may meet, and what each unit holds."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from textmine import networks
from textmine.matrices import DocTerm
from textmine.pipeline.corpus import Corpus
from textmine.records import Span
from textmine.segment import sentences
from textmine.settings import NetworkSettings
from textmine.terms import doc_term


def units(corpus: Corpus, settings: NetworkSettings) -> list[tuple[str, Span]]:
    """The document and the span of each unit; a document without sections is one.

    Windows are stretches of so many words and marks, one after the other: a sliding window would
    count inner pairs more often than outer ones.
    """
    found = []
    for n, doc_id in enumerate(corpus.documents["doc_id"]):
        text = corpus.texts[n]
        if settings.unit == "sentence":
            spans = tuple(sentences(text))
        elif settings.unit == "window":
            spans = _windows(corpus, text, settings.window)
        else:
            spans = corpus.sections[n] or (Span(0, len(text)),)
        found += [(doc_id, span) for span in spans]
    return found


def _windows(corpus: Corpus, text: str, size: int) -> tuple[Span, ...]:
    ends = corpus.workspace.segmenter.ends(text)[size - 1 :: size].tolist()
    cuts = [0, *ends] if ends and ends[-1] == len(text) else [0, *ends, len(text)]
    return tuple(Span(a, b) for a, b in pairwise(cuts) if a < b)


def terms_in(corpus: Corpus, spans: list[tuple[str, Span]]) -> DocTerm:
    """The corpus's terms in each unit."""
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    ids = [f"{doc_id}:{span.start}" for doc_id, span in spans]
    cut = [texts[doc_id][span.start : span.end] for doc_id, span in spans]
    minimum = corpus.workspace.settings.terms.min_length
    full = doc_term(ids, cut, corpus.workspace.segmenter, min_length=minimum)
    return full.aligned(corpus.doc_term.terms)


def concepts_in(corpus: Corpus, spans: list[tuple[str, Span]]) -> DocTerm:
    """The concepts whose mentions begin in each unit."""
    own: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in corpus.mentions.itertuples(index=False):
        own[row.doc_id].append((row.start, row.concept))
    held = [
        {concept for start, concept in own[doc_id] if span.start <= start < span.end}
        for doc_id, span in spans
    ]
    return networks.incidence([f"{doc_id}:{span.start}" for doc_id, span in spans], held)
