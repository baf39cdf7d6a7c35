import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.citations import Naming, Register, Work
from textmine.citations.register import NEAR, _NearTitles, _pairs

RULES = Work(
    "rules",
    "policy",
    "松江省科技厅关于印发《松江省联盟管理办法（试行）》的通知",
    "松科发〔2009〕47号",
    people=("松江省科技厅",),
    year=2009,
    date="2009-04-16",
    level="provincial",
    region="松江省",
)
NEW_RULES = replace(
    RULES,
    id="new rules",
    title="松江省科技厅关于印发《松江省联盟管理办法》的通知",
    doc_number="松科发〔2013〕139号",
    year=2013,
    date="2013-11-21",
)
PAPER = Work(
    "paper", "paper", "联盟何以推动集群的创新升级——以船舶业为例", people=("林舟",), year=2011
)
REPORTS = tuple(
    Work(f"{place}{year}", "policy", "政府工作报告", year=year, date=f"{year}-01-20", region=place,
         level="provincial")
    for place in ("松江省", "柳江省")
    for year in (2014, 2015)
)  # fmt: skip
REGISTER = Register([RULES, NEW_RULES, PAPER, *REPORTS])
LATER = Work("later", "paper", "后来的论文", people=("方舟",), year=2020)


def policy(title: str = "", number: str = "", **more: object) -> Naming:
    return Naming("text", "cites", title, number, is_policy=True, **more)  # type: ignore[arg-type]


def resolve(naming: Naming, citing: Work = LATER) -> tuple[str, str, str]:
    found = REGISTER.resolve(naming, citing)
    return found.target, found.by, found.reason


def test_a_number_decides_whatever_the_title() -> None:
    assert resolve(policy("联盟的办法", "松科发〔2009〕47号")) == ("rules", "number", "")


def test_a_number_is_found_when_a_citation_adds_or_drops_zi() -> None:
    assert resolve(policy(number="松科发字〔2009〕47号"))[:2] == ("rules", "number, 字 apart")


def test_a_title_without_number_finds_the_notice_that_issued_it() -> None:
    assert resolve(policy("松江省联盟管理办法（试行）")) == ("rules", "issued title", "")
    assert resolve(policy("松江省联盟管理办法"))[0] == "new rules"


def test_another_number_under_the_same_title_is_not_taken_for_it() -> None:
    target, _, reason = resolve(policy("松江省联盟管理办法", "松科发〔2018〕5号"))
    assert (target, reason) == ("", "the title has another number here")


def test_what_is_not_there_is_listed_with_the_reason() -> None:
    assert resolve(policy("外省办法", "外科发〔2008〕7号"))[2] == "not in the corpus"
    assert resolve(policy("外省园区管理办法"))[2] == "not in the corpus, no number"
    assert resolve(policy())[2] == "no title and no number"


def test_a_title_that_many_share_is_ambiguous_until_year_or_place_tells() -> None:
    found = REGISTER.resolve(policy("政府工作报告"), LATER)
    assert found.reason == "ambiguous"
    assert set(found.candidates) == {work.id for work in REPORTS}
    own = replace(RULES, id="own", year=2016, date="2016-03-01")
    assert resolve(policy("政府工作报告", year=2015), own)[0] == "松江省2015"


def test_nothing_later_is_cited() -> None:
    early = replace(
        RULES, id="early", doc_number="", title="早先的通知", date="2010-01-01", year=2010
    )
    target, _, reason = resolve(policy("松江省联盟管理办法", "松科发〔2013〕139号"), early)
    assert (target, reason) == ("", "later than the citing document")


def test_a_paper_is_found_without_subtitle_and_with_a_wrong_character() -> None:
    def cited(title: str, people: tuple[str, ...] = ("林舟",), year: int = 2011) -> Naming:
        return Naming("reference", "cites", title, people=people, year=year)

    assert resolve(cited("联盟何以推动集群的创新升级"))[:2] == ("paper", "main title")
    misprint = "联盟何以推动集群的创新升圾——以船舶业为例"
    assert resolve(cited(misprint))[:2] == ("paper", "similar title")
    assert resolve(cited(misprint, ("王舟",)))[2] == "not in the corpus"
    assert resolve(cited(misprint + "二"))[2] == "not in the corpus"
    assert resolve(cited("联盟何以推动集群的创新升级", ("王舟",)))[0] == ""


@pytest.mark.parametrize("seed", range(5))
def test_what_is_found_does_not_depend_on_the_order_of_the_works(seed: int) -> None:
    works = [RULES, NEW_RULES, PAPER, *REPORTS]
    random.Random(seed).shuffle(works)
    shuffled = Register(works)
    for naming in (
        policy("政府工作报告"),
        policy("松江省联盟管理办法"),
        policy(number="松科发〔2009〕47号"),
    ):
        assert shuffled.resolve(naming, LATER) == REGISTER.resolve(naming, LATER)


TITLES = st.text(alphabet="联盟推动产业集群创新升级研究区域体系机制", min_size=10, max_size=24)


@given(st.lists(TITLES, min_size=1, max_size=8, unique=True), TITLES)
def test_similar_titles_are_those_that_brute_force_finds(titles: list[str], asked: str) -> None:
    held = dict(enumerate(titles))
    found = _NearTitles({str(i): title for i, title in held.items()}).like(asked)
    mine = _pairs(asked)
    wanted = [
        str(i)
        for i, title in held.items()
        if 2 * len(mine & _pairs(title)) >= NEAR * (len(mine) + len(_pairs(title)))
    ]
    assert found == sorted(wanted)
