"""When a policy takes effect and when it ends, as its own text says."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from textmine.parse.dates import find_dates, first_date, han_number
from textmine.parse.marks import fold_marks


class Force(NamedTuple):
    """First and last day in force, ISO; empty where the text does not say."""

    effective: str = ""
    expiry: str = ""


_D = r"[^。；\n《》]{0,14}?"
_FROM = re.compile(
    r"""
    (?:自|从|于)?\s?
    (?: (?P<date>[12一二][\d〇○零一二三四五六七八九\s]{3,8}年[^。；\n]{1,12}?[日号])
      | (?:本|该)?[\u3400-\u9fff]{0,6}?(?:公布|发布|颁布|印发|下发|发文|通过|签发|颁发)之日
        (?P<days>后?(?:第)?[0-9一二三四五六七八九十]{1,3}(?:个工作)?日后?)? )
    \s?(?:起|开始)?\s?(?:正式|试)?\s?(?:施行|实行|实施|执行|生效|试行)
    """,
    re.VERBOSE,
)
_OWN = re.compile(r"本|此|《|自|从|于|起")
_TERM = re.compile(
    r"(?:有效期|试行期|施行期限|实施期限|执行期限)[限为是暂定：:\s]{0,6}(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s?(?P<unit>年|个月)"
)
_UNTIL = re.compile(
    r"""
    (?:有效期|执行期限?|实施期限?|试行期|施行期限?)[^。；\n]{0,24}?至\s?(?P<a>[^。；，\n]{4,16})
    | (?:实施|施行|执行|起)[^。；\n]{0,6}?至\s?(?P<b>[^。；，\n]{4,16}?[日止])
    """,
    re.VERBOSE,
)


def in_force(text: str, *, published: str = "", written: str = "") -> Force:
    """The days that a policy is in force.

    Parameters
    ----------
    text
        The body. The last statement counts: it stands in the closing provisions.
    published, written
        What 「自公布之日起」 and 「自印发之日起」 refer to.

    Returns
    -------
    Force
        A term of n years ends on the day before the n-th anniversary of the first day, as the
        authorities themselves count (自2020年5月1日起施行，有效期至2025年4月30日).
    """
    text = fold_marks(text)
    starts = list(_FROM.finditer(text))
    if not starts:
        until = _until(text)
        return Force("", until)
    last = starts[-1]
    day = first_date(last["date"]) if last["date"] else ""
    # A form left open (自2023年　月　日起施行) states no day.
    day = day if len(day) >= 7 else ""
    if not last["date"] and not last["days"]:
        issued = "印发" in last.group() or "发文" in last.group() or "下发" in last.group()
        day = (written or published) if issued else (published or written)
    nearby = text[max(0, last.start() - 120) : last.end() + 160]
    return Force(day, _until(nearby) or _term(nearby, day))


def _until(text: str) -> str:
    found = _UNTIL.search(text)
    if found is None:
        return ""
    return next((d.iso for d in find_dates(found["a"] or found["b"])), "")


def _term(text: str, start: str) -> str:
    """The last day of a term in years or months that begins on a full date."""
    found = _TERM.search(text)
    if found is None or len(start) != 10:
        return ""
    n = int(found["n"]) if found["n"].isdecimal() else han_number(found["n"]) or 0
    first = datetime.date.fromisoformat(start)
    months = first.month - 1 + n * (12 if found["unit"] == "年" else 1)
    year, month = first.year + months // 12, months % 12 + 1
    if not n or year > 9999:
        return ""
    # The day before the same day; a 29 February or a 31st that the month lacks counts as the 1st
    # of the next month.
    try:
        after = datetime.date(year, month, first.day)
    except ValueError:
        after = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (after - datetime.timedelta(days=1)).isoformat()
