"""The PMC index by hand, and the evidence of every cell."""

import pytest

from textmine.policy import parse_pmc
from textmine.records import Span

SCHEME = """
[scheme]
id = "t"
title = { zh = "试", en = "test" }
[[variable]]
id = "X1"
name = { zh = "性质", en = "nature" }
item = [
  { name = { zh = "引导" }, cues = ["引导"] },
  { name = { zh = "监管" }, cues = ["监督"] },
]
[[variable]]
id = "X2"
name = { zh = "层级", en = "level" }
item = [{ name = { zh = "中央" }, levels = ["central"] }]
[[variable]]
id = "X3"
name = { zh = "工具", en = "instruments" }
item = [{ name = { zh = "供给" }, groups = ["supply"] }, { name = { zh = "需求" }, groups = ["demand"] }]
"""
TEXT = "总则。引导企业。再引导。"
CLAUSES = [(0, 3), (3, 8), (8, 12)]


def test_the_index_is_the_sum_of_the_variables_shares() -> None:
    score = parse_pmc(SCHEME).score(TEXT, CLAUSES, level="central", groups={"supply": Span(3, 8)})
    assert score.variables == {"X1": 0.5, "X2": 1.0, "X3": 0.5}
    assert score.index == 2.0
    assert score.grade == "perfect"


def test_leaving_out_a_variable_gives_the_range_on_the_scale_of_all() -> None:
    score = parse_pmc(SCHEME).score(TEXT, CLAUSES, level="central", groups={"supply": Span(3, 8)})
    assert score.low == pytest.approx((2.0 - 1.0) * 3 / 2)
    assert score.high == pytest.approx((2.0 - 0.5) * 3 / 2)


def test_a_cell_names_the_first_clause_that_it_rests_on() -> None:
    score = parse_pmc(SCHEME).score(TEXT, CLAUSES)
    cells = {cell.item: cell for cell in score.cells}
    assert TEXT[cells["引导"].start : cells["引导"].end] == "引导企业。"
    assert cells["监管"].value == 0
    assert cells["监管"].start is None
    assert cells["中央"].value == 0


def test_nothing_found_is_poor() -> None:
    scheme = parse_pmc(SCHEME.replace('id = "X2"', 'id = "X4"'))
    assert scheme.score("", []).index == 0
