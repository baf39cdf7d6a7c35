"""Policies among the works cited: documents of an authority, with or without their number."""

from __future__ import annotations

import re
from typing import NamedTuple

from textmine.parse import doc_number

_KIND = re.compile(
    r"""
    (?:意见|办法|通知|规划|纲要|计划|条例|决定|方案|公报|规定|细则|指南|白皮书|章程|令|批复|公告
      |通告|决议|报告|政策|措施|要点|法|宪法|建议|函)
    (?:\s?[(（《〈][^()（）]{1,40}[)）》〉])?[》”]?$
    """,
    re.VERBOSE,
)
_ISSUER = re.compile(
    r"""
    国务院|中共中央|全国人大|全国人民代表大会|人民代表大会|人民政府|省政府|市政府|党中央|中央办公厅
    |(?:部|委员会|发改委|科技部|财政部|教育部|总局|国家[\u3400-\u9fff]{1,12}局|厅|科委|经委|国资委|工信部)$
    """,
    re.VERBOSE,
)
_TITLE_ISSUER = re.compile(
    r"""
    ^[《“]?(?:国务院|中共中央|中华人民共和国|国家中长期|全国人大|党的|关于(?:印发|推动|加快|促进|深化|进一步|加强|实施))
    |“?[十一二三四五]{1,3}五”?.{0,30}规划
    """,
    re.VERBOSE,
)
_LITERATURE = frozenset({"J", "M", "D", "C", "N", "P", "S"})


class Numbered(NamedTuple):
    """The parts of an entry with the document number taken out."""

    number: str
    authors: str
    title: str
    tail: str


def cited_number(authors: str, title: str, tail: str) -> Numbered:
    """Find the document number in a reference, wherever the entry has it.

    Parameters
    ----------
    authors, title, tail
        The parts of the entry as printed; the tail stands behind the type mark.
    """
    parts = [authors, title, tail]
    for i, part in enumerate(parts):
        found = next(iter(doc_number.find(part)), None)
        if found:
            rest = part[: found.start].rstrip(_JOINTS + "(（〔[") + _closed(part[found.end :])
            parts[i] = rest.strip(_JOINTS)
            return Numbered("".join(found.raw.split()), parts[0], parts[1], parts[2])
    return Numbered("", authors, title, tail)


_JOINTS = " :：,，、;；."


def _closed(rest: str) -> str:
    """What follows a number, without the bracket that closed it."""
    return rest.lstrip(" ").removeprefix(")").removeprefix("）")


def is_policy(authors: tuple[str, ...], title: str, kind: str, number: str) -> bool:
    """Whether the work is a document of an authority.

    It has a document number; or its title ends like one (意见, 办法, 规划 …) and an authority is
    its author or stands in its title. Books and articles count only if an authority wrote them.
    """
    if number:
        return True
    if not _KIND.search(title):
        return False
    if any(_ISSUER.search(name) for name in authors):
        return True
    return kind.split("/")[0] not in _LITERATURE and _TITLE_ISSUER.search(title) is not None
