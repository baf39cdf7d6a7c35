"""From a place in a document to the sentence around it, for showing."""

from __future__ import annotations

from textmine.records import Document
from textmine.report.page import Quote
from textmine.segment import sentences

LONGEST = 240  # characters shown of a sentence; policy sentences can fill a page


def quote(document: Document, start: int, end: int) -> Quote:
    """The sentence that holds a span, cut in three around it, with its source."""
    left, right = start, end
    for first, last in sentences(document.text):
        if first <= start < last:
            left = first
        if first < end <= last:
            right = last
    spare = max(0, LONGEST - (end - start)) // 2
    before, after = document.text[left:start], document.text[end:right]
    if len(before) > spare:
        before = "…" + before[-spare:]
    if len(after) > spare:
        after = after[:spare] + "…"
    return Quote(before.lstrip(), document.text[start:end], after.rstrip(), source(document))


def source(document: Document) -> str:
    """Who says so: authors or issuers, title, journal or number, year."""
    who = "、".join(document.authors[:3] or document.issuers[:2])
    where = document.journal or document.doc_number
    parts = (who, f"《{document.title}》" if document.title else document.source, where)
    year = str(document.year) if document.year else ""
    return "，".join(part for part in (*parts, year) if part)
