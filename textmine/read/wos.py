"""Web of Science tagged text (`PT J` to `ER`), and what tools turn into it."""

from __future__ import annotations

import re

from textmine.read.source import Source
from textmine.read.tagged import Layout, records
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "wos"

LAYOUT = Layout(
    NAME,
    tag=re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?P<value>(?: .*)?)$"),
    opens=frozenset(("PT",)),
    closes=frozenset(("FN", "VR", "ER", "EF")),
    lists=frozenset(
        (
            "AU",
            "AF",
            "BA",
            "BF",
            "BE",
            "CA",
            "C1",
            "C3",
            "CR",
            "GP",
            "RI",
            "OI",
            "ED",
        )
    ),
)


def matches(source: Source) -> bool:
    """Whether the text opens as the database writes it: FN and VR, or PT with tags below."""
    return (
        re.match(r"(?:FN [^\n]*\nVR [^\n]*\n\s*)?PT [A-Z]\s*\n[A-Z][A-Z0-9] ", source.head)
        is not None
    )


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """All records of an export."""
    return records(source, LAYOUT)
