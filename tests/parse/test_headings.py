import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.parse.headings import heading, in_sequence, numbering


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("0 引言", "0", "引言"),
        ("1引言", "1", "引言"),
        ("1. 引言", "1", "引言"),
        ("2．3 联盟的类型", "2.3", "联盟的类型"),
        ("2.1.1Graphite的执行方式", "2.1.1", "Graphite的执行方式"),
        ("一、总体要求", "一", "总体要求"),
        ("（二）基本原则", "（二）", "基本原则"),
        ("第三章 附则", "第三章", "附则"),
        ("第十二条　本办法自印发之日起施行", "第十二条", "本办法自印发之日起施行"),
        ("（1）企业", "（1）", "企业"),
        ("引 言", "", "引 言"),
    ],
)
def test_number_and_title_of_a_heading(line, number, title):
    found = heading(line)
    assert found is not None
    assert (found.number, found.title) == (number, title)


@pytest.mark.parametrize(
    "line",
    [
        "3个方面的问题",
        "2008年以来，联盟增多",
        "一般认为联盟促进集群",
        "1.5%的企业",
        "（2）联盟降低交易成本。集群内的企业因此获益。",
        "5",
        "",
        "联盟与集群的关系",
    ],
)
def test_what_is_no_heading(line):
    assert heading(line) is None


def test_a_marked_line_needs_no_number():
    found = heading("联盟与集群的关系", marked=True)
    assert found is not None
    assert found.title == "联盟与集群的关系"


def run(lines):
    accepted = []
    for line in lines:
        n = numbering(line)
        if n and in_sequence(accepted, n):
            accepted.append(n)
    return [n.number for n in accepted]


def test_numbers_out_of_sequence_are_left_out():
    lines = ["0 引言", "1 甲", "1.1 乙", "1.2 丙", "14 家企业", "2 丁", "2.1 戊", "3.5 倍", "3 己"]
    assert run(lines) == ["0", "1", "1.1", "1.2", "2", "2.1", "3"]


def test_han_numbers_restart_inside_a_new_parent():
    lines = ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "三、己"]
    assert run(lines) == ["一", "（一）", "（二）", "二", "（一）", "三"]


@given(st.text(max_size=200))
def test_any_line_is_read_without_error(line):
    found = numbering(line)
    assert found is None or 0 < found.end <= len(line)
    heading(line, marked=True)
