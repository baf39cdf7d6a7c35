"""Names of people in a byline: told from titles and places by their surnames and shape."""

from __future__ import annotations

import importlib.resources
import re
from functools import lru_cache

_HAN = r"\u3400-\u9fff"
_MARKS = re.compile(
    r"""
    \$[^$]{0,40}\$                        # a mark set as LaTeX
  | \^?[\[{(（]?[\d,，.、*＊\\†‡§#¹²³⁰-⁹①-⑳]+[\]})）]?   # figures, stars, daggers
  | [\\'’‘」』"”“`^~|■●◆▪•☆★⊠✉]             # what OCR makes of them
  | (?<=[\u3400-\u9fff])[a-zA-Z](?=[,，\s]|$)          # a letter behind a name
    """,
    re.VERBOSE,
)
_PARTED = re.compile(r"[,，;；、/]|[ \u3000]+")


@lru_cache(maxsize=1)
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    text = importlib.resources.files("textmine.parse").joinpath("surnames.txt").read_text("utf-8")
    single, double = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(single), frozenset(double.split())


def han_authors(line: str) -> tuple[str, ...]:
    """The authors that a line of a Chinese byline lists, or none if it is no such line.

    Marks behind the names go, names set out with a blank (孟　俊) are closed up, and names that
    OCR ran together are parted where a surname begins.
    """
    if len(line) > 300 or not re.search(f"[{_HAN}]", line):
        return ()
    bare = _MARKS.sub(" ", re.sub(r"\(?[(（]?通[讯信]作者[)）]?", " ", line))
    bare = re.sub(r"[(（][^()（）]{0,30}[)）]", " ", bare)
    names: list[str] = []
    pending = ""
    for item in _PARTED.split(bare.strip()):
        if not item:
            continue
        if len(item) == 1 and re.match(f"[{_HAN}]", item):
            if pending:
                names.append(pending + item)
                pending = ""
            else:
                pending = item
            continue
        if pending:
            # 孟 and 俊杰: a lone surname goes with what follows.
            item, pending = pending + item, ""
        parted = _part(item)
        if not parted:
            return ()
        names.extend(parted)
    if pending:
        return ()
    return tuple(names) if names and all(map(_is_name, names)) else ()


def _is_name(name: str) -> bool:
    single, double = _surnames()
    if "·" in name or "•" in name:
        return re.fullmatch(rf"[{_HAN}A-Z·•.]{{2,20}}", name) is not None
    if not re.fullmatch(rf"[{_HAN}]{{2,4}}", name):
        return False
    return name[:2] in double or (name[0] in single and len(name) <= 3)


def _part(item: str) -> list[str]:
    """One name, or the names that ran together."""
    if _is_name(item):
        return [item]
    if len(item) > 60 or not re.fullmatch(f"[{_HAN}]+", item):
        return []
    # From the left: three characters where a surname follows, else two; shortest list wins ties.
    best: dict[int, list[str]] = {0: []}
    for at in range(len(item)):
        if at not in best:
            continue
        for length in (3, 2, 4):
            piece = item[at : at + length]
            if len(piece) == length and _is_name(piece):
                best.setdefault(at + length, [*best[at], piece])
    return best.get(len(item), [])


_LATIN_NAME = re.compile(
    r"""
    (?:[A-Z][A-Za-z'’]{0,20}(?:-[A-Za-z]{1,15}){0,2}\.?)
    (?:\s(?:[A-Z][A-Za-z'’]{0,20}(?:-[A-Za-z]{1,15}){0,2}\.?|de|van|von|der|la)){1,3}
    """,
    re.VERBOSE,
)
_NO_NAME = re.compile(
    r"\b(?:of|the|and|in|on|for|to|with|Research|Study|Analysis|University|Institute|School|Academy"
    r"|College|Department|Center|Centre|Laboratory|Library|China|Review|Abstract|An?|Based|Journal)\b"
)
_LATIN_MARKS = re.compile(
    r"\$[^$]{0,40}\$|\^?[\[({]?[\d*＊†‡§¹²³⁰-⁹\\][\d,*]*[\])}]?|[’'\"](?=[,;\s]|$)"
)


def latin_authors(line: str) -> tuple[str, ...]:
    """The authors of an English byline, or none if the line is no such list."""
    if len(line) > 400:
        return ()
    bare = _LATIN_MARKS.sub("  ", line.replace("，", ",").replace("；", ";")).strip(" .,;")
    items = [i.strip(" .") for i in re.split(r"[,;&]|\s{2,}|\sand\s", bare) if i.strip(" .")]
    if not items or any(_NO_NAME.search(item) for item in items):
        return ()
    if not all(_LATIN_NAME.fullmatch(item) for item in items):
        return ()
    return tuple(items)
