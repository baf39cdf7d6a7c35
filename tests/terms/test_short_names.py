import time

import pytest

from textmine.segment import Lexicon, Segmenter
from textmine.terms import abbreviations
from textmine.terms.short_names import ABBREVIATION_COLUMNS

SEGMENTER = Segmenter(Lexicon.parse("产业技术创新战略联盟"))


def pairs(text: str) -> list[tuple[str, str]]:
    table = abbreviations([text], SEGMENTER)
    return list(zip(table["short"], table["full"], strict=True))


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("认定产业技术创新战略联盟（以下简称“联盟”）。", "联盟", "产业技术创新战略联盟"),
        ("中国科学院（以下简称中科院）与地方共建", "中科院", "中国科学院"),
        ("按照《临江省集群发展规划》(以下简称《规划》)执行", "规划", "临江省集群发展规划"),
        ("加快建设自由贸易试验区（下称自贸试验区）", None, None),
        ("企业（简称：甲方）签订合同", None, None),
        ("设立国家安全委员会（以下统简称“国安会”，下同）", "国安会", "国家安全委员会"),
    ],
)
def test_a_short_name_is_paired_with_the_full_one(text, short, full) -> None:
    assert pairs(text) == ([(short, full)] if short else [])


def test_places_and_counts_are_those_of_the_definitions() -> None:
    texts = ["无", "中国科学院（以下简称中科院）。" * 2, "由中国科学院(简称“中科院”)"]
    row = abbreviations(texts, SEGMENTER).iloc[0]
    assert (row["count"], row["documents"]) == (3, 2)
    text, start, end = row["place"]
    assert texts[text][start:end] == "中国科学院（以下简称中科院）"


def test_texts_without_definitions_give_an_empty_table() -> None:
    assert tuple(abbreviations([""], SEGMENTER).columns) == ABBREVIATION_COLUMNS


def test_hostile_text_takes_linear_time() -> None:
    start = time.process_time()
    for text in (
        "（以下简称" * 100_000,
        "（" * 500_000,
        "（ " * 300_000 + "简称",
        "（简称“" + "词" * 10**6,
    ):
        abbreviations([text], SEGMENTER)
    assert time.process_time() - start < 10
