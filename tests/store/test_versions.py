from dataclasses import replace

import pytest

from textmine.records import Document, Hit
from textmine.store.index import SearchIndex
from textmine.store.versions import grouped, same_work
from textmine.update import bring_up_to_date

ONE = Document(
    text="", kind="paper", title="产业集群与创新网络的演化", authors=("李明",), year=2008
)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "产业集群与创新网络的演化 "},
        {"title": "「产业集群」与创新网络的演化"},
        {"authors": ()},
        {"authors": ("李明", "王芳")},
        {"year": 2009},
        {"year": None, "doi": "10.1/x"},
    ],
)
def test_versions_agree_in_what_both_state(change) -> None:
    other = replace(ONE, **change)
    assert same_work(ONE, other)
    assert same_work(other, ONE)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "产业集群与创新网络的演进"},
        {"authors": ("王芳",)},
        {"year": 2010},
    ],
)
def test_one_statement_that_differs_parts_two_works(change) -> None:
    assert not same_work(ONE, replace(ONE, **change))
    number = replace(ONE, doc_number="国科发政〔2008〕1号")
    assert not same_work(number, replace(ONE, doc_number="国科发政〔2008〕2号"))
    assert not same_work(replace(ONE, title="通知"), replace(ONE, title="通知"))


def test_every_city_has_a_report_of_the_same_title() -> None:
    def report(text: str) -> Document:
        return Document(kind="policy", text=text, title="政府工作报告", year=2024)

    one = report("甲市去年建成了三个产业集群，新增企业二百家，研发投入增长一成。" * 5)
    assert not same_work(one, report("乙市推进港口与铁路联运，组建航运联盟，开通两条航线。" * 5))
    assert same_work(one, report(one.text + "（转载）"))


def test_versions_stand_under_the_first_of_them() -> None:
    a, b, c = (Hit(i, "", None, "paper", 1.0) for i in "abc")
    a, c = replace(a, versions=("c",)), replace(c, versions=("a",))
    assert [(place, hit.id) for place, hit in grouped([a, b, c])] == [(0, "a"), (1, "b")]


def test_a_reprint_on_another_site_is_found_with_its_original(make_workspace) -> None:
    space = make_workspace(["policy/2004*"])
    head = "关于推动白云产业集群与联盟建设的意见\n\n各有关单位：\n\n"
    for name, rest in (("甲站", "请推动联盟建设。\n"), ("乙站", "请推动联盟建设。（转载）\n")):
        (space.documents / f"{name}.txt").write_text(head + rest, encoding="utf-8")
    bring_up_to_date(space, workers=1)
    with space.catalogue() as catalogue:
        hits = SearchIndex(space, catalogue).search("title:白云产业集群").hits
    assert len(hits) == 2
    assert [hit.versions for hit in hits] == [(hits[1].id,), (hits[0].id,)]
