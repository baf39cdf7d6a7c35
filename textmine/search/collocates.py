"""Collocates: the words that stand near a query's words more often than chance would have it.

Surface co-occurrence in a window of words within the sentence (Evert 2008, Corpora and
collocations, doi 10.1515/9783110213881.2.1212). The contrast is the rest of the same documents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType

from textmine.records import Span

SENTENCE_ENDS = frozenset("。！？!?；\n")
NONE_PREFERRED: Mapping[str, str] = MappingProxyType({})
LEAST = 3  # times near the node: below, scores say little


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near the node.

    Attributes
    ----------
    near, left, right
        How often it stands in a window, on the left and on the right of a node.
    count
        How often it stands in the documents at all.
    documents
        In how many documents it stands near the node.
    log_likelihood
        Of the two-by-two table of near and elsewhere (Dunning 1993); negative for words that
        avoid the node. 10.83 is p = 0.001 for one word that was chosen beforehand.
    log_dice
        14 + log2(2 near / (nodes + count)) (Rychlý 2008); 14 at most, comparable between corpora.
    """

    word: str
    near: int
    left: int
    right: int
    count: int
    documents: int
    log_likelihood: float
    log_dice: float


@dataclass(frozen=True, slots=True)
class _Counts:
    near: Counter[str]
    left: Counter[str]
    right: Counter[str]
    documents: Counter[str]
    all: Counter[str]


def collocates(
    documents: Iterable[tuple[Sequence[str], Sequence[Span]]],
    *,
    window: int,
    stop_words: AbstractSet[str] = frozenset(),
    least: int = LEAST,
    preferred: Mapping[str, str] = NONE_PREFERRED,
) -> list[Collocate]:
    """Words near the nodes, strongest association first.

    Parameters
    ----------
    documents
        For each document the words that tile its text, and the spans of the nodes in it.
    window
        How many words on either side count as near; it does not cross the end of a sentence.
    stop_words
        Words that are not listed.
    least
        How often a word has to stand near the node.
    preferred
        Words that are counted as another one, in lower case.
    """
    counts = _Counts(Counter(), Counter(), Counter(), Counter(), Counter())
    nodes = 0
    for words, spans in documents:
        nodes += len(spans)
        _count(words, spans, window, counts, preferred)
    total, within = sum(counts.all.values()), sum(counts.near.values())
    found = []
    for word, near in counts.near.items():
        if near < least or word in stop_words:
            continue
        count = counts.all[word]
        found.append(
            Collocate(
                word,
                near,
                counts.left[word],
                counts.right[word],
                count,
                counts.documents[word],
                _log_likelihood(near, within, count, total),
                14 + math.log2(2 * near / (nodes + count)),
            )
        )
    return sorted(found, key=lambda c: (-c.log_likelihood, c.word))


def _count(
    words: Sequence[str],
    spans: Sequence[Span],
    window: int,
    counts: _Counts,
    preferred: Mapping[str, str],
) -> None:
    """Count one document; a word that is near two nodes counts once."""
    sides = _sides(words, spans, window)
    near: set[str] = set()
    for place, word in enumerate(words):
        if not any(map(str.isalnum, word)) or sides.get(place) == "node":
            continue
        folded = preferred.get(word.casefold(), word.casefold())
        counts.all[folded] += 1
        side = sides.get(place)
        if side is None:
            continue
        counts.near[folded] += 1
        (counts.left if side == "left" else counts.right)[folded] += 1
        near.add(folded)
    counts.documents.update(near)


def _sides(words: Sequence[str], spans: Sequence[Span], window: int) -> dict[int, str]:
    """Where words stand to the nearest node: "left", "right", or within it as "node"."""
    sides: dict[int, str] = {}
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    place = 0
    for start, end in spans:
        while starts[place + 1] <= start:
            place += 1
        last = place
        while last + 1 < len(words) and starts[last + 1] < end:
            last += 1
        sides |= dict.fromkeys(range(place, last + 1), "node")
        for side, step, first in (("left", -1, place - 1), ("right", 1, last + 1)):
            for at in _near(words, first, step, window):
                sides.setdefault(at, side)
    return sides


def _near(words: Sequence[str], first: int, step: int, window: int) -> list[int]:
    """The places of so many words from one on, up to the end of the sentence."""
    places: list[int] = []
    at = first
    while 0 <= at < len(words) and len(places) < window:
        if SENTENCE_ENDS & {*words[at]}:
            break
        if any(map(str.isalnum, words[at])):
            places.append(at)
        at += step
    return places


def _log_likelihood(near: int, within: int, count: int, total: int) -> float:
    """2 sum O ln(O/E) over the table, signed by the direction (Dunning 1993, J93-1003)."""
    table = (
        (near, within, count),
        (within - near, within, total - count),
        (count - near, total - within, count),
        (total - within - count + near, total - within, total - count),
    )
    score = 2 * sum(o * math.log(o * total / (row * column)) for o, row, column in table if o > 0)
    return score if near * total >= within * count else -score
