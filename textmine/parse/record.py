"""Bibliographic records to documents: every format's tags to the same fields.

Which tag means what stands in `textmine.read.tags`; here values are cut, cleaned and typed. The
text of such a document is its title and abstract. A value that cannot be understood (a year that
is none) is left out with a warning that names the line, and the other fields are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from textmine.parse.cited import from_cssci, from_wos
from textmine.parse.reference_entry import parse_reference
from textmine.parse.stored_text import lay
from textmine.read.tags import FIELDS
from textmine.records import Document, RawRecord, Reference

_HAN = re.compile(r"[\u3400-\u9fff]")


def from_record(raw: RawRecord) -> Document:
    """Understand one record of an export.

    Parameters
    ----------
    raw
        The record with its format's own tags.

    Returns
    -------
    Document
        A paper with all fields that the format has; title and abstract are its text. Unknown
        tags are passed over; what is missing or broken is told in `warnings`.
    """
    if raw.format == "gbt7714":
        return _from_reference(raw)
    values = _by_field(raw)
    title, abstract = _plain(_first(values, "title")), _abstract(values, "abstract")
    text, sections = lay(title, abstract, ())
    year, date, doubts = _when(values)
    if _SPOILT_PAGES.match(_first(values, "pages")):
        doubts.append("a spreadsheet program made a date of the pages; read as they were")
    if not title:
        doubts.append("the record has no title")
    return replace(
        _described(values, raw.format),
        text=text,
        sections=sections,
        language="zh" if _HAN.search(text) else "en" if text else "",
        title=title,
        abstract=abstract,
        date=date,
        year=year,
        references=_references(values, raw.format),
        warnings=(*raw.warnings, *(f"line {raw.line}: {doubt}" for doubt in doubts)),
        source=raw.source,
        item=raw.item,
        format=raw.format,
    )


def _described(values: dict[str, list[str]], form: str) -> Document:
    """People, subject and place of publication; no text yet."""
    place = _place(values)
    return Document(
        kind="paper",
        text="",
        title_en=_plain(_first(values, "title_en")),
        authors=_people(values, "authors", form),
        authors_en=_people(values, "authors_en", form),
        affiliations=_affiliations(values),
        abstract_en=_abstract(values, "abstract_en"),
        keywords=_keywords(values, "keywords", form),
        keywords_en=_keywords(values, "keywords_en", form),
        doi=_doi(_first(values, "doi")),
        issn=_issn(values.get("issn", [])),
        journal=_plain(_first(values, "journal")).strip("《》"),
        clc=_cut(values.get("clc", []), r"[;；,，/\s]+"),
        article_id=_first(values, "article_id"),
        volume=place.volume,
        issue=place.issue,
        page_first=place.first,
        page_last=place.last,
        page_count=_integer(_first(values, "page_count")) or None,
        funding=_funding(values, form),
        author_notes=tuple(values.get("author_notes", [])),
    )


def _by_field(raw: RawRecord) -> dict[str, list[str]]:
    """Values by field, each from the first tag of the format's table that has any."""
    found: dict[str, list[str]] = {}
    lower = {tag.lower(): values for tag, values in raw.fields.items()}
    for tag, field in FIELDS.get(raw.format, {}).items():
        values = raw.fields.get(tag) or (lower.get(tag) if raw.format == "bibtex" else None)
        if values and field not in found:
            found[field] = [value for value in map(str.strip, values) if value]
    return {field: values for field, values in found.items() if values}


def _first(values: dict[str, list[str]], field: str) -> str:
    return values.get(field, [""])[0]


_TEX_BRACES = re.compile(r"(?<!\\)[{}]")
_TEX_ESCAPE = re.compile(r"\\([&%$#_])")
_SPACES = re.compile(r"[\s\u3000]+")


def _plain(value: str) -> str:
    """A value without the braces and escapes of BibTeX and with single spaces."""
    if "\\" in value:
        value = _TEX_ESCAPE.sub(r"\1", value)
    return _SPACES.sub(" ", _TEX_BRACES.sub("", value)).strip()


