"""What stands before the type mark of a reference: authors, year and title.

A title may end in more: the volume of a book, the number of a standard or patent, a map's scale.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from textmine.parse.imprint import YEAR
from textmine.parse.marks import fold_marks

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


def cut_head(text: str) -> Head:
    """Authors, title and, in author–year entries, the year."""
    folded = fold_marks(text)
    for pattern in (_AUTHOR_YEAR, _PAREN_YEAR):
        found = pattern.match(folded)
        # A year at the very end belongs to the title, unless names are all there is before it.
        if found and (found.end() < len(folded) or ". " not in found["authors"]):
            return Head(text[: found.end("authors")], text[found.end() :], found["year"] or "")
    stop = _end_of_authors(folded)
    return Head(text[:stop], text[stop:].lstrip(" .．。"), "") if stop else Head("", text, "")


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


BOOK_VOLUME = re.compile(
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


def cut_title(title: str, kind: str) -> tuple[str, str, str]:
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
    found = BOOK_VOLUME.search(folded)
    if found and kind[0] != "J":
        number = found["n"] or found["en"] or found["named"]
        return title[: found.start()].strip(), number, ""
    return title, "", ""


def language_of(text: str) -> str:
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
