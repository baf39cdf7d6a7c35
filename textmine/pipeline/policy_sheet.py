"""A sheet on which people code clauses by hand, and how far they and the program agree."""

from __future__ import annotations

import random

import pandas as pd

from textmine.errors import UsageError
from textmine.pipeline.analysis import Analysis
from textmine.pipeline.corpus import Corpus
from textmine.policy import Agreement, agreement

CODERS = ("coder_1", "coder_2")
PLACE = ["doc_id", "start", "end"]
NONE = ("-", "–", "—", "无")
"""What a coder writes for a clause without a code."""


def coding_sheet(analysis: Analysis, corpus: Corpus, size: int, *, seed: int) -> pd.DataFrame:
    """Draw clauses for two people to code, without telling what the program gave.

    Half of the clauses have a code of the program's and half have none, so that both kinds of
    error show; the order does not tell which is which.

    Returns
    -------
    pandas.DataFrame
        doc_id, start, end, clause, coder_1, coder_2; the last two empty, for ids of codes parted by
        blanks, or a dash for none.
    """
    clauses = analysis.tables["policy_clauses"]
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    draw = random.Random(seed)
    chosen: list[tuple[str, int, int]] = []
    for part, most in (
        (clauses[clauses["codes"] != ""], size // 2),
        (clauses[clauses["codes"] == ""], size - size // 2),
    ):
        rows = sorted(part[PLACE].itertuples(index=False, name=None))
        chosen += draw.sample(rows, min(most, len(rows)))
    draw.shuffle(chosen)
    written = [(d, s, e, " ".join(texts[d][s:e].split()), "", "") for d, s, e in chosen]
    return pd.DataFrame(written, columns=[*PLACE, "clause", *CODERS])


def sheet_agreement(sheet: pd.DataFrame, analysis: Analysis) -> pd.DataFrame:
    """κ of each code between the two coders, and between each of them and the program.

    A clause that a coder left empty is left out of that coder's comparisons.

    Returns
    -------
    pandas.DataFrame
        first, second, and the fields of `textmine.policy.Agreement`; codes that nobody gave are
        left out.

    Raises
    ------
    UsageError
        When a column is missing, or no clause was coded.
    """
    missing = {*PLACE, *CODERS} - set(sheet.columns)
    if missing:
        raise UsageError(
            f"The sheet has no column {', '.join(sorted(missing))}.",
            remedy="Fill the sheet that `textmine policy --sheet` wrote, and keep its columns.",
        )
    clauses = analysis.tables["policy_clauses"].set_index(PLACE)["codes"]
    places = list(sheet[PLACE].itertuples(index=False, name=None))
    sides: dict[str, list[set[str] | None]] = {
        "program": [set(str(clauses.get(place, "")).split()) for place in places],
        **{name: [_codes(cell) for cell in sheet[name]] for name in CODERS},
    }
    rows = []
    for one, two in ((*CODERS,), (CODERS[0], "program"), (CODERS[1], "program")):
        pairs = [
            (a, b)
            for a, b in zip(sides[one], sides[two], strict=True)
            if a is not None and b is not None
        ]
        codes = sorted({code for pair in pairs for side in pair for code in side})
        first, second = [a for a, _ in pairs], [b for _, b in pairs]
        rows += [(one, two, *found) for found in agreement(first, second, codes)]
    if not rows:
        raise UsageError(
            "Nobody has coded a clause of this sheet.",
            remedy="Write ids of codes, or a dash for none, into coder_1 and coder_2.",
        )
    return pd.DataFrame(rows, columns=["first", "second", *Agreement._fields])


def _codes(cell: object) -> set[str] | None:
    """The codes in a cell: none for a dash, nothing known for an empty cell."""
    text = cell.strip() if isinstance(cell, str) else ""
    return None if not text else {code for code in text.split() if code not in NONE}
