"""The fields of the index, and how a document becomes an entry.

Three families: word fields (segmented, ranked by BM25), gram fields (character pairs, which lose
nothing that a scan finds), and fast fields (facets, ranges, sorting). Texts are not stored: the
catalogue has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import tantivy

from textmine.records import Document
from textmine.search.folding import grams

SCHEMA_VERSION = 1

# Ranked by words; the names are those of the query language.
RANKED = ("title", "abstract", "keyword", "body")
# Matched by character pairs.
TEXTUAL = (
    *("title", "abstract", "keyword", "body"),
    *("author", "affiliation", "journal", "issuer", "doc_number", "heading"),
)
# Counted over all hits.
FACETS = ("year", "kind", "level", "region", "issuer", "journal", "author", "keyword", "concept")


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
    for name in FACETS:
        if name != "year":
            builder.add_text_field(f"{name}_facet", fast=True, tokenizer_name="raw")
    return builder.build()


def entry(
    doc_id: str,
    document: Document,
    *,
    words: Callable[[str], Iterable[str]],
    concepts: Iterable[str],
    generation: int,
) -> tantivy.Document:
    """The index entry of a document.

    Parameters
    ----------
    words
        The segmenter: the same one must cut the queries.
    concepts
        Ids of the concepts mentioned, broader ones included.
    generation
        Of the catalogue, when this version of the document came.
    """
    made = tantivy.Document()
    made.add_text("doc_id", doc_id)
    made.add_integer("generation", generation)
    texts = _texts(document)
    extra = (texts["keyword"], document.title_en, document.abstract_en, texts["author"])
    made.add_text("all_grams", grams("\n".join((document.text, *extra))))
    for name, text in texts.items():
        if text:
            made.add_text(f"{name}_grams", grams(text))
    for name in RANKED:
        made.add_text(f"{name}_words", " ".join(word_tokens(words(texts[name]))))
    if document.year is not None:
        made.add_integer("year", document.year)
    made.add_integer("day", day_number(document.date or str(document.year or "")))
    for name, values in _facets(document, concepts).items():
        for value in values:
            made.add_text(f"{name}_facet", value)
    return made


def day_number(date: str, *, fill: str = "0") -> int:
    """An ISO date, as precise as it is, as the number YYYYMMDD; `fill` stands for what is open.

    With "0" a year sorts before its months, with "9" behind them; no date at all is 0.
    """
    return int(date.replace("-", "").ljust(8, fill)) if date else 0


def word_tokens(words: Iterable[str]) -> list[str]:
    """Words as index tokens: those with a letter or digit, case folded, without inner spaces."""
    folded = ("".join(word.casefold().split()) for word in words)
    return [word for word in folded if any(map(str.isalnum, word))]


def _texts(document: Document) -> dict[str, str]:
    return {
        "title": f"{document.title}\n{document.title_en}",
        "abstract": f"{document.abstract}\n{document.abstract_en}",
        "keyword": "\n".join((*document.keywords, *document.keywords_en)),
        "body": document.body,
        "author": "\n".join((*document.authors, *document.authors_en)),
        "affiliation": "\n".join(document.affiliations),
        "journal": document.journal,
        "issuer": "\n".join(document.issuers),
        "doc_number": document.doc_number,
        "heading": "\n".join(title for _, title in document.headings),
    }


def _facets(document: Document, concepts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    values: dict[str, Iterable[str]] = {
        "kind": (document.kind,),
        "level": (document.level,),
        "region": (document.region,),
        "issuer": document.issuers,
        "journal": (document.journal,),
        "author": document.authors,
        "keyword": document.keywords,
        "concept": concepts,
    }
    return {name: tuple(sorted({v for v in vs if v})) for name, vs in values.items()}
