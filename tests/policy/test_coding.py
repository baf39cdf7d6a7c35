"""Clauses are coded by the cues of a scheme, and every code has its clause."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.errors import SettingsError
from textmine.policy import Coder, cues, parse_coding
from textmine.records import Section

SCHEMES = Path(__file__).parents[2] / "corpus" / "coding"
SCHEME = """
[scheme]
id = "t"
title = { zh = "试", en = "test" }
[[group]]
id = "supply"
name = { zh = "供给", en = "supply" }
[[code]]
id = "talent"
group = "supply"
name = { zh = "人才", en = "talent" }
cues = ["引进…人才", "博士后"]
exclude = ["引进外国人才局"]
[[code]]
id = "money"
group = "supply"
name = { zh = "资金", en = "money" }
cues = ["专项资金"]
"""
TEXT = "设立专项资金，引进海外高层次人才。人才很重要；建立博士后工作站"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(parse_coding(SCHEME))


def test_a_clause_gets_every_code_of_which_a_cue_stands_in_it(coder: Coder) -> None:
    found = [(TEXT[c.start : c.end], c.code, c.cue) for c in coder.code(TEXT)]
    first = "设立专项资金，引进海外高层次人才。"
    assert found == [
        (first, "talent", "引进海外高层次人才"),
        (first, "money", "专项资金"),
        ("建立博士后工作站", "talent", "博士后"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "引进外国人才局来访。",
        "引进技术，重视人才。",
        "引进一二三四五六七八九十一人才。",
        "引进\n人才",
    ],
)
def test_exclusions_marks_and_long_gaps_hide_a_cue(coder: Coder, text: str) -> None:
    assert coder.code(text) == []


def test_only_body_and_attachments_are_coded(coder: Coder) -> None:
    title = "关于专项资金的通知\n"
    sections = (
        Section("title", "", "", 0, 0, len(title)),
        Section("body", "", "", 1, len(title), len(title + TEXT)),
    )
    found = coder.code(title + TEXT, sections)
    assert {c.start for c in found} >= {len(title)}
    assert min(c.start for c in found) == len(title)


@given(st.text("引进专项资金人才博士后；。 \n", max_size=60))
def test_every_code_stands_in_its_clause(text: str) -> None:
    for one in Coder(parse_coding(SCHEME)).code(text):
        assert one.cue in text[one.start : one.end]


@given(st.text("引进人才…a。", max_size=30), st.lists(st.text("引进人才a", min_size=1), min_size=1))
def test_cues_without_a_gap_are_found_as_strings(text: str, words: list[str]) -> None:
    assert bool(cues.first(cues.pattern(words), text)) == any(word in text for word in words)


def test_a_megabyte_of_hostile_text_takes_no_longer_than_its_length(coder: Coder) -> None:
    assert coder.code("引进" * 250_000) == []


def test_the_scheme_of_the_project_has_the_three_kinds_of_rothwell_and_zegveld() -> None:
    scheme = parse_coding((SCHEMES / "instruments.toml").read_text("utf-8"))
    assert [g.id for g in scheme.groups] == ["supply", "environment", "demand"]
    assert len({c.id for c in scheme.codes}) == len(scheme.codes) >= 15
    used = [cue for code in scheme.codes for cue in code.cues]
    assert len(used) == len(set(used)), "a cue that gives two codes"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[scheme", "TOML"),
        (SCHEME.replace('group = "supply"', 'group = "push"'), "push"),
        (SCHEME.replace("cues", "clues"), "codes.0"),
        ("", "id"),
    ],
)
def test_a_wrong_scheme_is_named(text: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        parse_coding(text, source="mine.toml")
