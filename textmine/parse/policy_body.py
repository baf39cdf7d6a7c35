"""The rest of a policy: list of attachments, signature, issued text, numbered paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from textmine.parse import issuers
from textmine.parse.dates import find_dates
from textmine.parse.headings import Heading, Numbering, in_sequence, numbering
from textmine.parse.layout import ends_sentence, rejoin, tidy_spaces
from textmine.parse.marks import fold_marks
from textmine.parse.stored_text import Paragraph
from textmine.records import Role


class Signature(NamedTuple):
    """Who signed, when, and which lines say it: `lines[start:end]`."""

    issuers: tuple[str, ...] = ()
    date: str = ""
    start: int = -1
    end: int = -1


_MOST_SIGNERS = 16
"""Lines of one signature; sixteen ministries have signed one notice together."""
_DATE_ONLY = re.compile(
    r"[（(]?[\d０-９〇○◯零元一二三四五六七八九十年月日号\s./-]{6,26}[)）]?(?:[（(]印[)）])?"
)


def signature(lines: Sequence[str], start: int) -> Signature:
    """The first signature at or behind a line: authorities, then the date alone on its line.

    A date alone also counts behind a finished sentence, and authorities alone do at the very end.
    """
    for i in range(start, len(lines)):
        date = _date_only(lines[i])
        if date:
            first = i
            while first > max(start, i - _MOST_SIGNERS) and issuers.authorities(lines[first - 1]):
                first -= 1
            names = _names(lines[first:i])
            if names or (i > start and ends_sentence(lines[i - 1])):
                return Signature(names, date, first, i + 1)
        elif (both := _both(lines[i])).date:
            return Signature(both.issuers, both.date, i, i + 1)
    last = len(lines)
    while last > start and lines[last - 1].startswith(("（", "(")) and last > len(lines) - 3:
        last -= 1
    first = last
    while (
        first > start + 1 and last - first < _MOST_SIGNERS and issuers.authorities(lines[first - 1])
    ):
        first -= 1
    return Signature(_names(lines[first:last]), "", first, last) if first < last else Signature()


def _date_only(line: str) -> str:
    if len(line) > 40 or not _DATE_ONLY.fullmatch(line):
        return ""
    closed = fold_marks("".join(line.split()))
    return next((d.iso for d in find_dates(closed) if len(d.iso) >= 7), "")


def _both(line: str) -> Signature:
    """A signature in one line: 国务院办公厅　2018年10月27日."""
    if len(line) > 120:
        return Signature()
    for found in find_dates(fold_marks(line)):
        if len(found.iso) >= 7 and found.end == len(line):
            names = issuers.authorities(line[: found.start].strip())
            return Signature(names, found.iso) if names else Signature()
    return Signature()


def _names(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for line in lines for name in issuers.authorities(line)))


_LIST = re.compile(r"附\s?件?\s?[：:]\s?(?P<rest>.*)|附件?\s?(?=[1１一]\s?[.．、])(?P<more>.*)")
_ITEM = re.compile(
    r"\s*(?:[（(]?[0-9０-９一二三四五六七八九十]{1,2}\s?[.．、:：)）]\s?)(?P<title>.+)"
)
_MARK = re.compile(r"附\s?件\s?(?:[0-9０-９一二三四五六七八九十]{1,3})?\s?[：:]?|附\s?[：:]?")


_COLOPHON = re.compile(
    r"""
    主\s?题\s?词[：:\s](?P<subject>.{1,80})
    | (?:抄\s?[送报]|主\s?送|分\s?送|联系人|校对|共印|印\s?[发数]|打字)[：:].{0,300}
    | .{2,40}?\s{0,20}[12]\d{3}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?印发
    """,
    re.VERBOSE,
)


def without_colophon(lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The lines without the colophon (主题词, 抄送, 印发), and the subject words it gives."""
    kept: list[str] = []
    labels: dict[str, str] = {}
    for line in lines:
        found = _COLOPHON.fullmatch(line) if len(line) <= 320 else None
        if found is None:
            kept.append(line)
        elif found["subject"]:
            labels["主题词"] = found["subject"].strip()
    return kept, labels


class AttachmentList(NamedTuple):
    """The titles of attachments, and the lines that list them: `lines[start:end]`."""

    titles: tuple[str, ...] = ()
    start: int = -1
    end: int = -1


