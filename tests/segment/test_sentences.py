from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.segment import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联盟推动集群。集群促进创新！真的吗？", ["联盟推动集群。", "集群促进创新！", "真的吗？"]),
        ("他说：“联盟很好。”集群也好。", ["他说：“联盟很好。”", "集群也好。"]),
        ("一是人才；二是资金。", ["一是人才；", "二是资金。"]),
        ("投入增长12.5%，共3.6亿元。完", ["投入增长12.5%，共3.6亿元。", "完"]),
        ("标题\n\n正文一句。\n", ["标题", "正文一句。"]),
        ("Firms cooperate. Clusters grow.", ["Firms cooperate.", "Clusters grow."]),
        ("等等……然后", ["等等……", "然后"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@given(st.text(st.sampled_from("联盟。！\n ”；.A…"), max_size=60))
def test_sentences_hold_everything_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
