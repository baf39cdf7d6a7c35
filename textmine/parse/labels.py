"""The labels of a paper's front matter: 摘要, 关键词, 中图分类号, 收稿日期, 作者简介, Abstract …

A label names the field of the text behind it, up to the next label. Journals print them with a
colon, in brackets (【摘要】), spaced out (摘　要) or with nothing at all; OCR glues several into
one line. At the start of a line all these are taken; inside a line only unmistakable ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_WORDS: Mapping[str, str] = {
    "abstract": r"(?:内\s?容\s?)?[摘提]\s*要",
    "keywords": r"关\s*[键健]\s*[词字]",
    "clc": r"(?:中\s?图|中国图书(?:资料)?|图书)?(?:分\s?类\s?法?)?分\s?类\s?号|中图分类|中图法",
    "document_code": r"文献标[识志示]码?|文章标识码",
    "article_id": r"文章编[号码]|文章[ID]{2}",
    "doi": r"DOI|doi|Doi",
    "received": r"(?:收\s?稿|投稿|来稿)(?:日\s?期|时间)?|Received(?:\sdate)?",
    "revised": r"(?:修\s?回|修改稿?|修订|改回)(?:收到|返回)?(?:日\s?期|时间)|Revised(?:\sdate)?",
    "accepted": r"(?:接[受收]|录用)(?:日期|时间)|Accepted",
    "published": r"预?出版日期|网络(?:首发|出版)(?:日期|时间)?|发[布表]日期",
    "funding": r"(?:本文|本研究)?[获受]?(?:基\s?金|资\s?助|支持|项目)(?:项\s?目|来源|资助|课题|基金)"
    r"|Fund(?:ing|ed|ation)(?:\sitems?)?|Supported\sby",
    "author_notes": r"(?:第一)?作者(?:及[^:：]{0,12})?简[介历]|第一作者|通[讯信]作者|\*?Corresponding\sauthor|作者信息",
    "contributions": r"作者贡献(?:说明|声明)?|作者分工|利益冲突声明?|数据可用性",
    "editor": r"(?:本文)?(?:责任|执行|栏目)?\s?(?:编辑|责编|编审)",
    "citing": r"(?:中文)?(?:引用|引文|参考文献)(?:本文)?(?:的)?格式|引用本文|Cit(?:e|ation)[^:：]{0,20}",
    "abstract_en": r"A\s?b\s?s\s?t\s?r\s?a\s?c\s?t|ABSTRACT|Summary",
    "keywords_en": r"(?:K\s?ey|KEY)\s?-?\s?(?:[Ww]ords?|WORDS?)",
}
_OPEN, _CLOSE = r"[\[［【〔(（<〈]", r"[\]］】〕)）>〉]"
_GROUP = {name: f"(?P<{name}>{words})" for name, words in _WORDS.items()}
_ANY = "|".join(_GROUP.values())

_AT_START = re.compile(
    rf"""
    [\s*＊\\■●•◆★#]{{0,8}}
    (?:
      {_OPEN}?\s?(?:{_ANY})\s?(?:{_CLOSE}\s*[:：]?|[:：．.]|\s*{_CLOSE})\s*
    )
    """,
    re.VERBOSE,
)
_BARE = re.compile(
    rf"""
    \s*(?:{_OPEN}(?!\s?目\s?的))?(?:(?P<abstract>[摘]\s*要)|(?P<keywords>关\s*键\s*[词字])|(?P<abstract_en>Abstract|ABSTRACT)
      |(?P<keywords_en>(?:Key|KEY)\s?(?:words?|WORDS?))|(?P<doi>DOI\s?(?=10\.))
      |(?P<received>收稿日期)|(?P<funding>(?:基金|资助)项目)|(?P<author_notes>作者简介|通[讯信]作者)
      |(?P<clc>中图分类号|分\s?类\s?号(?=\s?[A-Z]\d))|(?P<abstract2>文摘(?=[^\s]{{10}}))
      |(?P<funding2>本文[系受为是](?=[^:：]{{0,60}}(?:项目|基金|资助)))
      |(?P<abstract3>(?=[\[［【「〔]\s?目\s?的)))\s*
    """,
    re.VERBOSE,
)
_INSIDE = re.compile(
    rf"""
    (?:[\s,，;；。.]|(?<=[^\s]))
    (?:
      # 1. labels with a colon or in brackets, wherever they stand
      {_OPEN}?(?:(?P<keywords>关\s?键\s?[词字])|(?P<clc>(?:中\s?图|中国图书(?:资料)?)?分\s?类\s?号)
        |(?P<document_code>文献标[识志示]码)|(?P<article_id>文章编号)|(?P<received>收稿日期)
        |(?P<revised>修[回改订](?:稿)?日期)|(?P<editor>(?:本文)?责任编辑)|(?P<accepted>[接录][受用]日期)
        |(?P<funding>基金项目)|(?P<author_notes>作者简介|通[讯信]作者)|(?P<citing>引用格式)
        |(?P<keywords_en>(?:Key|KEY)\s?(?:[Ww]ords?|WORDS?))|(?P<abstract>摘\s?要)
        |(?P<abstract_en>Abstract|ABSTRACT))
        \s?(?:{_CLOSE}\s?[:：]?|[:：])\s*
      # 2. a DOI is known by its form
    | (?:【|\[|［)?(?P<doi>DOI|doi)(?:】|\]|］)?\s?[:：]?\s?(?=10\.)
    | (?P<clc2>(?:中图)?分类号)\s?(?=[A-Z]\d|[A-Z]{{2}}\d)
    | (?P<document_code2>文献标[识志示]码)\s?(?=[A-EＡ-Ｅ]\b) | (?P<article_id2>文章编号)\s?(?=\d{{4}}-)
      # 3. an abstract that follows a postcode or closing bracket at once
    | (?<=\d{{6}})[)）.。;；\s]{{0,3}}(?P<abstract2>摘\s?要)\s?
    )
    """,
    re.VERBOSE,
)


class Labelled(NamedTuple):
    """A stretch of a line and the field it belongs to (None: no label yet)."""

    field: str | None
    value: str


def label_at_start(line: str) -> str | None:
    """The field that a line names at its start, or None."""
    found = _AT_START.match(line[:80]) or _BARE.match(line[:40])
    return _field(found) if found else None


def _field(found: re.Match[str]) -> str:
    """The field that a match names; figures keep apart the cases of one field."""
    return (found.lastgroup or "").rstrip("23")


def cut(line: str) -> list[Labelled]:
    """Cut a line at its labels.

    Parameters
    ----------
    line
        A line of the front or back matter.

    Returns
    -------
    list of Labelled
        The stretches in order, labels taken off; the first has no field if the line does not
        start with a label.
    """
    found = _AT_START.match(line[:80]) or _BARE.match(line[:40])
    field, at = (_field(found), found.end()) if found else (None, 0)
    pieces: list[Labelled] = []
    for inside in _INSIDE.finditer(line, at):
        pieces.append(Labelled(field, line[at : inside.start()].strip()))
        field, at = _field(inside), inside.end()
    pieces.append(Labelled(field, line[at:].strip()))
    return [p for p in pieces if p.value or p.field]
