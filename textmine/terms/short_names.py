"""Short names that texts define themselves: 产业技术创新战略联盟（以下简称“联盟”）."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from textmine.segment import Segmenter
from textmine.terms.tags import naming

ABBREVIATION_COLUMNS = ("short", "full", "count", "documents", "place")
"""`abbreviations`: the short and the full name; definitions; texts that define it so; the first
definition as (text, start, end)."""

DEFINITION = re.compile(
    r"""
    [（(] \s? (?:以下|下文|后文|文中|下)? \s? (?:统|合|均)? 简称 \s? 为? \s? [:：]? \s?
    [“"‘「『《]? (?P<short> [^\s（）()“”"‘’「」『』《》，。；：、]{2,15} ) [”"’」』》]?
    (?: ，\s?下同 )? \s? [）)]
    """,
    re.VERBOSE,
)
REACH = 60  # characters before the bracket in which the full name stands: the longest names have 40
LIMITS = re.compile(r"[，。；：！？\n（）()“”‘’《》]")
BRACKETED = re.compile(r"[《“]([^《》“”\n]{3,60})[》”]$")


def abbreviations(texts: Iterable[str], segmenter: Segmenter) -> pd.DataFrame:
    """Find short names with the full ones before them.

    The full name is what stands between quotation marks or title marks before the bracket; else the
    words before it that name something, and as many more as it takes to hold the characters of the
    short name in order. Where these never come, nothing is said (甲方, 乙方).

    Returns
    -------
    pandas.DataFrame
        `ABBREVIATION_COLUMNS`, from the most texts to the least.
    """
    places: defaultdict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for n, text in enumerate(texts):
        for match in DEFINITION.finditer(text):
            full = _full_name(text[max(match.start() - REACH, 0) : match.start()], match, segmenter)
            if full:
                places[match["short"], full].append((n, match.start() - len(full), match.end()))
    rows = [
        (short, full, len(found), len({n for n, _, _ in found}), found[0])
        for (short, full), found in places.items()
    ]
    table = pd.DataFrame(rows, columns=list(ABBREVIATION_COLUMNS))
    order = ["documents", "count", "short", "full"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def _full_name(before: str, match: re.Match[str], segmenter: Segmenter) -> str:
    """The full name at the end of the text before a definition, or nothing."""
    short = match["short"]
    bracketed = BRACKETED.search(before)
    if bracketed:
        return bracketed[1] if _holds(bracketed[1], short) else ""
    words = segmenter.words(LIMITS.split(before)[-1])
    names = naming(words, segmenter)
    full = ""
    for word, names_something in zip(reversed(words), reversed(names), strict=True):
        if _holds(full, short) and not names_something:
            break
        full = word + full
    return full if _holds(full, short) else ""


def _holds(full: str, short: str) -> bool:
    """Whether the longer name has the characters of the short one in their order."""
    rest = iter(full)
    return len(full) > len(short) and all(character in rest for character in short)
