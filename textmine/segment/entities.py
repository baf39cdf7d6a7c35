"""What a policy names besides its concepts: agencies, regions, document numbers, dates, sums, shares.

Found by the rules and lists that documents are parsed with, on characters, in running text. Local
agencies are a place with an office after it; a place inside another word (朝阳产业) is taken for
the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, Protocol

import ahocorasick

from textmine.parse import dates, doc_number, issuers
from textmine.records import Mention

LABELS = ("CONCEPT", "AGENCY", "REGION", "DOCUMENT_NUMBER", "DATE", "MONEY", "PERCENT")


class Concepts(Protocol):
    """What finds concepts, as `textmine.concepts.Matcher`."""

    def mentions(self, text: str) -> list[Mention]:
        """The mentions of concepts in a text."""
        ...


class Entity(NamedTuple):
    """A named thing: `text[start:end]`; `id` is its full or canonical name, or a concept's id."""

    label: str
    start: int
    end: int
    id: str = ""


_HAN_NUMBER = "[〇零一二两三四五六七八九十百千万亿点]"
_AMOUNT = r"\d(?:[\d,，]*\d)?(?:\.\d+)?"
_MONEY = re.compile(
    rf"""
    (?: {_AMOUNT} [多余]? [十百千万亿]{{0,3}}
        # In Han figures only round sums: 二元结构 and 多元 are none.
      | (?<!{_HAN_NUMBER}) {_HAN_NUMBER}{{1,12}} [多余]? [十百千万亿]{{1,3}} )
    [多余]? (?: 美元 | 欧元 | 日元 | 港元 | 英镑 | 卢布 | (?:人民币)?元(?!化|件|素|旦|月|年|首|宵) )
    """,
    re.VERBOSE,
)
_PERCENT = re.compile(
    rf"""
      {_AMOUNT} \s? (?: [%％‰] | 个百分点 )
    | [百千]分之 (?: {_HAN_NUMBER}{{1,8}} | {_AMOUNT} )
    """,
    re.VERBOSE,
)
# After a place: 省科学技术厅, 人民政府办公厅, 市发展和改革委员会, 市场监管局.
_OFFICE = re.compile(
    r"""
    [省市]? (?:
        人民政府 (?:办公[厅室])?
      | (?:人民代表大会|人大) (?:常务委员会|常委会)?
      | [\u4e00-\u9fff]{2,12}? (?: 厅(?!级|长|堂) | 委员会(?!议|委员) | 局(?!面|部|限|势|长|势|域) )
    )
    """,
    re.VERBOSE,
)
_NOT_IN_NAMES = re.compile("[的了在是对为将各要、等和与及市]")  # 武汉各区教育局 names no one agency


def entities(text: str, concepts: Concepts | None = None) -> list[Entity]:
    """All named things of a text.

    Parameters
    ----------
    concepts
        Finds the concepts; None for none.

    Returns
    -------
    list of Entity
        In order; they may overlap (a region begins the name of its agency).
    """
    found = [*_named(text)]
    found += (Entity("DOCUMENT_NUMBER", n.start, n.end, n.key) for n in doc_number.find(text))
    found += (Entity("DATE", start, end, iso) for iso, start, end in dates.find_dates(text))
    for label, pattern in (("MONEY", _MONEY), ("PERCENT", _PERCENT)):
        found += (Entity(label, match.start(), match.end()) for match in pattern.finditer(text))
    if concepts is not None:
        found += (Entity("CONCEPT", m.start, m.end, m.concept) for m in concepts.mentions(text))
    return sorted(found, key=lambda e: (e.start, -e.end, LABELS.index(e.label)))


@cache
def _names() -> ahocorasick.Automaton:
    """Central agencies and places, all sought in one pass."""
    machine = ahocorasick.Automaton()
    for label, names in (("REGION", issuers.place_names()), ("AGENCY", issuers.central_names())):
        for name, full in names.items():
            machine.add_word(name, (label, len(name), full))
    machine.make_automaton()
    return machine


def _named(text: str) -> Iterator[Entity]:
    """Agencies and places, the longest name at each place."""
    end = 0
    for last, (label, length, full) in _names().iter_long(text):
        start, stop = last + 1 - length, last + 1
        if start < end:
            continue  # inside the name of a local agency
        yield Entity(label, start, stop, full)
        office = _OFFICE.match(text, stop) if label == "REGION" else None
        if office and not _NOT_IN_NAMES.search(office[0], 1 if office[0][0] == "市" else 0):
            end = office.end()
            yield Entity("AGENCY", start, end, text[start:end])
