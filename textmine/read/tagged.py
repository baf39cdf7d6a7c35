"""The shape that most bibliographic exports share: lines that open with a tag.

A `Layout` says how the tags of one format look, which of them open a record and how a field goes
on over several lines; `records` does the rest. A line that makes no sense is kept with the field
before it and reported with its number, never a reason to drop the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textmine.read.source import Source
from textmine.records import RawRecord


@dataclass(frozen=True, slots=True)
class Layout:
    """How one export format is written.

    Parameters
    ----------
    name
        The format's name in `RawRecord.format`.
    tag
        Matches a line with a tag; groups `tag` and `value`.
    opens
        Tags that begin a record. Empty: the first tag of the file does.
    closes
        Tags that end a record and are no fields themselves.
    lists
        Tags whose further lines are values of their own (authors, references), not wrapped text.
    once
        Tags of which a record has one: a second one begins the next record (for formats whose
        records have no fixed beginning).
    broken
        Matches a line that was meant as a tag but is none; reported.
    """

    name: str
    tag: re.Pattern[str]
    opens: frozenset[str] = frozenset()
    closes: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()
    broken: re.Pattern[str] | None = None


class _Draft:
    """A record while its lines come in."""

    def __init__(self, line: int) -> None:
        self.line = line
        # Each value as its pieces, so that a value of many lines is put together once.
        self.fields: dict[str, list[list[str]]] = {}
        self.last = ""
        self.warnings: list[str] = []

    def add(self, tag: str, value: str) -> None:
        self.fields.setdefault(tag, []).append([value])
        self.last = tag

    def extend(self, text: str, *, own: bool) -> None:
        """Take a further line of the last field: its own value, or the rest of a wrapped one."""
        values = self.fields[self.last]
        if own:
            values.append([text])
        else:
            values[-1] += (gap(values[-1][-1], text), text)

    def values(self) -> dict[str, tuple[str, ...]]:
        """The fields that hold anything."""
        joined = {tag: map("".join, values) for tag, values in self.fields.items()}
        kept = {tag: tuple(v for v in values if v) for tag, values in joined.items()}
        return {tag: values for tag, values in kept.items() if values}


def records(source: Source, layout: Layout, *, text: str | None = None) -> list[RawRecord]:
    """All records of a file, in its order; of `text` where a reader has tidied the file's own."""
    encoding = source.decoded.encoding
    found = []
    for item, draft in enumerate(_drafts(source.text if text is None else text, layout)):
        warnings = (*source.decoded.warnings, *draft.warnings)
        found.append(
            RawRecord(
                draft.values(), layout.name, source.path, item, draft.line, encoding, warnings
            )
        )
    return found


def _drafts(text: str, layout: Layout) -> Iterator[_Draft]:
    draft: _Draft | None = None
    opens = layout.opens
    for number, line in enumerate(text.split("\n"), 1):
        match = layout.tag.match(line)
        if match is None:
            if draft is not None:
                _continue(draft, line, number, layout)
            continue
        tag, value = match["tag"], match["value"].strip()
        if tag in layout.closes:
            if draft is not None and draft.fields:
                yield draft
            draft = None
            continue
        opens = opens or frozenset((tag,))
        if draft is None or tag in opens or (tag in layout.once and tag in draft.fields):
            if draft is not None and draft.fields:
                yield draft
            draft = _Draft(number)
        draft.add(tag, value)
    if draft is not None and draft.fields:
        yield draft


def _continue(draft: _Draft, line: str, number: int, layout: Layout) -> None:
    stripped = line.strip()
    if not stripped or not draft.last:
        return
    if layout.broken is not None and layout.broken.match(line):
        draft.warnings.append(
            f"line {number}: not readable as a field, kept with {draft.last}: {stripped[:40]}"
        )
    draft.extend(stripped, own=draft.last in layout.lists)


def gap(before: str, after: str) -> str:
    """What stands between two lines of one text: a space, but none beside Chinese or a mark."""
    if not before or after[0] in ",.;:，。；：、)）":
        return ""
    last = before.rstrip(",.;:")[-1:]
    return "" if last >= "\u2e80" or after[0] >= "\u2e80" else " "
