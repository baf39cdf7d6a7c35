import re

from hypothesis import given
from hypothesis import strategies as st

from textmine.records import Document, Section, Span
from textmine.search.columns import (
    beginning,
    ending,
    left_aligned,
    one_line,
    right_aligned,
    width,
)
from textmine.search.concordance import lines_of, ordered
from textmine.search.snippets import occurrences

TEXT = "一、总则\n甲省建立产业联盟。乙市ＡＢ\n推动产业联盟发展，丙县解散产业联盟"
DOCUMENT = Document(
    "policy", TEXT, (Section("body", "一", "总则", 1, 0, len(TEXT)),), title="办法", year=2009
)


def lines(columns: int = 12):
    return lines_of("x", DOCUMENT, occurrences(TEXT, ["产业联盟"]), columns=columns)


def test_each_place_is_a_line_with_its_section_and_its_context_on_one_line() -> None:
    second = lines(20)[1]
    assert TEXT[second.start : second.end] == second.node == "产业联盟"
    assert (second.section, second.year, second.kind) == ("总则", 2009, "policy")
    assert second.left.endswith("ＡＢ 推动")
    assert "\n" not in second.left + second.right


def test_columns_line_up_though_han_characters_take_two() -> None:
    for line in lines(13):
        left, right = right_aligned(line.left, 13), left_aligned(line.right, 13)
        assert width(left) == width(right) == 13


def test_lines_sort_by_the_neighbour_on_either_side_and_keep_ties_in_order() -> None:
    assert [line.right[:1] for line in ordered(lines(), "right")] == ["", "。", "发"]
    lefts = [line.left.rstrip()[::-1] for line in ordered(lines(), "left")]
    assert lefts == sorted(lefts)
    assert ordered(lines(), "kind") == lines()


@given(st.text(max_size=40), st.integers(0, 30))
def test_pieces_are_the_longest_that_fit(text: str, columns: int) -> None:
    text = one_line(text)
    for piece, whole in (
        (beginning(text, columns), text),
        (ending(text, columns)[::-1], text[::-1]),
    ):
        assert whole.startswith(piece)
        assert width(piece) <= columns
        if piece != whole:
            assert width(whole[: len(piece) + 1]) > columns


@given(st.text(st.sampled_from("甲乙丙。a \n"), min_size=1, max_size=60), st.integers(10, 20))
def test_left_node_and_right_are_a_stretch_of_the_text(text: str, columns: int) -> None:
    document = Document("other", text, (Section("body", "", "", 0, 0, len(text)),))
    flat = one_line(text)
    for line in lines_of(
        "x", document, [Span(*m.span()) for m in re.finditer("甲", text)], columns=columns
    ):
        assert f"{line.left}{line.node}{line.right}" in flat
