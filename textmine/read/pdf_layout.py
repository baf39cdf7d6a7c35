"""From characters with places to text in reading order: lines, columns, furniture, paragraphs.

Works for one and two columns of horizontal text. Tables and formulas come out line by line;
vertical and rotated text is not understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class Char(NamedTuple):
    """A character: its left and right edge, its baseline and its font's size, in points."""

    text: str
    left: float
    right: float
    y: float
    size: float


class Page(NamedTuple):
    """A page's size in points and its characters in the order of the file."""

    width: float
    height: float
    chars: list[Char]


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one baseline, with the edges of the column it stands in."""

    text: str
    left: float
    right: float
    y: float
    size: float
    column: tuple[float, float] = (0.0, 0.0)


def page_texts(pages: Sequence[Page]) -> list[str]:
    """The text of each page: paragraphs a line each, footnotes after a blank line at its end."""
    pieces = _without_furniture(pages, [_pieces(page.chars) for page in pages])
    texts, gutter = [], None
    for page_pieces in pieces:
        gutter = _gutter(page_pieces, gutter)
        texts.append(_page_text(_flow(page_pieces, gutter)))
    return texts


# Pieces: characters that follow each other on a baseline without a jump.


def _pieces(chars: Iterable[Char]) -> list[Line]:
    """Cut the file's order of characters where it jumps: to another line, column or cell."""
    pieces: list[list[Char]] = []
    for char in chars:
        if pieces and _continues(pieces[-1], char):
            pieces[-1].append(char)
        elif not char.text.isspace():
            pieces.append([char])
    return [piece for piece in map(_piece, pieces) if piece.text]


def _continues(piece: list[Char], char: Char) -> bool:
    """Whether a character stands where the piece goes on.

    A raised or lowered mark stays in its line (0.6 of the larger size); a gap of 1.5 characters
    is a jump, as is any step back beyond an overlap.
    """
    last = piece[-1]
    size = max(last.size, char.size)
    return abs(char.y - last.y) < 0.6 * size and -0.8 * size < char.left - last.right < 1.5 * size


def _piece(chars: list[Char]) -> Line:
    size = _usual_size(chars)
    y = median(char.y for char in chars if char.size >= 0.9 * size)
    text = _spaced([(c.text, c.left, c.right) for c in chars], size)
    shown = [char for char in chars if not char.text.isspace()]
    return Line(text, shown[0].left, max(c.right for c in shown), y, size)


def _usual_size(parts: Sequence[Char | Line]) -> float:
    """The size of most of the characters."""
    return median(part.size for part in parts for _ in part.text)


def _spaced(parts: list[tuple[str, float, float]], size: float) -> str:
    """Join parts from left to right, a space where there is one or where a gap shows one.

    Between Chinese characters only a gap of a full character is a space: justified text is
    stretched by less.
    """
    out = parts[0][0]
    for (before, _, right), (text, left, _) in pairwise(parts):
        wide = _is_cjk(before[-1:]) or _is_cjk(text[:1])
        if left - right > (0.9 if wide else 0.2) * size and not out.endswith(" "):
            out += " "
        out += text
    return _BETWEEN_CJK.sub("", out).strip()


_BETWEEN_CJK = re.compile(r"(?<=[⺀-鿿＀-￯、-〗]) (?=[⺀-鿿＀-￯、-〗])")
"""A single space between Chinese characters, which PDF writers put for stretched lines."""


def _is_cjk(char: str) -> bool:
    return bool(char) and ("⺀" <= char <= "鿿" or "＀" <= char <= "￯" or char in "“”‘’—…·")


# Furniture: running heads and page numbers, told by repetition across pages.

_PAGE_NUMBER = re.compile(
    r"""
    [-–—·•.\s]{0,4} (?:第\s?)? (?:\d{1,4} | [ivxlc]{1,6}) (?:\s?页)?      # — 3 —, 第 3 页, iv
    (?:\s?[,，/]?\s?(?:共\s?)?\d{1,4}(?:\s?页)?)? [-–—·•.\s]{0,4}         # / 12, 共 12 页
    | page\s\d{1,4}(?:\sof\s\d{1,4})?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EDGE_ROWS = 3
"""Running heads and feet are at most this many rows deep."""


def _without_furniture(pages: Sequence[Page], pieces: list[list[Line]]) -> list[list[Line]]:
    rows = [_rows(page_pieces) for page_pieces in pieces]
    counts = Counter(
        key
        for page, page_rows in zip(pages, rows, strict=True)
        for key in {_key(row, page) for row in _edges(page_rows)}
    )
    # A head may alternate between left and right pages and be missing on title pages.
    enough = max(2, len(pages) // 4)
    kept = []
    for page, page_rows in zip(pages, rows, strict=True):
        drop = {
            id(piece)
            for place, row in _placed(page_rows)
            if (len(pages) > 1 and counts[_key(row, page)] >= enough)
            or (place == 0 and _PAGE_NUMBER.fullmatch(_row_text(row)))
            for piece in row
        }
        kept.append([piece for row in page_rows for piece in row if id(piece) not in drop])
    return kept


def _rows(pieces: list[Line]) -> list[list[Line]]:
    """Pieces of one height together, from the top down, each row from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y, p.left)):
        if rows and abs(rows[-1][0].y - piece.y) < 0.5 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _placed(rows: list[list[Line]]) -> Iterator[tuple[int, list[Line]]]:
    """The rows at a page's edges with their distance from it."""
    for place, row in enumerate(rows[:_EDGE_ROWS]):
        yield place, row
    for place, row in enumerate(reversed(rows[_EDGE_ROWS:][-_EDGE_ROWS:])):
        yield place, row


