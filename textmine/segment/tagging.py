"""Words with parts of speech as `jieba.posseg` gives them, by the compiled engine.

posseg cuts by the same dictionary as jieba, but joins what the dictionary leaves single by a
model of its own, in which a state is a place in a word with a part of speech. Its tokens can
therefore differ from those of `Segmenter.cut`. A word of the dictionary always has the
dictionary's part of speech, whatever stands around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from textmine.segment import kernels, tagging_kernels
from textmine.segment.arrays import Codes, Longs
from textmine.segment.batch import Batch, Tagged
from textmine.segment.kernels import FIRST_HAN, LAST_HAN
from textmine.segment.normalize import normalize
from textmine.segment.tagging_kernels import StateModel

if TYPE_CHECKING:
    from textmine.segment.compiled import CompiledEngine

UNKNOWN, LATIN, NUMBER = "x", "eng", "m"


class Tagger:
    """The parts of speech of a dictionary, and posseg's model for what is not in it."""

    def __init__(self, engine: CompiledEngine) -> None:
        self._engine = engine
        tag_of = _dictionary_tags()
        own = {normalize(entry.word): entry.tag for entry in engine.entries if entry.tag}
        states, self.names = _names(tag_of.values(), own.values())
        number = {name: i for i, name in enumerate(self.names)}
        self._model = _state_model(states, number)
        self._numbers = tuple(number[name] for name in (NUMBER, LATIN, UNKNOWN))
        tags = np.full(len(engine.frequency), number[UNKNOWN], dtype=np.int16)
        for words in (tag_of, own):
            tags[engine.nodes(list(words))] = [number[tag] for tag in words.values()]
        tags[0] = number[UNKNOWN]
        self._tags = tags

    def cut(self, codes: Codes, bounds: Longs, *, hmm: bool) -> Tagged:
        """Cut many texts that stand one after another in `codes`, with parts of speech."""
        routed = kernels.routes(codes, bounds, self._engine.model, hmm)
        ends, nodes, loose, counts = routed
        tags = self._tags[nodes]
        tags[nodes < 0] = self._numbers[1]
        stops, tags, left = tagging_kernels.join_loose(
            codes, ends, tags, loose, self._model, *self._numbers
        )
        before = np.concatenate([np.zeros(1, np.int32), left])[np.cumsum([0, *counts])]
        return Tagged(Batch(codes, bounds, stops, before.astype(np.int64)), tags, self.names)


def _dictionary_tags() -> dict[str, str]:
    lines = resources.files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return {row[0]: row[2] for row in rows}


State = tuple[str, str]


def _names(*used: Iterable[str]) -> tuple[list[State], tuple[str, ...]]:
    """The states of the model in order, and every part of speech that can come out."""
    from jieba.posseg import trans_P

    states = sorted(trans_P)
    tags = {tag for _, tag in states} | {UNKNOWN, LATIN, NUMBER}
    return states, tuple(sorted(tags.union(*used)))


def _state_model(states: list[State], number: dict[str, int]) -> StateModel:
    """posseg's tables as arrays."""
    from jieba.posseg import char_state_tab_P, emit_P, start_P, trans_P
    from jieba.posseg.viterbi import MIN_FLOAT

    rank = {state: i for i, state in enumerate(states)}
    rows = sorted(
        (
            ord(character) - FIRST_HAN,
            rank[state],
            value,
            state in char_state_tab_P.get(character, ()),
        )
        for state, values in emit_P.items()
        for character, value in values.items()
        if FIRST_HAN <= ord(character) <= LAST_HAN
    )
    characters = np.array([row[0] for row in rows])
    move = np.full((len(states), len(states)), -np.inf)
    for before, values in trans_P.items():
        for after, value in values.items():
            move[rank[before], rank[after]] = value
    return StateModel(
        np.searchsorted(characters, np.arange(LAST_HAN - FIRST_HAN + 2)),
        np.array([row[1] for row in rows], dtype=np.uint8),
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows], dtype=np.uint8),
        MIN_FLOAT,
        np.array([start_P[state] for state in states]),
        move,
        np.array(["BEMS".index(place) for place, _ in states], dtype=np.uint8),
        np.array([number[tag] for _, tag in states], dtype=np.int16),
    )
