"""References without a type mark, by the style they show.

CSSCI's short form, footnotes with the title in 《》, APA and its kin, and entries of which only the
names or only the imprint are left.
"""

from __future__ import annotations

import dataclasses
import re

from textmine.parse import imprint
from textmine.parse.cited import from_cssci
from textmine.parse.imprint import YEAR, as_printed
from textmine.parse.marks import fold_marks
from textmine.parse.policy_reference import cited_number, is_policy
from textmine.parse.reference_authors import split_authors
from textmine.parse.reference_head import Head, cut_head, language_of
from textmine.parse.reference_links import Electronic, electronic
from textmine.records import Reference

_CSSCI_LIKE = re.compile(r"\.(?:1[89]|20)\d\d\.(?:\d{0,4}(?:\([^()]{1,20}\))?)?\.?$")
_BOOK_MARKS = re.compile(
    r"""
    ^(?P<authors>[^《]{0,80}?)[:,]?\s?《(?P<title>[^《》]{1,120})》[,.\s]*
    (?:载?\s?《(?P<journal>[^《》]{1,60})》[,\s]*)?(?P<rest>.{0,400})$
    """,
    re.VERBOSE,
)


def read_untyped(raw: str, body: str, n: int | None) -> Reference:
    """An entry without type mark, by the style it shows."""
    folded = fold_marks(body)
    if _CSSCI_LIKE.search(folded):
        return dataclasses.replace(from_cssci(folded), n=n, raw=raw)
    online = electronic(body)
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
        journal=as_printed(printed.container, folded, tail) if serial else "",
        place=as_printed(printed.place, folded, tail),
        publisher=as_printed(printed.publisher, folded, tail),
        year=int(year) if year else None,
        volume=printed.volume, issue=printed.issue, pages=printed.pages, doc_number=number,
        url=online.url, doi=online.doi, accessed=online.accessed,
        language=language_of(title or body), is_policy=is_policy(names, title, "", number),
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
    head = cut_head(text)
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
    year = printed.year or imprint.last_year(found["rest"])
    number = cited_number(found["authors"], "", online.rest).number
    return Reference(
        n, raw, type="J" if found["journal"] else "M" if printed.publisher else "",
        authors=names, title=found["title"], journal=found["journal"] or "",
        place=printed.place, publisher=printed.publisher if not found["journal"] else "",
        year=int(year) if year else None, volume=printed.volume, issue=printed.issue,
        pages=printed.pages, doc_number=number, url=online.url, doi=online.doi,
        accessed=online.accessed, language=language_of(found["title"]),
        is_policy=is_policy(names, found["title"], "", number),
    )  # fmt: skip
