"""New words: runs that hold together and stand freely, and that the lexicon does not know.

A candidate begins and ends where the dictionary lets words begin and end. The thresholds are
not fixed numbers but what the words that the dictionary does know reach in the same corpus: they
move with its size and kind by themselves. Where names end and mere phrases begin, no count tells;
grammar removes the clearest phrases, and a person decides about the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from textmine.segment import Lexicon, Segmenter, characters
from textmine.terms import ngrams
from textmine.terms.count import doc_term
from textmine.terms.names import c_value, is_name
from textmine.terms.ngrams import CLOSING, OPENING, Level, Units
from textmine.terms.run_kernels import Ints, measure

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
PLACES = ("place0", "place1", "place2")
QUOTED = 2  # texts that put a run between quotation marks to make it a name whatever it measures


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
    # Without the hidden Markov model, for it would glue a part of a new word to its neighbour.
    segmenter = Segmenter(lexicon, hmm=False)
    units = ngrams.units(texts, segmenter)
    edges = np.cumsum(units.edge, dtype=np.int32)[units.starts]
    levels: list[Level] = []
    tables = [_empty()]
    for level, now in ngrams.levels(units.kinds, min_count=least, max_length=MAX_LENGTH):
        levels.append(level)
        if level.length > 1:
            tables.append(_measured(levels, now, units, edges))
    table = pd.concat(tables, ignore_index=True)
    table["freedom"] = table[["left", "right"]].min(axis=1)
    spread = _spread(texts, segmenter)
    chosen = _named(table[_passes(table)], units, lexicon, spread)
    chosen["c_value"] = c_value(chosen["term"].tolist(), chosen["count"].to_numpy())
    chosen["beside"] = [_beside(term, lexicon) for term in chosen["term"]]
    chosen["places"] = _places(chosen, units, texts)
    chosen = chosen.sort_values(["score", "term"], ascending=[False, True], kind="stable")
    return chosen[list(COLUMNS)].reset_index(drop=True)


def _empty() -> pd.DataFrame:
    names = ("length", "count", "documents", "cohesion", "left", "right", "quoted", "quoting",
             "fits", "known", "first", *PLACES)  # fmt: skip
    return pd.DataFrame({name: np.zeros(0) for name in names})


def _measured(levels: Sequence[Level], now: Ints, units: Units, edges: Ints) -> pd.DataFrame:
    """What each run of the last level measures, and how the dictionary cuts it.

    Left out are runs that the dictionary neither knows nor parts from what stands around them.
    """
    level = levels[-1]
    fits, whole, quoted, documents, quoting, places = measure(
        now, len(level.counts), level.length, units.kinds, units.edge[units.starts], edges,
        units.bounds, OPENING, CLOSING,
    )  # fmt: skip
    wanted = 2 * fits > level.counts  # whole ones fit, too
    left, right = ngrams.freedom(level, now, units.kinds, wanted)
    table = pd.DataFrame(
        {
            "length": level.length,
            "count": level.counts,
            "documents": documents,
            "cohesion": ngrams.cohesion(levels, level.length),
            "left": left,
            "right": right,
            "quoted": quoted,
            "quoting": quoting,
            "fits": fits / level.counts,
            "known": whole / level.counts,
            "first": level.first,
            **dict(zip(PLACES, places.T, strict=True)),
        }
    )
    return table[wanted]


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
    table: pd.DataFrame, units: Units, lexicon: Lexicon, spread: Mapping[str, float]
) -> pd.DataFrame:
    """The rows whose words make a name, with the term, its parts and its score."""
    made = []
    for length, first in table[["length", "first"]].astype(int).itertuples(index=False):
        start, end = int(units.starts[first]), int(units.starts[first + length])
        within = start + 1 + np.flatnonzero(units.edge[start + 1 : end])
        bounds = [start, *within.tolist(), end]
        made.append([characters(units.codes[a:b]) for a, b in pairwise(bounds)])
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


def _spread(texts: Sequence[str], segmenter: Segmenter) -> dict[str, float]:
    """The share of the texts that hold each word."""
    counts = doc_term(map(str, range(len(texts))), texts, segmenter, min_length=1)
    shares = counts.document_frequency / max(len(texts), 1)
    return dict(zip(counts.terms, shares.tolist(), strict=True))


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
    table: pd.DataFrame, units: Units, texts: Sequence[str]
) -> list[tuple[tuple[int, int, int], ...]]:
    """The first place of each run in each of the first three texts that hold it."""
    begins = np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])])
    found = []
    for length, *places in table[["length", *PLACES]].astype(int).itertuples(index=False):
        spans = []
        for unit in places:
            if unit >= 0:
                text = int(np.searchsorted(units.bounds, unit, "right")) - 1
                start, end = units.starts[unit], units.starts[unit + length]
                spans.append((text, int(start - begins[text]), int(end - begins[text])))
        found.append(tuple(spans))
    return found
