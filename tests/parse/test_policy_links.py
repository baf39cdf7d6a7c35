"""What a policy repeals, amends, forwards, issues and cites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.parse.policy_links import links


@pytest.mark.parametrize(
    ("text", "relation", "title", "number"),
    [
        (
            "根据《关于构建联盟的意见》（国科发政〔2008〕770号），制定本办法",
            "cites",
            "关于构建联盟的意见",
            "国科发政〔2008〕770号",
        ),
        ("为落实国科发计字[2001]1188号文件要求", "cites", "", "国科发计字〔2001〕1188号"),
        (
            "国科发政〔2008〕770号《关于构建联盟的意见》",
            "cites",
            "关于构建联盟的意见",
            "国科发政〔2008〕770号",
        ),
        ("本条例自公布之日起施行。《临江省专利条例》同时废止。", "repeals", "临江省专利条例", ""),
        (
            "原《联盟管理办法（试行）》（临科发〔2009〕47号）同时废止",
            "repeals",
            "联盟管理办法（试行）",
            "临科发〔2009〕47号",
        ),
        ("现将《孵化器管理办法》印发给你们，请认真执行。", "issues", "孵化器管理办法", ""),
        ("关于印发《集群培育方案》的通知", "issues", "集群培育方案", ""),
        (
            "科技部《关于建设体系的意见》已经国务院同意，现转发给你们",
            "forwards",
            "关于建设体系的意见",
            "",
        ),
        ("国务院关于修改《技术合同条例》的决定", "amends", "技术合同条例", ""),
        ("对《孵化器管理办法》作如下修改：", "amends", "孵化器管理办法", ""),
    ],
)
def test_a_relation_is_read_from_the_clause(text, relation, title, number):
    (link,) = links(text)
    assert (link.relation, link.title, link.doc_number) == (relation, title, number)


def test_a_list_of_titles_shares_the_verb_at_its_end():
    found = links("2003年发布的《甲条例》和2005年发布的《乙办法》（云政发〔2005〕3号）同时废止。")
    assert [(x.relation, x.title) for x in found] == [("repeals", "甲条例"), ("repeals", "乙办法")]


def test_a_new_sentence_ends_the_reach_of_a_verb():
    found = links("根据《专利法》制定本条例。《临江省专利条例》同时废止。")
    assert [x.relation for x in found] == ["cites", "repeals"]


def test_books_are_no_policies():
    assert links("《三国演义》和《创新的扩散》") == []


def test_a_title_within_a_title_belongs_to_it():
    (link,) = links("转发《关于印发《甲办法》的通知》")
    assert link.title == "关于印发《甲办法》的通知"


@given(st.text(alphabet="《》〈〉国发〔2008〕1号（）关于办法的通知废止。；印发\n", max_size=120))
def test_spans_lie_in_the_text_and_are_in_order(text):
    last = 0
    for link in links(text):
        assert last <= link.start < link.end <= len(text)
        assert link.title in text[link.start : link.end]
        last = link.start
