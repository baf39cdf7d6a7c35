"""What reviewers say of the claims: right, wrong, or another relation; and the precision it shows.

Marks stand in a file of the user's own (claim_marks.csv in the coding folder), by the place of the
words and the two concepts, so that they outlive updates and changed rules. A claim marked wrong
counts nowhere; one that was reclassified counts as what the reviewer says.
"""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import get_args

import pandas as pd

from textmine.errors import UsageError
from textmine.evolution import wilson
from textmine.pipeline.corpus import Corpus
from textmine.records import Relation
from textmine.store.files import write_csv

KEY = ["document", "start", "end", "subject", "object"]
SAID = ["relation", "polarity"]
JUDGED = ["mark", "right_relation", "note"]
SHEET_COLUMNS = [*KEY, *SAID, "modality", "evidence", "title", *JUDGED]
MARK_COLUMNS = [*KEY, *SAID, *JUDGED]
PRECISION_COLUMNS = ["relation", "marked", "right", "precision", "low", "high"]
RIGHT, WRONG = "right", "wrong"
WORDS = {"right": RIGHT, "对": RIGHT, "1": RIGHT, "wrong": WRONG, "错": WRONG, "0": WRONG}


def marks_file(corpus: Corpus) -> Path:
    """Where the marks of a workspace stand."""
    space = corpus.workspace
    return space.root / space.settings.workspace.coding / "claim_marks.csv"


def marking_sheet(claims: pd.DataFrame, size: int, *, seed: int) -> pd.DataFrame:
    """Draw claims for a reviewer: `SHEET_COLUMNS`, the last three empty.

    `mark` takes right or wrong (对, 错); `right_relation` what it should have been.
    """
    rows = claims.sort_values([*KEY, *SAID]).reset_index(drop=True)
    chosen = random.Random(seed).sample(range(len(rows)), min(size, len(rows)))
    return rows.iloc[sorted(chosen)].assign(**dict.fromkeys(JUDGED, ""))[SHEET_COLUMNS]


def read_marks(path: Path) -> pd.DataFrame:
    """The marks of a filled sheet, or of the file that keeps them: `MARK_COLUMNS`.

    Raises
    ------
    UsageError
        When the file cannot be read, lacks a column, or holds a mark or relation that is none;
        names the row.
    """
    try:
        table = pd.read_csv(io.BytesIO(path.read_bytes()), dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}",
            remedy="Fill the sheet that `textmine claims --sheet` wrote, and save it as CSV (UTF-8).",
        ) from error
    table.columns = [str(name).lstrip("\ufeff") for name in table.columns]
    missing = set(MARK_COLUMNS) - set(table.columns)
    if missing:
        raise UsageError(
            f"{path} has no column {', '.join(sorted(missing))}.",
            remedy="Keep the columns of the sheet that `textmine claims --sheet` wrote.",
        )
    table = table[table["mark"].str.strip() != ""]
    for n, row in table.iterrows():
        _check(path, int(str(n)) + 2, str(row["mark"]).strip(), str(row["right_relation"]).strip())
    table = table.assign(
        mark=[WORDS[mark.strip()] for mark in table["mark"]],
        right_relation=table["right_relation"].str.strip(),
    )
    return table.astype({"start": int, "end": int})[MARK_COLUMNS].reset_index(drop=True)


def _check(path: Path, line: int, mark: str, relation: str) -> None:
    if mark not in WORDS:
        raise UsageError(
            f"{path}, line {line}: {mark} is no mark.", remedy="Write right or wrong (对, 错)."
        )
    if relation and relation not in get_args(Relation):
        raise UsageError(
            f"{path}, line {line}: {relation} is no relation.",
            remedy=f"There are: {', '.join(get_args(Relation))}.",
        )


def keep_marks(corpus: Corpus, new: pd.DataFrame) -> pd.DataFrame:
    """Put marks beside those kept before; a newer mark of a claim takes the place of an older one."""
    path = marks_file(corpus)
    known = kept_marks(corpus)
    joined = pd.concat([known, new]).drop_duplicates([*KEY, *SAID], keep="last")
    joined = joined.sort_values([*KEY, *SAID]).reset_index(drop=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(path, joined)
    return joined


def kept_marks(corpus: Corpus) -> pd.DataFrame:
    """The marks kept in a workspace; none where there is no file."""
    path = marks_file(corpus)
    return read_marks(path) if path.exists() else pd.DataFrame(columns=MARK_COLUMNS)


def marked(claims: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """The claims with their marks, in a column `mark`; reclassified ones under their new relation."""
    if marks.empty:
        return claims.assign(mark="")
    judged = marks[[*KEY, *SAID, "mark", "right_relation"]]
    found = claims.merge(judged, how="left", on=[*KEY, *SAID])
    found = found.fillna({"mark": "", "right_relation": ""})
    again = found["right_relation"] != ""
    relation = found["right_relation"].where(again, found["relation"])
    mark = found["mark"].where(~again, "reclassified")
    return found.assign(relation=relation, mark=mark).drop(columns="right_relation")


def precision(marks: pd.DataFrame) -> pd.DataFrame:
    """Of the claims that were judged, how many were right, by relation and in all.

    `PRECISION_COLUMNS` with Wilson's 95 % interval (1927); a reclassified claim was not right. The
    figure holds for claims drawn at random, as a sheet's are, not for those picked by hand.
    """
    rows = []
    groups = [*marks.groupby("relation", sort=True), ("all", marks)]
    for relation, part in groups if len(marks) else []:
        right = int(((part["mark"] == RIGHT) & (part["right_relation"] == "")).sum())
        low, high = wilson(right, len(part))
        rows.append((relation, len(part), right, right / len(part), float(low), float(high)))
    return pd.DataFrame(rows, columns=PRECISION_COLUMNS)