def attachment_list(lines: Sequence[str], start: int, end: int) -> AttachmentList:
    """The list of attachments between two lines (附件：1.… 2.…)."""
    for i in range(start, min(end, len(lines))):
        found = _LIST.fullmatch(lines[i]) if len(lines[i]) <= 300 else None
        if found is None:
            continue
        rest = (found["rest"] if found["rest"] is not None else found["more"] or "").strip()
        parts = [rest] if rest else []
        last = i + 1
        while last < min(end, len(lines)) and (_ITEM.fullmatch(lines[last]) or not parts):
            if len(lines[last]) > 120 or lines[last].endswith("。") or last - i > 40:
                break
            parts.append(lines[last])
            last += 1
        titles = tuple(t for part in parts for t in _titles(part))
        if titles and not any(t.endswith("。") for t in titles):
            return AttachmentList(titles, i, last)
    return AttachmentList()


def _titles(part: str) -> list[str]:
    """The titles in one line of the list: 1.甲　2.乙."""
    pieces = re.split(
        r"(?:^|(?<=\s)|(?<=[；;。]))[0-9０-９]{1,2}\s?[.．、]\s?(?!\d(?!\d{3}))", part
    )
    bare = (tidy_spaces(piece).strip(" \t\u3000；;。") for piece in pieces)
    return [re.sub(r"^《([^《》]+)》$", r"\1", piece) for piece in bare if piece]


def marked_attachments(lines: Sequence[str]) -> tuple[str, ...]:
    """Titles behind lines that only say 附件 or 附件1, for texts without a list of them."""
    found = []
    for i, line in enumerate(lines[:-1]):
        if len(line) <= 10 and _MARK.fullmatch(line):
            title = lines[i + 1]
            if len(title) <= 80 and not title.endswith(("。", "：")):
                found.append(tidy_spaces(title))
    return tuple(dict.fromkeys(found))


def is_attachment_mark(line: str) -> bool:
    """Whether a line only says that an attachment begins (附件, 附件2：)."""
    return len(line) <= 10 and line.startswith("附") and _MARK.fullmatch(line) is not None


_GLOSSARY = re.compile(
    r"(?:附[：:]?)?\s?(?:名词解释|注\s?释|附\s?注|有关(?:词语|名词)(?:解释|说明))[：:]?|注[：:]"
)


def is_glossary(line: str) -> bool:
    """Whether a line opens the glossary that closes some reports (名词解释, 附注)."""
    return len(line) <= 16 and _GLOSSARY.fullmatch(line) is not None


LONGEST_RUN_IN, LONGEST_TITLE = 36, 60
"""Characters of a title that the paragraph goes on behind, and of one on its own line."""


