"""HTML that notebooks show for values of the package; whatever stands in it is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["highlighted", "paragraph", "table"]


def table(header: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> str:
    """A table of plain cells; one that holds markup of its own is given as `Markup`."""
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Markup(str):
    """A string that is HTML already."""

    __slots__ = ()


def paragraph(text: str) -> Markup:
    """A paragraph of plain text."""
    return Markup(f"<p>{escape(text)}</p>")


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """A text with these spans of it marked; they are in order and do not overlap."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return Markup("".join(parts) + escape(text[at:]))


def _cell(value: object) -> str:
    shown = value if isinstance(value, Markup) else escape("" if value is None else str(value))
    return f'<td style="text-align:left">{shown}</td>'
