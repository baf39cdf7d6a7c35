"""Policies: official documents with header, signature, numbered body and attachments.

Fields come from what the file's metadata states first, then from the header, the signature and
the text. Nothing is looked up elsewhere. Header, signature and the list of attachments become
fields and leave the stored text, which is the title and the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from textmine.parse import (
    issuers,
    policy_body,
    policy_dates,
    policy_furniture,
    policy_header,
    policy_kind,
    work_report,
)
from textmine.parse.layout import clean, drop_running_heads, pages
from textmine.parse.policy_body import Signature
from textmine.parse.policy_header import Header, Stated
from textmine.parse.stored_text import Paragraph, lay
from textmine.records import Document, RawText

DRAFT_WARNING = "a draft for comment, not the final text"
"""The warning of texts marked 征求意见稿, 草案 or the like; `doc_type` is the kind they will have."""


def looks_like_policy(raw: RawText) -> float:
    """How much a text looks like a policy, from 0 to 1; 0.5 parts policies from the rest."""
    return policy_kind.likelihood(raw)


def parse_policy(raw: RawText) -> Document:
    """Understand a policy.

    Parameters
    ----------
    raw
        The text and what its format states about it.

    Returns
    -------
    Document
        Kind policy. What could not be found is empty, and the gaps that matter (title, issuer,
        year) are told in `warnings`, as are drafts.
    """
    given = policy_header.stated(raw.metadata)
    lines = _lines(raw.text)
    if work_report.is_report(given.title, lines):
        return _report(raw, given, lines)
    header = policy_header.read(lines, given)
    body, colophon = policy_body.without_colophon(lines[header.body :])
    given = _filled(given, policy_header.stated({**header.labels, **colophon}))
    parts = _parted(policy_body.whole_lines(body))
    text, sections = lay(header.title, "", parts.paragraphs)
    names = _issuers(given, header, parts.signature)
    number = given.number or header.number
    when = _when(given, header, parts.signature, text, number)
    place = issuers.jurisdiction(names[0] if names else header.title)
    place = place if place.level else issuers.jurisdiction(given.region)
    gaps = [("title", header.title), ("issuer", names), ("date", when.date)]
    warnings = [f"no {name} found" for name, value in gaps if not value]
    if policy_kind.DRAFT.search(header.title):
        warnings.append(DRAFT_WARNING)
    return Document(
        kind="policy", text=text, sections=sections, language="zh", title=header.title,
        date=when.date, year=when.year, published=given.published,
        effective_date=when.effective, expiry_date=when.expiry,
        issuers=names, doc_number=number, doc_type=policy_kind.of_title(header.title),
        recipients=header.recipients, index_number=given.index_number, subject=given.subject,
        level=place.level, region=place.region, attachments=parts.attachments,
        warnings=(*raw.warnings, *warnings, *when.doubts),
        source=raw.source, item=raw.item, format=raw.format,
    )  # fmt: skip


class _When(NamedTuple):
    date: str
    year: int | None
    effective: str
    expiry: str
    doubts: tuple[str, ...]


def _when(given: Stated, header: Header, signed: Signature, text: str, number: str) -> _When:
    """The dates of a document; a year is taken from its number or first day in force if need be."""
    written = given.written or signed.date or header.date
    force = policy_dates.in_force(text, published=given.published, written=written)
    noted = policy_dates.in_force(header.note).effective if header.note else ""
    effective = given.effective or noted or force.effective
    expiry = given.expiry or force.expiry
    doubts = []
    if len(given.written) == len(signed.date) == 10 and given.written != signed.date:
        doubts.append(f"dated {given.written} by the metadata, {signed.date} by its signature")
    date = written or given.published
    if date:
        return _When(date, int(date[:4]), effective, expiry, tuple(doubts))
    year = _number_year(number)
    if year is None and effective:
        year = int(effective[:4])
        doubts.append(f"year {year} taken from the day on which it takes effect")
    return _When(date, year, effective, expiry, tuple(doubts))


_ODD_BLANK = re.compile("[\u2000-\u200a\u202f\u205f]")
_GLUED_ARTICLE = re.compile(
    r"(?<=\S)[ \t\u3000]{2,8}(?=第[一二三四五六七八九十百零〇\d]{1,7}[条章][ \t\u3000])"
)
"""Where copies from databases lost the line end before an article."""


def _lines(text: str) -> list[str]:
    """The lines of a document, running heads and page furniture out."""
    paged = pages(_GLUED_ARTICLE.sub("\n", _ODD_BLANK.sub(" ", clean(text))))
    kept = drop_running_heads(paged) if len(paged) > 1 else paged
    return policy_furniture.without(line for page in kept for line in page)


def _filled(first: Stated, second: Stated) -> Stated:
    """The first with its gaps filled from the second."""
    gaps = {name: value for name, value in second._asdict().items() if not getattr(first, name)}
    return first._replace(**gaps)


class _Parts(NamedTuple):
    signature: Signature
    attachments: tuple[str, ...]
    paragraphs: list[Paragraph]


def _parted(lines: Sequence[str]) -> _Parts:
    """Cut what follows the header into body, list of attachments, signature and attachments.

    What a notice issues or forwards is its body. Only what stands behind a line 附件 below a
    document that has numbered headings of its own is an attachment.
    """
    signed = policy_body.signature(lines, 0)
    end = signed.start if signed.end > 0 else len(lines)
    listed = policy_body.attachment_list(lines, 0, end)
    if not listed.titles and signed.end > 0:
        listed = policy_body.attachment_list(lines, signed.end, min(signed.end + 12, len(lines)))
    out = set(range(max(signed.start, 0), max(signed.end, 0)))
    out |= set(range(max(listed.start, 0), max(listed.end, 0)))
    own = [line for i, line in enumerate(lines) if i not in out and i < end]
    rest = [line for i, line in enumerate(lines) if i not in out and i >= end]
    titles = listed.titles or policy_body.marked_attachments(rest)
    found = policy_body.paragraphs(own)
    independent = any(p.heading and p.heading.title for p in found)
    first = next(
        (i for i, line in enumerate(rest) if policy_body.is_attachment_mark(line)), len(rest)
    )
    issued, attached = (
        rest[:first],
        [r for r in rest[first:] if not policy_body.is_attachment_mark(r)],
    )
    found += policy_body.paragraphs(issued)
    found += policy_body.paragraphs(attached, "attachment" if independent else "body")
    return _Parts(signed, titles, found)


def _issuers(given: Stated, header: Header, signed: Signature) -> tuple[str, ...]:
    """Who issued the document: as stated, else as signed, else from head or title."""
    titled = issuers.of_title(header.title)
    if given.issuers:
        return given.issuers
    # An attached document may be signed by others than those whom the title names.
    agree = not titled or {issuers.full_name(n) for n in titled} & {
        issuers.full_name(n) for n in signed.issuers
    }
    if signed.issuers and agree:
        return signed.issuers
    return titled or header.issuers or signed.issuers or issuers.of_note(header.note)


def _number_year(number: str) -> int | None:
    digits = number.partition("〔")[2][:4]
    return int(digits) if digits.isdecimal() else None


def _report(raw: RawText, given: Stated, lines: list[str]) -> Document:
    """A government work report as document."""
    report = work_report.read(lines, region=given.region, source=raw.source)
    title = given.title if work_report.is_report(given.title, ()) else work_report.title(lines)
    body = policy_body.whole_lines(list(report.lines))
    cut = next((i for i, line in enumerate(body) if policy_body.is_glossary(line)), len(body))
    found = policy_body.paragraphs(body[:cut])
    found += [Paragraph(line, None, "attachment") for line in body[cut:]]
    text, sections = lay(title, "", found)
    place = issuers.jurisdiction(report.issuers[0] if report.issuers else title)
    published = given.published or report.published
    date = report.date or given.written or published
    year = int(date[:4]) if date else report.year
    doubts = [w for w in report.warnings if not (date and w.startswith("no date"))]
    return Document(
        kind="policy", text=text, sections=sections, language="zh", title=title,
        date=date, year=year, published=published, issuers=report.issuers, doc_type="工作报告",
        index_number=given.index_number, subject=given.subject,
        level=place.level, region=place.region,
        attachments=(body[cut].rstrip("：:"),) if cut < len(body) else (),
        warnings=(*raw.warnings, *doubts), source=raw.source, item=raw.item, format=raw.format,
    )  # fmt: skip
