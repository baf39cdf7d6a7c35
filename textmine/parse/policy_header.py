"""The top of a policy: red head, document number, title, note of passing, recipients.

Reads lines from the first one on and stops where the body begins. What the format's metadata
states goes before what the lines say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textmine.parse import doc_number, issuers, policy_kind
from textmine.parse.dates import find_dates, first_date
from textmine.parse.headings import numbering
from textmine.parse.layout import HAN, tidy_spaces
from textmine.parse.marks import fold_marks


class Stated(NamedTuple):
    """What the metadata of the file states, under the project's names; empty where it does not."""

    title: str = ""
    issuers: tuple[str, ...] = ()
    number: str = ""
    written: str = ""
    published: str = ""
    effective: str = ""
    expiry: str = ""
    index_number: str = ""
    subject: str = ""
    region: str = ""


_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("标题", "名称", "title", "ArticleTitle", "文件名称", "政策名称"),
    "issuers": ("发文机关", "制发机关", "发布机构", "发文机构", "发布单位", "issuer"),
    "number": ("发文字号", "文号", "doc_no", "doc_number"),
    "written": (
        "成文日期",
        "生成日期",
        "发文日期",
        "印发日期",
        "date_written",
        "date",
        "年份",
        "年度",
        "year",
    ),
    "published": ("发布日期", "公开日期", "PubDate", "publish_date", "date_published"),
    "effective": ("实施日期", "生效日期", "施行日期"),
    "expiry": ("废止日期", "失效日期"),
    "index_number": ("索引号", "index_no"),
    "subject": ("主题词", "主题分类", "subject_words", "topic", "所属主题"),
    "region": ("province", "region", "地区", "省份"),
}
"""Labels of metadata tables and columns, the surer one first."""

_SITE = re.compile(
    r"\s*[_|｜]\s*[^_|｜]{2,40}$|\s*[-－—]{1,2}\s*[^-－—]{2,20}(?:网|政府|门户|在线)$"
)


def _day(value: str) -> str:
    """A date of a field that holds nothing else, where a bare year is one, too."""
    return value if re.fullmatch(r"(?:19|20)\d\d", value) else first_date(value)


def stated(metadata: Mapping[str, str]) -> Stated:
    """Read a file's metadata; names that mean nothing here are passed over."""
    found = {
        name: next(
            (metadata[label].strip() for label in labels if metadata.get(label, "").strip()), ""
        )
        for name, labels in _NAMES.items()
    }
    title = found["title"]
    while (cut := _SITE.sub("", title)) != title and cut:
        title = cut
    number = found["number"] if doc_number.find(found["number"]) else ""
    return Stated(
        title=title if re.search(f"[{HAN}]{{4}}", title) else "",
        issuers=_listed(found["issuers"]),
        number=doc_number.canonical(number) if number else "",
        written=_day(found["written"]),
        published=_day(found["published"]),
        effective=first_date(found["effective"]),
        expiry=first_date(found["expiry"]),
        index_number=found["index_number"],
        subject=" ".join(found["subject"].split()),
        region=issuers.jurisdiction(found["region"]).region or found["region"],
    )


def _listed(value: str) -> tuple[str, ...]:
    """The authorities of a metadata field; what is no known form of one is kept as printed."""
    parts = [p for p in re.split(r"[、，,；;\s]+", value) if p]
    return issuers.authorities(value) or tuple(parts)


@dataclass
class Header:
    """What the top of a document says, and where its body starts."""

    title: str = ""
    issuers: tuple[str, ...] = ()
    number: str = ""
    recipients: tuple[str, ...] = ()
    date: str = ""
    note: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    body: int = 0


_REACH = 60
"""Lines within which the body must have begun; navigation above the title has some twenty."""
_LABEL = re.compile(
    r"(?P<label>索\s?引\s?号|主题分类|主\s?题\s?词|发文机关|发布机构|成文日期|发文日期|标\s?题|名\s?称|发文字号|文\s?号"
    r"|发布日期|公开日期|生成日期|实施日期|生效日期|失效日期|废止日期|有效性|公文种类)"
    r"\s?[：:\t]\s?(?P<value>.{0,200})"
)
_NOTE = re.compile(
    r"[（(【\[]?(?=.{0,40}\d|.{0,40}[〇○零一二三四五六七八九]{4}年).{0,300}?(?:通过|公布|发布|批准|印发|施行|修[订正改]|制定|根据).{0,300}"
)
_DATE_LINE = re.compile(r"[（(]?[\d〇○零一二三四五六七八九十年月日\s./-]{4,24}[)）]?")