def whole_lines(lines: list[str]) -> list[str]:
    """Paragraphs of a text whose lines were broken at a margin; other texts as they are.

    Lines are taken for broken if most long ones end without a stop and none is much longer than
    a printed line.
    """
    long = [line for line in lines if len(line) >= 18]
    unfinished = sorted(len(line) for line in long if not ends_sentence(line))
    if len(long) < 8 or 2 * len(unfinished) < len(long) or max(map(len, long)) > 80:
        return lines
    # Most unfinished lines are full; a numbered one well short of them is a heading.
    full = unfinished[len(unfinished) // 2]
    return rejoin(lines, stands_alone=lambda line: _stands_alone(line, full))


def _stands_alone(line: str, full: int) -> bool:
    short = numbering(line) is not None and len(line) <= full - 3
    return (
        short
        or is_attachment_mark(line)
        or bool(_date_only(line))
        or bool(issuers.authorities(line))
    )


def paragraphs(lines: Sequence[str], role: Role = "body") -> list[Paragraph]:
    """Lines to paragraphs; every one with a number in sequence opens a section.

    The title is what stands alone behind the number, or runs in before the first full stop
    (「（一）指导思想。以…」). A numbered sentence, and an article, has none.
    """
    accepted: list[Numbering] = []
    levels = _Levels()
    found: list[_Line] = []
    for line in _without_contents(lines):
        number = numbering(line)
        text = tidy_spaces(line)
        if number is None or not in_sequence(accepted, number):
            found.append(_Line(text, None, 0, _Title()))
            continue
        accepted.append(number)
        title = _title(line[number.end :].strip(), number)
        found.append(_Line(text, number, levels.of(number), title))
    _settle(found)
    return [Paragraph(line.text, line.heading(), role) for line in found]


class _Title(NamedTuple):
    """What may be the title of a numbered paragraph.

    `form` is "own" for a title alone on its line, "run_in" for one that the paragraph goes on
    behind, "clause" for such a one with a comma in it, "whole" for a short paragraph with a comma
    and a stop, which is a title only above deeper numbers, and "" for none.
    """

    text: str = ""
    form: str = ""


@dataclass
class _Line:
    text: str
    number: Numbering | None
    level: int
    title: _Title

    def heading(self) -> Heading | None:
        if self.number is None:
            return None
        return Heading(self.number.number, self.title.text, self.level, self.number)


def _settle(lines: Sequence[_Line]) -> None:
    """Drop run-in titles that most of their siblings lack: those are opening sentences.

    Siblings are numbers of one level with none above between them. Titles with a comma are kept
    only where at least half of the siblings have plain ones.
    """
    numbered = [line for line in lines if line.number is not None]
    for line, below in pairwise(lines):
        if line.title.form == "whole" and below.level > line.level:
            line.title = line.title._replace(form="own")
    for group in _siblings(numbered):
        plain = sum(line.title.form in ("own", "run_in") for line in group)
        some = plain + sum(line.title.form == "clause" for line in group)
        kept = {"own", ""}
        if 3 * some > 2 * len(group) and 2 * plain >= len(group):
            kept |= {"run_in", "clause"}
        for line in group:
            if line.title.form not in kept:
                line.title = _Title()


def _siblings(numbered: Sequence[_Line]) -> list[list[_Line]]:
    open_groups: dict[int, list[_Line]] = {}
    groups: list[list[_Line]] = []
    for line in numbered:
        open_groups = {level: g for level, g in open_groups.items() if level <= line.level}
        if line.level not in open_groups:
            open_groups[line.level] = []
            groups.append(open_groups[line.level])
        open_groups[line.level].append(line)
    return groups


class _Levels:
    """The depth of a number in this document: 1. is below （一） and 一、 where these are used."""

    def __init__(self) -> None:
        self._styles: set[str] = set()

    def of(self, number: Numbering) -> int:
        self._styles.add(number.style)
        chapters = "chapter" in self._styles
        if number.style == "arabic" and len(number.path) == 1:
            return 1 + len(self._styles & {"han", "han_paren", "chapter"})
        if number.style in ("han", "han_paren") and chapters:
            return number.level + 1
        return number.level


_BREAK = re.compile(r"[。！？!?]")
_NO_TITLE_END = ("；", ";", "，", ",", "、")


def _title(rest: str, number: Numbering) -> _Title:
    """The title that may stand behind a number."""
    if number.style == "article":
        marked = re.match(r"[【\[]([^】\]。]{2,30})[】\]]", rest)
        return _Title(marked[1], "own") if marked else _Title()
    stop = _BREAK.search(rest)
    if stop is None:
        bare = rest.rstrip("：:")
        alone = len(bare) <= LONGEST_TITLE and not rest.endswith(_NO_TITLE_END)
        return _Title(tidy_spaces(bare), "own") if alone else _before_colon(rest)
    head = rest[: stop.start()]
    if len(head) > LONGEST_RUN_IN or "；" in head or stop.group() != "。":
        return _before_colon(rest)
    goes_on = stop.end() < len(rest)
    if re.search(r"[，,：:]", head):
        short = _before_colon(head)
        return short if short.text else _Title(tidy_spaces(head), "clause" if goes_on else "whole")
    # Words closed by a stop with nothing behind are a title if they are few.
    return _Title(tidy_spaces(head), "run_in") if goes_on or len(head) <= 20 else _Title()


def _before_colon(text: str) -> _Title:
    """A few words before a colon are a title as well: 「1.目标任务：到2010年，…」."""
    head, mark, _ = text.replace(":", "：").partition("：")
    few = mark and 2 <= len(head) <= 16 and not re.search("[，,。、；]", head)
    return _Title(head, "run_in") if few else _Title()


def _without_contents(lines: Sequence[str]) -> list[str]:
    """The lines without a table of contents: headings in a row that all come again below."""
    times = Counter(_bare(line) for line in lines if len(line) <= LONGEST_TITLE + 10)
    kept: list[str] = []
    i = 0
    while i < len(lines):
        listed = re.fullmatch(r"目\s*[录次]", lines[i]) is not None
        end = _contents_end(lines, i + listed, times)
        if end - i >= 3 or (listed and end > i + 1):
            times.subtract(_bare(line) for line in lines[i:end])
            i = end
        else:
            kept.append(lines[i])
            i += 1
    return kept


def _contents_end(lines: Sequence[str], start: int, times: Counter[str]) -> int:
    """Where a run of headings ends that come again below, each once in the run."""
    seen: set[str] = set()
    for i in range(start, len(lines)):
        bare = _bare(lines[i]) if len(lines[i]) <= LONGEST_TITLE + 10 else ""
        if bare in seen or times[bare] < 2 or numbering(lines[i]) is None:
            return i
        seen.add(bare)
    return len(lines)


def _bare(line: str) -> str:
    """A heading without blanks, leaders and page number, as it comes again below."""
    return re.sub(r"[\s\u3000.…·]+\d{0,3}$", "", "".join(line.split()))
