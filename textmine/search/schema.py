"""The fields of the index, and how a document becomes an entry.

Three families: word fields (segmented, ranked by BM25), gram fields (character pairs, which lose
nothing that a scan finds), and fast fields (facets, ranges, sorting). Texts are not stored: the
catalogue has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import tantivy

from textmine.parse.policy_links import links
from textmine.records import Document
from textmine.search.fields import FACETS, RANKED, TEXTUAL
from textmine.search.folding import fold, grams, value_grams

SCHEMA_VERSION = 2
TITLE_ORDER = 40  # characters of a title that sort it; longer ones differ earlier


def schema() -> tantivy.Schema:
    """The schema of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("doc_id", stored=True, fast=True, tokenizer_name="raw")
    builder.add_integer_field("generation", indexed=True, fast=True)
    builder.add_integer_field("watermark", stored=True)
    builder.add_text_field("all_grams", tokenizer_name="whitespace")
    for name in TEXTUAL:
        builder.add_text_field(f"{name}_grams", tokenizer_name="whitespace")
    for name in RANKED:
        builder.add_text_field(f"{name}_words", tokenizer_name="whitespace")
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_text_field("title_order", fast=True, tokenizer_name="raw")
    for name in (*FACETS, "has"):
        if name != "year":
            builder.add_text_field(f"{name}_facet", fast=True, tokenizer_name="raw")
    return builder.build()


def entry(
    doc_id: str,
    document: Document,
    *,
    tokens: Callable[[str], str],
    concepts: Iterable[str],
    generation: int,
) -> tantivy.Document:
    """The index entry of a document.

    Parameters
    ----------
    tokens
        Gives the index tokens of a text's words, with a space between, for each of
        `ranked_texts`; the same segmenter must cut the queries.
    concepts
        Ids of the concepts mentioned, broader ones included.
    generation
        Of the catalogue, when this version of the document came.
    """
    made = tantivy.Document()
    made.add_text("doc_id", doc_id)
    made.add_integer("generation", generation)
    mentioned = tuple(concepts)
    texts, values = _texts(document), _values(document)
    extra = (*values["keyword"], document.title_en, document.abstract_en, *values["author"])
    made.add_text("all_grams", grams("\n".join((document.text, *extra))))
    for name in TEXTUAL:
        pairs = grams(texts[name]) if name in texts else value_grams(values[name])
        made.add_text(f"{name}_grams", pairs)
    for name in RANKED:
        made.add_text(f"{name}_words", tokens(_ranked(name, texts, values)))
    if document.year is not None:
        made.add_integer("year", document.year)
    made.add_integer("day", day_number(document.date or str(document.year or "")))
    made.add_text("title_order", title_order(document.title))
    for name, facet in _facets(document, mentioned).items():
        for value in facet:
            made.add_text(f"{name}_facet", value)
    return made


def title_order(title: str) -> str:
    """What sorts a title, and what documents of the same title share."""
    return fold(title)[:TITLE_ORDER]


def day_number(date: str, *, fill: str = "0") -> int:
    """An ISO date, as precise as it is, as the number YYYYMMDD; `fill` stands for what is open.

    With "0" a year sorts before its months, with "9" behind them; no date at all is 0.
    """
    return int(date.replace("-", "").ljust(8, fill)) if date else 0


def ranked_texts(document: Document) -> dict[str, str]:
    """The texts whose words are indexed, by field."""
    texts, values = _written(document), _values(document)
    return {name: _ranked(name, texts, values) for name in RANKED}


def _ranked(name: str, texts: Mapping[str, str], values: Mapping[str, tuple[str, ...]]) -> str:
    return texts[name] if name in texts else "\n".join(values[name])


def word_tokens(words: Iterable[str]) -> list[str]:
    """Words as index tokens; those that say nothing are left out."""
    return [token for token in map(word_token, words) if token]


def word_token(word: str) -> str:
    """A word as index token: case folded, without inner spaces; empty without letter and digit."""
    folded = "".join(word.casefold().split())
    return folded if any(map(str.isalnum, folded)) else ""


def folders(source: str) -> tuple[str, ...]:
    """The folders that a file lies in, the outermost first, each with its whole path."""
    parts = source.split("/")[:-1]
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))


def _texts(document: Document) -> dict[str, str]:
    return {**_written(document), "cites": "\n".join(_cited(document))}


def _written(document: Document) -> dict[str, str]:
    """The texts that stand in the document as they are."""
    return {
        "title": f"{document.title}\n{document.title_en}",
        "abstract": f"{document.abstract}\n{document.abstract_en}",
        "body": document.body,
        "section": "\n".join(f"{number} {title}" for number, title in document.headings),
    }


def _values(document: Document) -> dict[str, tuple[str, ...]]:
    """The fields of which a query can ask for a whole value."""
    return {
        "author": (*document.authors, *document.authors_en),
        "keyword": (*document.keywords, *document.keywords_en),
        "affiliation": document.affiliations,
        "journal": (document.journal,),
        "issuer": document.issuers,
        "doc_number": (document.doc_number,),
        "region": (document.region,),
        "source": (document.source, *folders(document.source)),
    }


def _cited(document: Document) -> list[str]:
    """References as printed, and the policies that the text names, without itself."""
    named = [link for link in links(document.text) if fold(link.title) != fold(document.title)]
    policies = [f"{link.title}\n{link.doc_number}" for link in named]
    return [*(r.raw for r in document.references), *policies]


def _facets(document: Document, concepts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    values: dict[str, Iterable[str]] = {
        "kind": (document.kind,),
        "level": (document.level,),
        "region": (document.region,),
        "issuer": document.issuers,
        "journal": (document.journal,),
        "source": folders(document.source),
        "author": document.authors,
        "keyword": document.keywords,
        "concept": concepts,
        "has": [name for name, present in _features(document, concepts).items() if present],
    }
    return {name: tuple(sorted({v for v in vs if v})) for name, vs in values.items()}


def _features(document: Document, concepts: tuple[str, ...]) -> dict[str, object]:
    """What can be asked with `has:`; claims are asked of their own store."""
    return {
        "abstract": document.abstract or document.abstract_en,
        "keyword": document.keywords,
        "author": document.authors,
        "body": document.body,
        "references": document.references,
        "doc_number": document.doc_number,
        "doi": document.doi,
        "concept": concepts,
        "year": document.year,
    }
