"""Part the lines of a paper: byline, labelled fields, English byline, body, references.

Order differs between journals (English abstract before the body or after the references, received
date as a footnote in mid-text), so each line is assigned in turn, by what it says and by what has
been seen before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textmine.parse import labels, references
from textmine.parse.captions import without_images
from textmine.parse.headings import Heading, heading
from textmine.parse.latex import plain
from textmine.parse.layout import clean, drop_running_heads, ends_sentence, pages
from textmine.parse.marks import fold_marks


class Line(NamedTuple):
    """A line of the source.

    `marked` says that the source marks it as a heading, `gap` that a blank line stands before it.
    """

    text: str
    marked: bool = False
    gap: bool = False


@dataclass
class Zones:
    """The lines of a paper by what they belong to, filled in order."""

    byline: list[Line] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    english: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def first(self, name: str) -> str:
        """The first value of a field, or an empty string."""
        return next((value for value in self.fields.get(name, []) if value), "")


_BOLD = re.compile(r"(?<![\\*])\*\*([^*\n]{1,200}?)(?<!\\)\*\*(?!\*)")
_MARKDOWN = re.compile(r"\s{0,3}(#{1,6})\s+")


def source_lines(text: str) -> list[Line]:
    """The lines of a text: cleaned, without running heads, images and blank lines."""
    found: list[Line] = []
    gap = False
    for page in drop_running_heads(pages(clean(text))):
        for raw in page:
            marked = _MARKDOWN.match(raw)
            bare = without_images(raw[marked.end() :] if marked else raw)
            line = _BOLD.sub(r"\1", plain(bare)).strip(" \t\u3000")
            if not line:
                gap = True
                continue
            found.append(Line(line, marked is not None, gap))
            gap = False
    return found


FRONT = ("abstract", "keywords", "clc", "document_code", "article_id", "doi", "citing")
ENGLISH = ("abstract_en", "keywords_en")
FOOTNOTES = (
    "received",
    "revised",
    "accepted",
    "published",
    "funding",
    "author_notes",
    "editor",
    "doi",
    "citing",
    "article_id",
)


def part(text: str) -> Zones:
    """Assign every line of a paper to its zone."""
    lines = source_lines(text)
    zones = Zones()
    start = _front(lines, zones)
    end = _end_of_body(lines, start)
    _body(lines[start:end], zones)
    if end < len(lines):
        _back(lines[end + 1 :], zones)
    return zones


def _add(zones: Zones, name: str, value: str) -> None:
    zones.fields.setdefault(name, []).append(value)


def _continue(zones: Zones, name: str, value: str) -> None:
    """Add a line to the field that is open."""
    values = zones.fields[name]
    joint = " " if re.search(r"[A-Za-z0-9,.;:)]$", values[-1]) and value[:1].isascii() else ""
    values[-1] = values[-1] + joint + value if values[-1] else value


ENGLISH_BYLINE = 8
"""Lines of title, names and addresses that can stand over an English abstract."""
END_OF_BYLINE = Line("")
"""Marks in `Zones.english` where the abstract began."""
FRONT_LINES = 80
"""Lines in which the front matter must end; the longest ones seen have about 40."""


def _front(lines: Sequence[Line], zones: Zones) -> int:
    """Read the front matter; returns the index of the first line of the body."""
    name = ""
    for i, line in enumerate(lines[:FRONT_LINES]):
        label = labels.label_at_start(line.text)
        if references.TITLE.fullmatch(line.text):
            return i
        if label or _abstract_inside(line.text, zones):
            name = _labelled(zones, line.text)
        elif _opens_body(line, lines, i, zones, name):
            return i
        elif _is_english_byline(line, lines, i, zones, name):
            zones.english.append(line)
            name = ""
        elif name and (_unfinished(zones, name, line) or (name in ENGLISH and _latin(line.text))):
            name = _carried_on(zones, name, line.text)
        elif zones.fields.keys() & {"abstract", "keywords"}:
            zones.fields.setdefault("notes", []).append(line.text)
            name = ""
        else:
            zones.byline.append(line)
    return min(len(lines), FRONT_LINES)


def _abstract_inside(text: str, zones: Zones) -> bool:
    """Whether the abstract begins in mid-line, run into the institutions."""
    return "abstract" not in zones.fields and any(p.field == "abstract" for p in labels.cut(text))


def _labelled(zones: Zones, text: str) -> str:
    """Store the fields of a line; returns the last, which stays open."""
    name = ""
    for piece in labels.cut(text):
        if piece.field:
            if piece.field == "abstract_en":
                # Only what stands right over it can be its byline.
                del zones.english[:-ENGLISH_BYLINE]
                zones.english.append(END_OF_BYLINE)
            _add(zones, piece.field, piece.value)
            name = piece.field
        elif name == "" and piece.value:
            zones.byline.append(Line(piece.value))
    return name


def _carried_on(zones: Zones, name: str, text: str) -> str:
    """Add an unlabelled line to an open field; labels glued into it open their own."""
    for piece in labels.cut(text):
        if piece.field:
            _add(zones, piece.field, piece.value)
            name = piece.field
        else:
            _continue(zones, name, piece.value)
    return name


def _unfinished(zones: Zones, name: str, line: Line) -> bool:
    """Whether an open field goes on in a line without label."""
    value = zones.fields[name][-1]
    if name in ("abstract", "abstract_en"):
        structured = re.match(r"\s*[\[［【〔(（]\s?[\u3400-\u9fffA-Z]", line.text) is not None
        return not value or structured or not ends_sentence(value) or not line.gap
    if name in ("keywords", "keywords_en"):
        return not value or value[-1] in ";；,，、" or (not line.gap and len(line.text) < 40)
    if name not in ("funding", "author_notes", "citing"):
        return False
    if not value:
        return True
    same_script = _latin(value) == _latin(line.text)
    return same_script and not line.gap and not ends_sentence(value)


_HAN = re.compile(r"[\u3400-\u9fff]")


def _latin(text: str) -> bool:
    """Whether a line is in a Latin script."""
    return len(_HAN.findall(text[:400])) * 8 < len(text[:400])


def _opens_body(line: Line, lines: Sequence[Line], i: int, zones: Zones, name: str) -> bool:
    """Whether the body begins with this line."""
    head = heading(line.text, marked=line.marked)
    seen = bool(zones.fields.keys() & {"abstract", "keywords", "clc", "doi"})
    if head and (head.numbering or not line.marked or _named(head)) and (seen or i >= 2):
        return not _names_institution(line.text)
    if _latin(line.text) and not _named_latin(line.text):
        return False
    if seen and "abstract" in zones.fields and not zones.fields["abstract"][-1]:
        return False
    if not zones.fields.keys() & {"keywords", "clc"} and seen:
        # Only an abstract so far: keywords follow it in a line of their own.
        later = any(labels.label_at_start(x.text) == "keywords" for x in lines[i : i + 6])
        return not later and (line.marked or (line.gap and ends_sentence(zones.first("abstract"))))
    if seen:
        return line.marked or (_is_prose(line.text) and not _footnote(line.text))
    ahead = any(labels.label_at_start(x.text) in FRONT for x in lines[i : i + 20])
    return i > 0 and not ahead and _is_prose(line.text)


def _named(head: Heading) -> bool:
    return heading(head.title) is not None


def _named_latin(text: str) -> bool:
    return re.fullmatch(r"(?:\d\.?\s)?(?:Introduction|INTRODUCTION)", text) is not None


def _names_institution(text: str) -> bool:
    """Whether a numbered line is an affiliation (1 南京大学信息管理学院 南京 210023)."""
    return (
        re.search(r"\d{6}|(?:大学|学院|研究院|研究所|中心|公司)[,，\s]*[\u3400-\u9fff]{0,6}$", text)
        is not None
    )


def _is_prose(text: str) -> bool:
    return len(text) >= 40 and re.search("[，。,、]", text) is not None and not _latin(text)


def _footnote(text: str) -> bool:
    return re.match(r"[\s\\]*[*＊†①](?!\s*$)", text) is not None


def _is_english_byline(line: Line, lines: Sequence[Line], i: int, zones: Zones, name: str) -> bool:
    """Whether a line without label is part of an English title, author list or address."""
    if not _latin(line.text) or (name in ENGLISH and not line.marked):
        return False
    if name and not line.gap and not line.marked and _unfinished(zones, name, line):
        return False
    return any(labels.label_at_start(x.text) == "abstract_en" for x in lines[i : i + 15])


def _end_of_body(lines: Sequence[Line], start: int) -> int:
    """The index of the heading of the references, or of their first entry, or the end."""
    titles = [i for i in range(start, len(lines)) if references.TITLE.fullmatch(lines[i].text)]
    named = [i for i in titles if "注" not in lines[i].text]
    if named or titles:
        return (named or titles)[-1]
    numbers = {i: references.number(lines[i].text) for i in range(len(lines) // 3, len(lines))}
    for i in sorted(numbers, reverse=True):
        follows = any(numbers.get(j) == 2 for j in range(i + 1, i + 5))
        if i > start and numbers[i] == 1 and follows and _is_entry(lines[i].text):
            return i - 1
    return len(lines)


def _is_entry(text: str) -> bool:
    return re.search(r"\[[A-Z]{1,2}(?:/[A-Z]{2})?\]|(?:19|20)\d\d", fold_marks(text)) is not None


def _body(lines: Sequence[Line], zones: Zones) -> None:
    """Keep the lines of the body; footnotes that the page put between them go to their fields."""
    name = ""
    for line in lines:
        label = labels.label_at_start(line.text)
        if label in FOOTNOTES or (label in ENGLISH and not zones.fields.get(str(label))):
            name = _labelled(zones, line.text)
        elif name and (_unfinished(zones, name, line) or (name in ENGLISH and _latin(line.text))):
            name = _carried_on(zones, name, line.text)
        else:
            name = ""
            zones.body.append(line)


def _back(lines: Sequence[Line], zones: Zones) -> None:
    """Read the references and what stands behind them."""
    name = ""
    inside, last, complete = True, 0, False
    abstract = [i for i, x in enumerate(lines) if labels.label_at_start(x.text) == "abstract_en"]
    byline = range(max(0, abstract[0] - ENGLISH_BYLINE), abstract[0]) if abstract else range(0)
    for i, line in enumerate(lines):
        n = references.number(line.text)
        label = labels.label_at_start(line.text)
        if label:
            name, inside = _labelled(zones, line.text), False
        elif n is not None and (inside or n in (last + 1, last + 2)) and not _heads(line, n, last):
            zones.references.append(line.text)
            inside, last, name = True, n, ""
        elif inside and not line.marked and not _leaves(line, i in byline, last, complete):
            zones.references.append(line.text)
        elif name and (_unfinished(zones, name, line) or (name in ENGLISH and _latin(line.text))):
            name = _carried_on(zones, name, line.text)
        else:
            inside, name = False, ""
            zones.english.append(line)
        complete = line.text.endswith((".", "。", "．"))


def _leaves(line: Line, near: bool, last: int, complete: bool) -> bool:
    """Whether a line without number ends the list: it is no rest of an unfinished entry.

    `near` says that it stands right over the English abstract.
    """
    if near and _latin(line.text):
        return complete or not last
    return bool(last) and complete and line.gap


def _heads(line: Line, n: int, last: int) -> bool:
    """Whether a numbered line behind the list is a heading of an appendix."""
    return line.marked and n not in (last + 1, last + 2)
