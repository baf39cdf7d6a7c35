import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.parse.citations import find_citations
from textmine.records import Reference

NUMBERED = tuple(Reference(n, "") for n in range(1, 13))
NAMED = (Reference(None, "甲, 2001."),)


@pytest.mark.parametrize(
    ("text", "marker", "targets"),
    [
        ("联盟促进集群[1]。", "[1]", ("1",)),
        ("联盟促进集群^[2]。", "^[2]", ("2",)),
        ("联盟促进集群[1-3]。", "[1-3]", ("1", "2", "3")),
        ("联盟促进集群［4，6］。", "［4，6］", ("4", "6")),
        ("联盟促进集群[1, 3-5]。", "[1, 3-5]", ("1", "3", "4", "5")),
        ("联盟促进集群¹²。", "¹²", ("12",)),
    ],
)
def test_numbers_are_spelt_out_and_their_place_is_kept(text, marker, targets):
    [found] = find_citations(text, NUMBERED)
    assert (text[found.start : found.end], found.targets) == (marker, targets)


@pytest.mark.parametrize("text", ["[2008]", "面积5 m²", "[99]", "[5-2]", "[a]", "云科发[2008]77号"])
def test_what_names_no_reference_is_no_marker(text):
    assert find_citations(text, NUMBERED) == ()


def test_author_and_year_are_looked_for_in_lists_without_numbers():
    text = "已有研究(Smith, 2004; Brown et al., 2010)和 Waller(2009) 表明"
    assert [c.targets for c in find_citations(text, NAMED)] == [
        ("Smith, 2004", "Brown et al., 2010"),
        ("Waller 2009",),
    ]
    assert find_citations(text, NUMBERED) == ()


@given(st.text(alphabet="[]［］^1234-,，、¹²³中。(）A ", max_size=120))
def test_markers_are_spans_in_order_that_do_not_overlap(text):
    found = find_citations(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(c.targets and text[c.start : c.end].strip() for c in found)
