"""What tells a name from a phrase: the words at its ends, and whether it stands by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

GOVERNS = 0.5  # a verb in more than this share of the texts takes any object: 加快, 推进
FUNCTION_TAGS = ("d", "ad", "p", "c", "r", "y", "t", "m", "q", "x", "zg")
"""Tags of jieba's dictionary with which no name begins or ends: adverbs, prepositions,
conjunctions, pronouns, times, numerals; and u… for particles. Directions (f) may begin a name
(西部大开发), but end only phrases (改革以来)."""


def is_name(
    parts: Sequence[str],
    tags: Mapping[str, str],
    spread: Mapping[str, float],
    stop_words: Set[str],
) -> bool:
    """Whether words can make a name together, and not a phrase such as 积极推进 or 加快发展.

    Parameters
    ----------
    parts
        The words in order.
    tags
        The part of speech of each word; see `Segmenter.parts_of_speech`.
    spread
        The share of the texts that hold each word.
    stop_words
        Words with which no name begins or ends.
    """
    first, last = tags[parts[0]], tags[parts[-1]]
    if last == "f" or any(t in FUNCTION_TAGS or t.startswith("u") for t in (first, last)):
        return False
    if parts[0][0].isdecimal() or parts[-1][-1].isdecimal():
        return False
    if parts[0] in stop_words or parts[-1] in stop_words:
        return False
    if first == "v" and spread.get(parts[0], 0.0) > GOVERNS:
        return False
    ends_in_clause = len(parts[-1]) == 1 or first in ("a", "v")  # 政府要, 积极推进; not 科技创新
    return not (last == "v" and ends_in_clause and spread.get(parts[-1], 0.0) > GOVERNS)


def c_value(terms: Sequence[str], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """log2|a| (f(a) − mean of f(b) over the longer terms b that hold a), by term.

    Frantzi, Ananiadou and Mima 2000, doi:10.1007/s007999900023; |a| in characters. A term that
    stands mostly inside longer ones comes near 0.
    """
    place = {term: i for i, term in enumerate(terms)}
    inside: list[set[int]] = [set() for _ in terms]
    for b, term in enumerate(terms):
        for start in range(len(term)):
            for end in range(start + 1, len(term) + 1):
                a = place.get(term[start:end], b)
                if a != b:
                    inside[a].add(b)
    nested = np.array([counts[sorted(bs)].mean() if bs else 0.0 for bs in inside])
    lengths = np.array([max(len(term), 1) for term in terms])
    value: NDArray[np.float64] = np.log2(lengths) * (counts - nested)
    return value
