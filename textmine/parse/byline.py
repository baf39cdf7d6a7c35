"""The lines over the abstract: column name, title and subtitle, authors, institutions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from textmine.parse.affiliations import Affiliation, affiliations, is_affiliation
from textmine.parse.layout import join
from textmine.parse.names import (
    han_authors,
    latin_authors,
    names_before_place,
    pinyin_before_place,
    title_before_names,
)
from textmine.parse.zones import Line

_HAN = re.compile(r"[\u3400-\u9fff]")
_COLUMN = re.compile(
    r"""
    [\s·•■●◆☆★【\[［《|~-]*
    (?: (?:理论|工作|综合|实践|应用|情报|专题|学术|热点|战略|政策|案例|比较|前沿|调查|实证|基础|信息|特约|专家|智库)
        (?:研究|论坛|探讨|探索|笔谈|观察|聚焦|分析|讨论|园地|纵横|前沿|论文|评论|视点|建设|与实践|与决策|与管理|专栏|咨询){0,2}
      | 综\s?述 | 述评 | 研究论文 | 论\s?著 | 专\s?[题论稿访栏刊](?:[:：].{0,120})?
      | 特\s?稿 | 研究报告 | 论文 | 学术论文 | 书评
      | 栏目\s?[:：].{0,40}
      | [\u3400-\u9fff·、与和]{2,14}(?:专栏|专题|栏目|论坛|研究栏)(?:[:：].{0,20})?
      | (?:Research|RESEARCH|Article|ARTICLE)\b.{0,30}
    )
    [\s·•■●◆☆★】\]］》|~:：-]*
    """,
    re.VERBOSE,
)
_FOOTNOTE = re.compile(r"[\s\\]*[*＊]|编者按|课题组|执笔")
_ISSUE_LINE = re.compile(
    r"第\s?\d{1,3}\s?卷|第\s?\d{1,3}\s?期|Vol\.?\s?\d|ISSN|^\d{4}\s?年|ChinaXiv|^\s*https?:|\d{4}\s?[,，]\s?\d{1,3}\s?[(（]\d|^\d+$",
    re.I,
)


class Byline(NamedTuple):
    """What the byline says."""

    title: str = ""
    authors: tuple[str, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()


class Masthead(NamedTuple):
    """The journal's head over the first page: 区域研究 / 2016年第1期."""

    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""


_ISSUE = re.compile(
    r"""
    (?:(?P<year>(?:19|20)\d\d)\s?年)? [\s,，·]{0,4}
    (?:第\s?(?P<volume>\d{1,3})\s?卷)? [\s,，·]{0,4}
    第\s?(?P<issue>\d{1,3})\s?期
    """,
    re.VERBOSE,
)
HEAD_LINES = 4
"""Lines at the top of a page among which the line with the issue stands."""


def masthead(lines: Sequence[Line]) -> tuple[Masthead, Sequence[Line]]:
    """Take the journal's head off the byline: the line with the issue and what is over it."""
    for i, line in enumerate(lines[:HEAD_LINES]):
        found = _ISSUE.search(line.text)
        if not found or len(line.text) > 80:
            continue
        names = [x.text for x in lines[:i] if _HAN.search(x.text) and len(x.text) <= 30]
        year = int(found["year"]) if found["year"] else None
        head = Masthead(names[0] if names else "", year, found["volume"] or "", found["issue"])
        return head, lines[i + 1 :]
    return Masthead(), lines


def chinese(lines: Sequence[Line]) -> Byline:
    """Read the Chinese byline: the title is what stands before the first author line."""
    title: list[str] = []
    authors: list[str] = []
    places: list[str] = []
    for line in lines:
        text = _RUNNING_FOOT.sub("", line.text.strip())
        front, glued, rest = names_before_place(text) if not authors else ("", "", "")
        names = han_authors(glued or text) if title or glued else ()
        if front and not title:
            title.append(front)
        if glued:
            places.append(rest)
        if names:
            authors.extend(names)
        elif (title or places) and is_affiliation(text):
            places.append(text)
        elif places and not glued and not line.marked and len(text) < 60:
            # An institution broken over two lines.
            places[-1] += text
        elif (not title or not (authors or places)) and _may_be_title(text):
            title.append(text)
    if not authors and title:
        head, glued = title_before_names(title[-1])
        if glued:
            title[-1], authors = head, list(han_authors(glued))
    return Byline(
        _title(_without_column(title)),
        tuple(dict.fromkeys(authors)),
        affiliations(places),
    )


_RUNNING_FOOT = re.compile(
    r"^\d{1,4}\s?[|｜]\s?\d{4}\s?年\s?·?\s?第\s?\d+\s?卷\s?·?\s?第\s?\d+\s?期"
)
"""The foot of the page before, run into the line."""


_SERIES = re.compile(r"[(（][^()（）]{4,60}之[一二三四五六七八九十][)）]")
"""A line over the title that counts a series of papers."""


def _without_column(title: list[str]) -> list[str]:
    """Title lines without the name of the column over them."""
    kept = [t for t in title if not _COLUMN.fullmatch(t) and not _SERIES.fullmatch(t)] or title
    # A very short line over a long one is a column that is not in the list.
    return kept[1:] if len(kept) > 1 and len(kept[0]) <= 6 < 8 <= len(kept[1]) else kept


def _may_be_title(text: str) -> bool:
    if _ISSUE_LINE.search(text) or _FOOTNOTE.match(text):
        return False
    return bool(_HAN.search(text)) and len(text) <= 120


_DASHED = re.compile(r"[—–\-－]|一{2}|一(?![种个带般体流次项站些定样元线二])")
"""A subtitle's dash, which OCR reads as 一."""


def _title(parts: list[str]) -> str:
    """Title and subtitle as one line, footnote marks and dashes tidied."""
    if not parts:
        return ""
    whole = _bare(parts[0])
    for part in parts[1:3]:
        text = _bare(part)
        if _DASHED.match(text):
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
    """Title and authors of the English byline: the lines right over the English abstract."""
    ends = [i for i, line in enumerate(lines) if not line.text]
    own = [line for line in lines[: ends[0] if ends else None] if _is_english(line.text)]
    marked = [i for i, line in enumerate(own) if line.marked]
    # Where lines are marked as headings, the title begins at one of them.
    own = own[marked[0] :] if marked else own
    title: list[str] = []
    for i, line in enumerate(own):
        names = latin_authors(line.text) if title else ()
        if names:
            return _english_title(title), names
        if title and (pinyin := pinyin_before_place(line.text)):
            head, names = pinyin
            return _english_title([*title, head]), names
        if _address(line.text) or (title and not line.marked and i > 3):
            break
        title.append(line.text)
    if title and (pinyin := pinyin_before_place(title[-1])):
        head, names = pinyin
        return _english_title([*title[:-1], head]), names
    return _english_title(title), ()


def _is_english(text: str) -> bool:
    if _HAN.search(text) or not re.search(r"[A-Za-z]{3}", text):
        return False
    return not re.search(r"https?:|www\.|\[[JMDCNR]\]|^\s?\[?\d+\]", text) and len(text) <= 400


def _english_title(parts: list[str]) -> str:
    whole = " ".join(part for part in parts if part)
    return " ".join(re.sub(r"^[\s*†#\\]+|[\s*†#\\]+$", "", whole).split())


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
