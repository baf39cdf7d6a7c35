"""Sentences as the rules see them: concept mentions folded into noun phrases.

A sentence becomes a string in which every noun phrase that holds concepts is one character
(`PHRASE`), with its way back into the text: `places`. Quotation marks, spaces, brackets and
citation markers are left out, signs are made full-width. Noun phrases are built from mentions in
the manner of cascaded chunking (Abney 1996, Partial Parsing via Finite-State Cascades): a chain
(产业集群内的企业; its head is the last), a tail of nouns that leaves the head alone (的形成和发展),
and a list of such phrases (企业、大学和政府).

Ends at the sentence: what it claims is read elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textmine.records import Mention

# Two characters of the private use area; texts that hold them are folded to a blank first.
PHRASE = "\ue000"
CONCEPT = "\ue001"

# A line is a sentence at most, since headings end without a stop.
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?”’]{0,3}")
# Three times what a long sentence of a policy has; beyond that the text is a table or a list.
_LONGEST = 300

# What is read over: citation markers, quotation marks, white space, a short bracket.
_UNREAD = re.compile(
    r"""
      \^?[\[［〔][\d,，、\-—–~～ ]{1,20}[\]］〕]   # [1] ^[2,3] ［4－6］
    | [“”‘’"'「」『』《》*#^$]
    | (?:(?<=\n)|\A)\s{0,4}(?:               # numbers of articles, items and headings
        第[一二三四五六七八九十百零〇\d]{1,8}[条章节] | [一二三四五六七八九十]{1,3}、
      | \d{1,2}(?:\.\d{1,2}){1,3}+[\s、.．]? | \d{1,2}[\s、.．]
      )
    | [ \t\u3000\u00a0\r\ue000\ue001]
    | [（(][^（）()\n。]{0,40}[）)]                # (包括生产成本、交换成本)
    """,
    re.VERBOSE,
)
_MARKER = re.compile(r"\^?[\[［〔]([\d,，、\-—–~～ ]{1,20})[\]］〕]")
_BREAKS = re.compile("[，；：]")
_FULL_WIDTH = str.maketrans(",;:!?()", "，；：！？（）")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with concepts: its place in the text and the concepts of its heads.

    `owners` are the concepts that the last head is said to belong to, by 的.
    """

    start: int
    end: int
    heads: tuple[str, ...]
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the text, and the form that the rules read.

    `phrases[i]` is the i-th `PHRASE` of `form`; `places` gives for each character of `form` where
    it begins in the text, and one place more for the end.
    """

    start: int
    end: int
    form: str
    places: tuple[int, ...]
    phrases: tuple[Phrase, ...]

    @property
    def clauses(self) -> list[int]:
        """Where in the form its clauses begin."""
        return [0, *(match.end() for match in _BREAKS.finditer(self.form))]

    def phrase_at(self, index: int) -> Phrase:
        """The phrase whose character stands at `form[index]`."""
        return self.phrases[self.form.count(PHRASE, 0, index)]


def sentences(
    text: str, mentions: Sequence[Mention], phrase: re.Pattern[str]
) -> Iterator[Sentence]:
    """Yield the sentences that hold at least one mention.

    Parameters
    ----------
    text, mentions
        A text and the concepts in it, in order.
    phrase
        Matches a noun phrase over `CONCEPT` characters; see `chunker`.
    """
    starts = [mention.start for mention in mentions]
    at = 0
    for start, end in _spans(text):
        at = bisect_left(starts, start, at)
        stop = bisect_left(starts, end, at)
        inside = [m for m in mentions[at:stop] if m.end <= end]
        if inside:
            yield _fold(text, start, end, inside, phrase)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Sentences; one that is too long is cut after a comma or, failing that, anywhere."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > _LONGEST:
            half, whole = start + _LONGEST // 2, start + _LONGEST
            cut = max(text.rfind(sign, half, whole) for sign in "，,；;、") + 1 or whole
            yield start, cut
            start = cut
        yield start, end


def _fold(
    text: str, start: int, end: int, mentions: Sequence[Mention], phrase: re.Pattern[str]
) -> Sentence:
    """One sentence in the form that the rules read."""
    form: list[str] = []
    places: list[int] = []

    def take(first: int, last: int) -> None:
        at = first
        for unread in _UNREAD.finditer(text, first, last):
            form.append(text[at : unread.start()])
            places.extend(range(at, unread.start()))
            at = unread.end()
        form.append(text[at:last])
        places.extend(range(at, last))

    at = start
    for mention in mentions:
        take(at, mention.start)
        form.append(CONCEPT)
        places.append(mention.start)
        at = mention.end
    take(at, end)
    concepts = "".join(form).translate(_FULL_WIDTH)
    return _chunk(concepts, places, start, end, mentions, phrase)


def _chunk(
    concepts: str,
    places: list[int],
    start: int,
    end: int,
    mentions: Sequence[Mention],
    phrase: re.Pattern[str],
) -> Sentence:
    """Fold the noun phrases of a sentence whose mentions are single characters."""
    form: list[str] = []
    kept: list[int] = []
    phrases: list[Phrase] = []
    at = seen = 0
    for match in phrase.finditer(concepts):
        form.append(concepts[at : match.start()])
        kept.extend(places[at : match.start()])
        form.append(PHRASE)
        kept.append(places[match.start()])
        count = match[0].count(CONCEPT)
        last = max(mentions[seen + count - 1].end, places[match.end() - 1] + 1)
        heads = _heads(match[0], mentions[seen : seen + count])
        phrases.append(Phrase(places[match.start()], last, *heads))
        seen += count
        at = match.end()
    form.append(concepts[at:])
    kept.extend(places[at:])
    return Sentence(start, end, "".join(form), (*kept, end), tuple(phrases))


_LINK = "(?:的|之|间的|之间的|内的|内|内部|内部的|中的|间|之间|自身的|整体|服务|技术|产业)?"
_LIST = "(?:、|和|与|及|以及|，以及|、以及|或|或者|同|暨)"


# What sums a list up: 等各类主体.
_ALL = (
    "(?:(?:和|及|以及|或者|、)(?:其他|其它)[^，。；：]{0,16}?(?:组织|单位|机构|主体|人员)(?:[和或]个人)?"
    "|(?:、[^，。；：、的\ue001]{1,6}){0,3}等(?:各类|各方|各|多个|多方|相关|有关)?(?:主体|机构|组织|单位|要素|方面)?)?"
)


def chunker(tail: str, member: str) -> re.Pattern[str]:
    """The pattern of a noun phrase.

    Parameters
    ----------
    tail
        What may follow a concept without being a head of its own (的形成和发展).
    member
        What may stand before a further member of a list.
    """
    unit = f"{CONCEPT}(?:{_LINK}{CONCEPT}){{0,4}}+(?>{tail})?"
    return re.compile(f"{unit}(?:{_LIST}{member}{unit}){{0,12}}+{_ALL}", re.VERBOSE)


_UNIT = re.compile(f"{CONCEPT}(?:{_LINK}{CONCEPT})*")
_OTHERS = re.compile("其他|其它")
_SHARED = re.compile(f"(?:{CONCEPT}{_LIST})+{CONCEPT}的{CONCEPT}[^{CONCEPT}]*")


def _heads(phrase: str, mentions: Sequence[Mention]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The heads, which are the last concepts of the units, and the owners of the last.

    A last unit with 的 takes bare units before it as further owners: in 产业集群和企业的竞争力 the
    head is 竞争力 alone.
    """
    heads: list[str] = []
    owners: tuple[str, ...] = ()
    at = 0
    for unit in _UNIT.findall(_OTHERS.split(phrase)[0]):
        first, at = at, at + unit.count(CONCEPT)
        heads.append(mentions[at - 1].concept)
        owners = tuple(m.concept for m in mentions[first : at - 1]) if "的" in unit else ()
    if phrase.endswith("部门") and not mentions[-1].label.endswith(("政府", "国务院")):
        # 人才工作主管部门 is a department for it; a government's departments speak for it.
        heads.pop()
    if _SHARED.fullmatch(phrase):
        return (heads[-1],), (*heads[:-1], *owners)
    return tuple(dict.fromkeys(heads)), owners


def markers(text: str, start: int, end: int) -> tuple[str, ...]:
    """Numbers of the references cited in a stretch of text, ranges resolved, each once."""
    found: dict[str, None] = {}
    for match in _MARKER.finditer(text, start, end):
        for part in re.split("[,，、]", match[1]):
            numbers = [int(n) for n in re.findall(r"\d{1,4}", part)]
            if len(numbers) == 2 and numbers[0] < numbers[1] < numbers[0] + 50:
                numbers = list(range(numbers[0], numbers[1] + 1))
            found.update(dict.fromkeys(map(str, numbers)))
    return tuple(found)