def _edges(rows: list[list[Line]]) -> list[list[Line]]:
    return [row for _, row in _placed(rows)]


def _row_text(row: list[Line]) -> str:
    return " ".join(piece.text for piece in row)


def _key(row: list[Line], page: Page) -> tuple[str, int]:
    """What makes rows of two pages the same: the text but for its numbers, and the height."""
    text = re.sub(r"[\d\s·—–-]+", "#", _row_text(row)).strip("#")
    return (text, round((page.height - row[0].y) / 6)) if text else ("", -1 - len(row))


# Columns.


def _gutter(pieces: list[Line], hint: float | None) -> float | None:
    """The middle of the white strip between two columns, or None for one column.

    `hint` is the page before's gutter: a page with too little text to show its own has it too,
    when nothing speaks against it.
    """
    if not pieces:
        return hint
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    width = right - left
    steps = [left + width * step / 100 for step in range(35, 66)]
    best = max(steps, key=lambda x: (_columnar(pieces, x), -abs(x - left - width / 2)))
    total = sum(len(p.text) for p in pieces)
    if _columnar(pieces, best) >= 0.4 * total:
        return best
    if hint is not None and _columnar(pieces, hint) >= 0.6 * total:
        return hint
    return None


def _columnar(pieces: list[Line], x: float) -> int:
    """Characters that stand in two columns at `x`: minus what crosses it beside them.

    A side counts when its pieces fill it (their median width is at least half of the side's), as
    running text does and the cells of a table do not.
    """
    left = [p for p in pieces if p.right <= x]
    right = [p for p in pieces if p.left >= x]
    if len(left) < 3 or len(right) < 3:
        return 0
    for side in (left, right):
        width = max(p.right for p in side) - min(p.left for p in side)
        if median(p.right - p.left for p in side) < 0.5 * width:
            return 0
    top = min(max(p.y for p in left), max(p.y for p in right))
    bottom = max(min(p.y for p in left), min(p.y for p in right))
    crossing = sum(len(p.text) for p in pieces if p.left < x < p.right and bottom < p.y < top)
    return sum(len(p.text) for p in (*left, *right)) - 2 * crossing


def _flow(pieces: list[Line], gutter: float | None) -> list[Line]:
    """Lines in reading order, each knowing its column's edges."""
    if not pieces:
        return []
    if gutter is None:
        return _lines(pieces)
    lines: list[Line] = []
    band: list[Line] = []
    for row in _rows(pieces):
        wide = [p for p in row if p.left < gutter < p.right]
        if wide:
            lines += _two_columns(band, gutter) + _lines(row)
            band = []
        else:
            band += row
    lines += _two_columns(band, gutter)
    return _with_edges(lines, gutter)


def _two_columns(band: list[Line], gutter: float) -> list[Line]:
    left = [p for p in band if p.right <= gutter]
    right = [p for p in band if p.right > gutter]
    return _lines(left) + _lines(right)


def _lines(pieces: list[Line]) -> list[Line]:
    """Rows of pieces as lines."""
    if not pieces:
        return []
    edges = _column_edges(pieces)
    lines = []
    for row in _rows(pieces):
        size = _usual_size(row)
        text = _spaced([(p.text, p.left, p.right) for p in row], size)
        lines.append(Line(text, row[0].left, max(p.right for p in row), row[0].y, size, edges))
    return lines


def _with_edges(lines: list[Line], gutter: float) -> list[Line]:
    """The edges of each column taken over the whole page, not over one band of it."""
    edges = {}
    for side in ("left", "right", "both"):
        own = [line for line in lines if _side(line, gutter) == side]
        if own:
            edges[side] = _column_edges(own)
    return [replace(line, column=edges[_side(line, gutter)]) for line in lines]


