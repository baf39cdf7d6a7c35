"""CSSCI exports (Chinese Social Sciences Citation Index): `【来源篇名】` to `【参考文献】`."""

from __future__ import annotations

import re

from textmine.read.source import Source
from textmine.read.tagged import Layout, records
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "cssci"

LAYOUT = Layout(
    NAME,
    # Tags are spread with spaces ("关 键 词"); `read` takes these out.
    tag=re.compile(r"【(?P<tag>[^】\n]{2,12})】(?P<value>.*)"),
    opens=frozenset(("来源篇名",)),
    lists=frozenset(("参考文献",)),
)
_RULE = re.compile(r"^[-=_]{10,}$", re.MULTILINE)
_SPREAD = re.compile(r"^【[^】\n]{2,12}】", re.MULTILINE)


def matches(source: Source) -> bool:
    """Whether the text holds records as CSSCI writes them."""
    return "【来源篇名】" in source.head


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """All records of an export; the cited references are values of 参考文献."""
    text = _RULE.sub("", source.text)
    text = _SPREAD.sub(lambda m: "".join(m.group().split()), text)
    return records(source, LAYOUT, text=text)
