"""The co-evolution in words, in Chinese and English, from the tables and with their uncertainty.

Nothing is said that a table does not hold, and what was tested without result is said too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from textmine.figures.theme import Lang
from textmine.report import words_en, words_zh

# A proximity between 0 and 1 with an interval as wide as this says nothing; the figure shows it.
UNTOLD = 1.0


@dataclass(frozen=True, eq=False)
class Story:
    """What the words are made of: the tables of the evolution, labels, the numbered events."""

    tables: Mapping[str, pd.DataFrame]
    names: Mapping[str, str]
    events: pd.DataFrame


def paragraphs(story: Story, lang: Lang) -> list[str]:
    """The story in one language: concepts, pairs, sources and events, caution."""
    say: Any = words_zh if lang == "zh" else words_en
    concepts = say.join(say.concept(*facts) for facts in _concepts(story))
    every = list(_pairs(story))
    told = [facts for facts in every if _tells(*facts)]
    silent = [(a, b) for a, b, *rest in every if not _tells(a, b, *rest)]
    pairs = say.join(iter([*(say.pair(*facts) for facts in told), *say.silent(silent)]))
    sources = say.sources(*_sources(story))
    events = say.events(story.events, *_events(story))
    return [text for text in (concepts, pairs, sources + say.GAP + events, say.CAUTION) if text]


def _concepts(story: Story) -> Iterator[tuple[str, pd.DataFrame, list[Any], Any, Any, list[Any]]]:
    """Per concept: label, yearly rows, bursts, life cycle, trend, changes of level."""
    tables = story.tables
    cycles = tables["concept_life_cycles"].set_index("concept")
    trends = tables["concept_trends"].set_index("concept")
    for concept, part in tables["concept_shares"].groupby("concept", sort=False):
        bursts = tables["concept_bursts"]
        bursts = bursts[(bursts["concept"] == concept) & bursts["first"].notna()]
        changes = tables["concept_changes"]
        changes = changes[(changes["concept"] == concept) & (changes["note"] == "")]
        yield (
            story.names[str(concept)],
            part,
            list(bursts.itertuples()),
            cycles.loc[concept],
            trends.loc[concept],
            list(changes.itertuples()),
        )


def _pairs(story: Story) -> Iterator[tuple[str, str, list[Any], Any, list[Any], Any, Any]]:
    """Per pair: labels, periods that differ from chance, slicings, proximities, lead, symbiosis."""
    tables = story.tables
    met, near = tables["concept_meetings"], tables["proximity"]
    agreed = tables["slicing_agreement"].set_index(["a", "b"])
    leads = tables["lead_lag_concepts"].set_index(["first", "second"])
    for row in tables["symbiosis"].itertuples():
        a, b = row.a, row.b
        shown = met[(met["a"] == a) & (met["b"] == b) & (met["q"] < 0.05)]
        words = near[
            (near["slicing"] == "named")
            & (near["a"] == a)
            & (near["b"] == b)
            & (near["high"] - near["low"] < UNTOLD)
        ]
        yield (
            story.names[a],
            story.names[b],
            list(shown.itertuples()),
            agreed.loc[(a, b)],
            list(words.itertuples()),
            leads.loc[(a, b)],
            row,
        )


def _tells(
    a: str, b: str, met: list[Any], agreed: Any, words: list[Any], lead: Any, pair: Any
) -> bool:
    """Whether anything at all is shown of a pair."""
    del a, b, words
    directed = int(agreed["closer"]) + int(agreed["apart"]) > 0
    leads = lead["verdict"] not in ("", "none shown")
    return bool(met) or directed or leads or pair.relation not in ("", "not identified")


def _sources(story: Story) -> tuple[int, int, list[tuple[str, Any]]]:
    """Comparisons that could be made, those that could not, and those that show a lead."""
    table = story.tables["lead_lag_sources"]
    made = table[table["note"] == ""]
    shown = made[made["verdict"] != "none shown"]
    found = [(story.names[row.concept], row) for row in shown.itertuples()]
    return len(made), len(table) - len(made), found


def _events(story: Story) -> tuple[int, list[tuple[str, Any]]]:
    table = story.tables["event_effects"]
    shown = table[table["verdict"].isin(("rose", "fell"))]
    tested = int((table["note"] == "").sum())
    return tested, [(story.names[row.concept], row) for row in shown.itertuples()]
