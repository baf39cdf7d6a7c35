"""Cues: strings that a clause is recognised by, with … for a short gap."""

from __future__ import annotations

import re
from collections.abc import Sequence

GAP = 10
"""Characters that … stands for, at most: the object between a verb and its head is seldom longer."""


def pattern(cues: Sequence[str], exclude: Sequence[str] = ()) -> re.Pattern[str]:
    """One expression that finds any of the cues; what is excluded is found, too, without a group.

    Of several that begin at one place the longest as written is taken, so that an exclusion that
    holds a cue hides it. The group `cue` is set where a cue was found. The gap is bounded and has
    no marks in it, so that the time is linear in the text.
    """
    rows = [(cue, True) for cue in cues] + [(text, False) for text in exclude]
    rows.sort(key=lambda row: -len(row[0]))
    parts = []
    for n, (text, counts) in enumerate(rows):
        written = re.escape(text).replace("…", f"[^。；，、\\n]{{0,{GAP}}}?")
        parts.append(f"(?P<c{n}>{written})" if counts else f"(?:{written})")
    return re.compile("|".join(parts))


def first(found: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> str:
    """The first cue in a stretch of a text; empty if there is none."""
    for match in found.finditer(text, start, len(text) if end is None else end):
        if match.lastgroup:
            return match.group()
    return ""
