"""Definitions, kinds and parts of concepts, by the words after their mention."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.claims.definitions import statements
from textmine.concepts import Matcher, parse_scheme

ROOT = Path(__file__).parents[2]
MATCHER = Matcher(parse_scheme((ROOT / "corpus" / "concepts.toml").read_text("utf-8")))


def said(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(s.concept, s.said, s.items) for s in statements(text, MATCHER.mentions(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "所谓产业联盟（以下简称联盟）是指企业之间为共同目标订立的合作组织。",
            ("alliance", "definition", ("企业之间为共同目标订立的合作组织",)),
        ),
        (
            "产业集群主要分为轮轴式、卫星平台式和马歇尔式三种类型。",
            ("cluster", "kind", ("轮轴式", "卫星平台式", "马歇尔式")),
        ),
        (
            "区域创新系统由企业、大学以及中介机构等组成。",
            ("regional_innovation_system", "part", ("企业", "大学", "中介机构")),
        ),
    ],
)
def test_what_is_said_of_a_concept(text: str, expected: tuple) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "产业集群有很多问题，需要研究。",
        "产业集群由地方政府在多年以前根据国家有关文件的要求统一规划、建设而后逐步形成和组成。",
        "我们研究的是指标体系。产业集群发展很快。",
        "产业集群是指南针。",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert said(text) == []


@given(
    st.lists(
        st.sampled_from(["产业联盟", "是指", "由", "、", "组成", "分为", "企业", "三类", "。"])
    )
)
def test_the_words_are_a_stretch_of_the_text_from_the_concept_on(parts: list[str]) -> None:
    text = "".join(parts)
    mentions = MATCHER.mentions(text)
    for one in statements(text, mentions):
        assert (one.start, one.concept) in {(m.start, m.concept) for m in mentions}
        assert all(item in text for item in one.items)


def test_time_is_linear_in_a_hostile_text() -> None:
    text = "产业联盟由" + "企业、" * 200_000
    assert said(text) == []
