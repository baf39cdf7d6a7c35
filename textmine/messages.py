"""What the package says when something cannot be done, in the reader's language.

Errors are written in English where they are raised, beside the condition that they explain. Their
Chinese stands in messages.zh.toml, found by the English text with its values cut out: a stage need
not know who will read. What has no Chinese is said in English.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

__all__ = ["bilingual", "chinese", "said"]


def chinese(text: str) -> str:
    """The Chinese of a message of one or more lines, each line by itself; empty if one has none."""
    lines = [_line(line) for line in text.split("\n")]
    return "\n".join(lines) if all(lines) else ""


def said(text: str, lang: Literal["zh", "en"]) -> str:
    """A message in the language asked for, or in English."""
    return (lang == "zh" and chinese(text)) or text


def bilingual(text: str) -> str:
    """A message in Chinese and English, for a reader whose language is not known yet."""
    translated = chinese(text)
    return f"{translated} / {text}" if translated else text


def _line(text: str) -> str:
    for pattern, translation in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return translation.format(*found.groups())
    return ""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The most specific first: the one with most text of its own."""
    source = resources.files("textmine").joinpath("messages.zh.toml").read_text("utf-8")
    pairs = sorted(tomllib.loads(source).items(), key=lambda pair: -len(pair[0].replace("{}", "")))
    # A value is on one line; [^\n] cannot run away, and few messages have more than three values.
    return tuple(
        (re.compile(re.escape(english).replace(r"\{\}", "([^\n]*?)")), translation)
        for english, translation in pairs
    )
