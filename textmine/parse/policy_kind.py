"""Kinds of policy (文种) from titles, and how much a text looks like a policy at all."""

from __future__ import annotations

import re

from textmine.parse import doc_number, issuers
from textmine.parse.layout import clean
from textmine.records import RawText

KINDS = (
    "工作报告", "意见", "办法", "通知", "规划", "纲要", "计划", "条例", "公报", "公告", "通告", "决定",
    "决议", "方案", "规定", "细则", "规则", "准则", "规程", "规范", "指南", "指引", "批复", "复函", "函",
    "请示", "报告", "通报", "命令", "令", "要点", "措施", "政策", "章程", "预案", "目录", "答复", "建议",
    "议案", "纪要", "宪法", "法", "清单", "导则", "标准", "制度", "白皮书", "解释",
)  # fmt: skip
"""What an official title ends in; longer names before shorter ones with the same end."""

_NAMES = {"宪法": "法律", "法": "法律", "复函": "函", "命令": "令"}
"""Kinds that go by another name: a 法 is a 法律, a 复函 a 函."""

_BRACKETS = re.compile(r"\s*(?:[（(〔\[【][^（()）]{0,40}[)）〕\]】]|\d{4}年?(?:版|本|修订))\s*$")
_LETTERS = frozenset(
    (
        "通知",
        "意见",
        "办法",
        "规定",
        "决定",
        "函",
        "批复",
        "公告",
        "通告",
        "通报",
        "答复",
        "方案",
        "决议",
        "措施",
    )
)
"""Kinds whose titles say 关于; titles of papers that do end in 研究, 思考, 建议 or 报告."""
DRAFT = re.compile(r"征求意见稿|草\s?案|送审稿|讨论稿|公开征求意见|意见征集")
"""Marks of a text that is not in force yet. It is told in `warnings`, and `doc_type` stays."""


def of_title(title: str) -> str:
    """The kind of document that a title names at its end; empty if none.

    「关于印发…办法的通知」 is a 通知; brackets at the end (（试行）, （2006—2020年）) do not matter.
    """
    bare = "".join(title.split()).rstrip("》”")
    for _ in range(3):
        bare = _BRACKETS.sub("", bare).rstrip("》”")
    kind = next((k for k in KINDS if bare.endswith(k)), "")
    if kind == "法" and bare.endswith(
        ("办法", "方法", "做法", "执法", "司法", "立法", "普法", "书法")
    ):
        return "办法" if bare.endswith("办法") else ""
    if kind == "目录" and len(bare) < 4:
        return ""
    return _NAMES.get(kind, kind)


LABELS = frozenset(
    (
        "索引号",
        "主题分类",
        "发文机关",
        "成文日期",
        "发文字号",
        "文号",
        "主题词",
        "公文种类",
        "制发机关",
    )
)
"""Labels of a metadata table that only official documents have."""

_PAPER = re.compile(
    r"^\s*(?:[\[【]?摘\s*要|[\[【]?关\s*键\s*[词字]|中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目"
    r"|作者简介|参\s*考\s*文\s*献\s*$|Abstract|ABSTRACT|Key\s?words|DOI\b|#+\s*(?:摘要|参考文献))",
    re.MULTILINE | re.IGNORECASE,
)
_NEWS = re.compile(
    r"本报(?:讯|记者)|记者\s?[\u3400-\u9fff]{2,3}\s?(?:报道|$)|责任编辑|电\s?[（(]记者|据悉|日前"
)
_RECIPIENTS = re.compile(
    r"^[^\n。；]{0,300}(?:人民政府|各[省市县区部委单厅]|委员会|[厅局部委]|单位|机构|院校|企业|公司|总部|代表|委员|主席)"
    r"[^\n。；]{0,60}[：:]\s*$",
    re.MULTILINE,
)
_FIRST_ARTICLE = re.compile(r"第一条[\s\u3000]", re.MULTILINE)
_REPORT = re.compile(
    r"(?:代表|受)[^。\n]{0,30}(?:政府|国务院)(?:的委托)?[^。\n]{0,30}[报作告]|政府工作报告\s*$",
    re.MULTILINE,
)
_NOTICE = re.compile(
    r"印发给你们|转发给你们|遵照执行|认真贯彻执行|贯彻落实|请[^。\n]{0,20}执行|现(?:将|就)[^。\n]{2,80}(?:通知|意见|批复|答复)?"
    r"如下|提出(?:以下|如下)意见|制定本(?:办法|条例|规定|意见|规划|方案|法|细则)|收悉|现予(?:公布|印发|发布)"
)


def likelihood(raw: RawText) -> float:
    """How much a text looks like a policy, from 0 to 1.

    Signs of an official document (metadata labels, a number on its own line, recipients, usual
    phrases, a title that names a kind) count for it, the front matter of papers and the phrases
    of news against it. 0.5 is the place to part them.
    """
    head = clean(raw.text[:6000])
    lines = [line.strip().lstrip("#*> \u3000") for line in head.split("\n") if line.strip()]
    # A title that the file states may belong to anything; one in the text weighs the same.
    titles = [raw.metadata.get(name, "") for name in ("标题", "title", "名称")] + lines[:12]
    score = 0.0
    if LABELS & raw.metadata.keys():
        score += 0.6
    if any(_is_number_line(line) for line in lines[:30]):
        score += 0.45
    if _RECIPIENTS.search("\n".join(lines[:20])):
        score += 0.25
    if any(len(title) < 120 and of_title(title) and not title.endswith("。") for title in titles):
        score += 0.25
    if any(_of_authority(title) for title in titles):
        score += 0.3
    if _FIRST_ARTICLE.search(head):
        score += 0.4
    if ("各位代表" in head and _REPORT.search(head[:3000])) or re.search(
        r"政\s?府\s?工\s?作\s?报\s?告", "\n".join([*lines[:4], *titles[:3]])
    ):
        score += 0.6
    score += 0.15 * min(2, len(_NOTICE.findall(head)))
    score -= 0.5 * min(2, len(_PAPER.findall(head)))
    score -= 0.2 * min(2, len(_NEWS.findall(head[:3000])))
    return round(max(0.0, min(1.0, score)), 3)


def _of_authority(title: str) -> bool:
    """Whether a title is of the form 某机关关于…的决定."""
    if len(title) > 120:
        return False
    named = issuers.of_title(title) or re.match(r"\s*关于", title)
    return bool(named) and of_title(title) in _LETTERS


def _is_number_line(line: str) -> bool:
    """Whether a line holds a document number and hardly anything else."""
    if len(line) > 60:
        return False
    found = doc_number.find(line)
    return bool(found) and len(line) - (found[0].end - found[0].start) <= 8
