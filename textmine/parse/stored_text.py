"""Lay the one stored text of a document: title, abstract, body, with their sections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textmine.parse.headings import Heading
from textmine.records import Role, Section


class Paragraph(NamedTuple):
    """A paragraph of the body; `heading` is set if it is the line of a heading."""

    text: str
    heading: Heading | None = None
    role: Role = "body"


def lay(
    title: str, abstract: str, paragraphs: Iterable[Paragraph]
) -> tuple[str, tuple[Section, ...]]:
    """Put the parts of a document one behind the other.

    Parameters
    ----------
    title, abstract
        May be empty; then they have no section.
    paragraphs
        The body in order. A paragraph with a heading opens a section, and so does a change of
        role.

    Returns
    -------
    tuple of (str, tuple of Section)
        The text, one paragraph a line, and the sections that tile it, line ends between them
        aside.
    """
    lines: list[str] = []
    sections: list[Section] = []
    at = 0
    for role, text in (("title", title), ("abstract", abstract)):
        if text:
            sections.append(Section(_ROLES[role], "", "", 0, at, at + len(text)))
            lines.append(text)
            at += len(text) + 1
    fresh = True
    for paragraph in paragraphs:
        if not paragraph.text:
            continue
        end = at + len(paragraph.text)
        last = sections[-1] if sections else None
        if fresh or paragraph.heading or last is None or last.role != paragraph.role:
            head = paragraph.heading or Heading("", "", 0, None)
            sections.append(Section(paragraph.role, head.number, head.title, head.level, at, end))
        else:
            sections[-1] = Section(last.role, last.number, last.title, last.level, last.start, end)
        fresh = False
        lines.append(paragraph.text)
        at = end + 1
    return "\n".join(lines), tuple(sections)


_ROLES: dict[str, Role] = {"title": "title", "abstract": "abstract"}