_LEAD = re.compile(r"^\s*(?:<正>|〈正〉|【?摘\s*要】?\s*[:：])\s*")
"""CNKI marks a text's beginning that stands for an abstract with <正>."""


def _abstract(values: dict[str, list[str]], field: str) -> str:
    return _LEAD.sub("", _plain(" ".join(values.get(field, []))))


# Lists.


def _cut(values: Iterable[str], separator: str) -> tuple[str, ...]:
    """The parts of all values, empty and repeated ones left out."""
    parts = (part.strip() for value in values for part in re.split(separator, value))
    return tuple(dict.fromkeys(part for part in parts if part))


_MARKS = re.compile(r"\[[\d,，\s]{1,10}\]|[①-⑳*＊†]")
_CHINESE_NAMES = re.compile(r"[\u3400-\u9fff·]{2,12}(?:[,，、\s]+[\u3400-\u9fff·]{2,12})+[,，、]?")
_EDITORIAL = frozenset(("等", "et al", "et al."))


def _people(values: dict[str, list[str]], field: str, form: str) -> tuple[str, ...]:
    """Names one by one; commas part Chinese names only, for Western ones have them inside."""
    names: list[str] = []
    for value in values.get(field, []):
        value = _MARKS.sub("", value)
        if form == "bibtex":
            parts = _names_of_bibtex(value)
        elif form == "cssci":
            parts = value.split("/")
        elif ";" in value or "；" in value:
            parts = re.split(r"[;；]+", value)
        elif _CHINESE_NAMES.fullmatch(value.strip()):
            parts = re.split(r"[,，、\s]+", value)
        else:
            parts = [value]
        names += (_SPACES.sub(" ", part).strip(" ,，、") for part in parts)
    names = [re.sub(r"\s\(\d{6,}\)$", "", name) for name in names]  # Scopus author ids
    return tuple(dict.fromkeys(n for n in names if n and n.casefold() not in _EDITORIAL))


def _names_of_bibtex(value: str) -> list[str]:
    """Names between " and ", which inside braces is part of a corporate name.

    CNKI's own BibTeX puts ";" or "," between names instead.
    """
    names, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]|\s+and\s+", value):
        token = match.group()
        depth += (token == "{") - (token == "}")
        if depth == 0 and token not in "{}":
            names.append(value[start : match.start()])
            start = match.end()
    names.append(value[start:])
    cut = (re.split(r"[;；]", name) if "{" not in name else [name] for name in names)
    plain = [_plain(part) for parts in cut for part in parts]
    if len(plain) == 1 and _CHINESE_NAMES.fullmatch(plain[0]) and value.count(",") != 1:
        return re.split(r"[,，、\s]+", plain[0])
    return [name for name in plain if name != "others"]


def _keywords(values: dict[str, list[str]], field: str, form: str) -> tuple[str, ...]:
    """Keywords one by one, whatever stands between them.

    Web of Science puts "; " between them and, in tables that tools make of it, ";" where a line
    was wrapped. Commas part keywords only where no semicolon does.
    """
    given = [_plain(value) for value in values.get(field, [])]
    if form == "wos":
        given = [re.sub(r"(?<!;);(?![; ])", " ", v) if "; " in v else v for v in given]
    if form == "cssci":
        return _cut(given, "/")
    if len(given) == 1 and not re.search(r"[;；|]", given[0]):
        return _cut(given, r"[,，、]\s*")
    return _cut(given, r"\s*(?:[;；]+|\|)\s*")


_OWNER = re.compile(r"^\[[^\]]{0,2000}\]\s*")


