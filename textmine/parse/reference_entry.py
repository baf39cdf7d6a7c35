"""One cited work: a reference string to its fields.

The scheme of GB/T 7714 (2005, 2015, 2025) is `authors. title[TYPE/CARRIER]. imprint[accessed].
URL. DOI`; author–year entries put the year behind the authors. Each field has its function; they
look at the text with folded marks and cut values from the original. Entries without a type mark
(CSSCI's short style, APA, footnotes with 《》) are read by their own rules.
"""

from __future__ import annotations

import dataclasses
import re
from typing import NamedTuple

from textmine.parse import imprint
from textmine.parse.cited import from_cssci
from textmine.parse.imprint import YEAR, Imprint
from textmine.parse.marks import fold_marks
from textmine.parse.policy_reference import cited_number, is_policy
from textmine.parse.reference_authors import split_authors
from textmine.records import Reference

LONGEST = 2_000
"""Characters of an entry that are looked at; the longest real ones have about 600."""

_NUMBER = re.compile(
    r"""
    ^[\s*\-•]*
    (?: \[\s?(\d{1,4})\s?\]? | \((\d{1,3})\) | (\d{1,3})[.、](?!\d) )   # [1]  (1)  1.
    \s*\.?\s*
    """,
    re.VERBOSE,
)
_TYPE = re.compile(
    r"""
    \s?\[\s?(?P<type>(?:CM|CP|DB|DS|EB|PP|[ACDGJMNPRSZ])
             (?:\s?/\s?(?:OL|CD|DK|MT|CN|0L|O1|Ol))?)\s?\]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SERIAL_TYPES = ("J", "N")


def parse_reference(raw: str, n: int | None = None) -> Reference:
    """Read the fields of one reference.

    Parameters
    ----------
    raw
        The entry as printed, line breaks repaired; its number may stand in front.
    n
        Its number, if known already; else it is read from the entry.

    Returns
    -------
    Reference
        The fields that the entry has; `raw` is kept as given.
    """
    body = raw[:LONGEST]
    numbered = _NUMBER.match(fold_marks(body))
    if numbered:
        figures = next(g for g in numbered.groups() if g)
        n = int(figures) if n is None else n
        body = body[numbered.end() :]
    body = " ".join(body.split())
    mark = _type_mark(body)
    if mark is None:
        return _untyped(raw, body, n)
    return _typed(raw, body, n, mark)


def _type_mark(body: str) -> re.Match[str] | None:
    """The mark of type and carrier, [J] or [EB/OL]."""
    return next(_TYPE.finditer(fold_marks(body)), None)


class Electronic(NamedTuple):
    """The online part of an entry, and the entry without it."""

    rest: str
    url: str = ""
    doi: str = ""
    accessed: str = ""
    published: str = ""


_DOI = re.compile(
    r"""[,.\s]*\b(?:https?://(?:dx\.)?doi\.org/|doi\s?:?\s?)(?P<doi>10\.\d{4,9}/[^\s,;，；]{1,200})""",
    re.VERBOSE | re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"[,.\s]*\b(?:CSTR|ISBN|ISSN)\s?:?\s?[\w.:/-]{5,80}", re.IGNORECASE)
_URL = re.compile(
    r"<?\s?(?P<url>(?:https?|ftp|htp|htt)\s?:\s?/{1,2}[^\s<>，。；\u3400-\u9fff]{3,600}|www\.[^\s<>，。；]{3,600})>?"
)
_ISO = rf"{YEAR}\s?[-/.]\s?\d{{1,2}}(?:\s?[-/.]\s?\d{{1,2}})?"
_ACCESSED = re.compile(rf"\[\s?(?P<on>{_ISO}|{YEAR})\s?\]")
_POSTED = re.compile(rf"\(\s?(?P<on>{_ISO}|{YEAR})\s?\)(?=\s?(?:\[|$|\.))")
_TRAILING = re.compile(rf"[,.\s]\s?(?P<on>{_ISO})\s?[.)]?\s?$")


def _electronic(tail: str) -> Electronic:
    """Take DOI, URL, access date and date of posting off the end of an entry."""
    doi, url, accessed = "", "", ""
    found = _DOI.search(tail)
    if found:
        doi = found["doi"].rstrip(".")
        link = found.group().strip(" ,.")
        url = link.rstrip(".") if link.lower().startswith("http") else ""
        tail = tail[: found.start()] + tail[found.end() :]
    tail = _IDENTIFIER.sub("", tail) if "http" not in tail else tail
    found = _URL.search(tail)
    if found:
        link, dated = _undated(found["url"])
        url = link
        accessed = dated
        tail = tail[: found.start()].rstrip(" <") + " " + tail[found.end() :]
    doi = doi or _doi_in(url)
    tail = _IDENTIFIER.sub("", tail).strip()
    folded = fold_marks(tail)
    read = _ACCESSED.search(folded)
    if read:
        accessed = _iso(read["on"])
        tail, folded = _without(tail, read), _without(folded, read)
    elif url and (late := _TRAILING.search(folded)):
        accessed = _iso(late["on"])
        tail, folded = _without(tail, late), _without(folded, late)
    posted = _POSTED.search(folded)
    if posted:
        tail = _without(tail, posted)
    return Electronic(tail.strip(), url, doi, accessed, _iso(posted["on"]) if posted else "")


def _doi_in(url: str) -> str:
    """The DOI that a publisher's address carries (…/doi/10.1002/978…/summary)."""
    found = re.search(r"/(10\.\d{4,9}/[^\s/?#&]{3,100})", url)
    return found[1].removesuffix(".pdf") if found else ""


def _undated(link: str) -> tuple[str, str]:
    """A link without the marks and the date that ran into it."""
    late = re.search(rf"[,\[]+(?P<on>{_ISO})\]?\.?$", link)
    if late:
        return link[: late.start()].rstrip(".,;"), _iso(late["on"])
    return link.rstrip(".,;)]"), ""


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + text[found.end() :]


def _iso(date: str) -> str:
    parts = re.split(r"[-/.]", re.sub(r"\s", "", date))
    return "-".join([parts[0], *(p.zfill(2) for p in parts[1:])])


_AUTHOR_YEAR = re.compile(
    rf"""
    ^(?P<authors>[^\[\]]{{1,400}}?)\s?[,.]\s?
    (?:\[?c?(?P<year>{YEAR})(?:-\d{{0,4}})?(?:\([^()]{{1,20}}\)|印刷)?[a-z]?\]?
      |无日期(?:-?[a-z]{{1,2}})?|n\.d(?:\.?-[a-z]{{1,2}})?)
    (?:\.\s?|$)
    """,
    re.VERBOSE,
)
_PAREN_YEAR = re.compile(
    rf"^(?P<authors>[^\[\]()]{{1,400}}?)[,.]?\s?\((?P<year>{YEAR})[a-z]?(?:,[^()]{{1,20}})?\)\s?[.:,]\s?"
)


class Head(NamedTuple):
    """What stands before the type mark."""

    authors: str
    title: str
    year: str = ""


def _head(head: str) -> Head:
    """Authors, title and, in author–year entries, the year."""
    folded = fold_marks(head)
    for pattern in (_AUTHOR_YEAR, _PAREN_YEAR):
        found = pattern.match(folded)
        # A year at the very end belongs to the title, unless names are all there is before it.
        if found and (found.end() < len(folded) or ". " not in found["authors"]):
            return Head(head[: found.end("authors")], head[found.end() :], found["year"] or "")
    stop = _end_of_authors(folded)
    return Head(head[:stop], head[stop:].lstrip(" .．。"), "") if stop else Head("", head, "")


_STOPS = re.compile(r"[.。]")
_ABBREVIATED = re.compile(r"(?:^|[\s,.&-])(?:[A-Z]|Jr|Sr|St|Dr|Mr|Ms|vs|No|Vol|eds?)$")


def _end_of_authors(head: str) -> int:
    """Where the authors end: the first stop that is no initial's, no figure's, no address's."""
    for stop in _STOPS.finditer(head):
        i = stop.start()
        before, after = head[:i], head[i + 1 :]
        if not after.strip() or i == 0:
            return 0
        if before[-1].isdigit() and after[0].isdigit():
            continue
        if _is_initial(before, after) or before.endswith(("U.S", "U.K")):
            continue
        if re.match(r"(?:com|cn|org|net|gov|edu|js|NET)\b", after):
            continue
        return i
    return 0


def _is_initial(before: str, after: str) -> bool:
    """Whether a stop belongs to an initial with more of the names behind it."""
    if not _ABBREVIATED.search(before[-8:]):
        return False
    # S. L., / S. L. & / S.L. : more initials or a separator follow; a title does not begin so.
    return re.match(r"\s?(?:[,&;]|and\s|[A-Z]\.|[A-Z][,\s](?![a-z]))", after) is not None


_BOOK_VOLUME = re.compile(
    r"""
    \s?:\s?
    (?: (?:第|제)\s?(?P<n>[\d一二三四五六七八九十]{1,4})\s?(?:卷|册|辑|部|集|권)
      | [Vv](?:ol(?:ume)?)?\.?\s?(?P<en>\d{1,4})
      | (?P<named>(?:\d{4}\s?年|[\u3400-\u9fff]{1,4})[卷册]|[上中下]) )$
    """,
    re.VERBOSE,
)
_SCALE = re.compile(r"\s?\.\s?1\s?:\s?\d{3,9}$")
"""The scale of a map, printed behind its title."""
_CODE = re.compile(
    r"""
    \s?[:,]\s?(?P<code>
        (?:[A-Z]{2,6}(?:/[A-Z]{1,4})?[\s-]?\d[\w.:/-]{2,40})     # CN201220158825.2, GB/T 25100-2010
      | \d[\dX]{3,12}[\w./-]{3,40} | [A-Z0-9]{2,12}(?:[-/.][\w().]{1,20}){1,8}
    )$
    """,
    re.VERBOSE,
)
_CODE_FIRST = re.compile(
    r"^(?P<code>[A-Z]{2,6}(?:/[A-Z]{1,6})?[\s-][A-Z]?[-]?\d[\w.:()/-]{2,30}(?:\s?-\s?\d{4})?)\s+"
)


def _typed(raw: str, body: str, n: int | None, mark: re.Match[str]) -> Reference:
    """An entry with a type mark."""
    kind = _type(mark["type"])
    head = _head(body[: mark.start()].strip())
    online = _electronic(body[mark.end() :].strip(" .．。,，"))
    tail = online.rest.strip(" .．。,，")
    # The work that holds the part cited stands behind //; OCR leaves one stroke at times.
    analytic = tail.startswith(("/", "∥", "／"))
    tail = tail.lstrip("/∥／ ")
    number, signed, title, tail = cited_number(head.authors, head.title, tail)
    printed = _imprint(kind, tail, analytic=analytic)
    title, volume, code = _title(title, kind)
    year = head.year or printed.year or online.published[:4] or _any_year(tail, kind)
    year = year or _standard_year(code) or (online.accessed[:4] if not online.published else "")
    names = split_authors(signed)
    return Reference(
        n, raw, type=kind, authors=names, title=title,
        journal=printed.container if kind[0] in "JN" or analytic else "",
        place=printed.place, publisher=printed.publisher,
        year=int(year[:4]) if year else None,
        volume=printed.volume or volume, issue=printed.issue, pages=printed.pages,
        doc_number=number or code, url=online.url, doi=online.doi, accessed=online.accessed,
        language=_language(title or "".join(names)),
        is_policy=is_policy(names, title, kind, number),
    )  # fmt: skip


def _type(mark: str) -> str:
    """Type and carrier in capitals, with OCR's zero for the letter mended."""
    return re.sub(r"\s", "", mark).upper().replace("0L", "OL").replace("O1", "OL")


def _imprint(kind: str, tail: str, *, analytic: bool) -> Imprint:
    """The tail by the kind of work, its names cut from the text as printed."""
    folded = fold_marks(tail)
    if analytic:
        printed = _analytic(folded)
    elif kind.split("/")[0] in _SERIAL_TYPES:
        printed = _serial(folded)
    else:
        printed = imprint.separate(folded)
    return printed._replace(
        container=_as_printed(printed.container, folded, tail),
        place=_as_printed(printed.place, folded, tail),
        publisher=_as_printed(printed.publisher, folded, tail),
    )


def _as_printed(value: str, folded: str, original: str) -> str:
    """The stretch of the original that a folded value came from."""
    at = folded.find(value)
    return original[at : at + len(value)] if value and at >= 0 else value


_RUN = re.compile(rf"(?P<run>{YEAR}(?:,\s?\d{{1,4}})?\s?(?:\(\d{{1,4}}\))?-[^.]{{0,20}})\.\s?")


def _serial(tail: str) -> Imprint:
    """A journal or newspaper: an article in it, or its whole run (1957(1)-1990(4))."""
    run = _RUN.match(tail)
    if run:
        return imprint.separate(tail[run.end() :])._replace(volume=run["run"])
    return imprint.serial(tail) or Imprint(container=tail.strip(" .,"))


def _analytic(tail: str) -> Imprint:
    """The work that holds the part cited: editors. title. place: publisher, year: pages."""
    numbers = imprint.serial(tail)
    if numbers and (numbers.volume or numbers.issue) and ":" not in numbers.container:
        return numbers
    printed = imprint.separate(tail)
    if not printed.container and not printed.place:
        # Proceedings often say no more than their name.
        printed = printed._replace(container=printed.publisher, publisher="")
    container = imprint.host(printed.container)
    volume = _BOOK_VOLUME.search(container)
    if volume:
        number = volume["n"] or volume["en"] or volume["named"]
        return printed._replace(volume=number, container=container[: volume.start()])
    return printed._replace(container=container)


def _standard_year(code: str) -> str:
    """The year that ends the number of a standard (GB/T 25100—2010, ISO 21378:2019)."""
    found = re.search(rf"[-:]({YEAR})$", fold_marks(code))
    return found[1] if found else ""


def _any_year(tail: str, kind: str) -> str:
    """A year in a tail of unusual shape: the last one."""
    years = re.findall(rf"(?<!\d){YEAR}(?!\d)", tail)
    return years[-1] if years else ""


def _title(title: str, kind: str) -> tuple[str, str, str]:
    """Title, volume and code: a book's volume and the number of a patent or standard part off."""
    title = title.strip(" .．。,，")
    folded = fold_marks(title)
    if kind.startswith("CM") and (scale := _SCALE.search(folded)):
        return title[: scale.start()], "", ""
    if kind[0] in "SPRA":
        found = _CODE.search(folded)
        if found:
            return title[: found.start()].strip(), "", title[found.start("code") :]
        found = _CODE_FIRST.match(folded)
        if found and kind[0] == "S":
            return title[found.end() :].strip(), "", title[: found.end("code")]
    found = _BOOK_VOLUME.search(folded)
    if found and kind[0] != "J":
        number = found["n"] or found["en"] or found["named"]
        return title[: found.start()].strip(), number, ""
    return title, "", ""


def _language(text: str) -> str:
    """The language by its script."""
    for language, pattern in _SCRIPTS:
        if pattern.search(text):
            return language
    return "en" if text else ""


_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)


