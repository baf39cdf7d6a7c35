"""The concordance: every place where a query's words stand, with what is left and right of it.

Known as KWIC, key word in context (Luhn 1960, doi 10.1002/asi.5090110403).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from textmine.records import Document, Span
from textmine.search.columns import beginning, ending, one_line
from textmine.search.folding import fold

LineOrder = Literal["document", "left", "right", "section", "kind", "year"]


@dataclass(frozen=True, slots=True)
class Line:
    """One place: `text[start:end]` of the document's stored text is `node` (on one line)."""

    doc_id: str
    title: str
    year: int | None
    kind: str
    section: str
    start: int
    end: int
    left: str
    node: str
    right: str


def lines_of(
    doc_id: str, document: Document, places: Sequence[Span], *, columns: int
) -> list[Line]:
    """The lines of one document.

    Parameters
    ----------
    places
        Spans of the document's text, as `snippets.occurrences` finds them.
    columns
        How much context each side gets; a Han character takes two columns.
    """
    text = document.text
    made = []
    for start, end in places:
        # No character takes less than no column; four times as many leave room for white space.
        left = one_line(text[max(0, start - 4 * columns) : start]).lstrip()
        right = one_line(text[end : end + 4 * columns]).rstrip()
        section = document.section_at(start)
        made.append(
            Line(
                doc_id,
                document.title,
                document.year,
                document.kind,
                "" if section is None else section.title or section.role,
                start,
                end,
                ending(left, columns),
                one_line(text[start:end]),
                beginning(right, columns),
            )
        )
    return made


def ordered(lines: Iterable[Line], order: LineOrder) -> list[Line]:
    """Lines in an order; those that it holds equal stay as they came.

    `left` compares from the node outwards, `right` onwards; both fold width, case and script.
    """
    keys: dict[LineOrder, Callable[[Line], tuple[object, ...]]] = {
        "document": lambda line: (),
        "left": lambda line: (fold(line.left.rstrip())[::-1],),
        "right": lambda line: (fold(line.right.lstrip()),),
        "section": lambda line: (line.section,),
        "kind": lambda line: (line.kind,),
        "year": lambda line: (line.year is None, line.year or 0),
    }
    return sorted(lines, key=keys[order])
