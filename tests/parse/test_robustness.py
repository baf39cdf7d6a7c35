"""Nothing that a file may hold makes a parser raise, hang or lose its offsets."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine import parse
from textmine.records import RawText, from_plain, to_plain

PIECES = st.sampled_from([
    "摘要：", "关键词：", "Abstract:", "参考文献", "[1]", "[J].", "[EB/OL]", "一、", "（一）", "1.1",
    "图1", "收稿日期：", "基金项目：", "DOI:10.1/x", "2008年", "http://", ".", "，", "；", "\n", "\n\n",
    "\f", "王小明", "大学", "100000", "^[1]", "$", "\\", "|", "<", "《", "》", "(", "）", "第一条", " ",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=1500), st.lists(PIECES, max_size=120).map("".join)))
def test_any_text_becomes_a_document(text):
    found = parse.document(text)
    assert all(0 <= s.start <= s.end <= len(found.text) for s in found.sections)
    assert all(0 <= c.start < c.end <= len(found.text) for c in found.citations)
    assert from_plain(to_plain(found)) == found


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=600), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_is_read_as_references(text):
    parse.references(text)
    found = parse.parse_reference(text)
    assert found.raw == text


HOSTILE = [
    "[1", "[1]", "（", "(", "一、", "1.", "《", "a ", "， ", "[J]", "10.1/", "http://", "\n", "\f", "# ",
    "摘要", "1 1", ". A", "王", "[1-", "$", "图1", "2008-", "关键词：", "A B", "、", "大学", "”。",
]  # fmt: skip
FRAMES = [
    "{}",
    "题目\n\n摘要：甲。\n\n关键词：乙\n\n1 引言\n\n{}\n\n参考文献\n\n[1] 甲.乙[J].丙,2001.\n\n{}",
]


@pytest.mark.parametrize("frame", FRAMES, ids=["alone", "in a paper"])
@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_no_faster_than_the_text(unit, frame):
    def seconds(size):
        text = frame.format(unit * (size // len(unit)), unit * 1000)
        start = time.process_time()
        parse.document(RawText(text, "text"))
        return time.process_time() - start

    seconds(1_000)
    # Linear steps take tenths of a second here; a quadratic one would take minutes.
    assert seconds(300_000) < 3.0


@pytest.mark.parametrize("unit", ["[1", "A. ", "王,", "(", "[J", "《", ".2001", "10.1000/"])
def test_hostile_references_take_linear_time(unit):
    start = time.process_time()
    parse.references(unit * (300_000 // len(unit)))
    assert time.process_time() - start < 3.0
