"""What a review has come to: saved queries with what is new, collections with their counts.

People save and decide with the commands; the pages only show.
"""

from __future__ import annotations

from dataclasses import dataclass

from textmine.errors import UsageError
from textmine.store.collections import FILE, Collection, Collections, Prisma, SavedQuery
from textmine.web.analyses import found_at
from textmine.web.library import Reader


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
    collections: tuple[tuple[Collection, Prisma, str], ...] = ()


def review(reader: Reader) -> Review:
    """Read what people saved and decided."""
    state = reader.workspace.state
    if not (state / FILE).is_file():
        return Review()
    with Collections(state) as kept:
        return Review(
            tuple(_watched(reader, kept, one) for one in kept.queries()),
            tuple(
                (one, kept.prisma(one.name), found_at(f'collection:"{one.name}"'))
                for one in kept.collections()
            ),
        )


def _watched(reader: Reader, kept: Collections, saved: SavedQuery) -> Watched:
    try:
        ids = reader.index.ids(saved.query)
    except UsageError:  # of a topic or a collection that is gone
        return Watched(saved, None, 0, found_at(saved.query))
    return Watched(saved, len(ids), len(kept.unseen(saved.name, ids)), found_at(saved.query))
