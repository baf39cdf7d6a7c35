import numpy as np
import pandas as pd
import pytest

from textmine.evolution.events import event_effects
from textmine.records import Event

EVENT = Event("办法", 2010)


def shares(random: np.random.Generator, jump: float) -> pd.DataFrame:
    year = np.arange(1998, 2023)
    d = random.integers(20, 60, 25)
    noise = random.gamma(10, 0.1, 25)
    mean = np.minimum(d * np.exp(-1.8 + 0.02 * (year - 2010) + jump * (year > 2010)) * noise, d)
    r = np.minimum(random.poisson(mean), d)
    return pd.DataFrame({"concept": "a", "year": year, "documents": d, "with_concept": r})


def test_no_event_no_effect() -> None:
    random = np.random.default_rng(1)
    p = [event_effects(shares(random, 0), [EVENT])["p"].iloc[0] for _ in range(300)]
    assert 0.01 < np.mean(np.array(p) < 0.05) < 0.08


def test_a_planted_jump_is_measured() -> None:
    random = np.random.default_rng(2)
    tables = [event_effects(shares(random, 1.0), [EVENT]) for _ in range(200)]
    rows = pd.concat(tables)
    assert 0.92 < ((rows["level_low"] <= np.e) & (rows["level_high"] >= np.e)).mean() <= 1
    assert (rows["verdict"] == "rose").mean() > 0.4
    assert (rows["verdict"] == "fell").sum() == 0
    assert rows["level"].median() == pytest.approx(np.e, rel=0.15)


@pytest.mark.parametrize(("year", "why"), [(2000, "too few years"), (2021, "too few years")])
def test_events_at_the_ends_of_the_series_are_refused(year: int, why: str) -> None:
    (row,) = event_effects(shares(np.random.default_rng(3), 0), [Event("x", year)]).itertuples()
    assert (row.note, row.verdict) == (why, "")


def test_a_concept_that_begins_with_the_event_has_no_factor() -> None:
    table = shares(np.random.default_rng(4), 0)
    table.loc[table["year"] <= 2010, "with_concept"] = 0
    (row,) = event_effects(table, [EVENT]).itertuples()
    assert row.note == "all before or all after"
