"""What a document cites: the entries of its reference list, and policies that its text names.

Which documents of the corpus are meant is decided in `textmine.citations.register`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textmine.citations.works import title_key
from textmine.parse import doc_number
from textmine.parse.policy_links import LinkRelation, PolicyLink, links
from textmine.records import Document, Reference, Span

Way = Literal["reference", "text"]


@dataclass(frozen=True, slots=True)
class Naming:
    """A work as a document names it.

    Attributes
    ----------
    way
        "reference" for an entry of the list, "text" for a mention in running text.
    relation
        What a policy does to the work; papers only cite.
    doc_number
        Canonical.
    places
        Spans of the document's text: the markers of a reference, the mention itself. A reference
        that the text never points at has none.
    """

    way: Way
    relation: LinkRelation
    title: str
    doc_number: str = ""
    doi: str = ""
    people: tuple[str, ...] = ()
    year: int | None = None
    is_policy: bool = False
    places: tuple[Span, ...] = ()
    raw: str = ""


def namings(document: Document, found: Sequence[PolicyLink] | None = None) -> list[Naming]:
    """Every work that a document cites or names.

    Parameters
    ----------
    document
        As parsed.
    found
        The result of `parse.policy_links.links(document.text)`, where it is known already.

    Returns
    -------
    list of Naming
        References in their order, then mentions in theirs. What a document issues itself (its own
        attachment, by title) is left out.
    """
    named = [_reference(document, r) for r in document.references]
    found = links(document.text) if found is None else found
    return named + [_mention(document, link) for link in found if not _own(document, link)]


def _own(document: Document, link: PolicyLink) -> bool:
    """Whether a title is what the document itself issues: named in its own, or attached."""
    key = title_key(link.title)
    if link.relation != "issues" or link.doc_number or not key:
        return False
    attached = any(key == title_key(title) for title in document.attachments)
    return attached or key in title_key(document.title)


def _reference(document: Document, reference: Reference) -> Naming:
    number = doc_number.canonical(reference.doc_number) if reference.doc_number else ""
    return Naming(
        "reference",
        "cites",
        reference.title,
        number if reference.is_policy else "",
        reference.doi.lower(),
        reference.authors,
        reference.year,
        reference.is_policy,
        _marked(document, reference),
        reference.raw,
    )


def _marked(document: Document, reference: Reference) -> tuple[Span, ...]:
    """Where the text points at a reference: by its number, or by its first author and year."""
    if reference.n is not None:
        wanted = str(reference.n)
        return tuple(Span(c.start, c.end) for c in document.citations if wanted in c.targets)
    if not reference.authors or reference.year is None:
        return ()
    name = reference.authors[0].split()[0].casefold()
    year = re.compile(rf"(?<!\d){reference.year}[a-z]?(?!\d)")
    return tuple(
        Span(c.start, c.end)
        for c in document.citations
        if any(t.casefold().startswith(name) and year.search(t) for t in c.targets)
    )


def _mention(document: Document, link: PolicyLink) -> Naming:
    # A paper that tells who issued a policy cites it; only authorities issue and repeal.
    relation = link.relation if document.kind == "policy" else "cites"
    return Naming(
        "text",
        "cites" if relation == "issues" else relation,
        link.title,
        link.doc_number,
        is_policy=True,
        places=(Span(link.start, link.end),),
        raw=document.text[link.start : link.end],
    )
