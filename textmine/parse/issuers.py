"""Who issued a policy: authorities in a line of text, their level and their region.

An authority is known by a list of the central ones, or by its form: a place with the ending of an
office. Whether a line is a signature or a heading is for the caller to know.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from textmine.parse.layout import HAN


class Jurisdiction(NamedTuple):
    """Level ("central", "provincial", "municipal", "county" or "") and region ("": whole country)."""

    level: str
    region: str


_BLANKS = r"[ \t\u3000\xa0]"
_GROUPS = re.compile(rf"[、，,；;/]|{_BLANKS}{{2,}}")
_ENDING = re.compile(
    r"""
    (?: 人民政府 | 政府 | 行政公署 | 国务院 | 办公[厅室] | 委员会 | [党常国科经工教发农建商编政团][改资贸信工]?委
      | 委 | 部 | 总?局 | 厅 | 署 | 总行 | 银行 | 分行 | 支行 | 总工会 | 人大 | 常委会 | 人民代表大会
      | 法院 | 检察院 | 海关 | 领导小组 | 联席会议 | 指挥部 | 管委会 | 研究院 | 科学院 | 工程院
      | 协会 | 联合会 | 总会 | 商会 | 学会 | 总社 | 兵团 | 中心 | 院 | 监会 | 妇联 | 科协 | 工商联
      | 军委 | 总公司 | 集团公司 | 基金会 | 理事会 | 大会 | 公署 | 街道办事处 | 联盟 | 办 | 组)
    """,
    re.VERBOSE,
)
_NAME = re.compile(rf"(?:[{HAN}]|[（）()“”\"·]){{2,45}}")
_SENTENCE_WORDS = re.compile(
    r"关于|通知|意见|办法|规定|规划|方案|[的了是为将把被]|各[省市县区地级有直乡部]|有关|负责|牵头|要|加强|工作$"
)
LONGEST = 45
"""Characters of the longest authority seen; it names three nested bodies and has 42."""


@cache
def _central() -> dict[str, str]:
    """Every name of a central authority, with its full name."""
    names: dict[str, list[str]] = _data("agencies.toml")["names"]
    return {name: full for full, others in names.items() for name in (full, *others)}


def full_name(name: str) -> str:
    """The full name of a central authority (科技部 gives 科学技术部); other names as they are."""
    bare = "".join(name.split())
    bare = bare.removeprefix("中华人民共和国") or bare
    return _central().get(bare, bare)


def central_names() -> Mapping[str, str]:
    """Every name of a central authority, with its full name."""
    return _central()


def place_names() -> Mapping[str, str]:
    """Names of provinces and prefectures, with and without their rank, with the full name."""
    short = {name: full for name, (full, _) in _short_names().items()}
    return short | {full: full for full in short.values()}


def is_authority(name: str) -> bool:
    """Whether a short text is the name of one authority, and nothing else."""
    bare = "".join(name.split())
    if bare in _central():
        return True
    if not _NAME.fullmatch(bare) or _SENTENCE_WORDS.search(bare):
        return False
    return bare.startswith("中共") or _ends_as_office(bare)


def _ends_as_office(bare: str) -> bool:
    tail = bare[-8:]
    return any(m.end() == len(tail) for m in _ENDING.finditer(tail)) and len(bare) >= 3


def authorities(line: str) -> tuple[str, ...]:
    """The authorities that a line consists of, joint ones parted by blanks or commas.

    Parameters
    ----------
    line
        A signature, the line above a title, or the value of 发文机关.

    Returns
    -------
    tuple of str
        Empty if anything else stands in the line. Letter-spaced names (教　育　部) are closed up.
    """
    bare = line.strip(" \t\u3000\xa0")
    if not 2 <= len("".join(bare.split())) <= 12 * LONGEST:
        return ()
    names: list[str] = []
    groups = [group for group in _GROUPS.split(bare) if group]
    if len(groups) > 1 and all(len(group) <= 2 for group in groups):
        groups = ["".join(groups)]
    for group in groups:
        parts = group.split()
        # Letters spaced out by single blanks (国 务 院 办 公 厅) are one name.
        spaced = len(parts) > 1 and all(len(part) <= 2 for part in parts)
        names += ["".join(parts)] if spaced else _closed_up(parts)
    if all(map(is_authority, names)):
        return tuple(dict.fromkeys(names))
    # A name with its last letters spaced out: 临江省财　政　厅.
    whole = "".join(bare.split())
    return (whole,) if len(groups) == 1 and is_authority(whole) else ()


def _closed_up(parts: list[str]) -> list[str]:
    """Names whose letters were spaced out are one part again: 教, 育, 部 is 教育部."""
    joined: list[str] = []
    loose = ""
    for part in parts:
        if len(part) > 2 and not loose:
            joined.append(part)
            continue
        loose += part
        if is_authority(loose):
            joined.append(loose)
            loose = ""
    return [*joined, loose] if loose else joined


_ACTION = re.compile(r"关于|印发|转发|批转|对(?=[全十第])|令(?=第)|颁[布发]|发布|公布")
_SEVERAL = re.compile(r"等?[一二两三四五六七八九十0-9]{1,2}(?:个)?(?:部[门委局]|部委局|单位|厅局)$")


def of_title(title: str) -> tuple[str, ...]:
    """The authorities that a title begins with: 国务院办公厅转发…, 科技部 财政部关于….

    「科技部等六部门关于…」 gives 科技部 alone.
    """
    action = _ACTION.search(title[:200])
    if action is None or action.start() < 2:
        return ()
    head = _SEVERAL.sub("", title[: action.start()]).rstrip("等 \u3000")
    return authorities(head)


_CONGRESS = re.compile(
    rf"(?P<place>[{HAN}]{{0,14}}?)第[一二三四五六七八九十\d]{{1,4}}届(?P<body>(?:全国)?人民代表大会(?:常务委员会)?)"
)


def of_note(note: str) -> tuple[str, ...]:
    """The congress that passed a law, as the note under its title says."""
    found = _CONGRESS.search(note)
    if found is None:
        return ()
    place = found["place"].rsplit("日", 1)[-1]
    return (place + found["body"],)


_CENTRAL_START = re.compile(
    r"中共中央|中华人民共和国|中华全国|全国|国务院|国家(?!级)|中央|最高人民|中国(?!共产党.{1,6}[省市县]|[（(])"
)
_NO_WORD = "(?![场域民容级政属际别块])"
"""Not a place: 市场, 区域, 市民, 县级, 州级 …"""
_PLACE = re.compile(
    rf"""
    (?P<province>[{HAN}]{{2,7}}?(?:省|自治区|特别行政区))?
    (?P<city>[{HAN}]{{2,11}}?(?:自治州|地区|[市州盟]){_NO_WORD})?
    (?P<county>[{HAN}]{{1,11}}?(?:自治县|自治旗|新区|[县旗区市]){_NO_WORD})?
    """,
    re.VERBOSE,
)
_OFFICE = re.compile(r"(?:办公[厅室]|综合司)$")
_PREFIX = re.compile(r"中共|中国共产党|中国[（(]")
_ZONE = re.compile(
    r"(?:开发|高新|产业|保税|示范|试验|工业园|园|林|景|矿|特|社|校|灾|库|牧|地|小)区"
)


def jurisdiction(name: str) -> Jurisdiction:
    """The level and the region of an authority.

    Parameters
    ----------
    name
        An authority (临江省科学技术厅) or any text that begins with a place (昆山市…条例).

    Returns
    -------
    Jurisdiction
        Municipalities under the centre count as provinces. A 市 that is not known is taken as a
        prefecture; the region is named with the place above it where the name says so.
    """
    bare = "".join(name.split())
    body = full_name(_OFFICE.sub("", bare))
    if full_name(bare) in _central() or body in _central() or _CENTRAL_START.match(bare):
        return Jurisdiction("central", "")
    place = _PREFIX.sub("", bare)
    match = _PLACE.match(place)
    parts = [part or "" for part in match.groups()] if match else []
    judged = _judged(*parts) if parts else Jurisdiction("", "")
    if judged.level:
        return judged
    short = next((r for r in _short_names() if place.startswith(r)), "")
    full, level = _short_names().get(short, ("", ""))
    return Jurisdiction(level, full)


def _judged(province: str, city: str, county: str) -> Jurisdiction:
    if county and (_ZONE.search(county) or county == "自治区"):
        county = ""
    if city in _municipalities() and not county.endswith(("区", "县")):
        county = ""
    if city in _municipalities():
        return Jurisdiction("county", city + county) if county else Jurisdiction("provincial", city)
    if county:
        return Jurisdiction("county", province + city + county)
    if city:
        level = "county" if city in _county_cities() else "municipal"
        return Jurisdiction(level, province + city if level == "county" else city)
    return Jurisdiction("provincial", province) if province else Jurisdiction("", "")


@cache
def _municipalities() -> frozenset[str]:
    return frozenset(_data("regions.toml")["municipalities"])


@cache
def _county_cities() -> frozenset[str]:
    return frozenset(f"{n}市" for n in _data("regions.toml")["county_cities"]["names"].split())


_PEOPLES = re.compile(
    r"(?:(?:朝鲜|土家|苗|回|藏|羌|彝|布依|侗|壮|哈尼|傣|白|景颇|傈僳|蒙古|哈萨克|柯尔克孜)族?)+自治州$"
)
"""What the full names of autonomous prefectures add to the usual ones."""


@cache
def _short_names() -> dict[str, tuple[str, str]]:
    """Names without their rank (广东, 阿坝州, 苏州), longest first: full name and level."""
    data = _data("regions.toml")
    found: dict[str, tuple[str, str]] = {}
    for full in (*data["provinces"], *data["municipalities"]):
        short = re.sub(r"(?:壮族|回族|维吾尔)?(?:自治区|省|市)$", "", full)
        found[short] = (full, "provincial")
    for full in data["special"]:
        found[full.removesuffix("特别行政区")] = (full, "provincial")
    for prefectures in data["provinces"].values():
        for name in prefectures.split():
            full = name if name.endswith(("州", "盟", "地区")) and len(name) > 3 else f"{name}市"
            short = _PEOPLES.sub("", name)
            found.setdefault(short, (full, "municipal"))
            found.setdefault(name, (full, "municipal"))
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def _data(name: str) -> dict[str, Any]:
    file = resources.files("textmine.parse") / "data" / name
    return tomllib.loads(file.read_text(encoding="utf-8"))
