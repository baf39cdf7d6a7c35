"""Government work reports: speeches to a congress, with a head and an end of their own.

The head names congress, day and speaker; many copies lack it. What the text does not state is
taken from the file's name as a last resort, and `warnings` says so.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from textmine.parse import issuers
from textmine.parse.dates import find_dates
from textmine.parse.layout import HAN
from textmine.parse.marks import fold_marks

TITLE = "政府工作报告"


class Report(NamedTuple):
    """What a work report says of itself, and its lines without head and imprint."""

    issuers: tuple[str, ...]
    date: str
    published: str
    year: int | None
    lines: tuple[str, ...]
    warnings: tuple[str, ...]


_ADDRESS = re.compile(
    r"(?:各位|尊敬的)(?:人大)?代表(?:、[^：:！!，,。]{1,20})?\s?[：:！!，,]|^同志们[：:！!]"
)
_TITLED = re.compile(r"政\s?府\s?工\s?作\s?报\s?告")
_SPOKEN = re.compile(r"(?:代表|受)[^。，]{0,12}(?:政府|国务院)[^。]{0,30}报告")
_HEAD_LINES = 45
"""Lines within which a report addresses its audience; page furniture included."""


def is_report(title: str, lines: Sequence[str]) -> bool:
    """Whether a text is a work report: by its title, or because it addresses the delegates."""
    if _TITLED.search(title) and len("".join(title.split())) <= 30 and "关于" not in title:
        return True
    top = "\n".join(lines[:6])
    if any(_TITLED.search(line) and len(line) < 80 for line in lines[:4]) and "关于印发" not in top:
        return True
    head = "\n".join(lines[:_HEAD_LINES])[:6000]
    found = _ADDRESS.search(head)
    return found is not None and _SPOKEN.search(head[found.end() : found.end() + 400]) is not None


def title(lines: Sequence[str]) -> str:
    """The title of a report: as it stands on its own line if that names a place, else the plain one."""
    for line in lines[:4]:
        bare = "".join(line.split())
        if bare.endswith(TITLE) and len(bare) <= 30 and issuers.jurisdiction(bare).region:
            return bare
    return TITLE


def read(lines: Sequence[str], *, region: str = "", source: str = "") -> Report:
    """Understand a work report.

    Parameters
    ----------
    lines
        The text's lines, page furniture out.
    region
        A place that the file's metadata states.
    source
        The file's name: the last resort for place and year.
    """
    head, body = _parted(lines)
    body, published = _without_imprint(body)
    body, doubled = _without_double(body)
    warnings = ["the text stands twice in the file; read once"] if doubled else []
    date = _spoken(head) or _spoken("".join(lines[-3:])[-200:])
    if date and published and abs(_days(date) - _days(published)) > 60:
        warnings.append(f"the head dates the report {date}, its imprint {published}")
    year, doubt = _year(date or published, body, source)
    name, place_doubt = _issuer(head, body, region, source)
    doubts = (d for d in (doubt, place_doubt) if d)
    return Report((name,) if name else (), date, published, year, tuple(body), (*warnings, *doubts))


def _parted(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The head as one text, and the lines from the address on."""
    for i, line in enumerate(lines[:_HEAD_LINES]):
        found = _ADDRESS.search(line[:300])
        if found:
            head = "\n".join([*lines[:i], line[: found.start()]])
            return head, [line[found.start() :], *lines[i + 1 :]]
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if len(line) > 60 and "。" in line:
            return "\n".join(lines[:i]), list(lines[i:])
    return "\n".join(lines[:_HEAD_LINES]), list(lines)


def _closed(text: str) -> str:
    """The text with narrow figures, and the blanks between them out: "1 9 9 8 年3 月5 日"."""
    text = fold_marks(text)
    return re.sub(r"(?<=\d)[ \u3000]+(?=[\d年月日])|(?<=[年月])[ \u3000]+(?=\d)", "", text)


def _spoken(head: str) -> str:
    """The day of the speech: a full date, above all one before 「在…会议上」."""
    closed = _closed(head)
    full = [d for d in find_dates(closed) if len(d.iso) == 10]
    at = [
        d
        for d in full
        if re.match(r"[^。\n]{0,14}在[^。\n]{2,60}(?:大会|会议)", closed[d.end : d.end + 80])
    ]
    return at[0].iso if at else ""


