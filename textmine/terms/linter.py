"""What each entry of a lexicon does in a corpus: whether it wins, and what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import ahocorasick
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textmine.segment import Lexicon, Segmenter, normalize

LINT_COLUMNS = ("term", "verdict", "occurrences", "kept", "inside", "breaks")
"""`lint`: the entry; the verdict; places where its characters stand; places where it is a token;
the token that most often holds or crosses it where it is none; the word that most often would
stand at its edge without the lexicon, and that it cuts."""

VERDICTS = {
    "wins": "kept whole wherever it stands, and jieba alone would not",
    "partly": "kept whole in some places; `inside` says what stands in the others",
    "shadowed": "never kept whole, because a longer word holds it",
    "split": "never kept whole, though no longer word holds it: give it a frequency",
    "absent": "its characters stand in no text",
    "superfluous": "jieba keeps it whole without the lexicon",
}


def lint(texts: Sequence[str], lexicon: Lexicon, *, hmm: bool = True) -> pd.DataFrame:
    """Say for each entry of a lexicon what it does in these texts.

    Returns
    -------
    pandas.DataFrame
        `LINT_COLUMNS`, in the order of the lexicon; see `VERDICTS`.
    """
    joined = normalize("\n".join(texts))
    ours = _Edges(joined, Segmenter(lexicon, hmm=hmm))
    plain = _Edges(joined, Segmenter(Lexicon(), hmm=hmm))
    words = list(dict.fromkeys(normalize(entry.word) for entry in lexicon.entries))
    places: dict[str, list[tuple[int, int]]] = {word: [] for word in words}
    for word, start, end in _occurrences(joined, words):
        places[word].append((start, end))
    rows = [_row(word, places[word], ours, plain) for word in words]
    return pd.DataFrame(rows, columns=list(LINT_COLUMNS))


class _Edges:
    """A text with the edges of its tokens."""

    def __init__(self, text: str, segmenter: Segmenter) -> None:
        self.text = text
        self.edges: NDArray[np.int64] = np.concatenate([[0], segmenter.ends(text)])

    def token(self, place: int) -> str:
        """The token that holds the character at a place."""
        i = int(np.searchsorted(self.edges, place, "right"))
        return self.text[self.edges[i - 1] : self.edges[i]]

    def keeps(self, start: int, end: int) -> bool:
        """Whether these characters are a token."""
        i = int(np.searchsorted(self.edges, start))
        return bool(self.edges[i] == start and self.edges[i + 1] == end)

    def has_edge(self, place: int) -> bool:
        """Whether a token begins or ends here."""
        return bool(self.edges[np.searchsorted(self.edges, place)] == place)


def _occurrences(text: str, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    machine = ahocorasick.Automaton()
    for word in words:
        machine.add_word(word, word)
    if words:
        machine.make_automaton()
        for last, word in machine.iter(text):
            yield word, last + 1 - len(word), last + 1


def _row(
    word: str, places: Sequence[tuple[int, int]], ours: _Edges, plain: _Edges
) -> tuple[str, str, int, int, str, str]:
    kept = [place for place in places if ours.keeps(*place)]
    lost = [place for place in places if not ours.keeps(*place)]
    inside = Counter(_holder(ours, *place) for place in lost)
    breaks = Counter(
        plain.token(edge) for place in kept for edge in place if not plain.has_edge(edge)
    )
    without = sum(plain.keeps(*place) for place in places)
    verdict = _verdict(len(places), len(kept), without, any(word in token for token in inside))
    return word, verdict, len(places), len(kept), _most(inside), _most(breaks)


def _holder(edges: _Edges, start: int, end: int) -> str:
    """The token that crosses the first edge of a place that has none there; else its parts."""
    if not edges.has_edge(start):
        return edges.token(start)
    if not edges.has_edge(end):
        return edges.token(end)
    first, last = np.searchsorted(edges.edges, (start, end))
    bounds = edges.edges[first : last + 1].tolist()
    return " ".join(edges.text[a:b] for a, b in pairwise(bounds))


def _verdict(places: int, kept: int, without: int, held: bool) -> str:
    if not places:
        return "absent"
    if not kept:
        return "shadowed" if held else "split"
    if without >= kept:
        return "superfluous"
    return "wins" if kept == places else "partly"


def _most(counter: Counter[str]) -> str:
    return min(counter, key=lambda word: (-counter[word], word), default="")
