"""What a network links, and in which units: from the corpus to counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from textmine import networks
from textmine.matrices import DocTerm
from textmine.pipeline.corpus import Corpus
from textmine.pipeline.network_places import institution, regions
from textmine.pipeline.network_units import concepts_in, terms_in, units
from textmine.pipeline.network_works import cited_works
from textmine.pipeline.topic_fit import fit_topics
from textmine.settings import NetworkSettings
from textmine.terms import naming

# What each kind of item is called, for notes and methods.
ITEMS = {
    "nouns": ("名词与术语", "nouns and terms"),
    "terms": ("词", "terms"),
    "keywords": ("作者关键词", "author keywords"),
    "concepts": ("概念", "concepts"),
    "topics": ("主题", "topics"),
    "authors": ("作者", "authors"),
    "institutions": ("机构", "institutions"),
    "issuers": ("发文机关", "issuing agencies"),
    "regions": ("地区", "regions"),
    "references": ("被引文献", "cited works"),
    "coupling": ("文献", "documents"),
}
UNITS = {
    "document": ("文献", "documents"),
    "section": ("章节", "sections"),
    "sentence": ("句", "sentences"),
    "window": ("词窗", "windows of words"),
    "work": ("被引文献", "cited works"),
}
SECOND = {
    "year": ("年份", "years"),
    "period": ("时期", "periods"),
    "kind": ("文献类型", "kinds of documents"),
    "level": ("层级", "levels"),
    **{name: ITEMS[name] for name in ("regions", "issuers", "institutions", "concepts")},
}
# A topic of a tenth of a document, and of more than an equal share, is one of what it is about.
TOPIC_SHARE = 0.1


@dataclass(frozen=True, eq=False)
class Linked:
    """What is linked.

    Attributes
    ----------
    held
        Which unit holds which item.
    owners
        The document of each unit; for coupling, whose units are cited works, the work.
    by_document
        Which document holds, or for coupling is, which item.
    years
        Of items that have a year of their own, as cited works do.
    second
        The items of the second kind, of a two-mode network.
    """

    held: DocTerm
    owners: tuple[str, ...]
    by_document: DocTerm
    years: Mapping[str, int | None] = field(default_factory=dict)
    second: tuple[str, ...] = ()


def linked_items(corpus: Corpus, settings: NetworkSettings) -> Linked:
    """What the units of the settings hold, with the second kind of items where one is asked for."""
    found = _one_kind(corpus, settings)
    return _two_kinds(corpus, settings, found) if settings.across else found


def _one_kind(corpus: Corpus, settings: NetworkSettings) -> Linked:
    documents = tuple(corpus.documents["doc_id"])
    if settings.items in ("references", "coupling"):
        works, years = cited_works(corpus)
        if settings.items == "references":
            return Linked(works, documents, works, years)
        named = _titled(corpus)
        held = networks.transposed(replace(works, doc_ids=tuple(named)))
        own = networks.incidence(documents, [[name] for name in named])
        return Linked(held, held.doc_ids, own)
    if not settings.in_text or settings.unit == "document":
        held = _by_document(corpus, settings)
        return Linked(held, documents, held)
    spans = units(corpus, settings)
    if settings.items == "concepts":
        held = concepts_in(corpus, spans)
    else:
        held = _wanted(corpus, terms_in(corpus, spans), settings.items)
    owners = tuple(doc_id for doc_id, _ in spans)
    return Linked(held, owners, _gathered(held, owners, documents))


def _gathered(held: DocTerm, owners: Sequence[str], documents: tuple[str, ...]) -> DocTerm:
    """The items of all units of each document."""
    row = {doc_id: n for n, doc_id in enumerate(documents)}
    at = np.array([row[owner] for owner in owners], dtype=np.int64)
    sums = sparse.csr_matrix(
        (np.ones(len(at), dtype=np.int32), (at, np.arange(len(at)))),
        shape=(len(documents), len(at)),
    )
    return DocTerm((sums @ held.counts).tocsr(), documents, held.terms)


def _by_document(corpus: Corpus, settings: NetworkSettings) -> DocTerm:
    """Which document holds which items: words, mentions, or what stands in its fields."""
    ids = corpus.documents["doc_id"]
    match settings.items:
        case "nouns" | "terms":
            return _wanted(corpus, corpus.doc_term, settings.items)
        case "keywords":
            return networks.incidence(ids, _one_spelling(corpus.carried["keywords"]))
        case "concepts":
            return concepts_by_document(corpus)
        case "topics":
            return _topics(corpus)
        case "regions":
            return networks.incidence(ids, regions(corpus))
        case "institutions":
            held = [
                [institution(name) for name in names] for names in corpus.carried["affiliations"]
            ]
            return networks.incidence(ids, held, most=settings.max_names)
        case _:
            return networks.incidence(ids, corpus.carried[settings.items], most=settings.max_names)


def nouns_by_document(corpus: Corpus) -> DocTerm:
    """The words of the documents that name something."""
    return _wanted(corpus, corpus.doc_term, "nouns")


def _wanted(corpus: Corpus, counts: DocTerm, items: str) -> DocTerm:
    if items != "nouns":
        return counts
    names = naming(counts.terms, corpus.workspace.segmenter)
    return counts.select_terms([i for i, name in enumerate(names) if name])


def _one_spelling(held: Iterable[Sequence[str]]) -> list[list[str]]:
    """Keywords that differ in case only, as one, in their most frequent spelling."""
    rows = [[" ".join(name.split()) for name in names] for names in held]
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for names in rows:
        for name in names:
            spelt[name.casefold()][name] += 1
    # Of equally frequent spellings the first in order.
    best = {key: max(sorted(often), key=often.__getitem__) for key, often in spelt.items()}
    return [[best[name.casefold()] for name in names] for names in rows]


def concepts_by_document(corpus: Corpus) -> DocTerm:
    """The concepts that each document mentions."""
    mentioned = corpus.mentions.groupby("doc_id")["concept"].agg(set).to_dict()
    ids = corpus.documents["doc_id"]
    return networks.incidence(ids, [mentioned.get(doc_id, ()) for doc_id in ids])


def _topics(corpus: Corpus) -> DocTerm:
    """The topics of each document, by the model of the settings."""
    settings = corpus.workspace.settings.topics.model_copy(update={"stability_runs": 0})
    fit = fit_topics(corpus, settings).fit
    names = [
        f"{number} {'·'.join(word for word, _ in words[:2])}"
        for number, words in zip(fit.numbers, fit.top_words(2), strict=True)
    ]
    least = max(TOPIC_SHARE, 1 / fit.k + 1e-9)
    shares = dict(zip(fit.doc_ids, fit.doc_topic, strict=True))
    ids = corpus.documents["doc_id"]
    held = [[names[t] for t in np.flatnonzero(shares[doc_id] >= least)] for doc_id in ids]
    return networks.incidence(ids, held)


def _titled(corpus: Corpus) -> list[str]:
    """A name for each document: its title, with the id where a title stands twice."""
    titles = [" ".join(str(title).split()) for title in corpus.documents["title"]]
    often = Counter(titles)
    pairs = zip(titles, corpus.documents["doc_id"], strict=True)
    return [t if t and often[t] == 1 else f"{t} {doc_id}".strip() for t, doc_id in pairs]


def _two_kinds(corpus: Corpus, settings: NetworkSettings, found: Linked) -> Linked:
    other = _second(corpus, settings)
    taken = set(found.held.terms)
    kind = SECOND[settings.across][0]
    names = tuple(f"{name}（{kind}）" if name in taken else name for name in other.terms)
    row = {doc_id: n for n, doc_id in enumerate(other.doc_ids)}
    of_units = other.counts[[row[owner] for owner in found.owners]]
    held = networks.beside(found.held, DocTerm(of_units.tocsr(), found.held.doc_ids, names))
    by_document = networks.beside(found.by_document, replace(other, terms=names))
    return replace(found, held=held, by_document=by_document, second=names)


def _second(corpus: Corpus, settings: NetworkSettings) -> DocTerm:
    """What each document carries of the second kind; documents without it carry nothing."""
    documents = corpus.documents
    ids = documents["doc_id"]
    match settings.across:
        case "year":
            return networks.incidence(
                ids, [[y] if y else [] for y in map(_text, documents["year"])]
            )
        case "period":
            held = [
                [p.name for p in corpus.workspace.periods if y and int(y) in p]
                for y in map(_text, documents["year"])
            ]
            return networks.incidence(ids, held)
        case "kind" | "level":
            return networks.incidence(
                ids, [[str(v)] if v else [] for v in documents[settings.across]]
            )
        case _:
            asked = settings.model_copy(update={"items": settings.across, "unit": "document"})
            return _by_document(corpus, asked)


def _text(year: object) -> str:
    return str(int(year)) if isinstance(year, int | float | np.integer) and year == year else ""
