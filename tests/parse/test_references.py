import os
from pathlib import Path

import pytest

from textmine import parse

DATA = os.environ.get("TEXTMINE_DATA")


def fields(raw, *names):
    found = parse.parse_reference(raw)
    return tuple(getattr(found, name) for name in names)


@pytest.mark.parametrize(
    "raw",
    [
        "[1] 王小明, 李建国. 联盟的演化[J]. 区域研究, 2005, 12(3): 15-22.",
        "［1］王小明，李建国．联盟的演化［J］．区域研究，2005，12（3）：15-22．",
        "[1]王小明,李建国.联盟的演化[J].区域研究,2005,12(3):15-22",
        "【1】 王小明；李建国. 联盟的演化 [J]. 区域研究, 2005, Vol.12, No.3: 15–22.",
        "王小明，李建国，2005. 联盟的演化[J]. 区域研究，12（3）：15-22.",
    ],
)
def test_an_article_in_every_edition_and_width(raw):
    got = fields(raw, "type", "authors", "title", "journal", "year", "volume", "issue", "pages")
    authors = ("王小明", "李建国")
    assert got == ("J", authors, "联盟的演化", "区域研究", 2005, "12", "3", "15-22")


def test_a_foreign_article_with_et_al_and_doi():
    raw = "SMITH J A, BROWN K, DOE M, et al. Clusters[J/OL]. Research Quarterly, 2003, 5(1): 1-9"
    raw += "[2010-02-03]. http://example.org/a. DOI:10.1000/xyz.5."
    got = fields(raw, "authors", "journal", "doi", "url", "accessed", "language")
    authors = ("SMITH J A", "BROWN K", "DOE M")
    journal = "Research Quarterly"
    assert got == (authors, journal, "10.1000/xyz.5", "http://example.org/a", "2010-02-03", "en")


@pytest.mark.parametrize(
    ("raw", "place", "publisher", "year", "pages"),
    [
        ("甲. 联盟论[M]. 北京: 东海出版社, 2001: 3-9.", "北京", "东海出版社", 2001, "3-9"),
        ("甲. 联盟论[M]. 2版. 乙, 译. 北京: 东海出版社, 2001.", "北京", "东海出版社", 2001, ""),
        ("甲. 联盟论[D]. 临江: 临江大学, 1997.", "临江", "临江大学", 1997, ""),
        ("Doe J. Clusters[M]. Oxford: Any Press, 1999: 7.", "Oxford", "Any Press", 1999, "7"),
        ("甲，2001. 联盟论[M]. 北京：东海出版社：3-9.", "北京", "东海出版社", 2001, "3-9"),
        ("甲. 联盟论[M]. 1996.", "", "", 1996, ""),
    ],
)
def test_place_publisher_year_and_pages_of_books(raw, place, publisher, year, pages):
    assert fields(raw, "place", "publisher", "year", "pages") == (place, publisher, year, pages)


def test_a_part_of_a_collection_names_its_host():
    raw = "甲. 联盟的类型[C]//乙. 联盟研究论文集: 第2卷. 北京: 东海出版社, 2006: 88-95."
    got = fields(raw, "title", "journal", "volume", "publisher", "pages")
    assert got == ("联盟的类型", "联盟研究论文集", "2", "东海出版社", "88-95")


def test_a_newspaper_has_a_page_and_no_issue():
    raw = "甲. 联盟在行动[N]. 云州日报, 1999-11-08(1)."
    assert fields(raw, "journal", "year", "issue", "pages") == ("云州日报", 1999, "", "1")


@pytest.mark.parametrize(
    "raw",
    [
        "科技部,云科发[2008]77号.关于构建联盟的指导意见[EB/OL]. http://example.org/a, 2009-02-21.",
        "科技部. 关于构建联盟的指导意见: 云科发〔2008〕77号[A]. 2009.",
        "科技部. 关于构建联盟的指导意见[Z]. 云科发〔2008〕77号, 2009.",
        "科技部. 关于构建联盟的指导意见（云科发〔2008〕77号）[Z]. 2009.",
    ],
)
def test_a_policy_cited_as_a_work(raw):
    found = parse.parse_reference(raw)
    assert found.is_policy
    assert found.doc_number.translate(str.maketrans("[]", "〔〕")) == "云科发〔2008〕77号"
    assert (found.authors, found.title, found.year) == (("科技部",), "关于构建联盟的指导意见", 2009)


@pytest.mark.parametrize(
    ("raw", "policy"),
    [
        ("国务院. 国家创新规划(2006—2020年)[EB/OL]. (2006-02-09). http://example.org.", True),
        ("王小明. 论技术创新政策[J]. 区域研究, 2005(3): 1-9.", False),
        ("王小明. 政府工作报告研究[M]. 北京: 东海出版社, 2001.", False),
    ],
)
def test_articles_about_policy_are_no_policies(raw, policy):
    assert parse.parse_reference(raw).is_policy is policy


def test_standards_and_patents_give_their_number():
    raw = "某委员会. 联盟管理规范: GB/T 99999—2010[S]. 北京: 某标准出版社, 2010."
    assert fields(raw, "title", "doc_number") == ("联盟管理规范", "GB/T 99999—2010")
    raw = "某公司. 一种联盟装置: CN99999999.7[P]. 2013-03-27."
    assert fields(raw, "doc_number", "year", "is_policy") == ("CN99999999.7", 2013, False)


@pytest.mark.parametrize(
    ("raw", "title", "journal", "year"),
    [
        ("1.王小明.联盟的演化.区域研究.2005.12(3)", "联盟的演化", "区域研究", 2005),
        ("王小明：《联盟的演化》，《区域研究》2005年第3期。", "联盟的演化", "区域研究", 2005),
        (
            "Doe, J. A., & Roe, R. (2004). Clusters. Any Journal, 68(1), 1-17.",
            "Clusters",
            "Any Journal",
            2004,
        ),
    ],
)
def test_styles_without_a_type_mark(raw, title, journal, year):
    assert fields(raw, "title", "journal", "year") == (title, journal, year)


def test_a_list_with_entries_on_one_line_and_over_several():
    text = "参考文献\n[1] 甲.一[J].子,2001(1):1-2. [2] 乙.二[J].\n丑,2002(2):3-\n4.\n\f\n[3] 丙.三[M].寅社,2003."
    found = parse.references(text)
    assert [(r.n, r.title, r.year) for r in found] == [
        (1, "一", 2001),
        (2, "二", 2002),
        (3, "三", 2003),
    ]
    assert found[1].pages == "3-4"


def test_a_list_by_author_and_year_has_no_numbers():
    text = "参考文献\n\n甲，2001. 一[M]. 北京：子社.\n\nDoe J，2002. Two[J]. Any Journal，5（1）：1-9.\n"
    assert [(r.n, r.year) for r in parse.references(text)] == [(None, 2001), (None, 2002)]


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA names no folder of reference pairs")
def test_fields_of_the_pairs_of_both_standards():
    import importlib.util

    path = Path(__file__).parents[2] / "benchmarks" / "parse_references.py"
    spec = importlib.util.spec_from_file_location("parse_references", path)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    for name, right, seen, _ in benchmark.scores(Path(DATA) / "references"):
        # Some pairs are fragments (a lone publisher, a lone journal) that nobody could tell apart.
        assert sum(right.values()) / sum(seen.values()) >= 0.97, name
