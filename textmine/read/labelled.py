"""Records with a label before each field: CNKI E-Study and custom export, VIP text, Chinese labels.

`Title-题名: …` (CNKI), `题名：…` or `【题名】…` (VIP and others). A record begins where the first
label of the file comes again.
"""

from __future__ import annotations

import re

from textmine.read.source import Source
from textmine.read.tagged import Layout, records
from textmine.read.tags import field_of
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "labelled"

_CNKI = re.compile(r"(?P<tag>[A-Za-z]{2,20}-[A-Z\u4e00-\u9fff]{1,10}|DataType)[:：](?P<value>.*)")
_CHINESE = re.compile(
    r"(?:\[\d{1,5}\]\s?)?【?(?P<tag>[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{0,8}|DOI|ISSN|CN)"
    r"(?:】[:：]?|[:：])"
    r"(?P<value>.*)"
)
_ONCE = frozenset(("Title-题名", "SrcDatabase-来源库", "题名", "标题", "篇名"))


def matches(source: Source) -> bool:
    """Whether labels of a title and two other fields open the lines.

    With Chinese labels alone, which papers and policies have too ("作者：", "摘要："), nearly all
    of the first lines must be labelled, and the journal must be among them.
    """
    lines = [line for line in source.head.split("\n")[:60] if line.strip()]
    if sum(1 for line in lines[:15] if _CNKI.match(line)) >= 3:
        return any(line.startswith(("Title-", "SrcDatabase-", "DataType")) for line in lines[:3])
    found = [_CHINESE.match(line) for line in lines]
    fields = [field_of(NAME, _squeezed(match["tag"])) for match in found if match]
    known = sum(1 for field in fields if field)
    return (
        {"title", "authors", "journal"} <= set(fields)
        and known >= 0.7 * len(lines)
        and fields[0] in ("title", "authors", "database")
    )


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """All records of an export with labels."""
    cnki = _CNKI.match(source.head) is not None
    layout = Layout(NAME, _CNKI if cnki else _CHINESE, once=_ONCE)
    text = source.text if cnki else _LABEL.sub(lambda m: _squeezed(m.group()), source.text)
    return records(source, layout, text=text)


_LABEL = re.compile(r"^【?[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{0,8}[】:：]", re.MULTILINE)


def _squeezed(label: str) -> str:
    return "".join(label.split())
