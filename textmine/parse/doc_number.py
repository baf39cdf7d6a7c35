"""Document numbers (发文字号): found in running text and brought to one canonical form.

Three forms are known: the number of a document (国科发政〔2008〕770号), of an order (国务院令第331号)
and of an announcement (科技部公告2010年第3号). Brackets, widths, spaces, Han figures, 字 … 第 and a
missing 号 may vary. Which authority stands behind an agency code is not looked at here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from textmine.parse.dates import han_number
from textmine.parse.layout import HAN


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number with its place: `text[start:end] == raw`.

    `agency` is the agency code, for orders and announcements the authority with 令 or 公告.
    Orders have no year.
    """

    agency: str
    year: int | None
    number: int
    raw: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The canonical form; the same for every way of printing the same number."""
        if self.year is None:
            return f"{self.agency}第{self.number}号"
        if self.agency.endswith(YEARLY):
            return f"{self.agency}{self.year}年第{self.number}号"
        return f"{self.agency}〔{self.year}〕{self.number}号"


YEARLY = ("令", "公告", "通告")
"""Orders and announcements are cited by 年 and 第, documents by brackets."""
_S = r"[ \t\u3000\xa0]{0,3}"
_OPEN, _CLOSE = r"[〔﹝【［\[（(〖﹙{｛〈「<]", r"[〕﹞】］\]）)〗﹚}｝〉」>]"
_FIGURES = r"[0-9０-９]"
_HAN_FIGURES = "〇○零一二三四五六七八九十百"
_YEAR = (
    rf"(?:[1１][9９]{_FIGURES}{{2}}|[2２][0０]{_FIGURES}{{2}}|[4-9４-９]{_FIGURES}"
    r"|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
)
"""Years 1900 to 2099; two figures stand for 1940 to 1999, as was the custom until the 1990s."""
_NUMBER = rf"(?:{_FIGURES}{{1,5}}|[{_HAN_FIGURES}]{{1,6}})"

_BRACKETED = re.compile(
    rf"""
    {_OPEN}{_S}(?P<year>{_YEAR}){_S}年?{_S}{_CLOSE}{_S}
    (?:第{_S})?(?P<number>{_NUMBER}){_S}(?P<mark>[号號](?!楼|线|院|厅|井|路|地块|机组|馆|样本|公路|车|房))?
    """,
    re.VERBOSE,
)
_REVERSED = re.compile(
    rf"""
    {_OPEN}{_S}(?P<year>{_YEAR}){_S}{_CLOSE}{_S}
    (?P<code>[{HAN}]{{2,10}}字){_S}第?{_S}(?P<number>{_NUMBER}){_S}[号號]
    """,
    re.VERBOSE,
)
_ORDER = re.compile(
    rf"""
      # 1. 国务院令第331号, 国务院令（第331号）, 令 2008 年第 5 号, 主席令第四号, 公告第9号
      (?P<kind>令|公告){_S}[（(]?{_S}(?:(?P<year>{_YEAR}){_S}年?{_S})?第?{_S}(?P<number>{_NUMBER}){_S}号{_S}[）)]?
      # 2. 国务院第331号令
    | 第{_S}(?P<before>{_NUMBER}){_S}号{_S}(?P<kind2>令|公告)
    """,
    re.VERBOSE,
)
_ANNOUNCED = re.compile(
    rf"""
      # 1. 公告2010年第3号, 公告（2010年第3号）, 公告〔2010〕第3号
      (?P<kind>[公通]告){_S}[（(〔\[]?{_S}(?P<year>{_YEAR}){_S}(?:年|{_CLOSE}){_S}第?{_S}
        (?P<number>{_NUMBER}){_S}号{_S}[）)]?
      # 2. 2010年第3号公告, 2010年公告第3号
    | (?P<year2>{_YEAR}){_S}年{_S}(?:第{_S}(?P<number2>{_NUMBER}){_S}号{_S}(?P<kind2>[公通]告)
        |(?P<kind3>[公通]告){_S}第{_S}(?P<number3>{_NUMBER}){_S}号)
    """,
    re.VERBOSE,
)


def find(text: str) -> list[DocNumber]:
    """Every document number of a text, in order.

    Parameters
    ----------
    text
        Any text; a number may not be broken by a line end.

    Returns
    -------
    list of DocNumber
        Numbers that do not overlap. Court cases, proposals, grants and standards are none.
    """
    found = [*_announced(text), *_orders(text), *_bracketed(text), *_turned(text)]
    kept: list[DocNumber] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept


def canonical(raw: str) -> str:
    """The canonical form of one number as printed, or the bare string if it is none.

    Examples
    --------
    >>> canonical("国科发政[2008] 770 号")
    '国科发政〔2008〕770号'
    """
    found = find(raw) or find(raw.strip() + "号")
    return found[0].key if found else " ".join(raw.split())


def _bracketed(text: str) -> list[DocNumber]:
    found = []
    for match in _BRACKETED.finditer(text):
        before, mark = _before(text, match.start())
        code = _code(before, joined=mark in _CLOSING_MARKS)
        year, number = _year(match["year"]), _value(match["number"])
        if not code or number is None or (not match["mark"] and not _plain_end(text, match, code)):
            continue
        bare = _squeezed(code)
        start = _start(text, match.start(), bare)
        found.append(_number(text, bare, year, number, start, match.end()))
    return found


def _turned(text: str) -> list[DocNumber]:
    """The old order with the year in front: 〔1996〕武司字第82号. Court cases look alike."""
    found = []
    for match in _REVERSED.finditer(text):
        number = _value(match["number"])
        if number is not None and not _COURT.search(match["code"]):
            code, year = match["code"], _year(match["year"])
            found.append(_number(text, code, year, number, match.start(), match.end()))
    return found


_COURT = re.compile(r"[民刑行执知商仲][\u3400-\u9fff]{0,3}字|[初终再监]字|检|判|裁|破")


def _orders(text: str) -> list[DocNumber]:
    found = []
    for match in _ORDER.finditer(text):
        name = _authority(_before(text, match.start(), "、")[0])
        number = _value(match["number"] or match["before"])
        if not name or number is None:
            continue
        start = _start(text, match.start(), name)
        year = _year(match["year"]) if match["year"] else None
        agency = name.removeprefix("中华人民共和国") + (match["kind"] or match["kind2"])
        found.append(_number(text, agency, year, number, start, match.end()))
    return found


def _announced(text: str) -> list[DocNumber]:
    found = []
    for match in _ANNOUNCED.finditer(text):
        name = _authority(_before(text, match.start(), "、")[0])
        get = match.groupdict()
        number = _value(get["number"] or get["number2"] or get["number3"] or "")
        if not name or number is None:
            continue
        kind = get["kind"] or get["kind2"] or get["kind3"] or ""
        start = _start(text, match.start(), name)
        year = _year(get["year"] or get["year2"] or "")
        agency = name.removeprefix("中华人民共和国") + kind
        found.append(_number(text, agency, year, number, start, match.end()))
    return found


def _number(
    text: str, agency: str, year: int | None, number: int, start: int, end: int
) -> DocNumber:
    # An order's closing bracket belongs to it only with the opening one.
    raw = text[start:end].rstrip(" \t\u3000\xa0")
    if raw.endswith(("）", ")")) and not ("（" in raw or "(" in raw):
        raw = raw[:-1].rstrip()
    return DocNumber(agency, year, number, raw, start, start + len(raw))


_WINDOW = 48
"""Characters before the figures that are looked at: the longest authority has about 40."""


def _before(text: str, end: int, marks: str = "") -> tuple[str, str]:
    """The Han characters (and `marks`) that end at `end`, and the mark in front of them.

    Up to three blanks between them are kept.
    """
    at = end
    limit = max(0, end - _WINDOW)
    gap = 0
    while at > limit:
        c = text[at - 1]
        if "\u3400" <= c <= "\u9fff" or c in marks:
            gap = 0
        elif c in " \t\u3000\xa0" and gap < 3:
            gap += 1
        else:
            break
        at -= 1
    return text[at:end].strip(" \t\u3000\xa0"), text[at - 1 : at] if at else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _start(text: str, end: int, code: str) -> int:
    """Where the code that ends before `end` begins, blanks inside it counted."""
    at, left = end, len(code)
    while left:
        at -= 1
        left -= not (text[at].isspace() or text[at] == "、")
    return at


_FUNCTION = re.compile(
    r"""
      文件?[字编]?号 | 发文字号 | 字号 | 文号 | [编件]号
    | 根据 | 依据 | 按照?(?!揭) | 依照 | 参照 | 遵照 | 对照 | 比照 | 照
    | 贯彻 | 落实 | 执行 | 转发(?!改) | 印发 | 下发 | 颁发 | 发布的? | 公布的? | 颁布的? | 出台
    | 废止 | 替代 | 代替 | 修订 | 修改 | 引用 | 收到 | 撤销 | 停止 | 详见 | 参见 | 见 | 即 | 以及
    | 总结 | 下达 | 批准 | 学习 | 传达 | 结合 | 围绕 | 包括 | 配合 | 完善 | 上述 | 依托 | 遵循
    | 等?[一二三四五六七八九十]{1,3}个?部[门委] | 人民政府 | 国务院(?!办公厅?发) | 自(?!然资) | 同(?!济)
    | 原(?![平阳州政府]) | 的 | 了 | 是 | 在 | 将 | 对(?!外) | 由 | 从 | 于 | 与 | 及 | 或 | 并 | 而
    | 以(?!工) | 如 | 其 | 被 | 把 | 向 | 关于 | 文件 | 通知 | 意见 | 办法 | 规定 | 号文?
    """,
    re.VERBOSE,
)
"""Words of running text; no agency code holds one, so the code begins behind the last."""

_NO_CODE = re.compile(
    r"(?:提案|建议|议案|专利|法院|公司|学报|等人?|作者|教授|学者|研究|大学|基金|合同|标准|版权"
    r"|证书|案件|民初|刑初|图|表|式|第|期|卷|著|编|译|版)$"
)
_HEADS = (
    "国中京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔贵滇云藏陕秦甘陇青宁新兵财教科发工信"
    "农商银建环卫人民交水税文体审质知林土住能证保监统"
)
"""First characters of the codes of provinces and of central authorities."""
_LONGEST_CODE = 12
"""Characters: 国能综通科技, 沪经信技联, 鄂科技发社字; the longest seen have 10."""


_NOUN = re.compile(r"(?:文件|通知|意见|办法|规定|号)$")
"""Behind these 和 is the conjunction; behind a verb it begins a code (和政办发)."""
_CLOSING_MARKS = ("）", ")", "》", "”", "」", "】")


def _code(before: str, *, joined: bool) -> str:
    """The agency code at the end of the text before a bracket, or nothing.

    `joined` says that the text follows a closed bracket or title, where 和 is the conjunction.
    """
    words = list(_FUNCTION.finditer(before))
    # A code may itself begin with a word of the list only if it is all there is (见, 以 …).
    code = before[words[-1].end() :] if words else before
    if not code and words:
        code = before[words[-1].start() :]
        return "" if len(code) < 3 else _checked(code)
    if " " in code or "\u3000" in code or "\t" in code or "\xa0" in code:
        code = _despaced(code)
    after_noun = bool(words) and _NOUN.search(before[: words[-1].end()]) is not None
    if code.startswith("和") and ((joined and code == before) or after_noun):
        code = code[1:]
    code = code.removeprefix("为") if len(code) > 2 else code
    return _checked(_OWN_NAME.sub("", code))


_OWN_NAME = re.compile(rf"^(?P<first>[{HAN}])[{HAN}]{{1,14}}[部厅局委室](?=(?P=first)|国[科办发])")
"""The authority's name in front of its own code: 临江省科技厅临科发."""


def _despaced(code: str) -> str:
    """A code with blanks: letter-spaced print closes up, else the last word is the code."""
    parts = code.split()
    return "".join(parts) if all(len(p) <= 2 for p in parts) else parts[-1]


def _checked(code: str) -> str:
    if len(_squeezed(code)) > _LONGEST_CODE:
        # Running text without a word of the list: the code starts at the latest known head
        # that leaves a usual length.
        code = _squeezed(code)
        starts = [i for i in range(len(code) - 8, len(code) - 2) if code[i] in _HEADS]
        code = code[starts[0] :] if starts else ""
    if len(_squeezed(code)) < 2 or _NO_CODE.search(code):
        return ""
    return code


_CODE_END = "发函办字文规电秘令政通综改计财审联体函技科"


def _plain_end(text: str, match: re.Match[str], code: str) -> bool:
    """Whether a number without 号 is one: the code looks like one, and nothing is counted."""
    figures = match["number"]
    if code[0] not in _HEADS or code[-1] not in _CODE_END or not figures[0].isdecimal():
        return False
    after = text[match.end("number") : match.end("number") + 1]
    return not after or after in "）)】〕]》，,。；;、：: \t\n\u3000\r文" or after in "”」"


_AUTHORITY = re.compile(
    r"""
    (?:人民政府 | 国务院 | 主席 | [部署院] | 委员会 | 委 | [总分]?局 | 银行 | 厅 | 办公[厅室]
      | 军委 | 政府 | 总会 | 协会 | 人大 | 海关 | 总署 | 法院 | 检察院 | 领导小组 | 市长 | 省长)
    $""",
    re.VERBOSE,
)
_PROSE = re.compile(
    r"根据|依据|按照|依照|参照|执行|发布|公布|颁布|废止|修订|修改|以下|详见|参见|见|即|的|年|月|日(?!照)"
    r"|经(?![济贸信委合营])|由|以(?!工)|对(?!外)|将|在|于|与|及|或|号|了|是|并|及其"
)


def _authority(before: str) -> str:
    """The authority at the end of a text, joint ones before it included, or nothing."""
    words = [m for m in _PROSE.finditer(before) if m.end() < len(before)]
    stretch = before[words[-1].end() :] if words else before
    names: list[str] = []
    for name in reversed(re.split(r"[ \t\u3000\xa0、]+", stretch.lstrip("和为"))):
        if len(name) < 2 or not _AUTHORITY.search(name):
            break
        names.insert(0, name)
    return "".join(names)


def _year(figures: str) -> int:
    if figures[0] in "一二":
        return han_number(figures.replace("○", "〇").replace("零", "〇")) or 0
    year = int(figures)
    return year if year > 99 else 1900 + year


def _value(figures: str) -> int | None:
    """The value of Arabic (also full-width) or Han figures."""
    value = int(figures) if figures.isdecimal() else han_number(figures.replace("○", "〇"))
    return value or None
