"""Other documents that are the same work: a record beside its full text, a reprint, a second site.

Told by the whole title; what two documents both state must then agree: DOI, document number,
one of the authors or issuers, the year within one (a paper is printed after it appears online). Where
neither states any of these, a paper's title suffices; of policies the texts must be the same.
Titles that differ in wording are not compared here: see `textmine.store.similar`.
"""

from __future__ import annotations

from collections.abc import Iterable

from textmine.records import Document, Hit, fold

SHORTEST_TITLE = 6
"""Characters of a title that can stand for a work; 通知 and 意见 stand for none."""
YEARS_APART = 1
TELLING_TITLE = 10
"""Characters of a paper's title that no other paper has; policies share far longer ones."""
SHARED = 0.8
"""Of the shorter text in the other, where nothing but the title tells; as in `similar`."""
SAMPLES, STRETCH = 20, 12
"""How many stretches of the shorter text are looked for, and their characters: a result list is
not the place to compare whole reports."""


def same_work(one: Document, other: Document) -> bool:
    """Whether two documents are versions of one work, as far as their records tell."""
    title = _bare(one.title)
    if len(title) < SHORTEST_TITLE or title != _bare(other.title):
        return False
    if one.year and other.year and abs(one.year - other.year) > YEARS_APART:
        return False
    pairs = [*zip(_stated(one), _stated(other), strict=True)]
    if any(mine and theirs and not mine & theirs for mine, theirs in pairs):
        return False
    if any(mine & theirs for mine, theirs in pairs):
        return True
    # Every city gives a 政府工作报告 a year: where nothing else is stated, the texts must tell.
    telling = one.kind == other.kind == "paper" and len(title) >= TELLING_TITLE
    return telling or _share_text(one.text, other.text)


def grouped(hits: Iterable[Hit]) -> list[tuple[int, Hit]]:
    """The hits of a page that are no versions of an earlier one, each with its place from 0."""
    shown: list[tuple[int, Hit]] = []
    folded: set[str] = set()
    for place, hit in enumerate(hits):
        if hit.id not in folded:
            shown.append((place, hit))
            folded.update(hit.versions)
    return shown


def _share_text(one: str, other: str) -> bool:
    """Whether stretches spread over the shorter text stand in the longer one."""
    shorter, longer = sorted(("".join(one.split()), "".join(other.split())), key=len)
    last = len(shorter) - STRETCH
    pieces = [shorter[i : i + STRETCH] for i in range(0, last + 1, max(1, last // SAMPLES))]
    return bool(pieces) and sum(piece in longer for piece in pieces) >= SHARED * len(pieces)


def _stated(document: Document) -> tuple[set[str], set[str], set[str]]:
    """DOI, number, people: each empty where the record is silent."""
    people = {fold(name) for name in (*document.authors, *document.issuers)}
    return {document.doi.lower()} - {""}, {fold(document.doc_number)} - {""}, people


def _bare(title: str) -> str:
    return "".join(filter(str.isalnum, fold(title)))
