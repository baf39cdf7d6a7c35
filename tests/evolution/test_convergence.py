import numpy as np
import pandas as pd
import pytest

from textmine.evolution.convergence import agreement, convergence, weighted_slope
from textmine.records import Period

SLICINGS = {
    "five": [Period(str(y), y, y + 4) for y in range(2000, 2025, 5)],
    "two": [Period("1", 2000, 2012), Period("2", 2013, 2024)],
}


def corpus(random: np.random.Generator, odds: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """40 documents a year; the log odds ratio of a and b follows `odds` over the years."""
    year = np.repeat(np.arange(2000, 2000 + len(odds)), 40)
    a = random.random(len(year)) < 0.4
    logit = -0.5 + np.repeat(odds, 40) * (a - 0.4)
    b = random.random(len(year)) < 1 / (1 + np.exp(-logit))
    ids = np.array([f"d{n}" for n in range(len(year))])
    documents = pd.DataFrame({"doc_id": ids, "year": pd.array(year, dtype="Int64")})
    found = [pd.DataFrame({"doc_id": ids[m], "concept": c}) for c, m in (("a", a), ("b", b))]
    return documents, pd.concat(found)


def verdicts(odds: np.ndarray, runs: int = 40) -> pd.Series:
    random = np.random.default_rng(1)
    one = {"five": SLICINGS["five"]}
    tables = [convergence(*corpus(random, odds), ["a", "b"], one) for _ in range(runs)]
    return pd.concat(tables)["verdict"].value_counts(normalize=True)


def test_pairs_that_come_closer_or_part_are_told_from_those_that_stay() -> None:
    assert verdicts(np.linspace(-1.2, 1.8, 25))["closer"] > 0.9
    assert verdicts(np.linspace(1.8, -1.2, 25))["apart"] > 0.9
    assert verdicts(np.full(25, 0.8), runs=120)["none shown"] > 0.9


def test_each_slicing_speaks_and_two_periods_are_too_few() -> None:
    documents, mentions = corpus(np.random.default_rng(2), np.linspace(-1.5, 2.5, 25))
    table = convergence(documents, mentions, ["a", "b"], SLICINGS).set_index("slicing")
    assert table.loc["five", "verdict"] == "closer"
    assert (table.loc["two", "note"], table.loc["two", "verdict"]) == ("too few periods", "")
    (row,) = agreement(table.reset_index()).to_dict("records")
    assert (row["closer"], row["unmeasured"], row["robust"]) == (1, 1, True)


def test_the_slope_of_exact_points_is_exact_and_scatter_widens_its_error() -> None:
    x, variance = np.arange(5.0), np.full(5, 0.01)
    slope, error = weighted_slope(x, 2 * x, variance)
    assert slope == pytest.approx(2)
    assert weighted_slope(x, 2 * x + np.array([1, -1, 0, 1, -1]), variance)[1] > 2 * error
