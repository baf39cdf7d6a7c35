"""Captions of figures and tables, and the bodies of tables: found, so that they leave the text."""

from __future__ import annotations

import re

_CAPTION = re.compile(
    r"""
    [（(]?\s?
    (?:
      # 1. 图1 …, 图 2-1 …, 表3 … , 附图 …, 续表: a blank or mark parts number and words
      (?P<zh>(?:[附续]?[图表]))\s?(?P<n>\d{1,2}(?:[-－—.．]\d{1,2})?|[一二三四五六七八九十]{1,2})
        (?:\s?[(（]?[a-z][)）]?)?[\s:：.．、]{0,3}(?P<words>.{0,90})
      # 2. Fig. 1 …, Figure 1, Table 2
    | (?:Fig(?:ure|\.)?|FIG\.?|Table|TABLE|Tab\.)\s?(?P<m>\d{1,2})[\s:：.．]{0,3}(?P<more>.{0,160})
    )
    """,
    re.VERBOSE,
)
_RUNNING = re.compile(
    r"""
    [是为为了所给列示显中可的则，,]  # 图1所示, 表2列出 … open a sentence about it
    | 反映|描述|展示|表明|说明|呈现|报告
    """,
    re.VERBOSE,
)


def caption(line: str) -> str:
    """The caption that a line is ("图1 联盟的参与者"), or an empty string.

    A sentence that begins with a reference to a figure (图1显示…。) is none.
    """
    found = _CAPTION.fullmatch(line.strip())
    if not found:
        return ""
    words = (found["words"] if found["zh"] else found["more"]) or ""
    if found["zh"] and (_RUNNING.match(words) or words.endswith(("。", "；", "，"))):
        return ""
    return " ".join(line.split())


_TABLE_ROW = re.compile(
    r"\s*(?:</?(?:table|html|body|tr|td|th|thead|tbody)\b.*|\|.*\|)\s*", re.IGNORECASE
)
_CELLS = re.compile(
    r"""
      .*\t.*                                       # 1. tabs part the cells
    | (?:\S{1,30}[ \u3000]{2,8}){1,20}\S{1,30}     # 2. or wide blanks
    | (?:[\d.,%*()（）<>=±—–-]{1,12}\s){1,20}[\d.,%*()（）<>=±—–-]{1,12}   # 3. or all are figures
    """,
    re.VERBOSE,
)
_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,600}\)")


def is_table_row(line: str, *, after_caption: bool = False) -> bool:
    """Whether a line is part of a table.

    Rows in HTML and Markdown show it themselves; rows of plain cells are taken for such only
    behind the caption of a table or other rows (`after_caption`).
    """
    if _TABLE_ROW.fullmatch(line):
        return True
    return after_caption and _CELLS.fullmatch(line[:400]) is not None


def without_images(line: str) -> str:
    """The line without Markdown images."""
    return _IMAGE.sub("", line) if "![" in line else line
