"""Decide what kind of document a text is, and let its parser understand it."""

from __future__ import annotations

import re
from dataclasses import replace

from textmine.parse import paper, policy
from textmine.parse.headings import heading
from textmine.parse.layout import rejoin
from textmine.parse.record import from_record
from textmine.parse.stored_text import Paragraph, lay
from textmine.parse.zones import source_lines
from textmine.records import Document, RawRecord, RawText

LEAST = 0.45
"""How sure a kind must be: an abstract and keywords, or a header with a number, make it so."""


def document(raw: str | RawText | RawRecord) -> Document:
    """Understand a text or a bibliographic record.

    Parameters
    ----------
    raw
        A text, a reader's `RawText`, or a record of an export file.

    Returns
    -------
    Document
        Kind "paper" or "policy" where the text shows the parts of one; everything else becomes
        kind "other", with a warning that says so. Never raises on any text.
    """
    if isinstance(raw, RawRecord):
        return from_record(raw)
    if isinstance(raw, str):
        raw = RawText(raw, "text")
    return dated_by_name(_understood(raw))


def _understood(raw: RawText) -> Document:
    as_paper, as_policy = paper.looks_like_paper(raw), policy.looks_like_policy(raw)
    if max(as_paper, as_policy) < LEAST:
        return other(raw)
    return paper.parse_paper(raw) if as_paper >= as_policy else policy.parse_policy(raw)


_YEAR_IN_NAME = re.compile(r"(?<!\d)(?P<year>19[4-9]\d|20[0-4]\d)(?P<month>0[1-9]|1[0-2])?(?!\d)")
"""A year, or a year and a month, that stands alone in a file's name: 2008-通知.txt, x-201711.md."""


def dated_by_name(found: Document) -> Document:
    """A document that states no year gets the one in its file's name, with a warning.

    Scholars name files by year, repositories by month; without it the document would be left out
    of everything that follows time.
    """
    matches = list(_YEAR_IN_NAME.finditer(found.source.rpartition("/")[2]))
    if found.year is not None or len({match["year"] for match in matches}) != 1:
        return found  # 1954-2019 says no year
    year, month = matches[0]["year"], matches[0]["month"]
    warning = f"no year in the text: {year} is from the file's name"
    return replace(
        found,
        year=int(year),
        date=found.date or (f"{year}-{month}" if month else year),
        warnings=(*found.warnings, warning),
    )


LONGEST_TITLE = 120
"""Characters of a first line that can be a title."""


def other(raw: RawText) -> Document:
    """A text of no known kind: its first line is its title, the rest its body."""
    lines = source_lines(raw.text)
    heads = {x.text: heading(x.text, marked=x.marked) for x in lines}
    spaced = [part for x in lines for part in (("", x.text) if x.gap else (x.text,))]
    paragraphs = rejoin(spaced, stands_alone=lambda line: heads.get(line) is not None)
    title = paragraphs[0] if paragraphs and len(paragraphs[0]) <= LONGEST_TITLE else ""
    body = [Paragraph(p, heads.get(p)) for p in paragraphs[1 if title else 0 :]]
    text, sections = lay(title, "", body)
    return Document(
        kind="other", text=text, sections=sections, title=title, source=raw.source, item=raw.item,
        format=raw.format, warnings=(*raw.warnings, "neither a paper nor a policy was recognised"),
    )  # fmt: skip
