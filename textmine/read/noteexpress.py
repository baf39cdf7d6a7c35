"""NoteExpress, as CNKI, Wanfang and VIP export it: `{Reference Type}: Journal Article`."""

from __future__ import annotations

import re

from textmine.read.source import Source
from textmine.read.tagged import Layout, records
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "noteexpress"

LAYOUT = Layout(
    NAME,
    tag=re.compile(r"\{(?P<tag>[A-Za-z][A-Za-z /]{1,30})\}[:：] ?(?P<value>.*)"),
    opens=frozenset(("Reference Type",)),
    broken=re.compile(r"\{[A-Za-z]"),
)


def matches(source: Source) -> bool:
    """Whether the text opens with a tag in braces."""
    return re.match(r"\{[A-Z][A-Za-z /]{1,30}\}[:：]", source.head) is not None


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """All records of a NoteExpress export."""
    return records(source, LAYOUT)
