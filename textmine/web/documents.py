"""The document page as values: text with its marks, outline, record, references, claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from textmine import claims as claiming
from textmine.concepts import named_in_full
from textmine.errors import QueryError, UsageError
from textmine.figures.theme import Lang
from textmine.records import Citation, Claim, Document, Reference, Role, Section
from textmine.search.snippets import occurrences
from textmine.web.language import value_name
from textmine.web.library import Reader
from textmine.web.marking import Mark, Run, paragraphs, runs

# A reference is looked up in the index; a monograph's bibliography would take seconds.
LINKED_REFERENCES = 80
CITING = 20
# Shown of the record, in this order.
RECORD = (
    *("kind", "authors", "affiliations", "issuers", "doc_number", "doc_type", "level", "region"),
    *("journal", "year", "date", "volume", "issue", "published", "effective_date"),
    *("expiry_date", "keywords", "keywords_en", "title_en", "authors_en", "doi", "issn", "clc"),
    *("funding", "received", "revised", "recipients", "subject", "attachments", "format"),
)


class UnknownDocument(UsageError):
    """There is no document of this id."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section as shown: what it is called, its heading, and the paragraphs below it."""

    id: str
    role: Role
    name: str
    level: int
    heading: list[Run]
    paragraphs: tuple[list[Run], ...]


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A reference with the document of the collection that it names, if there is one."""

    id: str
    label: str
    raw: str
    doc_id: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the document page shows."""

    doc_id: str
    document: Document
    title: list[Run]
    parts: tuple[Part, ...]
    record: tuple[tuple[str, str], ...]
    concepts: tuple[tuple[str, str, int], ...]
    claims: tuple[Claim, ...]
    references: tuple[CitedWork, ...]
    cited_by: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]


def fetch(reader: Reader, doc_id: str) -> Document:
    """One document.

    Raises
    ------
    UnknownDocument
        When there is none of this id.
    """
    document = reader.catalogue.document(doc_id)
    if document is None:
        raise UnknownDocument(
            f"There is no document {doc_id}.", remedy="It may have been removed by an update."
        )
    return document


def show(reader: Reader, doc_id: str, q: str, lang: Lang) -> Shown:
    """A document with everything that its page shows.

    Parameters
    ----------
    q
        The query that led here; what it finds is lit.
    """
    document = fetch(reader, doc_id)
    scheme = reader.workspace.scheme
    mentions = named_in_full(reader.workspace.matcher.mentions(document.text), scheme)
    found = tuple(
        claiming.extract(document.text, mentions, sections=document.sections, scheme=scheme)
    )
    counts = Counter(m.concept for m in mentions)
    concepts = sorted(
        ((c, scheme[c].name(lang), n) for c, n in counts.items()), key=lambda row: (-row[2], row[1])
    )
    marks = [
        *(Mark(m.start, m.end, "concept", scheme[m.concept].name(lang)) for m in mentions),
        *(Mark(c.start, c.end, "claim", _said(reader, c, lang)) for c in found),
        *(Mark(c.start, c.end, "cite", href=f"#ref-{c.targets[0]}") for c in _known(document)),
        *_hits(reader, document, q),
    ]
    return Shown(
        doc_id,
        document,
        _title(document, marks),
        tuple(_parts(document, marks)),
        tuple(_record(document, lang)),
        tuple(concepts),
        found,
        tuple(_references(reader, document, doc_id)),
        tuple(_citing(reader, document, doc_id)),
        tuple(reader.catalogue.places(doc_id)[1:]),
        tuple(
            (i, d.source)
            for i, d in reader.catalogue.documents(reader.index.versions(doc_id, document))
        ),
    )


def _said(reader: Reader, claim: Claim, lang: Lang) -> str:
    scheme = reader.workspace.scheme
    names = (scheme[claim.subject].name(lang), scheme[claim.object].name(lang))
    return f"{names[0]} → {value_name(claim.relation, lang)} → {names[1]}"


def _known(document: Document) -> Iterator[Citation]:
    numbers = {str(r.n) for r in document.references if r.n is not None}
    return (c for c in document.citations if c.targets and c.targets[0] in numbers)