_CSSCI_LIKE = re.compile(r"\.(?:1[89]|20)\d\d\.(?:\d{0,4}(?:\([^()]{1,20}\))?)?\.?$")
_BOOK_MARKS = re.compile(
    r"""
    ^(?P<authors>[^《]{0,80}?)[:,]?\s?《(?P<title>[^《》]{1,120})》[,.\s]*
    (?:载?\s?《(?P<journal>[^《》]{1,60})》[,\s]*)?(?P<rest>.{0,400})$
    """,
    re.VERBOSE,
)


def _untyped(raw: str, body: str, n: int | None) -> Reference:
    """An entry without type mark, by the style it shows."""
    folded = fold_marks(body)
    if _CSSCI_LIKE.search(folded):
        return dataclasses.replace(from_cssci(folded), n=n, raw=raw)
    online = _electronic(body)
    quoted = _BOOK_MARKS.match(fold_marks(online.rest))
    if quoted:
        return _quoted(raw, online, quoted, n)
    head, tail = _cut_title(online.rest)
    folded = fold_marks(tail)
    printed = imprint.serial(folded)
    serial = bool(printed and (printed.volume or printed.issue or printed.pages))
    if printed is None or not serial:
        printed = imprint.separate(folded)
    names = split_authors(head.authors)
    number, _, title, _ = cited_number(head.authors, head.title.strip(" .．。,，"), tail)
    year = head.year or printed.year or online.published[:4]
    return Reference(
        n, raw, authors=names, title=title,
        journal=_as_printed(printed.container, folded, tail) if serial else "",
        place=_as_printed(printed.place, folded, tail),
        publisher=_as_printed(printed.publisher, folded, tail),
        year=int(year) if year else None,
        volume=printed.volume, issue=printed.issue, pages=printed.pages, doc_number=number,
        url=online.url, doi=online.doi, accessed=online.accessed,
        language=_language(title or body), is_policy=is_policy(names, title, "", number),
    )  # fmt: skip


