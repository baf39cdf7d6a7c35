"""What a review has come to: saved queries with what is new, collections with their decisions.

Only shows; what readers change is in `textmine.web.forms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from textmine.errors import QueryError, UsageError
from textmine.records import Document
from textmine.store.collections import (
    FILE,
    Collected,
    Collection,
    Collections,
    Prisma,
    SavedQuery,
)
from textmine.web.analyses import found_at
from textmine.web.library import Reader
from textmine.web.searching import Question

Show = Literal["all", "screen", "assess", "included", "excluded"]
SHOWN: tuple[Show, ...] = get_args(Show)
PAGE = 25  # documents of a collection
LEAD = 160  # characters of an abstract: two lines
NEW = 100  # new documents of a saved query on one page


@dataclass(frozen=True, slots=True)
class Watched:
    """A saved query: how many documents it finds, how many of them nobody has looked at.

    `total` is None for one that can no longer be asked.
    """

    saved: SavedQuery
    total: int | None
    fresh: int
    href: str


@dataclass(frozen=True, slots=True)
class Review:
    """All saved queries, and all collections with the counts of their flow."""

    queries: tuple[Watched, ...] = ()
    collections: tuple[tuple[Collection, Prisma], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document of a collection as shown: its place on the page, and the beginning of its text.

    `document` is None when it has left the corpus; its decisions stay.
    """

    place: int
    held: Collected
    document: Document | None
    lead: str


@dataclass(frozen=True, slots=True)
class Collecting:
    """A collection's page.

    `question` finds what was not excluded.
    """

    name: str
    question: Question
    prisma: Prisma
    show: Show
    counts: dict[Show, int]
    candidates: tuple[Candidate, ...]
    page: int
    pages: int


def review(reader: Reader) -> Review:
    """Read what people saved and decided."""
    state = reader.workspace.state
    if not (state / FILE).is_file():
        return Review()
    with Collections(state) as kept:
        return Review(
            tuple(_watched(reader, kept, one) for one in kept.queries()),
            tuple((one, kept.prisma(one.name)) for one in kept.collections()),
        )


def _watched(reader: Reader, kept: Collections, saved: SavedQuery) -> Watched:
    try:
        ids = reader.index.ids(saved.query)
    except (UsageError, QueryError):  # of a topic, a concept or a collection that is gone
        return Watched(saved, None, 0, found_at(saved.query))
    return Watched(saved, len(ids), len(kept.unseen(saved.name, ids)), found_at(saved.query))


def news(reader: Reader, name: str) -> tuple[SavedQuery, int, list[tuple[str, Document]]]:
    """A saved query, how many of its documents nobody has looked at, and the first of these.

    Raises
    ------
    UsageError
        When there is no such query, or it can no longer be asked.
    """
    with Collections(reader.workspace.state) as kept:
        saved = kept.query(name)
        fresh = kept.unseen(name, reader.index.ids(saved.query, sort="newest"))
    return saved, len(fresh), list(reader.catalogue.documents(fresh[:NEW]))


def names(reader: Reader) -> tuple[str, ...]:
    """The names of all collections."""
    if not (reader.workspace.state / FILE).is_file():
        return ()
    with Collections(reader.workspace.state) as kept:
        return tuple(one.name for one in kept.collections())


def held_in(reader: Reader, name: str) -> dict[str, Collected]:
    """What a collection holds, by id; nothing where there is no such collection."""
    if name not in names(reader):
        return {}
    with Collections(reader.workspace.state) as kept:
        return {one.doc_id: one for one in kept.documents(name)}


def collecting(reader: Reader, name: str, show: Show, page: int) -> Collecting:
    """A collection with its decisions, one page of it.

    Raises
    ------
    UsageError
        When there is no such collection.
    """
    with Collections(reader.workspace.state) as kept:
        held, prisma = kept.documents(name), kept.prisma(name)
    by_show = {one: [d for d in held if one == "all" or _state(d) == one] for one in SHOWN}
    chosen = by_show[show]
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(page, pages)
    stretch = chosen[(page - 1) * PAGE : page * PAGE]
    return Collecting(
        name,
        Question(f'collection:"{name}"'),
        prisma,
        show,
        {one: len(documents) for one, documents in by_show.items()},
        tuple(_candidates(reader, stretch)),
        page,
        pages,
    )


def _state(held: Collected) -> Show:
    if "exclude" in (held.screened, held.assessed):
        return "excluded"
    if held.assessed:
        return "included"
    return "assess" if held.screened else "screen"


def _candidates(reader: Reader, stretch: list[Collected]) -> Iterator[Candidate]:
    known = dict(reader.catalogue.documents(one.doc_id for one in stretch))
    for place, one in enumerate(stretch, 1):
        document = known.get(one.doc_id)
        text = "" if document is None else document.abstract or document.body
        lead = " ".join(text[: 2 * LEAD].split())
        yield Candidate(place, one, document, lead[:LEAD] + ("…" if len(lead) > LEAD else ""))
