"""RefWorks tagged text, as CNKI and Wanfang export it: `RT Journal Article`, `A1`, `T1`."""

from __future__ import annotations

import re

from textmine.read.source import Source
from textmine.read.tagged import Layout, records
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "refworks"

LAYOUT = Layout(
    NAME,
    # Only tags of the format: "AI", "on" and the like may open a wrapped line of an abstract.
    tag=re.compile(
        r"(?P<tag>RT|SR|ID|A[1-6]|AD|AU|AB|AN|AV|T[1-3]|TI|JF|JO|YR|FD|IS|[Vv][Oo]|OP|SP|K1|NO|PB|PP|ED|"
        r"SN|CN|LA|LK|UL|DO|DB|DS|SF|OL|PA|RD|U[1-5]|CL|CP|WT|WP|WV|GR|CT)(?P<value>(?: .*)?)$"
    ),
    opens=frozenset(("RT",)),
)


def matches(source: Source) -> bool:
    """Whether the text opens with a reference type."""
    return (
        re.match(r"RT \S[^\n]*\n(?:[A-Za-z][A-Za-z0-9](?: [^\n]*)?\n){2}", source.head) is not None
    )


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """All records of a RefWorks export."""
    return records(source, LAYOUT)
