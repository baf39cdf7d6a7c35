from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.evolution.periods import (
    changepoint_periods,
    equal_documents,
    equal_years,
    shifted,
    within,
)
from textmine.records import Period


@given(st.integers(1950, 2020), st.integers(0, 60), st.integers(1, 12))
def test_equal_years_tile_the_span(first: int, length: int, width: int) -> None:
    periods = equal_years(first, first + length, width)
    covered = [y for p in periods for y in range(p.first, p.last + 1)]
    assert covered == list(range(first, first + length + 1))
    assert all(p.last - p.first + 1 == width for p in periods[1:])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(2000, 2008), min_size=1, max_size=40), st.integers(1, 4))
def test_equal_documents_is_the_evenest_of_all_slicings(years: list[int], parts: int) -> None:
    periods = equal_documents(years, parts)
    counts = np.bincount(np.array(years) - min(years))
    parts = min(parts, int((counts > 0).sum()))
    assert len(periods) == parts
    found = sum(sum(y in p for y in years) ** 2 for p in periods)
    slicings = combinations(range(1, len(counts)), parts - 1)
    sums = [sum(int(c.sum()) ** 2 for c in np.split(counts, cuts)) for cuts in slicings]
    assert found == min(sums)


def test_changepoint_periods_break_where_a_concept_jumps() -> None:
    rows = [
        (concept, year, 30, high if year >= 2010 else 3)
        for concept, high in (("a", 20), ("b", 3))
        for year in range(2000, 2020)
    ]
    shares = pd.DataFrame(rows, columns=["concept", "year", "documents", "with_concept"])
    assert changepoint_periods(shares) == (
        Period("2000–2009", 2000, 2009),
        Period("2010–2019", 2010, 2019),
    )
    assert len(changepoint_periods(shares[shares["concept"] == "b"])) == 1


def test_periods_are_shifted_and_selected() -> None:
    periods = (Period("a", 2001, 2005), Period("b", 2006, 2010))
    assert shifted(periods, 1)[1] == Period("b", 2007, 2011)
    assert within(periods, 2006, 2030) == periods[1:]