_BARE_IMPRINT = re.compile(
    rf"""
      {YEAR}\b                                                     # 2001,2(1):5-6
    | \(?\d{{1,4}}\)?\s?[(:]                                       # 2(1):5-6, (6):23
    | [^:.]{{2,30}}:\s?[^:.]{{2,40}}(?:社|馆|局|Press|,\s?{YEAR}(?:-\d\d-\d\d)?)$   # 沈阳:辽宁省档案馆
    | [^:.,]{{2,40}}(?:社|馆|Press|Publishers),\s?{YEAR}(?::\s?\d{{1,5}})?$
    | [^:.,]{{2,40}}(?:出版社|Press)(?::\s?\d{{1,5}})?$
    """,
    re.VERBOSE,
)


def _cut_title(text: str) -> tuple[Head, str]:
    """Head and tail of an entry whose title ends at a stop, or that lacks names or title."""
    bare = text.strip(" .．。")  # a stop closes every entry
    if _BARE_IMPRINT.match(fold_marks(bare)):
        return Head("", ""), bare
    head = _head(text)
    folded = fold_marks(head.title)
    if _BARE_IMPRINT.match(folded.strip(" .")):
        return head._replace(title=""), head.title
    if not head.authors and _names_only(bare):
        return Head(bare, ""), ""
    stop = next((m.end() for m in re.finditer(r"[.?!]\s|(?<=[\u3400-\u9fff])\.", folded)), 0)
    if not stop:
        return head, ""
    return head._replace(title=head.title[:stop]), head.title[stop:]