def _column_edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the text of the usual size begins and ends: titles may be set wider."""
    usual = _usual_size(lines)
    body = [line for line in lines if abs(line.size - usual) <= 0.1 * usual]
    return min(line.left for line in body), max(line.right for line in body)


def _side(line: Line, gutter: float) -> str:
    return "left" if line.right <= gutter else "right" if line.left >= gutter else "both"


# Paragraphs.

_OPENING = re.compile(
    r"""
      \[\d{1,3}\] | 【 | [①-⑳]                                  # reference, label, note
    | 第[一二三四五六七八九十百\d]{1,4}[章节条编部]                # articles of a law
    | [一二三四五六七八九十]{1,3}[、.．] | [（(][一二三四五六七八九十\d]{1,3}[)）]
    | \d{1,2}[.．、](?!\d) | \d{1,2}(?:\.\d{1,2}){1,3}\s          # 1. 2、 3.1 headings
    | (?:关键词|关键字|摘\s?要|中图分类号|收稿日期|基金项目|作者简介|参考文献|Abstract|Key\s?words)
    | (?:图|表)\s?\d
    """,
    re.VERBOSE,
)
_NOTE = re.compile(
    r"[①-⑳*＊†‡]|\d{1,2}\s?[^\d.、．]|\[\d{1,2}\]|\[?(?:收稿|基金|作者|通讯|通信|投稿|修回|资助|引用)"
)
_WORD = re.compile(r"[!-~]{1,20}")
_FINAL = "。！？.!?：:"


def _page_text(lines: list[Line]) -> str:
    body, notes = _split_notes(lines)
    paragraphs = _paragraphs(body)
    return "\n".join([*paragraphs, "", *_paragraphs(notes)] if notes else paragraphs)


def _split_notes(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Set footnotes apart: the small lines at a column's foot from the first that opens a note."""
    if not lines:
        return [], []
    body_size = median(size for line in lines for size in [line.size] * (len(line.text) // 8 + 1))
    notes: set[int] = set()
    for column in dict.fromkeys(line.column for line in lines):
        own = [line for line in lines if line.column == column]
        start = len(own)
        while start > 0 and own[start - 1].size < 0.92 * body_size:
            start -= 1
        while start < len(own) and not _NOTE.match(own[start].text):
            start += 1
        if 0 < start < len(own):
            notes |= {id(line) for line in own[start:]}
    return (
        [line for line in lines if id(line) not in notes],
        [line for line in lines if id(line) in notes],
    )


def _paragraphs(lines: list[Line]) -> list[str]:
    """Lines joined where one was broken in mid-sentence."""
    if not lines:
        return []
    gaps = [a.y - b.y for a, b in pairwise(lines) if a.column == b.column and a.y > b.y]
    spacing = median(gaps) if gaps else 0.0
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if _broken(before, line, spacing):
            paragraphs[-1] = _joined(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
    return paragraphs


def _broken(before: Line, line: Line, spacing: float) -> bool:
    """Whether the sentence of one line goes on in the next.

    The first fills its column (but for 1.5 characters and the next word, or a fifth of the column
    in Western text, which is often ragged), the second starts at the edge of its own and opens nothing.
    """
    size = max(before.size, line.size)
    if min(before.size, line.size) < 0.85 * size or _OPENING.match(line.text):
        return False
    # Paragraphs are set with at most two lines' height from line to line.
    if before.column == line.column and before.y - line.y > min(1.5 * spacing, 2.4 * size):
        return False
    if before.text[-1] in _FINAL and not before.text[-2:-1].isdigit():
        return False
    # A line that starts in the right part is a signature or a date, whole in itself.
    if before.left > before.column[0] + 0.33 * (before.column[1] - before.column[0]):
        return False
    ragged = not _is_cjk(before.text[-1]) and line.text[0].islower()
    # A word or number is not cut at a line's end: it may have found no room there.
    word = _WORD.match(line.text)
    room = (1.5 + 0.6 * (word.end() if word else 0)) * before.size
    if ragged:
        room = max(room, 0.2 * (before.column[1] - before.column[0]))
    return before.right > before.column[1] - room and _is_flush(before, line)


def _is_flush(before: Line, line: Line) -> bool:
    """Whether a line starts where a paragraph's further lines do: at the column's edge, or under
    the text (not the number) of a list item."""
    hanging = 2.5 if _OPENING.match(before.text) else 0.8
    under = -0.8 * line.size < line.left - before.left < hanging * line.size
    return line.left < line.column[0] + 0.8 * line.size or (before.column == line.column and under)


def _joined(before: str, after: str) -> str:
    if before.endswith("-") and before[-2:-1].isalpha() and after[0].islower():
        return before[:-1] + after
    if _is_cjk(before[-1]) or _is_cjk(after[0]) or before.endswith("-"):
        return before + after
    return f"{before} {after}"