def read(lines: Sequence[str], given: Stated) -> Header:
    """Read the header of a document.

    Parameters
    ----------
    lines
        The document's lines, page furniture out.
    given
        What the metadata states; a title found there is looked for in the lines.

    Returns
    -------
    Header
        `body` is the index of the first line that belongs to the body.
    """
    header = Header(title=tidy_spaces(given.title), body=_title_start(lines, given.title))
    open_title: list[str] = []
    while header.body < min(len(lines), header.body + 1 + _REACH):
        step = _take(lines, header, open_title)
        if not step:
            break
        header.body += step
    if not header.title:
        header.title = _joined(open_title) or _promulgated(lines[header.body : header.body + 2])
    return header


def _promulgated(lines: Sequence[str]) -> str:
    """The title of what an order promulgates: 《…条例》已经…通过，现予公布."""
    found = re.match(
        r"(?:现公布)?《(?P<title>[^《》]{4,80})》(?=.{0,80}(?:公布|发布|施行))", "".join(lines)
    )
    return found["title"] if found else ""


def _title_start(lines: Sequence[str], title: str) -> int:
    """The line with which the known title begins; lines above it are not the document's."""
    key = _key(title)
    if len(key) < 6:
        return 0
    for i in range(min(len(lines), _REACH)):
        if _title_lines(lines, i, key):
            return i
    return 0


def _title_lines(lines: Sequence[str], i: int, key: str) -> int:
    """How many lines from `i` on make up the title (0: none)."""
    told = ""
    for n, line in enumerate(lines[i : i + 8], 1):
        told += _key(line)
        if told == key:
            return n
        if not told or not key.startswith(told):
            return 0
    return 0


def _key(text: str) -> str:
    """Letters and figures only: what stays the same when marks and spaces differ."""
    return "".join(c for c in text if c.isalnum())


def _take(lines: Sequence[str], header: Header, open_title: list[str]) -> int:
    """Take the line at `header.body` into the header; how many lines were taken (0: body)."""
    line = lines[header.body]
    known = _key(header.title or (_joined(open_title) if _complete(open_title) else ""))
    if known and (n := _title_lines(lines, header.body, known)):
        header.title = header.title or _joined(open_title)
        return n
    if _SPLIT_NUMBER.fullmatch(line) and (told := doc_number.find("".join(open_title) + line)):
        # 科学技术部公告 / 2019年第3号: the red head of an order or announcement in two lines.
        header.number = header.number or told[-1].key
        header.issuers = header.issuers or issuers.authorities(
            _ORDER_END.sub("", " ".join(open_title))
        )
        open_title.clear()
        return 1
    if label := _LABEL.fullmatch(line):
        header.labels.setdefault("".join(label["label"].split()), label["value"].strip())
        return 1
    if _is_number_line(line):
        header.number = header.number or doc_number.find(line)[0].key
        header.issuers = header.issuers or _order_issuer(line)
        return 1
    if found := _red_head(line, open_title):
        header.issuers = header.issuers or found
        return 1
    # Recipients end a title whatever it is called (科技创新二十条).
    titled = (
        bool(header.title) or _complete(open_title) or bool(open_title and _is_recipients(line))
    )
    if titled and not header.recipients and (n := _recipient_lines(lines, header.body)):
        header.recipients = _recipients("".join(lines[header.body : header.body + n]))
        return n
    if (titled or header.number) and (n := _note(lines, header)):
        return n
    if not titled and _may_be_title(line, open_title):
        open_title.append(line)
        return 1
    return 0


def _is_number_line(line: str) -> bool:
    found = doc_number.find(line) if len(line) <= 80 else []
    rest = line[: found[0].start] + line[found[0].end :] if found else line
    rest = re.sub(r"发文字号|文号|签发人.{0,12}|[：:（）()\[\]【】\s]", "", rest)
    return bool(found) and len(rest) <= 2


def _order_issuer(line: str) -> tuple[str, ...]:
    """The authority of an order or announcement: 临江省人民政府令第316号."""
    agency = doc_number.find(line)[0].agency
    name = re.sub(r"(?:令|公告|通告)$", "", agency)
    return issuers.authorities(name) if name != agency else ()


_SPLIT_NUMBER = re.compile(
    r"[（(]?(?:[12]\d{3}\s?年?\s?)?第\s?[\d一二三四五六七八九十百]{1,5}\s?号[)）]?"
)
_ORDER_END = re.compile(r"\s*(?:令|公告|通告)$")


def _red_head(line: str, above: list[str]) -> tuple[str, ...]:
    """The authorities of a red head: 国务院办公厅文件; joint ones may stand on lines above."""
    bare = "".join(line.split())
    if bare == "文件" or (above and bare.endswith("文件") and issuers.authorities(bare[:-2])):
        names = [
            n for part in (*above, bare.removesuffix("文件")) for n in issuers.authorities(part)
        ]
        above.clear()
        return tuple(names)
    if bare.endswith("文件") and len(bare) < 90:
        return issuers.authorities(line.rstrip("件").rstrip().rstrip("文").rstrip()) or (
            issuers.authorities(bare.removesuffix("文件"))
        )
    return ()


