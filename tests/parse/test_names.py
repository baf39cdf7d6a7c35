import pytest

from textmine.parse.affiliations import affiliations, is_affiliation
from textmine.parse.names import (
    han_authors,
    latin_authors,
    names_before_place,
    pinyin_before_place,
    title_before_names,
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("王小明,李建国", ("王小明", "李建国")),
        ("王小明1\\*\\* 李建国²　欧阳雪1,2", ("王小明", "李建国", "欧阳雪")),
        ("■王　明 李建国张小红", ("王明", "李建国", "张小红")),
        ("作者：王小明（通讯作者）", ("王小明",)),
        ("“云州创新研究”课题组", ("“云州创新研究”课题组",)),
    ],
)
def test_authors_of_a_byline(line, names):
    assert han_authors(line) == names


@pytest.mark.parametrize(
    "line", ["联盟与集群研究", "理论研究", "短板、路径与方法", "引言", "", "2012年"]
)
def test_titles_are_no_authors(line):
    assert han_authors(line) == ()


def test_names_that_run_into_a_place_are_parted():
    line = "王小明1 李建国²1东海大学管理学院 南京 210000"
    title, names, places = names_before_place(line)
    assert (title, han_authors(names)) == ("", ("王小明", "李建国"))
    assert affiliations([places])[0].name == "东海大学管理学院"


def test_a_title_that_runs_into_names_is_parted():
    title, names = title_before_names("联盟与集群的协同演化及其启示王小明1 李建国2")
    assert title == "联盟与集群的协同演化及其启示"
    assert han_authors(names) == ("王小明", "李建国")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Wang Xiaoming, LI Jian-guo", ("Wang Xiaoming", "LI Jian-guo")),
        ("Wang Xiaoming1，Li Jianguo2", ("Wang Xiaoming", "Li Jianguo")),
        ("Research on Alliances", ()),
        ("Data Curation", ()),
    ],
)
def test_authors_of_an_english_byline(line, names):
    assert latin_authors(line) == names


def test_pinyin_names_between_title_and_address():
    line = "Play the Role of Alliances Wang Xiaoming Li Jianguo School of Management"
    assert pinyin_before_place(line) == (
        "Play the Role of Alliances",
        ("Wang Xiaoming", "Li Jianguo"),
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(东海大学管理学院,江苏南京 210000)", [("东海大学管理学院", "江苏南京", "210000")]),
        (
            "1东海大学管理学院南京2100002云州科技发展研究院云州310000",
            [("东海大学管理学院", "南京", "210000"), ("云州科技发展研究院", "云州", "310000")],
        ),
        ("东海大学图书馆", [("东海大学图书馆", "", "")]),
    ],
)
def test_institutions_with_city_and_postcode(line, expected):
    assert is_affiliation(line)
    assert [tuple(a) for a in affiliations([line])] == expected


def test_an_institution_broken_over_two_lines_is_one():
    assert len(affiliations(["云州科技发展研", "究院 云州 310000"])) == 1
