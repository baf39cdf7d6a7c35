"""Finding concepts in a text: all labels at once, on characters, the longest first.

Words are not asked: a segmenter that joins 印度尼西亚 or splits 产业/技术创新/联盟 would hide or
invent mentions. All labels and exclusions are sought in one pass (Aho & Corasick 1975,
doi:10.1145/360825.360855); where occurrences overlap, the longer one stands and, of two equally
long, the later one, since the head of a Chinese compound is at its end (科技金融机构 is an
institution). An exclusion that stands yields nothing. Time is linear in the text for a given
scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ahocorasick

from textmine.concepts.folding import fold_characters
from textmine.concepts.scheme import Scheme
from textmine.records import Mention

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")

# An occurrence before overlaps are settled: start, end negated (so that sorting puts the longer
# of two with one start first), concept id ("" for an exclusion).
_Found = tuple[int, int, str]


class Matcher:
    """Finds the mentions of a scheme's concepts.

    Building takes a few milliseconds; keep one and use it for all documents. It is not changed by
    use and can be shared between threads.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._automaton = ahocorasick.Automaton()
        for text in scheme.exclusions:
            self._add(text, "")
        for label, concept in scheme.labels.items():
            self._add(label, concept)
        self._automaton.make_automaton()

    def _add(self, text: str, concept: str) -> None:
        starts_latin, ends_latin = text[0] in _LATIN, text[-1] in _LATIN
        self._automaton.add_word(text, (len(text) - 1, concept, starts_latin, ends_latin))

    def mentions(self, text: str) -> list[Mention]:
        """Find all mentions.

        Parameters
        ----------
        text
            Any text, as stored; width and case need not be folded.

        Returns
        -------
        list of Mention
            In order, without overlap; `text[m.start:m.end] == m.label`.
        """
        return [
            Mention(concept, text[start:-end], start, -end)
            for start, end, concept in _longest(self._occurrences(text))
            if concept
        ]

    def _occurrences(self, text: str) -> list[_Found]:
        if not len(self._automaton):
            return []
        folded = fold_characters(text)
        length = len(folded)
        found: list[_Found] = []
        for last, (reach, concept, starts_latin, ends_latin) in self._automaton.iter(folded):
            start = last - reach
            if starts_latin and start and folded[start - 1] in _LATIN:
                continue
            if ends_latin and last + 1 < length and folded[last + 1] in _LATIN:
                continue
            found.append((start, -last - 1, concept))
        found.sort()
        return found


def _longest(found: Sequence[_Found]) -> list[_Found]:
    """Keep the longest of overlapping occurrences; `found` is sorted."""
    kept: list[_Found] = []
    group: list[_Found] = []
    reach = 0
    for occurrence in found:
        if occurrence[0] >= reach:
            _settle(group, kept)
            group = [occurrence]
            reach = -occurrence[1]
        else:
            group.append(occurrence)
            reach = max(reach, -occurrence[1])
    _settle(group, kept)
    return kept


def _settle(group: list[_Found], kept: list[_Found]) -> None:
    """Choose among occurrences that hang together by overlap, and append them in order."""
    if not group:
        return
    first = group[0]
    # The usual case: the first holds all others, so it is the longest.
    if all(other[1] >= first[1] for other in group):
        kept.append(first)
        return
    origin = first[0]
    taken = bytearray(max(-occurrence[1] for occurrence in group) - origin)
    chosen: list[_Found] = []
    # Longest first, of equals the later; start + negated end is the negated length. What is
    # already chosen is no shorter, so it can only overlap by covering the first or last character.
    for occurrence in sorted(group, key=lambda o: (o[0] + o[1], -o[0])):
        start, end = occurrence[0] - origin, -occurrence[1] - origin
        if not taken[start] and not taken[end - 1]:
            taken[start:end] = b"\1" * (end - start)
            chosen.append(occurrence)
    kept.extend(sorted(chosen))


def named_in_full(mentions: Sequence[Mention], scheme: Scheme) -> list[Mention]:
    """Drop short names of what the text never names in full.

    A paper on industrial alliances goes on to say 联盟; a report that says 联盟 without any such
    alliance speaks of another one. A short label stands where the text also has a full label of
    the concept or of another one of its group.

    Parameters
    ----------
    mentions
        All mentions of one document (`Matcher.mentions`).
    """
    short = {(c.id, fold_characters(label)) for c in scheme for label in c.short}

    def is_short(m: Mention) -> bool:
        return (m.concept, fold_characters(m.label)) in short

    named = {scheme[m.concept].group or m.concept for m in mentions if not is_short(m)}
    return [
        m for m in mentions if not is_short(m) or (scheme[m.concept].group or m.concept) in named
    ]


def roll_up(mentions: Iterable[Mention], scheme: Scheme) -> list[Mention]:
    """Add, for every mention, the same mention of each broader concept.

    For counting: a text that names a regional innovation system then also counts for innovation
    systems. The added mentions follow the one they come from, the nearest concept first.
    """
    return [
        Mention(concept, m.label, m.start, m.end)
        for m in mentions
        for concept in (m.concept, *scheme.ancestors(m.concept))
    ]
