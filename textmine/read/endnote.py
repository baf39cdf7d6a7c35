"""EndNote tagged text, as CNKI, Wanfang and VIP export it: `%0 Journal Article`, `%T`, `%A`."""

from __future__ import annotations

import re

from textmine.read.source import Source
from textmine.read.tagged import Layout, records
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "endnote"

LAYOUT = Layout(
    NAME,
    tag=re.compile(r"%(?P<tag>[0-9A-Za-z@!?$^&*()+=~#<>\[\];,/:.-])(?P<value>(?: .*)?)$"),
    opens=frozenset(("0",)),
    broken=re.compile(r"%\S"),
)


def matches(source: Source) -> bool:
    """Whether the text opens with a reference type, or with other tags and has a title."""
    head = source.head
    return re.match(r"%0 \S|%[A-Z] [^\n]*\n(?:%[^\n]*\n){0,30}%T ", head) is not None


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """All records of an EndNote export."""
    return records(source, LAYOUT)
