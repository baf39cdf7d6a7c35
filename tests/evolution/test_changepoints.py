from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest

from textmine.evolution.changepoints import (
    SHORTEST,
    _dispersion,
    changepoints,
    concept_changes,
)


def log_likelihood(r: np.ndarray, d: np.ndarray) -> float:
    rate = r.sum() / d.sum()
    return float((r * np.log(rate) + (d - r) * np.log1p(-rate)).sum())


def test_the_segmentation_is_the_cheapest_of_all() -> None:
    random = np.random.default_rng(1)
    for _ in range(15):
        d = random.integers(10, 30, 11)
        r = random.binomial(d, np.repeat(random.uniform(0.1, 0.7, 3), [4, 3, 4])).clip(1, d - 1)
        price = 2 * np.log(11) * _dispersion(r[None].astype(float), d.astype(float))
        costs = {}
        for k in range(4):
            for cuts in combinations(range(1, 11), k):
                ends = [0, *cuts, 11]
                parts = list(pairwise(ends))
                if min(b - a for a, b in parts) >= SHORTEST:
                    likely = sum(log_likelihood(r[a:b], d[a:b]) for a, b in parts)
                    costs[cuts] = k * price - likely
        assert tuple(c.at for c in changepoints(r, d)) == min(costs, key=costs.get)


@pytest.mark.parametrize(("years", "most"), [(12, 0.05), (25, 0.04), (69, 0.03)])
def test_flat_series_hardly_ever_change(years: int, most: float) -> None:
    random = np.random.default_rng(2)
    d = random.integers(15, 60, years)
    changed = [bool(changepoints(random.binomial(d, 0.2), d)) for _ in range(300)]
    assert np.mean(changed) <= most


def test_a_planted_change_is_found_with_the_range_that_holds_it() -> None:
    random = np.random.default_rng(3)
    near = held = 0
    for _ in range(200):
        d = random.integers(15, 60, 25)
        found = changepoints(random.binomial(d, np.where(np.arange(25) < 12, 0.1, 0.35)), d)
        near += len(found) == 1 and abs(found[0].at - 12) <= 1
        held += len(found) == 1 and found[0].low <= 12 <= found[0].high
    assert near / 200 > 0.9
    assert held / 200 > 0.93


def test_the_table_gives_levels_and_says_when_years_are_too_few() -> None:
    counts = [2] * 8 + [12] * 8
    table = pd.DataFrame(
        {"concept": "a", "year": range(2000, 2016), "documents": 20, "with_concept": counts}
    )
    short = table.head(5).assign(concept="b")
    change, refused = concept_changes(pd.concat([table, short])).to_dict("records")
    assert (change["year"], change["low"], change["high"]) == (2008, 2008, 2008)
    assert (change["before"], change["after"]) == (0.1, 0.6)
    assert refused["note"] == "too few years"


def test_one_year_and_none_have_no_change() -> None:
    assert changepoints([3], [5]) == []
    assert changepoints([0, 0, 0, 4, 0, 0, 0], [0, 0, 0, 9, 0, 0, 0]) == []
