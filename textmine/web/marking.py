"""A text with several kinds of marks laid over each other, cut into runs that do not overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text with what it is: `kind` is hit, concept, claim or cite."""

    start: int
    end: int
    kind: str
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the marks that cover all of it.

    `anchors` are the numbers of the claims that begin here.
    """

    text: str
    kinds: tuple[str, ...] = ()
    label: str = ""
    href: str = ""
    anchors: tuple[int, ...] = ()


def runs(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Run]:
    """Cut `text[start:end]` at the borders of marks; their places are those of the whole text."""
    inside = [m for m in marks if m.start < end and m.end > start and m.start < m.end]
    borders = sorted(
        {start, end, *(b for m in inside for b in (m.start, m.end) if start < b < end)}
    )
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for n, mark in enumerate(inside):
        opening.setdefault(max(start, mark.start), []).append(n)
        closing.setdefault(min(end, mark.end), []).append(n)
    made = []
    covering: set[int] = set()
    for left, right in itertools.pairwise(borders):
        covering -= set(closing.get(left, ()))
        covering |= set(opening.get(left, ()))
        over = [inside[n] for n in sorted(covering)]
        begun = tuple(m.start for m in over if m.kind == "claim" and m.start == left)
        made.append(
            Run(
                text[left:right],
                tuple(sorted({m.kind for m in over})),
                "；".join(dict.fromkeys(m.label for m in over if m.label)),
                next((m.href for m in over if m.href), ""),
                tuple(dict.fromkeys(begun)),
            )
        )
    return made


def paragraphs(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[list[Run]]:
    """The lines of a stretch of text, each as runs; empty ones are left out."""
    ordered = sorted(marks, key=lambda m: (m.start, m.end))
    place = start
    for line in text[start:end].split("\n"):
        if line.strip():
            last = place + len(line)
            yield runs(text, place, last, _near(ordered, place, last))
        place += len(line) + 1


def _near(ordered: Iterable[Mark], start: int, end: int) -> list[Mark]:
    near = []
    for mark in ordered:
        if mark.start >= end:
            break
        if mark.end > start:
            near.append(mark)
    return near
