"""Sheets on which people look for the word that does not belong, and what came of them.

A sheet is filled by one person each, without the key; the filled sheets, CSV or xlsx, are read
back and compared with the key and with each other.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import openpyxl
import pandas as pd

from textmine import topics as modelling
from textmine.errors import UsageError
from textmine.export.tables import workbook

WORDS = 6  # five of the topic and the intruder
SHEET_COLUMNS = ("question", *(f"word_{n}" for n in range(1, WORDS + 1)), "odd_word")
AGREEMENT_COLUMNS = ("one", "two", "kappa", "questions")
KEY = "the key / 答案"


class Scores(NamedTuple):
    """Precision per topic (`SCORE_COLUMNS`), κ of every pair (`AGREEMENT_COLUMNS`), κ of all."""

    precision: pd.DataFrame
    agreement: pd.DataFrame
    kappa: float


def intrusion_files(fit: modelling.TopicFit, *, seed: int) -> dict[str, str | bytes]:
    """The sheet as CSV and xlsx, and the key; the same for the same fit and seed."""
    questions = modelling.intrusion_questions(fit, seed=seed)
    rows = [
        dict(zip(SHEET_COLUMNS, (str(n), *question.words, ""), strict=True))
        for n, question in enumerate(questions, 1)
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, SHEET_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    key = [asdict(question) for question in questions]
    return {
        # With the mark by which Excel knows UTF-8.
        "intrusion_sheet.csv": "\ufeff" + text.getvalue(),
        "intrusion_sheet.xlsx": workbook("intrusion", SHEET_COLUMNS, rows),
        "intrusion_key.json": json.dumps(key, ensure_ascii=False, indent=1) + "\n",
    }


def read_key(data: bytes, *, source: str) -> list[modelling.Question]:
    """The key that `intrusion_files` made.

    Raises
    ------
    UsageError
        When it is none.
    """
    try:
        rows = json.loads(data)
        return [modelling.Question(r["topic"], tuple(r["words"]), r["intruder"]) for r in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{source} is no key of a sheet: {error}", remedy="Run `textmine intrusion` first."
        ) from error


def read_answers(
    data: bytes, questions: list[modelling.Question], *, source: str
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The places that a filled sheet names, 0 where it is empty; shape (questions,).

    Answers are numbers from 1 or the words themselves. CSV may be UTF-8 or GB 18030, as Excel
    writes it.

    Raises
    ------
    UsageError
        When the sheet has other questions, or an answer is none of a question's words.
    """
    rows = _rows(data)
    if not rows or not set(SHEET_COLUMNS) <= set(rows[0]):
        raise UsageError(f"{source} is no sheet of questions.", remedy="Fill intrusion_sheet.xlsx.")
    answers = np.zeros(len(questions), dtype=np.int64)
    for row in rows:
        number = row["question"].strip()
        words = tuple(row[name] for name in SHEET_COLUMNS[1:-1])
        known = number.isdecimal() and 1 <= int(number) <= len(questions)
        if not known or questions[int(number) - 1].words != words:
            raise UsageError(
                f"{source}: question {number} is not one of the key's.",
                remedy="Fill the sheet that was written together with intrusion_key.json.",
            )
        answers[int(number) - 1] = _place(row["odd_word"].strip(), words, f"{source}: {number}")
    return answers


def _place(answer: str, words: tuple[str, ...], where: str) -> int:
    if not answer:
        return 0
    if answer in words:
        return words.index(answer) + 1
    plain = answer.removesuffix(".0")  # of a number in a spreadsheet
    if plain.isdecimal() and 1 <= int(plain) <= len(words):
        return int(plain)
    raise UsageError(
        f"{where}: {answer} is none of the words.",
        remedy=f"Write the word, or its number from 1 to {len(words)}.",
    )


def _rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a sheet by its header; none where it cannot be read."""
    if data.startswith(b"PK"):
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return []
        cells = [["" if c is None else str(c) for c in r] for r in book.worksheets[0].values]
        header, *body = cells or [[]]
        return [dict(zip(header, row, strict=False)) for row in body if any(row)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(io.StringIO(text))]


def intrusion_results(
    questions: list[modelling.Question],
    sheets: Mapping[str, np.ndarray[Any, np.dtype[np.int64]]],
) -> Scores:
    """What filled sheets say, by the name of the person who filled them."""
    answers = np.array(list(sheets.values()))
    key = np.array([question.intruder for question in questions])
    named = {**sheets, KEY: key}
    pairs = [
        (one, two, modelling.cohen_kappa(a, b), int(((a > 0) & (b > 0)).sum()))
        for (one, a), (two, b) in combinations(named.items(), 2)
    ]
    return Scores(
        modelling.intrusion_scores(questions, answers),
        pd.DataFrame(pairs, columns=list(AGREEMENT_COLUMNS)),
        modelling.fleiss_kappa(answers),
    )
