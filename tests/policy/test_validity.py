"""What a policy is on a day: not yet, in force, expired, repealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.policy import in_force, status


@pytest.mark.parametrize(
    ("begin", "on", "ends", "state"),
    [
        ("2009-03-01", "2008", {}, "not yet"),
        ("2009-03-01", "2009-03-01", {}, "in force"),
        ("2009", "2009-01-01", {}, "in force"),
        ("2009-03", "2012", {"expiry": "2011-12-31"}, "expired"),
        ("2009-03", "2011", {"expiry": "2011"}, "in force"),
        ("2009-03", "2013", {"repealed": "2013-05-01"}, "repealed"),
        ("2009-03", "2013-04-30", {"repealed": "2013-05-01"}, "in force"),
        ("2009-03", "2013", {"draft": True}, "draft"),
        ("", "2013", {}, "undated"),
    ],
)
def test_status_on_a_day(begin: str, on: str, ends: dict, state: str) -> None:
    assert status(begin, on=on, **ends) == state


def test_policies_in_force_are_counted_at_the_end_of_each_year() -> None:
    rows = [("2008", "", "2010-06-01", False), ("2009-05", "2009-12-31", "", False)]
    assert in_force(rows, range(2007, 2012)) == {2007: 0, 2008: 1, 2009: 2, 2010: 0, 2011: 0}


@given(st.dates(), st.dates(), st.dates())
def test_a_policy_is_in_force_between_its_days(begin, end, on) -> None:
    state = status(begin.isoformat(), on=on.isoformat(), expiry=end.isoformat())
    assert (state == "in force") == (begin <= on <= end)
