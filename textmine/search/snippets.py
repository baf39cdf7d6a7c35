"""The passage of a document that shows a hit, in the original text, by spans."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from textmine.records import Span
from textmine.search.folding import fold
from textmine.search.wildcards import Pattern, as_regex

SNIPPET_LENGTH = 120  # characters: two lines of a result list
MAX_FOUND = 2000  # places looked at; a snippet needs a handful


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage: its place in the document's text, and the highlighted spans within it."""

    text: str
    start: int
    highlights: tuple[Span, ...]


def occurrences(
    text: str, strings: Sequence[str], *, patterns: Sequence[Pattern] = (), most: int = MAX_FOUND
) -> list[Span]:
    """Where any of the strings or patterns occurs; spans do not overlap.

    At each place the longest string wins, then the patterns in their order. Width, case, script,
    brackets and the amount of white space make no difference.

    Parameters
    ----------
    most
        How many places are looked for.
    """
    wanted = sorted({fold(s).strip() for s in strings} - {""}, key=lambda s: (-len(s), s))
    parts = [" +".join(re.escape(part) for part in s.split()) for s in wanted]
    parts += [as_regex(Pattern(tuple(map(fold, p.texts)), p.holes)) for p in patterns]
    if not parts:
        return []
    found = re.finditer("|".join(parts), fold(text))
    return [Span(*match.span()) for match, _ in zip(found, range(most), strict=False)]


def snippet(
    text: str,
    strings: Sequence[str],
    *,
    patterns: Sequence[Pattern] = (),
    length: int = SNIPPET_LENGTH,
) -> Snippet:
    """The stretch of about `length` characters that holds the most different strings.

    Without any occurrence, the beginning of the text.
    """
    found = occurrences(text, strings, patterns=patterns)
    if not found:
        return Snippet(_one_line(text[:length]), 0, ())
    starts = [span.start for span in found]
    strings_at = [fold(text[span.start : span.end]) for span in found]

    def richness(span: Span) -> tuple[int, int]:
        last = bisect.bisect_right(starts, span.start + length)
        inside = strings_at[bisect.bisect_left(starts, span.start) : last]
        return len(set(inside)), -span.start

    best = max(found, key=richness)
    start = _passage_start(text, best.start, length)
    end = min(len(text), start + max(length, best.end - start))
    inside = [s for s in found if start <= s.start and s.end <= end]
    return Snippet(
        _one_line(text[start:end]),
        start,
        tuple(Span(s.start - start, s.end - start) for s in inside),
    )


def _passage_start(text: str, hit: int, length: int) -> int:
    """Begin at the sentence of the hit, unless it begins too far before it."""
    earliest = max(0, hit - length // 2)
    for position in range(hit, earliest, -1):
        if text[position - 1] in "。！？；\n":
            return position
    return earliest


def _one_line(text: str) -> str:
    """The same text, character by character, on one line."""
    return re.sub(r"\s", " ", text)
