"""The PMC index: how consistently a policy covers what a policy can cover, with the evidence.

    X_i = Σ_j X_ij / T(X_i),    PMC = Σ_i X_i

over variables X_i with T(X_i) items, each 0 or 1 (Estrada 2011, doi:10.1016/j.jpolmod.2010.11.002).
Which item is 1 is a judgement: so every 1 names its sentence, and the index is given with its
range over leaving out one variable at a time, on the scale of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import Field

from textmine.policy import cues
from textmine.policy.coding import Entry, Name, Text, checked, read_toml, table
from textmine.records import Span

GRADES = ((1, "perfect"), (3, "excellent"), (5, "acceptable"))
"""With n variables: perfect from n − 1, excellent from n − 3, acceptable from n − 5, else poor."""


class Item(Entry):
    """1 where a cue stands in the text, the level is listed, or a group of instruments is used."""

    name: Name
    cues: tuple[Text, ...] = ()
    levels: tuple[str, ...] = ()
    groups: tuple[Text, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds its cues."""
        return cues.pattern(self.cues)


class Variable(Entry):
    """A variable with its items."""

    id: Text
    name: Name
    items: Annotated[tuple[Item, ...], Field(min_length=1, alias="item")]


class Cell(NamedTuple):
    """An item of a variable: its value, and the clause and cue it rests on, if it is the text."""

    variable: str
    item: str
    value: int
    start: int | None = None
    end: int | None = None
    cue: str = ""


@dataclass(frozen=True, slots=True)
class PmcScore:
    """The index of one policy.

    Attributes
    ----------
    variables
        X_i by the variable's id, 0 to 1.
    low, high
        The least and greatest n/(n − 1) Σ X_i when one variable is left out.
    """

    index: float
    variables: Mapping[str, float]
    low: float
    high: float
    grade: str
    cells: tuple[Cell, ...]


class PmcScheme(Entry):
    """The variables."""

    id: Text
    title: Name
    variables: Annotated[tuple[Variable, ...], Field(min_length=2)]

    def score(
        self,
        text: str,
        clauses: Sequence[tuple[int, int]],
        *,
        level: str = "",
        groups: Mapping[str, Span] | None = None,
    ) -> PmcScore:
        """Score one policy.

        Parameters
        ----------
        clauses
            Spans of the text in which cues count; the first clause with one is the evidence.
        level
            Of the issuing agency.
        groups
            Groups of instruments that the policy uses, each with a clause that does.
        """
        cells: list[Cell] = []
        for variable in self.variables:
            cells += (
                _cell(variable, item, text, clauses, level, groups or {}) for item in variable.items
            )
        values = {
            v.id: _share(c.value for c in cells if c.variable == v.id) for v in self.variables
        }
        n, index = len(values), sum(values.values())
        without = [(index - value) * n / (n - 1) for value in values.values()]
        return PmcScore(index, values, min(without), max(without), _grade(index, n), tuple(cells))


def _cell(
    variable: Variable,
    item: Item,
    text: str,
    clauses: Sequence[tuple[int, int]],
    level: str,
    groups: Mapping[str, Span],
) -> Cell:
    name = item.name["zh"]
    if level in item.levels:
        return Cell(variable.id, name, 1)
    for group in item.groups:
        if group in groups:
            return Cell(variable.id, name, 1, *groups[group], group)
    for start, end in clauses if item.cues else ():
        cue = cues.first(item.pattern, text, start, end)
        if cue:
            return Cell(variable.id, name, 1, start, end, cue)
    return Cell(variable.id, name, 0)


def _share(values: Iterable[int]) -> float:
    known = list(values)
    return sum(known) / len(known)


def _grade(index: float, n: int) -> str:
    return next((name for less, name in GRADES if index >= n - less), "poor")


def parse_pmc(text: str, *, source: str = "pmc.toml") -> PmcScheme:
    """Read the variables from TOML.

    Raises
    ------
    SettingsError
        When it is no TOML, or a key is missing or unknown.
    """
    raw = read_toml(text, source)
    values = {**table(raw, "scheme"), "variables": raw.get("variable", ())}
    return checked(PmcScheme, values, source)
