from hypothesis import given
from hypothesis import strategies as st

from textmine.records import Span
from textmine.search.snippets import occurrences, snippet

TEXT = "第一句没有什么。" * 20 + "产业联盟推动了产业集群的发展。" + "最后一句。" * 20


def test_the_passage_with_most_different_strings_is_shown_from_its_sentence() -> None:
    shown = snippet("产业联盟。" + TEXT, ["产业联盟", "产业集群"])
    assert shown.text.startswith("产业联盟推动了产业集群")
    assert [shown.text[a:b] for a, b in shown.highlights] == ["产业联盟", "产业集群"]


def test_longer_strings_win_over_strings_inside_them() -> None:
    assert occurrences("产业集群", ["集群", "产业集群"]) == [Span(0, 4)]


def test_white_space_width_and_case_make_no_difference() -> None:
    assert occurrences("Ｒegional\n  Innovation", ["regional innovation"]) == [Span(0, 21)]


def test_without_a_hit_the_beginning_is_shown() -> None:
    assert snippet(TEXT, ["欧洲"], length=10).text == TEXT[:10]


@given(st.text(max_size=300), st.lists(st.text(max_size=3), max_size=3), st.integers(1, 50))
def test_highlights_lie_within_the_passage_and_the_passage_in_the_text(text, strings, length):
    shown = snippet(text, strings, length=length)
    assert len(shown.text) == len(text[shown.start : shown.start + len(shown.text)])
    for start, end in shown.highlights:
        assert 0 <= start < end <= len(shown.text)
