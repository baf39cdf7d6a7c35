"""Agreement of two codings, against scikit-learn's kappa."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from textmine.policy import agreement

SETS = st.lists(st.tuples(*[st.sets(st.sampled_from("ab"))] * 2), min_size=5, max_size=30)


@given(SETS)
def test_kappa_is_that_of_scikit_learn(pairs) -> None:
    one, two = [p[0] for p in pairs], [p[1] for p in pairs]
    for found in agreement(one, two, "ab"):
        expected = cohen_kappa_score([found.code in s for s in one], [found.code in s for s in two])
        assert found.kappa == pytest.approx(expected, nan_ok=True)


def test_the_interval_holds_the_estimate_and_counts_are_told() -> None:
    one = [{"a"}] * 30 + [set()] * 70
    two = [{"a"}] * 25 + [set()] * 75
    (found,) = agreement(one, two, ["a"])
    assert found.low < found.kappa < found.high
    assert (found.clauses, found.one, found.two, found.agreed) == (100, 30, 25, 0.95)


def test_a_code_that_nobody_gave_has_no_kappa() -> None:
    (found,) = agreement([set()] * 4, [set()] * 4, ["a"])
    assert math.isnan(found.kappa)
