"""The names in front of a reference: one string to a tuple of authors.

Takes names as GB/T 7714 prints them (陈小洪，马骏，等; COOK P, SCHIENSTOCK G, et al) and as other
styles do (Vargo, S. L., & Lusch, R. F.; [美]波特 著). Names are kept as printed.
"""

from __future__ import annotations

import re

from textmine.parse.marks import fold_marks

_SEPARATOR = re.compile(r"\s*(?:[,;、&]|(?<=\s)and(?=\s)|(?<=[\u3400-\u9fff])[ ]和[ ])\s*")
_ET_AL = re.compile(r"[\s,]*(?:等人?|et\.?\s?al\.?|etal\.?|他|ほか|и др\.?)[\s.]*$")
_INITIALS = re.compile(
    r"""
      [A-Z]\.?(?:[-\s]?[A-Z]\.|[-\s][A-Z]){0,3}   # N   S. L.   J-P   J.F.
    | Jr\.? | Sr\.? | I{2,3} | Inc\.? | Ltd\.? | LLC   # a suffix belongs to the name before it
    """,
    re.VERBOSE,
)
_ROLE = re.compile(
    r"""
      \s*(?<=[\u3400-\u9fff\s])(?:主编|编著|编译|编者|[等]?编|著|译|整理|校注?|选编|编写组?(?<!组))$
    | \s*\(?\b(?:[Ee]ds?|[Tt]rans)\.?\)?$
    """,
    re.VERBOSE,
)
_NATION = re.compile(r"^\s*[\[(][\u3400-\u9fff]{1,5}[\])]\s*")
"""The country of a translated author: [美], （英）."""
NOBODY = frozenset({"佚名", "anon", "anonymous", "无名氏", "不详"})
"""What author–year lists put where there is no author."""


def split_authors(text: str) -> tuple[str, ...]:
    """Cut a list of names.

    Parameters
    ----------
    text
        The names as printed, without the year of an author–year entry.

    Returns
    -------
    tuple of str
        The names; 等 and "et al." are left out, and so are 佚名 and Anon.
    """
    folded = _ET_AL.sub("", fold_marks(text)).strip(" .,")
    names: list[str] = []
    for item in _SEPARATOR.split(_closed_brackets(folded)):
        item = item.replace("\x00", ",")
        name = _ROLE.sub("", _NATION.sub("", _ET_AL.sub("", item))).strip(" .:")
        if not name:
            continue
        if names and _INITIALS.fullmatch(name) and not _HAN.search(names[-1]):
            names[-1] = f"{names[-1]}, {name}"
        elif name.lower() not in NOBODY:
            names.append(" ".join(name.split()))
    return tuple(names)


_HAN = re.compile(r"[\u3400-\u9fff]")
_BRACKETED = re.compile(r"\([^()]{0,60}\)")


def _closed_brackets(text: str) -> str:
    """Hide the commas inside brackets: they part no names."""
    return _BRACKETED.sub(lambda m: m.group().replace(",", "\x00"), text)
