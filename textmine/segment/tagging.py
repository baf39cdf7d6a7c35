"""Words with parts of speech as `jieba.posseg` gives them, by the compiled engine.

posseg cuts by the same dictionary as jieba, but joins what the dictionary leaves single by a
model of its own, in which a state is a place in a word with a part of speech. Its tokens can
therefore differ from those of `Segmenter.cut`. A word of the dictionary always has the
dictionary's part of speech, whatever stands around it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

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
UNSEEN = -3.14e100  # posseg's logarithm of nothing
State = tuple[str, str]


class Tagger:
    """The parts of speech of a dictionary, and posseg's model for what is not in it."""

    def __init__(self, engine: CompiledEngine) -> None:
        self._engine = engine
        tag_of = _dictionary_tags()
        own = {normalize(entry.word): entry.tag for entry in engine.entries if entry.tag}
        moves = _table("prob_trans")
        states = sorted(moves)
        self.names = _names(states, tag_of.values(), own.values())
        number = {name: i for i, name in enumerate(self.names)}
        self._model = _state_model(number, states, moves)
        self._numbers = tuple(number[name] for name in (NUMBER, LATIN, UNKNOWN))
        tags = np.full(len(engine.frequency), number[UNKNOWN], dtype=np.int16)
        for words in (tag_of, own):
            tags[engine.nodes(list(words))] = [number[tag] for tag in words.values()]
        tags[0] = number[UNKNOWN]
        self._tags = tags

    def known(self, words: Sequence[str]) -> list[str]:
        """The part of speech that the dictionary or the lexicon says of each word; else x."""
        return [self.names[tag] for tag in self._tags[self._engine.nodes(words)].tolist()]

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


def _names(states: list[State], *used: Iterable[str]) -> tuple[str, ...]:
    """Every part of speech that can come out."""
    tags = {tag for _, tag in states} | {UNKNOWN, LATIN, NUMBER}
    return tuple(sorted(tags.union(*used)))


def _table(name: str) -> Any:
    """One of posseg's tables; its modules would keep all of them in memory as dictionaries."""
    return pickle.loads(resources.files("jieba").joinpath("posseg", f"{name}.p").read_bytes())


def _state_model(number: dict[str, int], states: list[State], moves: Any) -> StateModel:
    """posseg's tables as arrays."""
    listed, starts = _table("char_state_tab"), _table("prob_start")
    rank = {state: i for i, state in enumerate(states)}
    rows = sorted(
        (ord(character) - FIRST_HAN, rank[state], value, state in listed.get(character, ()))
        for state, values in _table("prob_emit").items()
        for character, value in values.items()
        if FIRST_HAN <= ord(character) <= LAST_HAN
    )
    characters, state, emit, named = map(np.array, zip(*rows, strict=True))
    move = np.full((len(states), len(states)), -np.inf)
    for before, values in moves.items():
        for after, value in values.items():
            move[rank[before], rank[after]] = value
    return StateModel(
        np.searchsorted(characters, np.arange(LAST_HAN - FIRST_HAN + 2)),
        state.astype(np.uint8),
        emit,
        named.astype(np.uint8),
        UNSEEN,
        np.array([starts[state] for state in states]),
        move,
        np.array(["BEMS".index(place) for place, _ in states], dtype=np.uint8),
        np.array([number[tag] for _, tag in states], dtype=np.int16),
    )
