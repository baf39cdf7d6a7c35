import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.parse import layout
from textmine.parse.headings import heading


def test_a_sentence_broken_by_a_page_is_made_whole():
    lines = [
        "联盟的形式很多,主要分为研发合作、标准联盟、",
        "\f",
        "产业链合作三种。",
        "",
        "集群是另一种组织。",
    ]
    assert layout.rejoin(lines) == [
        "联盟的形式很多,主要分为研发合作、标准联盟、产业链合作三种。",
        "集群是另一种组织。",
    ]


def test_headings_stand_alone():
    lines = ["一、产业技术创新联盟与产业集群的关系及其演化研究", "联盟促进集群。"]
    assert layout.rejoin(lines, stands_alone=lambda x: heading(x) is not None) == lines


def test_a_divided_latin_word_is_closed_and_words_are_parted():
    assert layout.join("the Semi-", "conductor") == "the Semiconductor"
    assert layout.join("innovation", "system") == "innovation system"
    assert layout.join("创新", "体系") == "创新体系"
    assert layout.join("Jean-", "Paul") == "Jean-Paul"


@pytest.mark.parametrize(
    ("line", "finished"),
    [
        ("联盟促进集群。", True),
        ("联盟促进集群^[1]。", True),
        ("联盟促进集群。[1-3]", True),
        ("他说：“联盟促进集群。”", True),
        ("联盟促进集群", False),
        ("联盟促进集群[2]", False),
        ("", False),
    ],
)
def test_a_finished_line_ends_in_a_stop(line, finished):
    assert layout.ends_sentence(line) is finished


def test_spaces_around_han_characters_go_and_those_between_latin_words_stay():
    assert (
        layout.tidy_spaces("产 业 集 群 在 AT & T 有 3 个 方面, 即")
        == "产业集群在AT & T有3个 方面,即"
    )
    assert layout.tidy_spaces("创新模式 构建联盟") == "创新模式 构建联盟"


def test_running_heads_and_page_numbers_are_dropped():
    bodies = ["联盟由企业组成", "集群在地理上集中", "网络连接主体", "系统包含网络"]
    pages = [["科技论坛", "", body, "", f"— {i} —"] for i, body in enumerate(bodies, 41)]
    kept = [[line for line in page if line] for page in layout.drop_running_heads(pages)]
    assert kept == [[body] for body in bodies]


@given(st.lists(st.text(max_size=80), max_size=20))
def test_rejoining_loses_no_visible_character_but_division_hyphens(lines):
    def seen(text):
        return "".join(text.split()).replace("-", "")

    cleaned = [layout.clean(line).replace("\n", " ") for line in lines]
    assert seen("".join(layout.rejoin(cleaned))) == seen("".join(cleaned))


@pytest.mark.parametrize("unit", ["（", "[1", "一、", "中 ", " ", "a-\n", "）", "\f"])
def test_a_megabyte_of_anything_takes_linear_time(unit):
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    layout.rejoin(layout.clean(layout.tidy_spaces(text)).split("\n"), stands_alone=lambda x: False)
    assert time.process_time() - start < 5
