"""What makes two documents alike: shared characteristic words, and shared stretches of text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from textmine.search.folding import fold
from textmine.search.schema import word_tokens

CHARACTERISTIC = 25  # words that stand for a document, as in other "more like this" queries
STRETCH = 12  # characters: two texts hardly share one by chance

_SPACE = re.compile(r"\s+")


def characteristic_words(
    words: Iterable[str],
    frequency: Callable[[str], int],
    *,
    documents: int,
    stop_words: AbstractSet[str] = frozenset(),
    most: int = CHARACTERISTIC,
) -> list[tuple[str, float]]:
    """The words that tell a document from others, with weights, heaviest first.

    The weight is (1 + ln tf) ln(N / df), as for vectors of documents (Salton & Buckley 1988,
    doi 10.1016/0306-4573(88)90021-0). Words that only this document has connect it to none.

    Parameters
    ----------
    words
        Of the document, repeated as often as they stand there.
    frequency
        How many documents hold a word.
    documents
        How many there are.
    """
    counts = Counter(w for w in word_tokens(words) if len(w) > 1 and w not in stop_words)
    # Looking up the frequency costs; words of one occurrence in a long text decide little.
    likely = sorted(counts, key=lambda w: (-counts[w], w))[: 20 * most]
    weights = {}
    for word in likely:
        if (df := frequency(word)) > 1:
            weights[word] = (1 + math.log(counts[word])) * math.log(documents / df)
    heaviest = sorted(weights, key=lambda w: (-weights[w], w))[:most]
    return [(word, weights[word]) for word in heaviest if weights[word] > 0]


def shared_text(one: str, other: str) -> float:
    """The share of the shorter text's stretches of `STRETCH` characters that the other has, 0 to 1.

    Near 1 the shorter one is a version or a part of the other.
    """
    stretches = [_stretches(one), _stretches(other)]
    shorter, longer = sorted(stretches, key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0.0


def _stretches(text: str) -> set[str]:
    plain = _SPACE.sub("", fold(text))
    return {plain[i : i + STRETCH] for i in range(len(plain) - STRETCH + 1)}
