import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from textmine.segment import Lexicon, Segmenter
from textmine.terms import new_words
from textmine.terms.discovery import COLUMNS
from textmine.terms.names import c_value, is_name

DATA = os.environ.get("TEXTMINE_DATA")
FOLDER = Path(__file__).parents[2] / "corpus" / "lexicon"
ROOTS = ["企业", "高校", "政府", "院所", "园区", "城市", "银行", "协会"]
COMMON = Lexicon(stop_words=frozenset(["我们", "可以"]))


def made(name: str, sentences: int = 40) -> list[str]:
    """Texts in which a name meets ever other neighbours, among sentences without it."""
    with_name = [
        f"{a}与{b}共建{name}，{name}帮助{a}，{b}加入{name}和{a}。{a}的收入提高了{i}元，{b}{name}。"
        for i, (a, b) in enumerate((a, b) for a in ROOTS for b in ROOTS if a != b)
    ]
    return ["".join(with_name[i : i + 8]) for i in range(0, min(sentences, len(with_name)), 8)]


def test_a_name_that_the_dictionary_lacks_is_found_with_its_places() -> None:
    texts = made("星火孵化港")
    table = new_words(texts, COMMON)
    row = table.set_index("term").loc["星火孵化港"]
    assert row["count"] == sum(text.count("星火孵化港") for text in texts)
    assert row["documents"] == len(texts)
    assert len(row["places"]) == 3
    for text, start, end in row["places"]:
        assert texts[text][start:end] == "星火孵化港"


def test_parts_of_a_name_are_no_candidates() -> None:
    terms = set(new_words(made("星火孵化港"), COMMON)["term"])
    assert not terms & {"星火孵化", "火孵化港", "孵化港", "火孵化"}


def test_a_name_of_the_lexicon_is_not_new() -> None:
    texts = made("星火孵化港")
    assert "星火孵化港" not in set(new_words(texts, COMMON.with_words(["星火孵化港"]))["term"])


def test_a_run_in_quotation_marks_is_a_name_whatever_its_words() -> None:
    texts = [f"{a}落实“加快去库存”，{b}也落实“加快去库存”。" for a, b in pairwise(ROOTS)]
    assert "加快去库存" in set(new_words(texts, COMMON)["term"])


def test_the_order_of_the_texts_changes_no_measure() -> None:
    texts = made("星火孵化港") + made("产学研用联盟")
    columns = [name for name in COLUMNS if name != "places"]
    one, other = (new_words(t, COMMON)[columns] for t in (texts, texts[::-1]))
    assert one.equals(other)


@pytest.mark.parametrize("texts", [[], [""], [" \n"], ["联盟"], ["联盟" * 2000]])
def test_texts_without_a_new_word_give_an_empty_table(texts: list[str]) -> None:
    table = new_words(texts, COMMON)
    assert (tuple(table.columns), len(table)) == (COLUMNS, 0)


def named(parts: list[str], spread: dict[str, float], stop_words: set[str]) -> bool:
    tags = dict(zip(parts, Segmenter().parts_of_speech(parts), strict=True))
    return is_name(parts, tags, spread, stop_words)


def test_phrases_are_no_names() -> None:
    spread = {"推进": 0.9, "加快": 0.9}
    assert not named(["加快", "改革"], spread, set())
    assert not named(["我们", "企业"], spread, {"我们"})
    assert not named(["不断", "创新"], spread, set())
    assert named(["众创", "空间"], spread, set())
    assert named(["西部", "大", "开发"], spread, set())


def test_c_value_of_nested_terms() -> None:
    # log2(6)·10; log2(4)·(25 − 10): the shorter stands 10 times inside the longer.
    values = c_value(["战略性产业园", "产业园区", "产业园"], np.array([10, 5, 25]))
    assert values == pytest.approx([25.85, 10.0, np.log2(3) * (25 - 7.5)], abs=0.01)


@pytest.mark.skipif(DATA is None, reason="TEXTMINE_DATA is not set")
def test_well_known_coinages_are_candidates_of_the_years_when_they_came_up() -> None:
    paths = sorted(Path(str(DATA)).glob("policy/central-work-reports/[12]*.txt"))
    years = [int(path.name[:4]) for path in paths]
    texts = [path.read_text("utf-8", errors="replace") for path in paths]
    stop_words = (FOLDER / "stopwords.txt").read_text("utf-8")
    table = new_words(texts, Lexicon.parse("", stop_words=stop_words))
    table["year"] = [years[places[0][0]] for places in table["places"]]
    table["rank"] = table.groupby("year")["score"].rank(ascending=False)
    table = table.set_index("term")
    for term, year in (
        ("节能减排", 2007), ("战略性新兴产业", 2010), ("雾霾", 2014), ("互联网+", 2015),
        ("一带一路", 2015), ("供给侧结构性改革", 2016), ("放管服", 2017), ("碳达峰", 2021),
    ):  # fmt: skip
        assert (table.loc[term, "year"], table.loc[term, "rank"] <= 10) == (year, True), term