_RECIPIENT = re.compile(
    r"(?:人民政府|政府|各|委员会|委|部|局|厅|司|院|署|办公[厅室]|单位|机构|企业|公司|学校|高校|总部|行|会|中心|代表|委员"
    r"|主席|同志|人员|们|科技局|兵团|管委会|部门|社|处|所|市|县|区|州|盟|旗|乡|镇|街道|群众|人士|组|厂|校|所|站|台|集团)(?:[（(][^）)]{1,30}[)）])?[：:]"
)


def _is_recipients(line: str) -> bool:
    if not line.endswith(("：", ":")) or len(line) > 500 or numbering(line) or "各位代表" in line:
        return False
    return "。" not in line and _RECIPIENT.search(line[-40:]) is not None and "如下" not in line


_MOST_RECIPIENTS = 6
"""Lines of recipients in a text broken at a margin."""


def _recipient_lines(lines: Sequence[str], start: int) -> int:
    """How many lines from `start` on name the recipients (0: none)."""
    whole = ""
    for n, line in enumerate(lines[start : start + _MOST_RECIPIENTS], 1):
        whole += line
        if _is_recipients(whole):
            return n
        if len(line) < 15 or re.search(r"[。：:《]", line) or numbering(line):
            return 0
    return 0


def _recipients(line: str) -> tuple[str, ...]:
    """The addressees, group by group as commas part them; 主送 and the colon off."""
    bare = tidy_spaces(line.rstrip("：:").removeprefix("主送：").removeprefix("主送:"))
    return tuple(part.strip() for part in re.split(r"[，,；;]", bare) if part.strip())


def _note(lines: Sequence[str], header: Header) -> int:
    """A note under the title: when and by whom passed, or a bare date."""
    line = lines[header.body]
    if _DATE_LINE.fullmatch(line) and (date := first_date(fold_marks(line))):
        header.date = header.date or date
        return 1
    if line[0] in "（(【[":
        for n in range(1, 7):
            whole = "".join(lines[header.body : header.body + n])
            if whole.endswith(("）", ")", "】", "]")):
                return n if _took_note(whole, header) else 0
    return 1 if not _RUNNING.search(line) and len(line) < 160 and _took_note(line, header) else 0


_RUNNING = re.compile(r"[。；]|[：:]$")


def _took_note(text: str, header: Header) -> bool:
    if not _NOTE.fullmatch(text) or "各位代表" in text or numbering(text):
        return False
    found = [d.iso for d in find_dates(fold_marks(text))]
    if not found:
        return False
    header.note = (header.note + " " + text).strip()
    header.date = header.date or found[-1]
    if not header.number and (number := doc_number.find(text)):
        header.number = number[-1].key
    return True


_LONGEST_TITLE_LINE = 110


def _may_be_title(line: str, before: Sequence[str]) -> bool:
    if len(line) > _LONGEST_TITLE_LINE or len(before) >= 8:
        return False
    number = numbering(line)
    if number and not (before and number.style == "arabic"):
        return False
    if line.endswith(("。", "；", "：", ":", ";", "，", "！")) or "。" in line:
        return False
    return not line.startswith(("目录", "目　录", "——", "附件"))


def _complete(title: Sequence[str]) -> bool:
    """Whether the lines make a whole title: they name a kind, and nothing is left open."""
    whole = "".join("".join(title).split())
    if not whole or not policy_kind.of_title(whole):
        return False
    if whole.count("《") != whole.count("》") or whole.count("（") != whole.count("）"):
        return False
    if "关于" in whole and policy_kind.of_title(whole) in _SUBJECTS:
        # 关于…制度 breaks off in mid-title; what is 关于 something ends in a kind of letter.
        return False
    covers = re.search(
        r"关于(?:印发|转发|批转|发布|公布|征求)|(?:印发|转发|批转)(?=[^》]{0,30}关于|《)", whole
    )
    kind = policy_kind.of_title(whole)
    return not covers or kind in (
        "通知",
        "函",
        "决定",
        "通报",
        "公告",
        "通告",
        "令",
        "批复",
        "请示",
    )


_SUBJECTS = frozenset(
    (
        "制度",
        "标准",
        "规范",
        "目录",
        "清单",
        "计划",
        "规划",
        "纲要",
        "规程",
        "预案",
        "报告",
        "法律",
        "建议",
    )
)
"""Kinds that a notice is about more often than it is one."""


def _joined(lines: Sequence[str]) -> str:
    """Title lines as one; issuers on lines of their own stay in front as they are printed."""
    return tidy_spaces("".join(line.strip() for line in lines))
