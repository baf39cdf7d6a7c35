import numpy as np
import pandas as pd
import pytest

from textmine.evolution.lifecycle import life_cycle, life_cycles

YEARS = np.arange(25)
LOGISTIC = 1 / (1 + np.exp(-np.log(81) / 10 * (YEARS - 12)))
CURVES = {"rise": 0.5 * LOGISTIC, "fall": 0.5 * (1 - LOGISTIC)}
CURVES["pulse"] = 2 * LOGISTIC * (1 - LOGISTIC)


def table(relevant: np.ndarray, documents: np.ndarray, concept: str = "a") -> pd.DataFrame:
    columns = {"concept": concept, "year": 2000 + np.arange(len(relevant))}
    return pd.DataFrame({**columns, "documents": documents, "with_concept": relevant})


@pytest.mark.parametrize("shape", sorted(CURVES))
def test_a_planted_shape_is_found_with_its_turning_point(shape: str) -> None:
    random = np.random.default_rng(1)
    right = held = 0
    for _ in range(80):
        d = random.integers(15, 60, 25)
        cycle = life_cycle(random.binomial(d, CURVES[shape]), d)
        right += cycle.shape == shape
        held += cycle.shape == shape and cycle.low <= 12 <= cycle.high
    assert right / 80 >= 0.88
    assert held / right >= 0.92


def test_flat_series_have_no_life_cycle() -> None:
    random = np.random.default_rng(2)
    shapes = []
    for _ in range(150):
        d = random.integers(15, 60, 25)
        shapes.append(life_cycle(random.binomial(d, 0.25), d).shape)
    assert np.mean([s != "flat" for s in shapes]) <= 0.06


def test_phases_follow_the_curve() -> None:
    d = np.full(25, 200)
    counts = {shape: np.round(d * p).astype(int) for shape, p in CURVES.items()}
    tables = [table(r, d, shape) for shape, r in counts.items()]
    early = table(counts["rise"][:14], d[:14], "early")
    found = life_cycles(pd.concat([*tables, early])).set_index("concept")
    assert found["phase"].to_dict() == {
        "rise": "maturity",
        "fall": "past",
        "pulse": "past",
        "early": "not identified",
    }
    assert found.loc["rise", "turn"] == pytest.approx(2012, abs=0.5)
    assert found.loc["rise", "height"] == pytest.approx(0.5, abs=0.02)


def test_few_years_and_absent_concepts_are_said_so() -> None:
    five, none = np.full(5, 3), np.zeros(20, dtype=int)
    d = np.full(20, 20)
    found = life_cycles(pd.concat([table(five, d[:5], "five"), table(none, d, "none")]))
    assert found["note"].tolist() == ["too few years", "in no document"]


def test_years_that_are_missing_from_the_table_keep_their_place() -> None:
    whole = table(np.round(200 * CURVES["pulse"]).astype(int), np.full(25, 200))
    gaps = whole[~whole["year"].isin((2001, 2002, 2003, 2005, 2020))]
    assert life_cycles(gaps)["turn"].iloc[0] == pytest.approx(2012, abs=0.5)


def test_years_without_documents_say_nothing() -> None:
    d = np.full(25, 200)
    r = np.round(d * CURVES["rise"]).astype(int)
    gap = np.where(YEARS == 20, 0, 1)
    full, holed = life_cycle(r, d), life_cycle(r * gap, d * gap)
    assert abs(full.turn - holed.turn) <= 0.5
