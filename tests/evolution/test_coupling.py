import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.evolution.coupling import coupling_coordination, coupling_table

LEVEL = st.floats(0, 1)


@given(LEVEL, LEVEL)
def test_all_three_stay_between_0_and_1_and_do_not_mind_the_order(a: float, b: float) -> None:
    found = [float(v) for v in coupling_coordination(a, b)]
    assert found == pytest.approx([float(v) for v in coupling_coordination(b, a)])
    assert all(-1e-12 <= v <= 1 + 1e-12 for v in found)


@given(st.floats(0.01, 1))
def test_equal_levels_are_wholly_coupled(u: float) -> None:
    c, t, d = coupling_coordination(u, u)
    assert (float(c), float(t), float(d)) == pytest.approx((1, u, np.sqrt(u)))


def test_a_hand_computed_example() -> None:
    c, t, d = coupling_coordination(0.9, 0.1)
    assert (float(c), float(t), float(d)) == pytest.approx((0.6, 0.5, np.sqrt(0.3)))


def test_levels_are_relative_to_the_concept_s_own_height() -> None:
    rows = [("a", 2000, 0.1), ("a", 2001, 0.2), ("b", 2000, 0.4), ("b", 2001, 0.8)]
    table = coupling_table(pd.DataFrame(rows, columns=["concept", "year", "share"]))
    assert table["coordination"].tolist() == pytest.approx([np.sqrt(0.5), 1.0])
    assert table["grade"].tolist() == ["中级协调", "优质协调"]
