"""In-text citation markers: [1], ^[1], [1-3], [1,2], ［1］, superscript figures, author–year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textmine.parse.marks import fold_marks
from textmine.records import Citation, Reference

MOST = 999
"""The highest reference number taken for one; a bracketed year is none."""

_LIST = r"\d{1,3}(?:\s?[-~,、;]\s?\d{1,3}){0,19}"
_BRACKETS = re.compile(rf"\^?\{{?\[\s?(?P<numbers>{_LIST})\s?\]\}}?")
_SUPERSCRIPT = re.compile(
    r"(?<=[\u3400-\u9fff，。；、：”》）])(?P<raised>[⁰¹²³⁴-⁹]{1,3}(?:[⁻˒,，、-][⁰¹²³⁴-⁹]{1,3}){0,9})"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒，", "0123456789-,,")
_NAME = r"(?:[A-Z][A-Za-z'’-]{1,30}|[\u3400-\u9fff]{2,4})"
_KEY = rf"{_NAME}(?:\s?(?:等人?|et\s?al\.?|[,&和与]\s?{_NAME}|and\s{_NAME})){{0,3}}\s?,?\s?(?:1[89]|20)\d\d[a-z]?"
_PARENTHESIS = re.compile(rf"\((?P<keys>{_KEY}(?:\s?;\s?{_KEY}){{0,9}})\)")
_NARRATIVE = re.compile(
    r"(?P<name>[A-Z][A-Za-z'’-]{1,30}(?:\s?(?:et\s?al\.?|等人?))?)\s?\((?P<year>(?:1[89]|20)\d\d[a-z]?)\)"
)


def find_citations(text: str, references: Sequence[Reference] = ()) -> tuple[Citation, ...]:
    """Every marker in a text, in order.

    Parameters
    ----------
    text
        The stored text.
    references
        The list, if known: numbers beyond its end name nothing and are no markers, and
        author–year markers are looked for only if the list has no numbers.

    Returns
    -------
    tuple of Citation
        Ranges are spelt out: [1-3] has the targets 1, 2, 3. Author–year targets are as printed.
    """
    folded = fold_marks(text)
    last = max((r.n or 0 for r in references), default=0) or MOST
    found: list[Citation] = []
    for match in _BRACKETS.finditer(folded):
        targets = _targets(match["numbers"], last)
        if targets:
            found.append(Citation(targets, match.start(), match.end()))
    for match in _SUPERSCRIPT.finditer(text):
        targets = _targets(match["raised"].translate(_RAISED), last)
        if targets:
            found.append(Citation(targets, match.start(), match.end()))
    if references and all(r.n is None for r in references):
        found += _author_year(folded)
    return tuple(_apart(sorted(found, key=lambda c: (c.start, -c.end))))


def _targets(numbers: str, last: int) -> tuple[str, ...]:
    """The reference numbers of a marker, ranges spelt out; none if one does not exist."""
    targets: list[int] = []
    for part in re.split(r"[,、;]", numbers):
        ends = [int(figure) for figure in re.findall(r"\d+", part)]
        if not ends or ends[0] > ends[-1]:
            return ()
        targets.extend(range(ends[0], min(ends[-1], last + 1) + 1))
    if any(not 0 < n <= last for n in targets):
        return ()
    return tuple(dict.fromkeys(map(str, targets)))


def _author_year(folded: str) -> list[Citation]:
    found = []
    for match in _PARENTHESIS.finditer(folded):
        keys = tuple(" ".join(key.split()) for key in match["keys"].split(";"))
        found.append(Citation(keys, match.start(), match.end()))
    for match in _NARRATIVE.finditer(folded):
        found.append(Citation((f"{match['name']} {match['year']}",), match.start(), match.end()))
    return found


def _apart(citations: list[Citation]) -> list[Citation]:
    """Drop markers that lie inside another."""
    kept: list[Citation] = []
    for citation in citations:
        if not kept or citation.start >= kept[-1].end:
            kept.append(citation)
    return kept