def _hits(reader: Reader, document: Document, q: str) -> list[Mark]:
    """What the query finds in the text; a query that cannot be understood finds nothing."""
    try:
        wanted = reader.index.wanted(reader.index.parsed(q))
    except QueryError:
        return []
    spans = occurrences(document.text, wanted.strings, patterns=wanted.patterns)
    return [Mark(start, end, "hit") for start, end in spans] if q.strip() else []


def _title(document: Document, marks: Sequence[Mark]) -> list[Run]:
    """The title, lit where it stands in the text; otherwise as the record has it."""
    for section in document.sections:
        if section.role == "title":
            return runs(document.text, section.start, section.end, marks)
    return [Run(document.title)] if document.title else []


def _parts(document: Document, marks: Sequence[Mark]) -> Iterator[Part]:
    """The sections; the title, which the page shows as its heading, is left out."""
    sections = document.sections or (Section("body", "", "", 1, 0, len(document.text)),)
    level = 0
    for n, section in enumerate(sections):
        if section.role == "title":
            continue
        named = " ".join(part for part in (section.number, section.title) if part)
        start, heading = section.start, list[Run]()
        if named and section.role == "body":
            # The section begins with its heading's line, which is shown as a heading.
            line_end = document.text.find("\n", start, section.end)
            line_end = section.end if line_end < 0 else line_end
            heading = runs(document.text, start, line_end, marks)
            start = line_end
        if heading or section.role != "body":
            # Headings step down one by one, as a screen reader expects.
            level = min(max(1, section.level), level + 1) if section.role == "body" else 1
        lines = tuple(paragraphs(document.text, start, section.end, marks))
        if heading or lines:
            yield Part(f"s{n}", section.role, named, level, heading, lines)


def _record(document: Document, lang: Lang) -> Iterator[tuple[str, str]]:
    for name in RECORD:
        value = getattr(document, name)
        shown = "；".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
        if shown:
            yield name, value_name(shown, lang)
    if document.page_first:
        yield "pages", f"{document.page_first}–{document.page_last or ''}".rstrip("–")


def _references(reader: Reader, document: Document, doc_id: str) -> Iterator[CitedWork]:
    for n, one in enumerate(document.references):
        number = str(one.n) if one.n is not None else str(n + 1)
        linked = _named(reader, one, doc_id) if n < LINKED_REFERENCES else ""
        yield CitedWork(f"ref-{number}", number, one.raw, linked)


def _named(reader: Reader, reference: Reference, doc_id: str) -> str:
    """The document that a reference names, by document number or by its whole title."""
    for field, value in (("doc_number", reference.doc_number), ("title", reference.title)):
        asked = value.replace('"', " ").strip()
        # A title of a few characters would find any that holds them.
        if len(asked) < 6:
            continue
        mark = "=" if field == "doc_number" else ""
        for found in _ids(reader, f'{field}:{mark}"{asked}"')[:3]:
            if found != doc_id and (field == "doc_number" or _titled(reader, found, asked)):
                return found
    return ""


def _titled(reader: Reader, doc_id: str, title: str) -> bool:
    document = reader.catalogue.document(doc_id)
    # A subtitle may be left out on either side, no more.
    return document is not None and len(document.title) <= 2 * len(title)


def _citing(reader: Reader, document: Document, doc_id: str) -> Iterator[tuple[str, str]]:
    name = document.doc_number or document.title
    asked = name.replace('"', " ").strip()
    if len(asked) < 6:
        return
    for found in _ids(reader, f'cites:"{asked}"')[:CITING]:
        if found != doc_id and (other := reader.catalogue.document(found)) is not None:
            yield found, other.title or found


def _ids(reader: Reader, query: str) -> list[str]:
    """Ids of a query made of a document's own text, which may be none that can be asked."""
    try:
        return reader.index.ids(query)
    except QueryError:
        return []


def document_address(doc_id: str, q: str = "", fragment: str = "", *, into: str = "") -> str:
    """Where a document's page is; `into` is the collection that the reader works on."""
    asked = {name: value for name, value in (("q", q), ("into", into)) if value}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"/documents/{doc_id}{query}{fragment}"
