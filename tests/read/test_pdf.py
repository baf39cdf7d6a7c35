"""PDF: reading order, furniture, footnotes, paragraphs, and what is refused."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from textmine.read import read, sniff
from textmine.records import Failure, RawFile, RawText
from textmine.settings import ReadSettings

DATA = os.environ.get("TEXTMINE_DATA")


def text_of(data):
    (item,) = read(RawFile("a.pdf", data))
    assert isinstance(item, RawText), item
    return item.text


def set_lines(lines, *, left=70, top=760, size=10, leading=16):
    return [(left, top - leading * n, size, line) for n, line in enumerate(lines)]


LEFT = [
    "　　产业联盟把企业和高校联在一起共同攻关技",
    "术难题并且分担研发的风险与成本。",
    "　　集群里的企业彼此相邻，知识沿着人员流动",
    "的路径扩散。左栏最后一句话还没有说完它要接",
]
RIGHT = [
    "着在右栏说下去直到句号为止。",
    "　　右栏的第二段讲创新系统的各个主体之间怎",
    "样相互依存。",
]


def test_lines_broken_in_mid_sentence_are_joined_and_paragraphs_kept_apart(make_pdf):
    text = text_of(make_pdf([set_lines(LEFT[:3])]))
    assert text.split("\n") == [
        "产业联盟把企业和高校联在一起共同攻关技术难题并且分担研发的风险与成本。",
        "集群里的企业彼此相邻，知识沿着人员流动",
    ]


def test_two_columns_are_read_one_after_the_other(make_pdf):
    title = [(180, 800, 16, "联盟与集群的共生关系研究")]
    text = text_of(make_pdf([title + set_lines(LEFT, left=60) + set_lines(RIGHT, left=320)]))
    assert text.split("\n") == [
        "联盟与集群的共生关系研究",
        LEFT[0].strip("　") + LEFT[1],
        LEFT[2].strip("　") + LEFT[3] + RIGHT[0],
        RIGHT[1].strip("　") + RIGHT[2],
    ]


def test_a_title_wider_than_the_text_does_not_keep_its_lines_apart(make_pdf):
    title = [(50, 800, 16, "关于公开征求支持产业集群发展若干措施意见的公告")]
    text = text_of(make_pdf([title + set_lines(LEFT[:2])]))
    assert text.split("\n")[1] == LEFT[0].strip("　") + LEFT[1]


def test_a_date_at_the_right_margin_is_a_line_of_its_own(make_pdf):
    lines = [*set_lines(LEFT[:2]), (190, 720, 10, "二〇二一年八月"), (70, 704, 10, "此件公开发布")]
    assert text_of(make_pdf([lines])).split("\n")[1:] == ["二〇二一年八月", "此件公开发布"]


def test_columns_are_found_when_the_file_draws_them_row_by_row(make_pdf):
    rows = [
        piece
        for pair in zip(set_lines(LEFT[:3], left=60), set_lines(RIGHT, left=320), strict=True)
        for piece in pair
    ]
    text = text_of(make_pdf([rows]))
    assert text.index("彼此相邻") < text.index("着在右栏")


def test_running_heads_and_page_numbers_are_removed(make_pdf):
    pages = [
        [
            (60, 810, 9, f"第{n}期"),
            (230, 810, 9, "某某学报"),
            *set_lines([f"这是第{'一二三四'[n]}页上独有的一句话。"]),
            (290, 40, 9, f"— {n + 41} —"),
        ]
        for n in range(4)
    ]
    assert text_of(make_pdf(pages)).split("\f") == [
        f"这是第{n}页上独有的一句话。" for n in "一二三四"
    ]


def test_a_sentence_that_stands_on_two_pages_is_no_running_head(make_pdf):
    same = "各地区各部门要认真落实本意见的要求。"
    pages = [
        set_lines(["甲页先讲别的事情。", same], top=600),
        set_lines(["乙页也先讲一件别的事情。", "然后还有一句。", same], top=500),
    ]
    assert text_of(make_pdf(pages)).count(same) == 2


def test_footnotes_stand_apart_at_the_end_of_their_page(make_pdf):
    notes = [(60, 80, 7, "①　收稿日期：二〇一九年三月。"), (60, 70, 7, "②　资料来源：统计年鉴。")]
    text = text_of(make_pdf([set_lines(LEFT[:2], left=60) + notes, set_lines(["第二页的话。"])]))
    first, second = text.split("\f")
    body, footnotes = first.split("\n\n")
    assert body.endswith("成本。")
    assert footnotes.count("\n") == 1
    assert second == "第二页的话。"


def test_hyphenated_words_are_put_together(make_pdf):
    lines = ["Regional innovation systems depend on the govern-", "ance of their clusters."]
    assert "the governance of" in text_of(make_pdf([set_lines(lines)]))


def test_numbered_headings_stay_on_lines_of_their_own(make_pdf):
    lines = ["一、总体要求", "（一）指导思想", "第一条　为促进创新，制定本办法。", "1.1 基本概念"]
    assert text_of(make_pdf([set_lines(lines)])).split("\n") == [
        "一、总体要求",
        "（一）指导思想",
        "第一条　为促进创新，制定本办法。",
        "1.1 基本概念",
    ]


def test_a_pdf_without_text_is_refused_with_the_advice_to_run_ocr(make_pdf):
    (failure,) = read(RawFile("scan.pdf", make_pdf([[]])))
    assert isinstance(failure, Failure)
    assert "no text layer" in failure.reason
    assert "OCR" in failure.remedy


def test_glyph_numbers_instead_of_characters_are_refused(make_pdf):
    (failure,) = read(RawFile("bad.pdf", make_pdf([set_lines(["(cid:12)(cid:345)(cid:6)" * 2])])))
    assert isinstance(failure, Failure)
    assert "cid" in failure.reason


def test_too_many_pages_are_refused(make_pdf):
    data = make_pdf([set_lines(["一页。"])] * 3)
    (failure,) = read(RawFile("long.pdf", data), ReadSettings(max_pages=2))
    assert isinstance(failure, Failure)
    assert "3 pages" in failure.reason


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_damaged_pdf_gives_a_text_or_a_failure(make_pdf, cut):
    data = make_pdf([set_lines(LEFT)])
    items = read(RawFile("cut.pdf", data[: int(len(data) * cut)]))
    assert all(isinstance(item, (RawText, Failure)) for item in items)


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_real_pdfs_read_within_a_second_and_the_scanned_one_is_refused():
    folder = Path(DATA) / "files"
    started = time.process_time()
    for path in sorted(folder.glob("*.pdf")):
        file = RawFile(path.name, path.read_bytes())
        assert sniff(file) == "pdf"
        (item,) = read(file)
        assert isinstance(item, Failure) == ("scanned" in path.name)
    assert time.process_time() - started < 1


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_real_sentences_broken_over_lines_come_out_whole():
    (item,) = read(RawFile("a.pdf", (Path(DATA) / "files/dbscan_zh.pdf").read_bytes()))
    assert "是一种简单有效的基于密度的聚类算法。" in item.text
    assert len(item.text.split("\f")) == 5
