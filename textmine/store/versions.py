"""Other documents that are the same work: a record beside its full text, a reprint, a second site.

Told by the whole title; what two documents both state must then agree: DOI, document number,
one of the authors or issuers, the year within one (a paper is printed after it appears online).
Titles that differ in wording are not compared here: see `textmine.store.similar`.
"""

from __future__ import annotations

from collections.abc import Iterable

from textmine.records import Document, Hit, fold

SHORTEST_TITLE = 6
"""Characters of a title that can stand for a work; 通知 and 意见 stand for none."""
YEARS_APART = 1


def same_work(one: Document, other: Document) -> bool:
    """Whether two documents are versions of one work, as far as their records tell."""
    title = _bare(one.title)
    if len(title) < SHORTEST_TITLE or title != _bare(other.title):
        return False
    if one.year and other.year and abs(one.year - other.year) > YEARS_APART:
        return False
    return all(
        not (mine and theirs) or bool(mine & theirs)
        for mine, theirs in zip(_stated(one), _stated(other), strict=True)
    )


def grouped(hits: Iterable[Hit]) -> list[tuple[int, Hit]]:
    """The hits of a page that are no versions of an earlier one, each with its place from 0."""
    shown: list[tuple[int, Hit]] = []
    folded: set[str] = set()
    for place, hit in enumerate(hits):
        if hit.id not in folded:
            shown.append((place, hit))
            folded.update(hit.versions)
    return shown


def _stated(document: Document) -> tuple[set[str], set[str], set[str]]:
    """DOI, number, people: each empty where the record is silent."""
    people = {fold(name) for name in (*document.authors, *document.issuers)}
    return {document.doi.lower()} - {""}, {fold(document.doc_number)} - {""}, people


def _bare(title: str) -> str:
    return "".join(filter(str.isalnum, fold(title)))
