"""What documents say a concept is: definitions, kinds, parts; suggestions for the concept scheme.

    X 是指 Y            definition
    X 主要分为 A、B 和 C   kinds
    X 由 A、B、C 组成     parts and actors

Looks at the words right after a mention, so that the concept is the one spoken of. Lists are split at
、 and at the last 和, 与, 及 or 以及; a member longer than a name is none. Stops short of definitions that
begin in one sentence and end in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from textmine.records import Mention, Section

Said = Literal["definition", "kind", "part"]

LONGEST = 16
"""Characters of a member of a list: 高等院校和科研机构 is one, a clause is none."""

_ASIDE = r"(?:[（(][^（()）\n]{1,30}[）)])?"
_DEFINITION = re.compile(
    _ASIDE + r"[”」』]?，?(?:就?是指|指的是|系指|定义为|可以理解为)(?P<what>[^。\n]{8,300})"
)
_LISTS: tuple[tuple[Said, re.Pattern[str]], ...] = (
    (
        "kind",
        re.compile(
            _ASIDE + r"(?:大致|主要|通常|一般|又)?(?:可以?)?(?:划?分为|区分为|分成|包括|有)"
            r"(?P<what>[^。；\n]{4,160}?)"
            r"(?:等?[两二三四五六七八\d]\s?(?:种|类|个类型|大类)(?:类型|模式|形式)?|等(?:类型|形式|模式))"
        ),
    ),
    (
        "part",
        re.compile(
            _ASIDE + r"(?:主要|一般|通常)?(?:是)?由(?P<what>[^。；\n]{4,160}?)"
            r"(?:等(?:主体|要素|机构|部分|方面)?)?(?:共同)?(?:组成|构成|组建而成)"
        ),
    ),
)
_SPLIT = re.compile(r"、|，|(?:以及|和|与|及)(?=[^、，]*$)")
_TRIM = re.compile(
    r"^(?:即|：|:|为|一是|以及|和|与|及)+"
    r"|(?:等|三者|两者|[两二三四五六七八]个?(?:部分|要素|层次|方面|子系统|主体))+$|[“”‘’]"
)


class Statement(NamedTuple):
    """What is said of a concept: `text[start:end]` are the words, from the concept on.

    `items` holds the definition, or the members of the list.
    """

    concept: str
    said: Said
    items: tuple[str, ...]
    start: int
    end: int


def statements(
    text: str, mentions: Sequence[Mention], sections: Sequence[Section] = ()
) -> Iterator[Statement]:
    """Every definition and every list of kinds or parts of a concept that a text gives, in order.

    Parameters
    ----------
    text
        A document's stored text.
    mentions
        The concepts in it, in order, without overlap.
    sections
        Its sections; a statement ends where its section does.
    """
    ends = sorted({s.end for s in sections} | {len(text)})
    for mention in mentions:
        stop = next((end for end in ends if end > mention.start), len(text))
        found = _DEFINITION.match(text, mention.end, stop)
        if found:
            what = found["what"].strip("：:，, ")
            yield Statement(mention.concept, "definition", (what,), mention.start, found.end())
            continue
        for said, pattern in _LISTS:
            match = pattern.match(text, mention.end, stop)
            members = _members(match["what"]) if match else ()
            if match and len(members) > 1:
                yield Statement(mention.concept, said, members, mention.start, match.end())
                break


def _members(listed: str) -> tuple[str, ...]:
    """The members of a list, or none if one of them is no name."""
    parts = [_TRIM.sub("", part.strip()).strip() for part in _SPLIT.split(listed)]
    named = [part for part in parts if part]
    return tuple(named) if all(2 <= len(part) <= LONGEST for part in named) else ()
