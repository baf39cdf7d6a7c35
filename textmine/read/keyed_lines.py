"""Collections with a text a line, after a key and a tab: "1999<tab>1999年政府工作报告……".

Corpora are passed on like this, without a header. A key that is a year, or a date, dates the text.
"""

from __future__ import annotations

import re

from textmine.errors import ReadError
from textmine.read.plaintext import refuse_garbage
from textmine.read.source import Source
from textmine.records import RawText
from textmine.settings import ReadSettings

NAME = "keyed lines"

_LINE = re.compile(r"\s*(?P<key>[^\t\n]{1,60}?)\s*\t(?P<text>[^\n]*)")
_DATED = re.compile(r"(?:18|19|20)\d{2}(?:-\d{2}(?:-\d{2})?)?")
_FEWEST = 3
_SHORTEST = 300
"""Characters, on average: shorter rows are those of a table, not documents."""
_GAP = re.compile(r"\t+|[ \u3000]{4,}")
"""What is left of line ends in a text that was put on one line."""


def matches(source: Source) -> bool:
    """Every line has a key of its own before a tab, and long texts follow the keys."""
    lines = _lines(source)
    rows = [_LINE.fullmatch(line) for line in lines]
    if len(rows) < _FEWEST or None in rows:
        return False
    keys = {row["key"] for row in rows if row}
    length = sum(len(row["text"]) for row in rows if row)
    return len(keys) == len(rows) and length >= _SHORTEST * len(rows)


def read(source: Source, limits: ReadSettings) -> list[RawText]:
    """One text a line, in order."""
    texts: list[RawText] = []
    for line in _lines(source):
        row = _LINE.fullmatch(line)
        if row is None:
            raise ReadError("a line without a key", remedy="Begin each line with a key and a tab.")
        key, text = row["key"], _GAP.sub("\n", row["text"]).strip()
        refuse_garbage(text)
        dated = {"date": key} if _DATED.fullmatch(key) else {"id": key}
        decoded = source.decoded
        texts.append(
            RawText(text, NAME, source.path, len(texts), decoded.encoding, dated, decoded.warnings)
        )
    return texts


def _lines(source: Source) -> list[str]:
    return [line for line in source.text.split("\n") if line.strip()]
