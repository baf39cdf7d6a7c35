"""Institutions in a byline: names, city and postcode of each."""

from __future__ import annotations

import re
from typing import NamedTuple

_HAN = r"\u3400-\u9fff"
_INSTITUTION = (
    r"(?:大学|学院|研究院|研究所|研究中心|实验室|中心|图书馆|公司|委员会|协会|学会"
    r"|研究会|联合会|促进会|社科联|科学院|党校"
    r"|集团|天文台|博物馆|出版社|编辑部|杂志社|办公室|基地|学部|学系|医院|智库|基金会|情报所|信息所|总部"
    r"|银行|政府|[^研]局|厅|系|部|所|院|馆|处|室|站|校|台)"
)
_KNOWN = re.compile(_INSTITUTION)


class Affiliation(NamedTuple):
    """An institution with its place."""

    name: str
    city: str
    postcode: str


_WITH_POSTCODE = re.compile(
    rf"""
    [\s;；,，.。\d¹²³⁰-⁹」』*＊(（\[［a-z]*?
    (?P<name>[{_HAN}“][^\d;；]{{3,120}}?(?:\d{{1,3}}[^\d;；]{{1,60}})?)
    [\s,，]{{0,4}}(?P<postcode>\d\s?\d\s?\d\s?\d\s?\d\s?\d)(?=\D|\d\D|\d\s|$)
    """,
    re.VERBOSE,
)
_SPLIT = re.compile(
    rf"[;；]|(?<=[\s)）])\d{{1,2}}[.．、]?\s?(?=[{_HAN}])|[¹²³⁰-⁹]|(?<=[{_HAN}])\d(?=[{_HAN}])"
)
_CITY = re.compile(
    rf"(?P<name>.*{_INSTITUTION})(?:[,，\s(（]+|(?=[{_HAN}]))(?P<city>[{_HAN}][{_HAN}·\s]{{1,14}})"
)


_WHOLE = r"(?:大学|学院|研究院|研究所|科学院|图书馆|研究中心|委员会|实验室|公司|联合会|党校)"


def is_affiliation(line: str) -> bool:
    """Whether a line of a byline names institutions."""
    if len(line) > 600 or not re.search(f"[{_HAN}]", line):
        return False
    if re.search(r"(?<!\d)\d{6}(?!\d{2})", line) and _KNOWN.search(line):
        return True
    if re.match(rf"[\s■●\d¹²³⁰-⁹.．」(（\[*]*[{_HAN}]", line) is None:
        return False
    bare = line.strip(" ()（）[]0123456789.*")
    ends = re.search(rf"{_INSTITUTION}(?:[,，、\s]+[{_HAN}]{{2,6}})?$", bare)
    opened = re.match(r"\s*[(（¹²\d]", line) is not None
    whole = re.search(
        r"(?:大学|学院|研究院|研究所|科学院|图书馆|研究中心|委员会|实验室|公司)$", bare
    )
    return bool(ends and opened) or bool(whole and len(bare) <= 40)


def affiliations(lines: list[str]) -> tuple[Affiliation, ...]:
    """The institutions in the affiliation lines of a byline, in order."""
    found: list[Affiliation] = []
    for line in _whole(lines):
        plain = line.replace("　", " ").strip()
        if plain[:1] in "(（":
            plain = plain.strip("()（） ")
        found.extend(_one_line(plain))
    unique = {a.name: a for a in reversed(found) if len(a.name) >= 4}
    return tuple(dict.fromkeys(unique[a.name] for a in found if a.name in unique))


_FINISHED = re.compile(rf"(?:\d{{6}}|[)）;；。.]|{_INSTITUTION})\s*$")


def _whole(lines: list[str]) -> list[str]:
    """The lines with institutions that were broken over two made whole."""
    whole: list[str] = []
    for line in lines:
        if whole and not _FINISHED.search(whole[-1]):
            whole[-1] += line
        else:
            whole.append(line)
    return whole


def _one_line(line: str) -> list[Affiliation]:
    coded = list(_WITH_POSTCODE.finditer(line))
    if coded:
        rest = line[coded[-1].end() :]
        return [_placed(m["name"], m["postcode"]) for m in coded] + (
            [_placed(p, "") for p in _SPLIT.split(rest) if _KNOWN.search(p)]
            if len(rest) > 6
            else []
        )
    return [_placed(part, "") for part in _SPLIT.split(line) if _KNOWN.search(part)]


def _placed(text: str, postcode: str) -> Affiliation:
    """An institution with the city behind it taken off."""
    bare = text.strip(" ,，.．。()（）[]［］*＊■\\")
    bare = re.sub(r"^[\d.．、\s]+", "", bare)
    code = "".join(postcode.split())
    found = _CITY.fullmatch(bare)
    if found and (code or re.search(r"[,，\s]", bare[found.end("name") :])):
        name = found["name"].strip(" ,，")
        return Affiliation(name, "".join(found["city"].split()), code)
    return Affiliation(bare.strip(" ,，"), "", code)
