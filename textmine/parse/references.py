"""The list of references at the end of a text: cut into entries, each read by its fields.

Handles numbered lists ([1], ［1］, 【1】, 1.), several entries on one line, entries broken across
lines and pages, and author–year lists without numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from textmine.parse.layout import clean, join
from textmine.parse.marks import fold_marks
from textmine.parse.reference_entry import parse_reference
from textmine.records import Reference

TITLE = re.compile(
    r"""
    [#\s]* \d?\s? [\[【［]?\s?
    (?: (?:主要)?参\s?考\s?文\s?献 \s? (?:[(（]?\s?References\s?[)）]?)? | 注\s?释 | 参考资料
      | References | REFERENCES | Bibliography )
    \s?[\]】］]?\s*[:：]?\s*
    """,
    re.VERBOSE,
)
"""The line over a list of references."""

_FIRST = re.compile(
    r"""
    ^[\s\-*•]*
    (?: \[\s?(\d{1,3})\s?\]?          # [1]; OCR loses the closing bracket
      | \((\d{1,3})\)                  # (1)
      | (\d{1,3})[.、](?!\d)(?=\s*\S)   # 1.  (with something behind it)
      | (\d{1,3})\[\]                  # 1[]
      | (\d{1,3})\s+(?=[A-Z\u3400-\u9fff]) )   # 1 孙某
    \s*
    """,
    re.VERBOSE,
)


def references(text: str) -> tuple[Reference, ...]:
    """Read a list of references.

    Parameters
    ----------
    text
        The list, with or without the heading 参考文献; or a whole text that ends in one.

    Returns
    -------
    tuple of Reference
        The entries in order.
    """
    lines = clean(text).replace("\f", "\n").split("\n")
    start = next((i + 1 for i in range(len(lines) - 1, -1, -1) if TITLE.fullmatch(lines[i])), 0)
    return tuple(parse_reference(raw, n) for n, raw in entries(lines[start:]))


def entries(lines: Sequence[str]) -> list[tuple[int | None, str]]:
    """The entries of a list: number (None in lists without numbers) and text."""
    filled = [line.strip() for line in lines if line.strip()]
    numbered = sum(1 for line in filled if number(line) is not None)
    if numbered * 3 >= len(filled) or numbered >= 3:
        return _numbered(filled)
    return [(None, raw) for raw in _unnumbered(filled)]


def number(line: str) -> int | None:
    """The number in front of an entry."""
    found = _FIRST.match(fold_marks(line[:40]))
    return int(next(g for g in found.groups() if g)) if found else None


def _numbered(lines: Sequence[str]) -> list[tuple[int | None, str]]:
    """Entries of a numbered list; a line without number goes on with the entry before it."""
    found: list[tuple[int | None, list[str]]] = []
    for line in lines:
        for piece in _pieces(line, found[-1][0] if found else None):
            n = number(piece)
            if n is None and found:
                found[-1][1].append(piece)
            else:
                found.append((n, [piece]))
    return [(n, _whole(parts)) for n, parts in found]


def _pieces(line: str, last: int | None) -> list[str]:
    """Cut a line where the next numbers stand inside it."""
    folded = fold_marks(line)
    here = number(line)
    expected = (here if here is not None else last or 0) + 1
    cuts = [0]
    for found in re.finditer(r"\[\s?(\d{1,3})\s?\]", folded):
        if int(found[1]) == expected and found.start() > 0:
            cuts.append(found.start())
            expected += 1
    return [line[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _unnumbered(lines: Sequence[str]) -> list[str]:
    """Entries of a list without numbers: a line begins one unless the last is unfinished."""
    found: list[list[str]] = []
    for line in lines:
        if found and not re.search(r"[.。．）)\]\d]$|页$", found[-1][-1]):
            found[-1].append(line)
        else:
            found.append([line])
    return [_whole(parts) for parts in found]


def _whole(parts: Sequence[str]) -> str:
    """An entry's lines as one string, its number and list bullet off."""
    whole = parts[0]
    for part in parts[1:]:
        whole = join(whole, part) if len(whole) < 5_000 else whole
    found = _FIRST.match(fold_marks(whole[:40]))
    return whole[found.end() :] if found else whole
