"""New words: runs that hold together and stand freely, and that the lexicon does not know.

A candidate begins and ends where the dictionary lets words begin and end. The thresholds are
not fixed numbers but what the words that the dictionary does know reach in the same corpus: they
move with its size and kind by themselves. Where names end and mere phrases begin, no count tells;
grammar removes the clearest phrases, and a person decides about the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from textmine.segment import Batch, Lexicon, Segmenter, characters
from textmine.terms import ngrams
from textmine.terms.names import c_value, is_name
from textmine.terms.ngrams import Flags, Level, Longs, Units

COLUMNS = (
    "term", "count", "documents", "score", "cohesion", "left", "right", "c_value", "quoted",
    "parts", "beside", "places",
)  # fmt: skip
"""`new_words`: the term; occurrences; texts that hold it; cohesion × (1 + freedom) × log2(1 + texts);
cohesion at the weakest joint, at most 1; bits of freedom on either side; C-value; occurrences in quotation
marks; how it is cut now; the lexicon's entry that it would stand beside; up to three places as
(text, start, end), in different texts."""

MAX_LENGTH = 10  # units: 家庭联产承包责任制 has nine
QUANTILE = 0.1  # nine of ten known words pass a threshold that stands here
QUOTED = 2  # texts that put a run between quotation marks to make it a name whatever it measures


@dataclass(frozen=True, eq=False)
class _Cut:
    """Where the dictionary alone lets words begin, in the joined texts."""

    batch: Batch
    edge: Flags
    edges_before: Longs


def new_words(
    texts: Sequence[str], lexicon: Lexicon, *, min_count: int | None = None
) -> pd.DataFrame:
    """Find words that a lexicon lacks.

    Parameters
    ----------
    texts
        One text per document.
    min_count
        Occurrences that a word needs; by default 3, and from a million characters on more, with
        the square root of the size: in more text more repeats by chance.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, best score first, of equal ones in the order of the term.
    """
    size = sum(map(len, texts))
    least = min_count or round(3 * max(1.0, (size / 1e6) ** 0.5))
    units = ngrams.units(texts)
    levels = ngrams.levels(units.kinds, min_count=least, max_length=MAX_LENGTH)
    cut = _cut(texts, lexicon)
    tables = [_measured(levels, level, units, cut, len(texts)) for level in levels]
    table = pd.concat(tables, ignore_index=True) if tables else _empty()
    table["freedom"] = table[["left", "right"]].min(axis=1)
    chosen = _named(table[_passes(table)], cut, units, lexicon, len(texts))
    chosen["c_value"] = c_value(chosen["term"].tolist(), chosen["count"].to_numpy())
    chosen["beside"] = [_beside(term, lexicon) for term in chosen["term"]]
    chosen["places"] = _places(chosen, levels, units, texts)
    chosen = chosen.sort_values(["score", "term"], ascending=[False, True], kind="stable")
    return chosen[list(COLUMNS)].reset_index(drop=True)


def _empty() -> pd.DataFrame:
    names = ("length", "run", "count", "documents", "cohesion", "left", "right", "quoted",
             "quoting", "fits", "known", "first")  # fmt: skip
    return pd.DataFrame({name: np.zeros(0) for name in names})


def _cut(texts: Sequence[str], lexicon: Lexicon) -> _Cut:
    # Without the hidden Markov model, for it would glue a part of a new word to its neighbour.
    batch = Segmenter(lexicon, hmm=False).cut(["\n".join(texts) + "\n"])
    edge = np.zeros(len(batch.codes) + 1, dtype=np.bool_)
    edge[0] = True
    edge[batch.stops] = True
    return _Cut(batch, edge, np.cumsum(edge))


def _measured(
    levels: Sequence[Level], level: Level, units: Units, cut: _Cut, texts: int
) -> pd.DataFrame:
    """One row per frequent run of a length: what it measures, and how the dictionary cuts it."""
    n = len(level.counts)
    start, end = units.starts[level.places], units.starts[level.places + level.length]
    fits = cut.edge[start] & cut.edge[end]
    whole = fits & (cut.edges_before[end] - cut.edges_before[start] == 1)
    codes = cut.batch.codes
    quoted = (codes[np.maximum(start - 1, 0)] == ord("“")) & (codes[end] == ord("”"))
    left, right = ngrams.freedom(level, units.kinds)
    texts_of = level.runs * texts + units.document[level.places]
    return pd.DataFrame(
        {
            "length": level.length,
            "run": np.arange(n),
            "count": level.counts,
            "documents": _different(texts_of, texts, n),
            "cohesion": ngrams.cohesion(levels, level.length),
            "left": left,
            "right": right,
            "quoted": np.bincount(level.runs[quoted], minlength=n),
            "quoting": _different(texts_of[quoted], texts, n),
            "fits": np.bincount(level.runs[fits], minlength=n) / level.counts,
            "known": np.bincount(level.runs[whole], minlength=n) / level.counts,
            "first": level.first,
        }
    )


def _different(texts_of: Longs, texts: int, n: int) -> Longs:
    """How many different texts each of n runs has, from numbers run × texts + text."""
    found: Longs = np.bincount(np.unique(texts_of) // max(texts, 1), minlength=n)
    return found


def _passes(table: pd.DataFrame) -> pd.Series:
    """Which runs are not known, fit between words, and measure as known words do."""
    known = table[(table["known"] > 0.5) & (table["length"] > 1)]
    long = known[known["length"] > 2]  # a new word is mostly made of words, as these are
    cohesion = (long if len(long) >= 30 else known)["cohesion"].quantile(QUANTILE)
    freedom = known["freedom"].quantile(QUANTILE)
    unknown = (table["known"] <= 0.5) & (table["fits"] > 0.5) & (table["length"] > 1)
    measures = (table["cohesion"] >= (0.0 if np.isnan(cohesion) else cohesion)) & (
        table["freedom"] >= (0.0 if np.isnan(freedom) else freedom)
    )
    several = table["documents"] >= 2
    return unknown & ((measures & several) | (table["quoting"] >= QUOTED))


def _named(
    table: pd.DataFrame, cut: _Cut, units: Units, lexicon: Lexicon, texts: int
) -> pd.DataFrame:
    """The rows whose words make a name, with the term, its parts and its score."""
    stops = cut.batch.stops
    spread = _spread(cut, units, texts)
    made = []
    for length, first in table[["length", "first"]].astype(int).itertuples(index=False):
        start, end = int(units.starts[first]), int(units.starts[first + length])
        within = stops[np.searchsorted(stops, start, "right") : np.searchsorted(stops, end)]
        bounds = [start, *within.tolist(), end]
        made.append([characters(cut.batch.codes[a:b]) for a, b in pairwise(bounds)])
    words = sorted({part for parts in made for part in (parts[0], parts[-1])})
    tags = dict(zip(words, Segmenter(lexicon).parts_of_speech(words), strict=True))
    rows = [
        (
            quoting >= QUOTED or is_name(parts, tags, spread, lexicon.stop_words),
            "".join(parts),
            " ".join(parts),
        )
        for quoting, parts in zip(table["quoting"], made, strict=True)
    ]
    names = pd.DataFrame(rows, columns=["named", "term", "parts"], index=table.index)
    table = table.join(names)[names["named"].astype(bool)]
    reach = np.log2(1 + table["documents"])
    return table.assign(score=table["cohesion"] * (1 + table["freedom"]) * reach)


def _spread(cut: _Cut, units: Units, texts: int) -> dict[str, float]:
    """The share of the texts that hold each word."""
    numbered = cut.batch.numbered()
    starts = np.concatenate([np.zeros(1, np.int64), cut.batch.stops[:-1]])
    text = units.document[np.searchsorted(units.starts, starts, "right") - 1]
    pairs = np.unique(numbered.ids * np.int64(texts + 1) + text) // (texts + 1)
    shares = np.bincount(pairs, minlength=len(numbered.words)) / max(texts, 1)
    return dict(zip(numbered.words, shares.tolist(), strict=True))


def _beside(term: str, lexicon: Lexicon) -> str:
    """The entry with the longest end in common, of two characters or more: its head is its kind."""
    best, length = "", 1
    for entry in lexicon.entries:
        common = 0
        for a, b in zip(reversed(term), reversed(entry.word), strict=False):
            if a != b:
                break
            common += 1
        if common > length:
            best, length = entry.word, common
    return best


def _places(
    table: pd.DataFrame, levels: Sequence[Level], units: Units, texts: Sequence[str]
) -> list[tuple[tuple[int, int, int], ...]]:
    """The first place of each run in each of the first three texts that hold it."""
    begins = np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])])
    grouped = {level.length: level.grouped() for level in levels}
    found = []
    for length, run in table[["length", "run"]].astype(int).itertuples(index=False):
        places, offsets = grouped[length]
        at = places[offsets[run] : offsets[run + 1]]
        _, firsts = np.unique(units.document[at], return_index=True)
        spans = []
        for unit in at[firsts[:3]].tolist():
            text = int(units.document[unit])
            start, end = units.starts[unit], units.starts[unit + length]
            spans.append((text, int(start - begins[text]), int(end - begins[text])))
        found.append(tuple(spans))
    return found
