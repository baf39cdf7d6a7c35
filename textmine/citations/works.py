"""The documents of a corpus as works that others may cite, with every title they go by.

A notice that issues a plan is cited by the plan's title as often as by its own, a policy with or
without its issuers in front, a paper without its subtitle. Which of these a citation means is
decided in `textmine.citations.register`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from textmine.records import Document, Kind, fold

SHORTEST = 6
"""Characters of a folded title that can stand for a document: 政府工作报告 (6) is the shortest that
is cited; shorter ones (意见, 通知) name nothing."""


@dataclass(frozen=True, slots=True)
class Work:
    """A document of the corpus as something that can be cited.

    `people` are the issuers of a policy, the authors of a paper.
    """

    id: str
    kind: Kind
    title: str
    doc_number: str = ""
    doi: str = ""
    people: tuple[str, ...] = ()
    year: int | None = None
    date: str = ""
    level: str = ""
    region: str = ""
    attachments: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Whose work it is for diffusion: the region, or 中央 and the like as `level` says."""
        return self.region or self.level


def work(doc_id: str, document: Document) -> Work:
    """A document of the corpus as a work."""
    policy = document.kind == "policy"
    return Work(
        doc_id,
        document.kind,
        document.title,
        document.doc_number,
        document.doi.lower(),
        document.issuers if policy else document.authors,
        document.year,
        document.date,
        document.level,
        document.region,
        document.attachments if policy else (),
    )


_MARKS = re.compile(r"[^0-9a-z\u3400-\u9fff()]+")
_ISSUING = re.compile(r"(?:印发|发布|公布|颁布|颁发|下发)《(?P<marked>[^《》]{4,120})》")
_ISSUING_BARE = re.compile(
    r"关于(?:印发|发布|公布|颁布|颁发|下发)(?P<bare>[^《》]{4,120})的(?:通知|公告|通告)$"
)
_PASSED_ON = re.compile("转发|批转")
_SUBTITLE = re.compile(r"(?:——|—|--|：|:|——).*$")
_LEADING = re.compile(r"^[^《》]{2,80}?(?=关于|转发|批转)")
_AUTHORITY = re.compile(
    r"(?:部|委|委员会|厅|局|办|办公厅|办公室|政府|国务院|中央|银行|署|院|会|总局|省委|市委|县委|区委|部门|社)$"
)


def title_key(title: str) -> str:
    """A title for comparing: width, case, brackets, marks, blanks and every 的 folded away.

    Editors drop and add 的 freely (建设的若干意见, 建设若干意见).
    """
    return _MARKS.sub("", fold(title)).replace("的", "")


def title_keys(title: str, issuers: tuple[str, ...] = ()) -> dict[str, str]:
    """Every key that a title can be cited by, each with how it comes about.

    Parameters
    ----------
    title
        As printed.
    issuers
        Names that may stand in front of it.

    Returns
    -------
    dict
        Keys to "title", "title without issuer", "issued title" or "main title".
    """
    keys: dict[str, str] = {}

    def offer(text: str, how: str, shortest: int = SHORTEST) -> None:
        key = title_key(text)
        if len(key) >= shortest:
            keys.setdefault(key, how)

    offer(title, "title")
    bare = without_issuers(title, issuers)
    offer(bare, "title without issuer", SHORTEST + 2)
    if not _PASSED_ON.search(title):
        for match in (_ISSUING.search(title), _ISSUING_BARE.search(title)):
            if match:
                inner = match.group(1)
                offer(inner, "issued title", SHORTEST + 2)
                offer(without_issuers(inner, issuers), "issued title", SHORTEST + 2)
    offer(_SUBTITLE.sub("", title), "main title", SHORTEST + 4)
    return keys


def without_issuers(title: str, issuers: tuple[str, ...] = ()) -> str:
    """A title from its 关于 or 转发 on, if only authorities stand before it."""
    front = _LEADING.match(title)
    if front is None:
        return title
    names = [name for name in re.split(r"[\s、，,]+", front.group()) if name]
    known = "".join(issuers)
    if all(_AUTHORITY.search(name) or name in known for name in names):
        return title[front.end() :]
    return title