def _affiliations(values: dict[str, list[str]]) -> tuple[str, ...]:
    """Institutions one by one, without the names of their people.

    CSSCI: "[李]甲大学.法学院/[王]…"; Web of Science: "[Li, W] Univ A, …"; old CNKI tables:
    "甲大学!北京100871,乙大学!上海", where the town follows the mark.
    """
    found: list[str] = []
    for value in values.get("affiliations", []):
        for part in _outside_brackets(re.sub(r"/(?=\[)", ";", value)):
            towns = re.split(r"[,，](?=[^,，!]*!)", part) if "!" in part else [part]
            found += (_OWNER.sub("", town.strip()).split("!")[0] for town in towns)
    found = [re.sub(r"(?<=[\u3400-\u9fff)）])\.(?=[\u3400-\u9fff])", "", name) for name in found]
    return tuple(dict.fromkeys(name for n in found if (name := _plain(n).strip(" .。,，"))))


def _funding(values: dict[str, list[str]], form: str) -> tuple[str, ...]:
    """Funds one by one; a semicolon inside brackets parts grant numbers of one fund."""
    given = values.get("funding", [])
    if form == "cssci":
        return _cut(given, "/")
    parts = (part.strip("~～ ") for value in given for part in _outside_brackets(value))
    return tuple(dict.fromkeys(part for part in parts if part))


def _outside_brackets(value: str) -> list[str]:
    """The parts between semicolons; those inside brackets part names or grant numbers.

    Where brackets do not match, every semicolon parts.
    """
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"[\[\](（)）;；]", value):
        mark = match.group()
        depth += (mark in "[(（") - (mark in "])）")
        if mark in ";；" and depth == 0:
            parts.append(value[start : match.start()])
            start = match.end()
    return [*parts, value[start:]] if depth == 0 else re.split("[;；]", value)


# Numbers.


class _Place(NamedTuple):
    volume: str
    issue: str
    first: int | None
    last: int | None


_CSSCI_PLACE = re.compile(
    r"(?P<year>\d{4})?,?(?P<volume>[^(,]{0,12})(?:\((?P<issue>[^)]{0,12})\))?(?::(?P<pages>.{0,40}))?"
)


def _place(values: dict[str, list[str]]) -> _Place:
    """Where in a journal the paper stands."""
    volume, issue = _first(values, "volume"), _first(values, "issue")
    pages = _first(values, "pages")
    combined = _CSSCI_PLACE.match(_first(values, "volume_issue"))
    if combined and "volume_issue" in values:
        volume, issue = combined["volume"] or volume, _cssci_issue(combined["issue"] or "")
        pages = combined["pages"] or pages
    first, last = _pages(pages)
    first = first or _integer(_first(values, "page_first"))
    return _Place(
        _plain(volume), _plain(issue), first, _integer(_first(values, "page_last")) or last
    )


def _cssci_issue(value: str) -> str:
    """CSSCI writes the issue as two digits and a zero: "010" is the first, "120" the twelfth."""
    return value[:2] if re.fullmatch(r"\d{2}0", value) else value


_PAGES = re.compile(
    r"\D{0,3}(?P<first>\d{1,5})(?:\s?[-–—~～]{1,2}\s?\D{0,2}(?P<last>\d{1,5}))?(?!\d)"
)


_SPOILT_PAGES = re.compile(
    r"(?:\d{4}-(?P<m>\d{2})-(?P<d>\d{2})|(?P<month>\d{1,2})月(?P<day>\d{1,2})日)(?:\D|$)"
)
"""Pages "4-16" that a spreadsheet program took for the 16th of April."""


def _pages(value: str) -> tuple[int | None, int | None]:
    """First and last page of the first range; "163-5" is 163 to 165."""
    if spoilt := _SPOILT_PAGES.match(value):
        value = f"{spoilt['m'] or spoilt['month']}-{spoilt['d'] or spoilt['day']}"
    match = _PAGES.match(value)
    if not match:
        return None, None
    first, end = match["first"], match["last"] or match["first"]
    if len(end) < len(first) and int(end) < int(first):
        end = first[: len(first) - len(end)] + end
    return int(first) or None, int(end) or None


