"""What a policy does to others: repeals, amends, forwards, issues or cites them.

Works are named by title (《…》) with the document number in brackets behind or before it, or by
number alone. Which document of a corpus is meant is not looked at here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from textmine.parse import doc_number

LinkRelation = Literal["cites", "repeals", "amends", "forwards", "issues"]


@dataclass(frozen=True, slots=True)
class PolicyLink:
    """Another document that a text names.

    `title` is without 《》, `doc_number` canonical; one of them may be empty.
    `text[start:end]` holds both as printed.
    """

    relation: LinkRelation
    title: str
    doc_number: str
    start: int
    end: int


LONGEST_TITLE = 120
"""Characters between 《 and 》: the longest title of a policy seen has about 90."""

_KIND = re.compile(
    r"""
    (?:意见|办法|通知|通告|公告|公报|规划|纲要|计划|条例|决定|决议|方案|规定|细则|准则|规则|指南|章程|令
      |批复|报告|请示|函|政策|措施|要点|法|宪法|目录|标准|规范|建议|预案|议定书|协定|白皮书|制度|体系
      |导则|要求|清单|举措|通报|修正案|若干规定|指引|工程)
    (?:\s?[（(〔][^（）()〔〕]{1,40}[)）〕]){0,3}$
    """,
    re.VERBOSE,
)
_SENTENCE = re.compile(r"[。！？!?\n]")

_REPEALS_AFTER = re.compile(r"(?:同时|一并|自行|相应|即行|予以|均)?(?:废止|失效|停止(?:执行|使用))")
_REPEALS_BEFORE = re.compile(r"(?:废止|取代|替代|宣布失效)[^《》]{0,12}$")
_AMENDS_BEFORE = re.compile(r"(?:修改|修订|修正|调整|对)[^《》。；]{0,8}$")
_AMENDS_AFTER = re.compile(
    r"^[^《》。；]{0,12}(?:作(?:出|如下|以下)*修[改订]|予以修[改订]|修改如下|修订如下)"
)
_FORWARDS = re.compile(r"(?:转发|批转)[^《》。；]{0,40}$")
_ISSUES_BEFORE = re.compile(
    r"(?:关于)?(?:印发|发布|公布|颁布|颁发|下发|制定了|编制了|研究制定)[^《》。；]{0,20}$"
)
_ISSUES_AFTER = re.compile(
    r"^[^《》。；]{0,40}[，,]?(?:现|特此)?(?:予以?|将其)?(?:印发|公布|发布|转发|批转)(?:给你们|实施|你们|执行|[，,。]|$)"
)


def links(text: str) -> list[PolicyLink]:
    """Every other policy that a text names, in order.

    Parameters
    ----------
    text
        A stored text or a part of it.

    Returns
    -------
    list of PolicyLink
        Titles count if they end like an official document's or have a number; numbers of titles
        already listed are not listed again. Without sign of anything else the relation is "cites".
    """
    numbers = doc_number.find(text)
    spans = _titles(text)
    found: list[PolicyLink] = []
    taken: set[int] = set()
    for start, end in spans:
        title = text[start + 1 : end - 1]
        near = _number_beside(text, start, end, numbers)
        if near is None and not _KIND.search(title):
            continue
        first, last = start, end
        if near is not None:
            taken.add(near.start)
            first, last = min(start, near.start), max(end, near.end)
            last += text[last : last + 1] in ("）", ")", "〕", "]") and near.start > start
        relation = _relation(text, start, end)
        found.append(PolicyLink(relation, title, near.key if near else "", first, last))
    inside = _Cover(spans)
    for number in numbers:
        if number.start not in taken and not inside.holds(number.start):
            relation = _relation(text, number.start, number.end)
            found.append(PolicyLink(relation, "", number.key, number.start, number.end))
    return sorted(found, key=lambda link: (link.start, link.end))


def _titles(text: str) -> list[tuple[int, int]]:
    """Outermost 《…》; an opening mark without a closing one near by is passed over."""
    spans: list[tuple[int, int]] = []
    depth, start = 0, 0
    for match in re.finditer(r"[《》\n]", text):
        mark = match.group()
        if depth and (mark == "\n" or match.start() - start > LONGEST_TITLE):
            depth = 0
        if mark == "《":
            start = match.start() if depth == 0 else start
            depth += 1
        elif mark == "》" and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, match.end()))
    return spans


class _Cover:
    """Whether a place lies in one of many ordered spans; asked in rising order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = spans
        self._next = 0

    def holds(self, place: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][1] <= place:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= place


_OPENED = re.compile(r"[ \t\u3000]{0,2}[（(〔\[][^《》。；（）()]{0,12}$")
_CLOSED = re.compile(r"[ \t\u3000]{0,2}[)）]?[ \t\u3000]{0,2}(?:文件)?(?:印发的|发布的)?$")


def _number_beside(
    text: str, start: int, end: int, numbers: list[doc_number.DocNumber]
) -> doc_number.DocNumber | None:
    """The number in brackets right behind a title, or bare right before it."""
    # Both lists are in order; only the neighbours matter.
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        if numbers[middle].start < end:
            low = middle + 1
        else:
            high = middle
    if (
        low < len(numbers)
        and numbers[low].start - end <= 16
        and _OPENED.fullmatch(text[end : numbers[low].start])
    ):
        return numbers[low]
    before = numbers[low - 1] if low else None
    if (
        before is not None
        and 0 <= start - before.end <= 8
        and _CLOSED.fullmatch(text[before.end : start])
    ):
        return before
    return None


_REACH = 80
"""Characters on either side in which the verb stands; lists of repealed titles are longer and are
followed to the end of their sentence."""


def _relation(text: str, start: int, end: int) -> LinkRelation:
    before = _SENTENCE.split(text[max(0, start - _REACH) : start])[-1]
    after = _SENTENCE.split(text[end : end + 400], maxsplit=1)[0]
    clause = re.split(r"[；;]", after, maxsplit=1)[0]
    if _REPEALS_BEFORE.search(before) or _is_repealed(clause):
        return "repeals"
    if _FORWARDS.search(before):
        return "forwards"
    if _AMENDS_BEFORE.search(before) and _AMENDS_AFTER.search(clause):
        return "amends"
    if re.search(r"关于修[改订正]$", before):
        return "amends"
    if _ISSUES_BEFORE.search(before):
        return "issues"
    if _ISSUES_AFTER.search(clause) and not re.search(r"根据|按照|落实|依据|依照", before):
        return "forwards" if "转发" in clause[:60] or "批转" in clause[:60] else "issues"
    return "cites"


def _is_repealed(clause: str) -> bool:
    """Whether what follows a title in its clause says that it is repealed.

    Titles in a list share the verb at its end; a new subject (本办法 … 施行) in between does not
    come after the list, so only list marks and brackets may part title and verb.
    """
    verb = _REPEALS_AFTER.search(clause)
    if verb is None:
        return False
    between = clause[: verb.start()]
    between = re.sub(r"《[^《》]{0,120}》|[（(〔][^（）()]{0,80}[)）]", "", between)
    return len(between) <= 60 and not re.search(r"施行|实施|执行|规定[，,]", between)
