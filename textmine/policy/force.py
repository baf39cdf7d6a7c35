"""How much force a policy has: by what it is, and by how strongly it is put.

Force is 1 to 5 by kind of document and level (Peng, Zhong & Sun 2008, 政策测量、政策协同演变与经济绩效,
管理世界 (4): 25–36). The degree words of its clauses say how strongly it is put (after Zheng & Dong
2023): the mean weight, 3 for strong, 2 for moderate, 1 for weak ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, NamedTuple

from pydantic import Field

from textmine.policy import cues
from textmine.policy.coding import Entry, Text, checked, read_toml

WEIGHTS = {"strong": 3, "moderate": 2, "weak": 1}
FEWEST = 10
"""Degree words below which a mean says nothing."""


class Rank(Entry):
    """A rule: these kinds of document at these levels have this force."""

    force: Annotated[int, Field(ge=1, le=5)]
    types: tuple[Text, ...] = ()
    levels: tuple[Text, ...] = ()

    def fits(self, doc_type: str, level: str) -> bool:
        """Whether the rule covers a document."""
        return (not self.types or doc_type in self.types) and (
            not self.levels or level in self.levels
        )


class Degree(Entry):
    """Words by strength."""

    strong: tuple[Text, ...]
    moderate: tuple[Text, ...]
    weak: tuple[Text, ...]


class Degrees(NamedTuple):
    """How often each strength stands in a text, and the mean weight with its 95 % interval.

    `mean` is NaN, with its interval, where fewer than ten words were found.
    """

    strong: int
    moderate: int
    weak: int
    mean: float
    low: float
    high: float


class ForceScheme(Entry):
    """Ranks in the order in which they are tried, and degree words."""

    ranks: tuple[Rank, ...]
    degree: Degree

    def force(self, doc_type: str, level: str) -> int | None:
        """The force of the first rule that fits; None where none does."""
        return next((rank.force for rank in self.ranks if rank.fits(doc_type, level)), None)

    def degrees(self, text: str) -> Degrees:
        """Count degree words; where two overlap, the longer counts.

        The interval is that of a mean of independent words: 1.96 s/√n.
        """
        words = {w: name for name in WEIGHTS for w in getattr(self.degree, name)}
        found = cues.pattern(tuple(words))
        weights = [WEIGHTS[words[match.group()]] for match in found.finditer(text)]
        strong, moderate, weak = (weights.count(weight) for weight in WEIGHTS.values())
        return Degrees(strong, moderate, weak, *_mean(weights))


def _mean(weights: Sequence[int]) -> tuple[float, float, float]:
    n = len(weights)
    if n < FEWEST:
        return (math.nan,) * 3
    mean = sum(weights) / n
    spread = math.sqrt(sum((w - mean) ** 2 for w in weights) / (n - 1) / n)
    return mean, mean - 1.96 * spread, mean + 1.96 * spread


def parse_force(text: str, *, source: str = "force.toml") -> ForceScheme:
    """Read ranks and degree words from TOML.

    Raises
    ------
    SettingsError
        When it is no TOML, or a key is missing, unknown or out of range.
    """
    raw = read_toml(text, source)
    values = {"ranks": raw.get("rank", ()), "degree": raw.get("degree", {})}
    return checked(ForceScheme, values, source)