def _integer(value: str) -> int | None:
    match = re.match(r"\d{1,6}(?!\d)", value.strip())
    return int(match.group()) if match else None


_DATE = re.compile(
    r"(?P<year>1[89]\d\d|20\d\d)(?:\s?[-/.年]\s?(?P<month>\d{1,2})(?:\s?[-/.月]\s?(?P<day>\d{1,2}))?)?(?!\d)"
)


def _when(values: dict[str, list[str]]) -> tuple[int | None, str, list[str]]:
    """Year and date of publication, and what was not understood of them."""
    doubts = []
    date = _iso(_first(values, "date"))
    stated = _first(values, "year") or _first(values, "volume_issue")
    match = _DATE.match(stated.strip("{}\" '"))
    if stated and not match:
        doubts.append(f"{stated[:20]!r} is no year")
    if not match and date:
        return int(date[:4]), date, doubts
    return (int(match["year"]) if match else None), date, doubts


def _iso(value: str) -> str:
    """A date as ISO 8601, as precise as it is stated; empty when it is none."""
    match = _DATE.search(value)
    if not match:
        return ""
    parts = [match["year"]]
    for name, largest in (("month", 12), ("day", 31)):
        number = int(match[name] or 0)
        if not 1 <= number <= largest:
            break
        parts.append(f"{number:02d}")
    return "-".join(parts)


_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ISSN = re.compile(r"(?<!\d)(\d{4})-?(\d{3}[\dXx])(?!\d)")


def _doi(value: str) -> str:
    match = _DOI.search(value)
    return match.group().rstrip(".,;，；。}") if match else ""


def _issn(values: Iterable[str]) -> str:
    """The first ISSN; an ISBN in the same field is none."""
    for value in values:
        match = _ISSN.search(value)
        if match and not re.search(r"97[89]-?\d", value):
            return f"{match[1]}-{match[2].upper()}"
    return ""


# References.


def _references(values: dict[str, list[str]], form: str) -> tuple[Reference, ...]:
    raws = [raw for value in values.get("references", []) for raw in _cited(value, form)]
    return tuple(_reference(raw, n, form) for n, raw in enumerate(raws, 1))


def _reference(raw: str, n: int | None, form: str) -> Reference:
    """A cited reference in the style of its database."""
    if form == "cssci":
        return from_cssci(raw)
    if form == "wos":
        return from_wos(raw, n)
    if form == "openalex":
        return Reference(n, raw, url=raw)
    return parse_reference(raw, n)


def _cited(value: str, form: str) -> Iterator[str]:
    """The references that stand in one value.

    Tables of Web of Science records put ";" (with or without a space) or, in older ones, three
    spaces between them; a DOI may hold a ";" too, but then a digit follows. Scopus puts "; ".
    """
    mark = {
        "wos": r";\s*(?=[^\d\s])",
        "scopus": r";\s+",
        "table": r"[;；\n]\s*",
        "labelled": r"[;；\n]\s*",
    }.get(form)
    if form == "wos" and "   " in value:
        value = re.sub(r"\s{3,}", "; ", value)
    for part in re.split(mark, value) if mark else [value]:
        if part.strip():
            yield part.strip()


def _from_reference(raw: RawRecord) -> Document:
    """A document out of a reference in a list: only what a reference says."""
    found = _reference(_first({k: list(v) for k, v in raw.fields.items()}, "reference"), None, "")
    text, sections = lay(found.title, "", ())
    first, last = _pages(found.pages)
    warnings = () if found.title else (f"line {raw.line}: no title found in the reference",)
    return Document(
        kind="paper", text=text, sections=sections, language="zh" if _HAN.search(text) else "en",
        title=found.title, authors=found.authors, journal=found.journal, year=found.year,
        volume=found.volume, issue=found.issue, page_first=first, page_last=last, doi=found.doi,
        warnings=(*raw.warnings, *warnings), source=raw.source, item=raw.item, format=raw.format,
    )  # fmt: skip