_IMPRINT = re.compile(
    r"""
    [（(]?\s?《\s?[\u3400-\u9fff]{2,6}日报\s?》\s?[（(]?\s?(?P<date>[12][\d年月日\s]{7,20}).{0,16}$
    | [（(]?新华社[^。）)]{0,20}电\s?[）)]?$
    """,
    re.VERBOSE,
)


def _without_imprint(lines: Sequence[str]) -> tuple[list[str], str]:
    """The lines without the newspaper's imprint at their end, and its date."""
    kept, published = list(lines), ""
    for _ in range(3):
        if not kept:
            break
        tail = kept[-1][-80:]
        found = _IMPRINT.search(tail)
        if found is None:
            break
        if found["date"]:
            published = published or _packed_date(found["date"])
        kept[-1] = kept[-1][: len(kept[-1]) - len(tail) + found.start()].rstrip()
        if not kept[-1]:
            kept.pop()
    return kept, published


def _packed_date(text: str) -> str:
    """The date of an imprint: 2022年03月13日, or eight bare figures (1 9 5 4 0 9 2 4)."""
    closed = "".join(text.split())
    figures = re.match(r"(\d{4})(\d\d)(\d\d)", closed)
    try:
        if figures:
            return datetime.date(*map(int, figures.groups())).isoformat()
    except ValueError:
        return ""
    return next((d.iso for d in find_dates(closed)), "")


def _days(iso: str) -> int:
    parts = [int(part) for part in iso.split("-")]
    return datetime.date(*[*parts, 1, 1][:3]).toordinal()


def _without_double(lines: list[str]) -> tuple[list[str], bool]:
    """The lines once, if all of them come a second time behind the first."""
    first = next((i for i, line in enumerate(lines) if len(line) >= 40), None)
    if first is None:
        return lines, False
    again = next((i for i in range(first + 1, len(lines)) if lines[i] == lines[first]), None)
    if again is None or again < len(lines) / 3:
        return lines, False
    start, rest = lines[first : first + len(lines) - again], lines[again:]
    same = sum(a == b for a, b in zip(start, rest, strict=True))
    return (lines[: again - first], True) if same >= 0.8 * len(rest) else (lines, False)


_REVIEW = re.compile(r"(?P<year>(?:19|20)\d\d)\s?年[^，。；：]{0,10}(?:工作)?(?:的)?(?:总结|回顾)")


def _year(date: str, body: Sequence[str], source: str) -> tuple[int | None, str]:
    """The year of the report, and how sure it is."""
    if date:
        return int(date[:4]), ""
    for line in body[:12]:
        found = _REVIEW.search(fold_marks(line[:60]))
        if found:
            year = int(found["year"]) + 1
            return year, f"no date in the text: {year} because it reviews {year - 1}"
    named = set(re.findall(r"(?<!\d)(?:19[4-9]\d|20\d\d)(?!\d)", source.rpartition("/")[2]))
    if len(named) == 1:  # 1954-2019 says no year
        year = named.pop()
        return int(year), f"no date in the text: {year} from the file's name"
    return None, "no date in the text"


_CONGRESS = re.compile(
    rf"(?:在|[，。\n—])?(?P<place>[{HAN}]{{2,20}}?)(?:第[{HAN}]{{1,4}}届|[一二三四五六七八九十]{{1,3}}届)(?:全国)?(?:人民代表大会|人大)"
)
_FOR = re.compile(rf"代表(?P<name>[{HAN}]{{0,20}}?(?:人民政府|国务院|中央人民政府|政府))")


def _issuer(head: str, body: Sequence[str], region: str, source: str) -> tuple[str, str]:
    """The government that reports, and what is doubtful about it."""
    opening = "".join(body[:4])[:600]
    spoken = _FOR.search(opening)
    name = spoken["name"] if spoken else ""
    if "国务院" in name or "国务院" in head or "全国人民代表大会" in head + opening[:200]:
        return "国务院", ""
    if name and issuers.jurisdiction(name).level:
        return name, ""
    for found in _CONGRESS.finditer(head):
        place = found["place"].rsplit("在", 1)[-1]
        if issuers.jurisdiction(place).region == place:
            return f"{place}人民政府", ""
    if region:
        return f"{issuers.jurisdiction(region).region or region}人民政府", ""
    stem = re.sub(r"\.\w+$", "", source.rsplit("/", 1)[-1])
    for part in re.findall(rf"[{HAN}]+", stem):
        place = issuers.jurisdiction(part.removesuffix(TITLE)).region
        if place:
            return (
                f"{place}人民政府",
                f"no government named in the text: {place} from the file's name",
            )
    return "", "no government named in the text"
