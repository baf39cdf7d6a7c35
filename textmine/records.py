"""The nouns of the project: small frozen values that flow from stage to stage.

A `RawFile` is bytes as found; `read` makes `RawText` of it, `parse` makes a `Document`, or either
makes a `Failure`. Everything later points into `Document.text` by character offsets: for a span
`(start, end)`, `text[start:end]` is what was found.

Dates are ISO 8601 strings, as precise as the source (`"2008"`, `"2008-12"`, `"2008-12-30"`), so
that they sort and nothing is invented.
"""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from textmine import markup

Kind = Literal["paper", "policy", "other"]
Role = Literal["title", "abstract", "body", "attachment"]
Relation = Literal["promotes", "inhibits", "requires", "is_a", "part_of", "affects"]
Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "possible", "required", "hypothesis", "question", "reported"]

KINDS: tuple[Kind, ...] = ("paper", "policy", "other")
RELATIONS: tuple[Relation, ...] = (
    "promotes",
    "inhibits",
    "requires",
    "is_a",
    "part_of",
    "affects",
)


class Span(NamedTuple):
    """A half-open range of characters."""

    start: int
    end: int


class Token(NamedTuple):
    """A word with its place in the text that was cut."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as found: its name (relative, with `/`) and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class RawText:
    """What a reader got out of one file, or of one item of a file that holds several.

    `metadata` is what the format itself states (HTML metadata table, DOCX core properties),
    under the format's own names. `item` counts from 0 within the file.
    """

    text: str
    format: str
    source: str = ""
    item: int = 0
    encoding: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One bibliographic record of an export file: the format's own tags, values in file order."""

    fields: Mapping[str, tuple[str, ...]]
    format: str
    source: str = ""
    item: int = 0
    line: int = 0
    encoding: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was refused: what, where in it, why, and what would help."""

    source: str
    stage: str
    reason: str
    place: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of `Document.text`.

    Sections do not overlap. A numbered heading opens a section that runs to the next heading of
    any level and starts with the heading line itself; `level` tells the nesting. Text before the
    first heading is a body section without number and title.
    """

    role: Role
    number: str
    title: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited work. `raw` is the entry as printed, line breaks repaired."""

    n: int | None
    raw: str
    type: str = ""
    authors: tuple[str, ...] = ()
    title: str = ""
    journal: str = ""
    place: str = ""
    publisher: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doc_number: str = ""
    url: str = ""
    doi: str = ""
    accessed: str = ""
    language: str = ""
    is_policy: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """An in-text marker: the reference numbers (or author-year keys) it names and its place."""

    targets: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A paper, a policy or another text, as understood.

    `text` is the stored text that every offset refers to: title, abstract, then body and
    attachments, each a `Section`; running heads, footnotes, captions, front matter and
    references are kept in their own fields and are not part of it.
    """

    kind: Kind
    text: str
    sections: tuple[Section, ...] = ()
    language: str = ""
    title: str = ""
    title_en: str = ""
    authors: tuple[str, ...] = ()
    authors_en: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    city: str = ""
    postcode: str = ""
    abstract: str = ""
    abstract_en: str = ""
    keywords: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    doi: str = ""
    issn: str = ""
    journal: str = ""
    clc: tuple[str, ...] = ()
    document_code: str = ""
    article_id: str = ""
    date: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    page_first: int | None = None
    page_last: int | None = None
    page_count: int | None = None
    received: str = ""
    revised: str = ""
    funding: tuple[str, ...] = ()
    author_notes: tuple[str, ...] = ()
    editor: str = ""
    issuers: tuple[str, ...] = ()
    doc_number: str = ""
    doc_type: str = ""
    recipients: tuple[str, ...] = ()
    index_number: str = ""
    subject: str = ""
    published: str = ""
    effective_date: str = ""
    expiry_date: str = ""
    level: str = ""
    region: str = ""
    attachments: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str = ""
    item: int = 0
    format: str = ""

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """Number and title of each headed section, in order."""
        return tuple((s.number, s.title) for s in self.sections if s.role == "body" and s.title)

    @property
    def body(self) -> str:
        """The text without title and abstract."""
        spans = [s for s in self.sections if s.role in ("body", "attachment")]
        return self.text[spans[0].start : spans[-1].end] if spans else ""

    def section_at(self, offset: int) -> Section | None:
        """The section that holds a character, or None between sections."""
        return next((s for s in self.sections if s.start <= offset < s.end), None)

    def _repr_html_(self) -> str:
        fields = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        long = ("text", "sections", "references", "citations")
        counts = {name: f"{len(fields.pop(name))}" for name in long}
        shown = {name: _shown(value) for name, value in fields.items() if value or value == 0}
        return markup.table(("", self.title), (shown | counts).items())


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text: `text[start:end] == label`."""

    concept: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A directed statement between two concepts, with the words that make it.

    `text[start:end] == evidence` in the document's stored text. `rule` names the pattern that
    matched; `cites` holds the reference numbers of a reported claim.
    """

    subject: str
    relation: Relation
    object: str
    polarity: Polarity
    modality: Modality
    evidence: str
    start: int
    end: int
    document: str = ""
    section: str = ""
    rule: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of years, both ends included."""

    name: str
    first: int
    last: int

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a year and may have changed what is written after it."""

    name: str
    year: int
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result.

    `highlights` are spans within `snippet`; `versions` are the ids of other documents that are
    the same work.
    """

    id: str
    title: str
    year: int | None
    kind: Kind
    score: float
    snippet: str = ""
    highlights: tuple[Span, ...] = ()
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunManifest:
    """What a result was made from: enough to make it again, and to say so in a paper."""

    stage: str
    generation: int
    settings: str
    inputs: Mapping[str, str]
    versions: Mapping[str, str]
    seed: int | None
    rows: Mapping[str, int]


def document_id(document: Document) -> str:
    """Name a document by what it is, not by where it lies.

    A DOI identifies a paper; a document number with the title a policy (one number may cover a
    notice and its attachment); an article id a paper without DOI; otherwise the text itself, or,
    where there is no more of it than a title, title, authors, journal, year and issue.

    Returns
    -------
    str
        16 hexadecimal digits, the same on every machine.
    """
    if document.doi:
        key = "doi:" + document.doi.lower()
    elif document.doc_number:
        key = f"no:{fold(document.doc_number)}:{fold(document.title)}"
    elif document.article_id:
        key = "article:" + fold(document.article_id)
    elif document.text.strip() == document.title.strip():
        # A record without abstract: many papers and editorials share a title.
        named = (*document.authors, document.journal, str(document.year or ""), document.issue)
        key = "\0".join(("record:" + fold(document.title), *named))
    else:
        key = "text:" + document.text
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fold(text: str) -> str:
    """Fold width, case, brackets and spacing, for comparing names and numbers."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_BRACKETS)
    return "".join(folded.split())


_BRACKETS = str.maketrans("〔〕【】[]{}", "()()()()")


def as_record(document: Document) -> dict[str, Any]:
    """A document as the plain dict that `textmine parse --json` prints; empty fields left out."""
    record = {k: v for k, v in dataclasses.asdict(document).items() if v not in ("", (), None)}
    record.pop("sections", None)
    record["headings"] = [list(heading) for heading in document.headings]
    record["body"] = document.body
    record["references"] = [
        {k: v for k, v in dataclasses.asdict(r).items() if v not in ("", (), None)}
        for r in document.references
    ]
    return record


def to_plain(document: Document) -> dict[str, Any]:
    """Every field of a document as JSON-ready values; `from_plain` is its inverse."""
    return dataclasses.asdict(document)


def from_plain(plain: Mapping[str, Any]) -> Document:
    """A document from `to_plain`'s values, or from their JSON round trip."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in plain.items()}
    values["sections"] = tuple(Section(**s) for s in plain["sections"])
    values["citations"] = tuple(
        Citation(tuple(c["targets"]), c["start"], c["end"]) for c in plain["citations"]
    )
    values["references"] = tuple(
        Reference(**{**r, "authors": tuple(r["authors"])}) for r in plain["references"]
    )
    return Document(**values)
