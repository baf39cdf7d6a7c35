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
  | [\\'’‘」』"”“`^~|丨■●◆▪•☆★⊠✉]             # what OCR makes of them
  | (?<=[\u3400-\u9fff])[a-zA-Z](?:,[a-zA-Z])*(?=[,，\s]|$)   # letters behind a name
    """,
    re.VERBOSE,
)
_PARTED = re.compile(r"[,，;；、/]")


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
    if group := _GROUP.match(line):
        return (group[1],)
    bare = _MARKS.sub(",", re.sub(r"^\s*作者\s?[:：]|[(（]?通[讯信]作者[)）]?", " ", line))
    bare = re.sub(r"[(（][^()（）]{0,30}[)）]", " ", bare)
    groups = [group.split() for group in _PARTED.split(bare)]
    names = _named([item for group in groups for item in group])
    if not names:
        # Names set out with a blank and names run together in one line: 王 玲刘前进张含玉.
        parted = [_part("".join(group)) for group in groups if group]
        names = [name for part in parted for name in part] if all(parted) else []
    return tuple(names)


def _named(items: list[str]) -> list[str]:
    """The names that a line's items are, or nothing if one is none."""
    names: list[str] = []
    strange = 0
    pending = ""
    for item in items:
        if len(item) == 1 and not pending:
            pending = item
            continue
        # 孟 俊, 孟 俊杰: a lone surname goes with what follows.
        whole, pending = pending + item, ""
        parted = _part(whole)
        if not parted and re.fullmatch(f"[{_HAN}]{{2,3}}", whole):
            # A rare surname, or one that OCR misread, among names that are sure.
            strange += 1
            parted = [whole]
        if not parted:
            return []
        names.extend(parted)
    return names if not pending and strange * 4 <= len(names) else []


_GROUP = re.compile(r"\s*([“\"]?[^，。；]{4,40}?(?:课题组|项目组|研究组|编写组|编委会))[\s\\*＊]*$")
"""A body of authors that signs as one."""


_ORGANISATION = re.compile(
    r"""
    (?<=[\u3400-\u9fff\s\d¹²³⁰-⁹」’*;；a-z])
    (?: [(（]\s?[\d¹²³⁰-⁹」]?\s?[.．、]?\s?(?=[\u3400-\u9fff])        # 1. a bracket opens the list
      | (?=[\d¹²³⁰-⁹][.．、\s]?\s?[\u3400-\u9fff]{2})               # 2. a mark before the first
      | (?=中国|中共|国家|国务院|国防|国网|解放军|全国|北京|上海|天津|重庆|河北|山西|内蒙|辽宁|吉林|黑龙江
          |江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃
          |青海|宁夏|新疆|香港|澳门|台湾|国立|华[东中南北]|东北|西北|西南|中南|南京|武汉|杭州|广州|深圳
          |大连|青岛|西安|成都|厦门|苏州|合肥|长沙|哈尔滨|清华|复旦|同济|南开|中山|暨南|电子科技) )
    """,
    re.VERBOSE,
)
"""Where an institution may begin: behind names that print or OCR set close to it."""


def names_before_place(line: str) -> tuple[str, str, str]:
    """Part a line that runs from names (or from the title) into institutions.

    Returns
    -------
    tuple of str
        The title in front (mostly empty), the names and the institutions; three empty strings if
        the line does not have this shape.
    """
    best = ("", "", "")
    most = 0
    for found in _ORGANISATION.finditer(line[:160]):
        head, rest = line[: found.start()].strip(), line[found.start() :].strip()
        if not head or not re.search(_PLACE_WORD, rest):
            continue
        # A mark may stand behind any name: the part with most names before it is the right one.
        names = len(han_authors(head))
        if names > most:
            best, most = ("", head, rest), names
        elif not most and (glued := title_before_names(head))[1]:
            return (*glued, rest)
    return best


_PLACE_WORD = r"大学|学院|研究|科学院|图书馆|中心|公司|委员会|省|部|局|厅|校|会"
SHORTEST_TITLE = 8
"""Characters; names glued to anything shorter are rather part of it."""


def title_before_names(line: str) -> tuple[str, str]:
    """Part a title from names that ran into it: …的启示贾晓涛1,2 钟永恒1.3."""
    for stop in re.finditer(r"[\d¹²³⁰-⁹*＊\\’」;；\s]+", line[:200]):
        # The first name ends at the first mark behind the title: try three characters, then two.
        for at in (stop.start() - 3, stop.start() - 2, stop.end()):
            if at < SHORTEST_TITLE or re.search(r"[*＊¹²³」]", line[:at]):
                continue
            if han_authors(line[at:]):
                return line[:at].strip(), line[at:]
    return "", ""


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
    if len(items) == 1 and not _PINYIN_NAME.fullmatch(items[0]):
        # Two capitalised words alone are rather the rest of a title.
        return ()
    return tuple(name for item in items for name in _pairs(item))


def _pairs(item: str) -> list[str]:
    """One name, or two in pinyin that lost the mark between them."""
    words = item.split()
    halves = [" ".join(words[:2]), " ".join(words[2:])]
    if len(words) == 4 and all(_PINYIN_NAME.fullmatch(half) for half in halves):
        return halves
    return [item]


_SYLLABLE = r"""
    (?: (?:[zcs]h?|r|[dtnl]|[gkh]|[bpmf]|w|y)?
          (?:a(?:ng|n|i|o)?|e(?:ng|n|i|r)?|o(?:ng|u)?|u(?:ang|ai|an|[ein]|o|a)?)
      | (?:[bpm]|[dtnl]|[jqxy]|[zcs]h?|r)i(?:ang|ao|an|ong|ng|a|e|n|u)?
      | (?:[jqxnly])[uüv](?:an|e|n)? )
"""
_PINYIN_NAME = re.compile(
    rf"(?:{_SYLLABLE}){{1,2}}\s(?:{_SYLLABLE}-?){{1,3}}", re.IGNORECASE | re.VERBOSE
)
_CAPITALISED = re.compile(r"[A-Z][A-Za-z-]{0,14}")


def pinyin_before_place(line: str) -> tuple[str, tuple[str, ...]] | None:
    """Chinese names in pinyin that stand between a title and an address, all in one line.

    Returns
    -------
    tuple of (str, tuple of str) or None
        What stands before the names, and the names.
    """
    # OCR closes up the blanks between names: FeifeiWang.
    line = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", line[:400])
    words = list(_CAPITALISED.finditer(line))
    for i in range(len(words)):
        names: list[str] = []
        j = i
        while j + 1 < len(words) and _beside(line, words[j], words[j + 1]):
            name = f"{words[j].group()} {words[j + 1].group()}"
            if not _PINYIN_NAME.fullmatch(name) or len(words[j].group()) > 6:
                break
            names.append(name)
            j += 2
        if names and (len(names) > 1 or j >= len(words) or _starts_address(line, words[j])):
            return line[: words[i].start()].strip(" ,，;"), tuple(names)
    return None


def _beside(line: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return line[first.end() : second.start()] == " "


def _starts_address(line: str, word: re.Match[str]) -> bool:
    return _NO_NAME.match(line, word.start()) is not None
