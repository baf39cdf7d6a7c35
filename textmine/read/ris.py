"""RIS, as CNKI, Zotero, Scopus, EndNote and most publishers write it: `TY  - JOUR` to `ER  -`."""

from __future__ import annotations

import re

from textmine.read.source import Source
from textmine.read.tagged import Layout, records
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "ris"

LAYOUT = Layout(
    NAME,
    # The standard has two spaces and a dash; some tools write one space or none after the dash.
    tag=re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}- ?(?P<value>.*)"),
    opens=frozenset(("TY",)),
    closes=frozenset(("ER",)),
    lists=frozenset(("KW", "AU", "A1", "A2", "AD")),
    broken=re.compile(r"[A-Z][A-Z0-9](?: {0,4}[-:]| {2})"),
)


def matches(source: Source) -> bool:
    """Whether the first tag of the text is TY."""
    return re.match(r"TY {1,2}- ?\w", source.head) is not None


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """All records of a RIS file."""
    return records(source, LAYOUT)