_NAMES = re.compile(
    r"""
    (?: [\u3400-\u9fff]{2,4}(?:\s[A-Z]{1,2}){0,3}             # 李四光, 昂温 G
      | (?:[A-Z][\w'’-]{0,24}\s){1,2}[A-Z](?:\s?[A-Z]){0,3}   # WILLIAMS-ELLIS A, DE MORGAN A
      | [\u3400-\u9fff]{2,20}(?:所|院|会|室|部|馆|局|大学|公司|组)
      | (?:American|International|National)(?:\s[A-Z]\w+){1,6} )
    """,
    re.VERBOSE,
)


def _names_only(text: str) -> bool:
    """Whether an entry has nothing but names."""
    names = split_authors(text)
    return bool(names) and all(_NAMES.fullmatch(name) for name in names)


def _quoted(raw: str, online: Electronic, found: re.Match[str], n: int | None) -> Reference:
    """A footnote: 作者：《题名》，《期刊》2009年第5期，第3页."""
    printed = imprint.serial(found["journal"] + " " + found["rest"]) if found["journal"] else None
    printed = printed or imprint.separate(found["rest"])
    names = split_authors(found["authors"])
    year = printed.year or _any_year(found["rest"], "")
    number = cited_number(found["authors"], "", online.rest).number
    return Reference(
        n, raw, type="J" if found["journal"] else "M" if printed.publisher else "",
        authors=names, title=found["title"], journal=found["journal"] or "",
        place=printed.place, publisher=printed.publisher if not found["journal"] else "",
        year=int(year) if year else None, volume=printed.volume, issue=printed.issue,
        pages=printed.pages, doc_number=number, url=online.url, doi=online.doi,
        accessed=online.accessed, language=_language(found["title"]),
        is_policy=is_policy(names, found["title"], "", number),
    )  # fmt: skip
