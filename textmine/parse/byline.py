"""The lines over the abstract: column name, title and subtitle, authors, institutions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from textmine.parse.affiliations import Affiliation, affiliations, is_affiliation
from textmine.parse.layout import join
from textmine.parse.names import han_authors, latin_authors
from textmine.parse.zones import Line

_HAN = re.compile(r"[\u3400-\u9fff]")
_COLUMN = re.compile(
    r"""
    [\s·•■●◆☆★【\[［《|~-]*
    (?: (?:理论|工作|综合|实践|应用|情报|专题|学术|热点|战略|政策|案例|比较|前沿|调查|实证|基础|信息|特约|专家|智库)
        (?:研究|论坛|探讨|探索|笔谈|观察|聚焦|分析|讨论|园地|纵横|前沿|论文|评论|视点|建设|与实践|与决策|与管理|专栏|咨询){0,2}
      | 综\s?述 | 述评 | 研究论文 | 论\s?著 | 专\s?[题论稿访栏] | 特\s?稿 | 研究报告 | 论文 | 学术论文 | 书评
      | [\u3400-\u9fff·、与和]{2,14}(?:专栏|专题|栏目|论坛|研究栏)(?:[:：].{0,20})?
      | (?:Research|RESEARCH|Article|ARTICLE)\b.{0,30}
    )
    [\s·•■●◆☆★】\]］》|~:：-]*
    """,
    re.VERBOSE,
)
_ISSUE_LINE = re.compile(
    r"第\s?\d{1,3}\s?卷|第\s?\d{1,3}\s?期|Vol\.?\s?\d|ISSN|^\d{4}\s?年|ChinaXiv|^\s*https?:|^\d+$",
    re.I,
)


class Byline(NamedTuple):
    """What the byline says."""

    title: str = ""
    authors: tuple[str, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()


def chinese(lines: Sequence[Line]) -> Byline:
    """Read the Chinese byline: the title is what stands before the first author line."""
    title: list[str] = []
    authors: list[str] = []
    places: list[str] = []
    for line in lines:
        text = line.text.strip()
        names = han_authors(text) if title else ()
        if names and not (authors and places and not line.marked and len(names) > 6):
            authors.extend(names)
        elif title and is_affiliation(text):
            places.append(text)
        elif not authors and not places and _may_be_title(text):
            title.append(text)
    return Byline(
        _title([t for t in title if not _COLUMN.fullmatch(t)] or title),
        tuple(dict.fromkeys(authors)),
        affiliations(places),
    )


def _may_be_title(text: str) -> bool:
    return bool(_HAN.search(text)) and not _ISSUE_LINE.search(text) and len(text) <= 120


def _title(parts: list[str]) -> str:
    """Title and subtitle as one line, footnote marks and dashes tidied."""
    if not parts:
        return ""
    whole = _bare(parts[0])
    for part in parts[1:3]:
        text = _bare(part)
        if re.match(r"[—–\-－一]{1,4}", text) and not re.match(r"一[\u3400-\u9fff]", text):
            whole += "——" + text.lstrip("—–-－一 ")
        elif re.match(r"(?:以|基于|兼|来自|从|对).{2,}", text) and len(whole) >= 6:
            whole += "——" + text
        else:
            whole = join(whole, text)
    return whole


def _bare(title: str) -> str:
    text = re.sub(r"[\s\\*＊†‡①¹²³#]+$", "", title)
    text = re.sub(r"(?<=[\u3400-\u9fff])\d$", "", text)
    text = re.sub(r"^[\s■●◆□*\\#]+", "", text)
    return " ".join(re.sub(r"一一|—\s?—|——+|－－|--", "——", text).split())


def english(lines: Sequence[Line]) -> tuple[str, tuple[str, ...]]:
    """Title and authors of the English byline."""
    title: list[str] = []
    authors: tuple[str, ...] = ()
    for line in lines:
        text = line.text.strip()
        if _HAN.search(text) or not re.search(r"[A-Za-z]{3}", text):
            continue
        names = latin_authors(text) if title else ()
        if names and not authors:
            authors = names
        elif not authors and not _address(text) and len(text) <= 300 and len(title) < 4:
            title.append(text)
    whole = " ".join(title)
    return " ".join(re.sub(r"[\s*†#\\]+$", "", whole).split()), authors


def _address(text: str) -> bool:
    bare = text.lstrip(" ([（0123456789.¹²³*")
    return (
        re.match(
            r"(?:School|Department|College|Institute|Faculty|National|University|Center|Library)\b",
            bare,
        )
        is not None
        and re.search(r"\d{6}|University|China|Academy|Library of", text) is not None
    )
