"""What the tables, their columns and their verdicts are called and mean, in Chinese and English.

The words stand in glossary.toml. CSV files keep the English names, which programs rely on; what
people read on a screen, and the reference of the output files, takes its words from here.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

__all__ = ["Meaning", "column", "columns", "tables", "value"]


class Meaning(NamedTuple):
    """A short Chinese heading, and what it means in both languages."""

    heading: str
    zh: str
    en: str


@cache
def _glossary() -> dict[str, dict[str, list[str]]]:
    text = resources.files("textmine.pipeline").joinpath("glossary.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def tables() -> dict[str, Meaning]:
    """What each table holds, by its name."""
    return {name: Meaning(*words) for name, words in _glossary()["tables"].items()}


@cache
def columns() -> dict[str, Meaning]:
    """What each column means; one with a meaning of its own in a table stands as table.column."""
    return {name: Meaning(*words) for name, words in _glossary()["columns"].items()}


def column(table: str, name: str) -> Meaning | None:
    """What a column of a table means."""
    return columns().get(f"{table}.{name}") or columns().get(name)


def value(word: str, lang: Literal["zh", "en"]) -> str:
    """A word that a column takes, such as a verdict, in the language asked for."""
    known = _glossary()["values"].get(word)
    return known[0] if known and lang == "zh" else word
