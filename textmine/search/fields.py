"""The names of the query language: fields in English and Chinese, and values that are a list."""

from __future__ import annotations

from collections.abc import Mapping

# Ranked by words.
RANKED = ("title", "abstract", "keyword", "body")
# Lists of short values: `author:王` is a part of one, `author:=王缉慈` a whole one.
LISTED = ("author", "affiliation", "journal", "issuer", "doc_number", "region", "source")
# Matched by character pairs.
TEXTUAL = (*RANKED, *LISTED, "section", "cites")
# Counted over all hits.
FACETS = (
    *("year", "kind", "level", "region", "issuer", "journal", "source"),
    *("author", "keyword", "concept"),
)
RANGES = ("year", "date")
# Asked of other stores than the index.
ELSEWHERE = ("topic", "collection", "id")
FIELDS = tuple(sorted({*TEXTUAL, *FACETS, *RANGES, *ELSEWHERE, "has"}))

ALIASES: Mapping[str, str] = {
    "heading": "section",
    "ref": "cites",
    "标题": "title",
    "题名": "title",
    "篇名": "title",
    "摘要": "abstract",
    "关键词": "keyword",
    "作者": "author",
    "机构": "affiliation",
    "单位": "affiliation",
    "刊名": "journal",
    "期刊": "journal",
    "发文机关": "issuer",
    "文号": "doc_number",
    "发文字号": "doc_number",
    "正文": "body",
    "章节": "section",
    "引用": "cites",
    "来源": "source",
    "年": "year",
    "年份": "year",
    "日期": "date",
    "类型": "kind",
    "地区": "region",
    "级别": "level",
    "概念": "concept",
    "主题": "topic",
    "文献集": "collection",
    "有": "has",
}

VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": {"论文": "paper", "政策": "policy", "其他": "other"},
    "level": {"中央": "central", "省级": "provincial", "市级": "municipal", "县级": "county"},
    "has": {
        "论断": "claim",
        "摘要": "abstract",
        "关键词": "keyword",
        "作者": "author",
        "正文": "body",
        "参考文献": "references",
        "文号": "doc_number",
        "概念": "concept",
        "年份": "year",
        "doi": "doi",
    },
}
"""For fields whose values are few: the Chinese name of each value."""


def field_named(name: str) -> str | None:
    """The field of a name or alias, in any case; None for other words."""
    lowered = name.lower()
    return lowered if lowered in FIELDS else ALIASES.get(lowered)


def value_named(field: str, value: str) -> str | None:
    """The value of a listed field under its English or Chinese name; None where there is none."""
    known = VALUES[field]
    return value.lower() if value.lower() in known.values() else known.get(value.lower())
