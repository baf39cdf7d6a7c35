"""What a network links, and in which units: from the corpus to counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from textmine import networks
from textmine.matrices import DocTerm
from textmine.pipeline.corpus import Corpus
from textmine.records import Span
from textmine.segment import sentences
from textmine.settings import NetworkSettings
from textmine.terms import doc_term, naming

# What each kind of item is called, for notes and methods.
ITEMS = {
    "nouns": ("名词与术语", "nouns and terms"),
    "terms": ("词", "terms"),
    "keywords": ("作者关键词", "author keywords"),
    "concepts": ("概念", "concepts"),
    "authors": ("作者", "authors"),
    "institutions": ("机构", "institutions"),
    "issuers": ("发文机关", "issuing agencies"),
}
UNITS = {
    "document": ("文献", "documents"),
    "section": ("章节", "sections"),
    "sentence": ("句", "sentences"),
}

# A university stands for its schools (重庆大学经济与工商管理学院 counts as 重庆大学); other addresses end
# at the first comma or space, where city and postcode begin.
_UNIVERSITY = re.compile(r"^[^,，;；\s]*?大学(?!生|城|科技园)")
_NAME = re.compile(r"^[^,，;；\s]+")


def linked_items(corpus: Corpus, settings: NetworkSettings) -> tuple[DocTerm, tuple[str, ...]]:
    """Counts of the items in the units of the settings, and the document of each unit."""
    documents = tuple(corpus.documents["doc_id"])
    if not settings.in_text:
        return _carried(corpus, settings), documents
    if settings.counted_in == "document":
        counts = _concepts(corpus) if settings.items == "concepts" else corpus.doc_term
        return _wanted(corpus, counts, settings.items), documents
    units = _units(corpus, settings.counted_in)
    owners = tuple(doc_id for doc_id, _ in units)
    if settings.items == "concepts":
        return _concepts_in(corpus, units), owners
    return _wanted(corpus, _terms_in(corpus, units), settings.items), owners


def _wanted(corpus: Corpus, counts: DocTerm, items: str) -> DocTerm:
    if items != "nouns":
        return counts
    names = naming(counts.terms, corpus.workspace.segmenter)
    return counts.select_terms([i for i, name in enumerate(names) if name])


def _carried(corpus: Corpus, settings: NetworkSettings) -> DocTerm:
    ids = corpus.documents["doc_id"]
    if settings.items == "keywords":
        return networks.incidence(ids, corpus.carried["keywords"])
    field = "affiliations" if settings.items == "institutions" else settings.items
    held: Sequence[Sequence[str]] = corpus.carried[field]
    if settings.items == "institutions":
        held = [[institution(name) for name in names] for names in held]
    return networks.incidence(ids, held, most=settings.max_names)


def institution(affiliation: str) -> str:
    """The institution of an address line: the university, or the name before the place."""
    plain = affiliation.strip().lstrip("0123456789.、 ")
    found = _UNIVERSITY.match(plain) or _NAME.match(plain)
    return found.group() if found else plain


def _concepts(corpus: Corpus) -> DocTerm:
    mentioned = corpus.mentions.groupby("doc_id")["concept"].agg(set).to_dict()
    ids = corpus.documents["doc_id"]
    return networks.incidence(ids, [mentioned.get(doc_id, ()) for doc_id in ids])


def _units(corpus: Corpus, unit: str) -> list[tuple[str, Span]]:
    """The document and the span of each unit; a document without sections is one."""
    found = []
    for n, doc_id in enumerate(corpus.documents["doc_id"]):
        text = corpus.texts[n]
        whole = (Span(0, len(text)),)
        spans = sentences(text) if unit == "sentence" else corpus.sections[n] or whole
        found += [(doc_id, span) for span in spans]
    return found


def _terms_in(corpus: Corpus, units: list[tuple[str, Span]]) -> DocTerm:
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    ids = [f"{doc_id}:{span.start}" for doc_id, span in units]
    cut = [texts[doc_id][span.start : span.end] for doc_id, span in units]
    minimum = corpus.workspace.settings.terms.min_length
    full = doc_term(ids, cut, corpus.workspace.segmenter, min_length=minimum)
    return full.aligned(corpus.doc_term.terms)


def _concepts_in(corpus: Corpus, units: list[tuple[str, Span]]) -> DocTerm:
    own: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in corpus.mentions.itertuples(index=False):
        own[row.doc_id].append((row.start, row.concept))
    held = [
        {concept for start, concept in own[doc_id] if span.start <= start < span.end}
        for doc_id, span in units
    ]
    return networks.incidence([f"{doc_id}:{span.start}" for doc_id, span in units], held)
