import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.errors import QueryError
from textmine.search.language import And, Near, Not, Or, Range, Term, Wild, parse, terms
from textmine.search.wildcards import Hole, Pattern, pattern_of

A, B, C = Term("联盟"), Term("集群"), Term("创新")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", And(())),
        ("联盟", A),
        ("  联盟　", A),
        ("联盟 集群", And((A, B))),
        ("联盟 AND 集群", And((A, B))),
        ("联盟 且 集群", And((A, B))),
        ("联盟 OR 集群 创新", Or((A, And((B, C))))),
        ("（联盟 或 集群） 创新", And((Or((A, B)), C))),
        ("联盟 NOT 集群", And((A, Not(B)))),
        ("联盟 -集群", And((A, Not(B)))),
        ("NOT NOT 联盟", A),
        ('"regional innovation"', Term("regional innovation")),
        ("“区域 创新”", Term("区域 创新")),
        ("=集群", Term("集群", exact=True)),
        ("title:=集群", Term("集群", "title", True)),
        ("title：集群", Term("集群", "title")),
        ("year:2006..2012", Range("year", "2006", "2012")),
        ("year:2006", Range("year", "2006", "2006")),
        ("year:2006..", Range("year", "2006", "")),
        ("date:..2009-06", Range("date", "", "2009-06")),
        ("国科发政(2008)770号", Term("国科发政(2008)770号")),
        ("doc_number:国科发政〔2008〕770号", Term("国科发政〔2008〕770号", "doc_number")),
        ("产学研-用", Term("产学研-用")),
        ('title:"open innovation"～3', Near("open innovation", 3, "title")),
        (
            '"联盟 标准"~8',
            Wild(Pattern(("联盟", "标准"), (Hole(0, 16),)), "联盟 标准"),
        ),
        ("产业*联盟", Wild(pattern_of("产业*联盟"), "产业*联盟")),
        ("什么是集群？", Term("什么是集群")),
        ("innovat*", Term("innovat")),
        ("=innovat*", Wild(pattern_of("innovat*"), "innovat*", exact=True)),
        ('"产业*联盟"', Term("产业*联盟")),
        ("发文机关：科技部", Term("科技部", "issuer")),
        ("目标：集群", Term("目标：集群")),
        ("AUTHOR:=王缉慈", Term("王缉慈", "author", True)),
        ("类型:政策", Term("policy", "kind")),
        ("has:论断", Term("claim", "has")),
        ("has:DOI", Term("doi", "has")),
    ],
)
def test_a_query_becomes_this_tree(query: str, tree: object) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("联盟 (集群", 3),
        ("联盟) 集群", 2),
        ('联盟 "集群', 3),
        ("foo:集群", 0),
        ("联盟 title:", 9),
        ("year:abcd", 5),
        ("year:20061", 5),
        ("date:2009-6", 5),
        ('联盟 ""', 3),
        ("OR 联盟", 0),
        ("联盟 AND", 6),
        ("x" * 2001, 2000),
        ("(" * 2000, 128),
        ("联盟 ***", 3),
        ("联盟 a*b*c*d", 3),
        ("a*b a*b a*b a*b a*b", 16),
        ('联盟 "集群 创新"~51', 3),
        ('author:"Porter Michael"~3', 7),
        ('"联盟"~3', 0),
        ('"联盟 集群 创新"~6', 0),
        ("kind:polcy", 5),
        ("联盟 has:nothing", 7),
        ("联盟 year:..", 8),
    ],
)
def test_an_error_points_at_the_character_and_says_what_to_do(query: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position
    assert caught.value.remedy


@given(st.text(max_size=200))
def test_any_text_is_a_query_or_a_query_error(query: str) -> None:
    try:
        parse(query)
    except QueryError as error:
        position = error.position
    else:
        position = 0
    assert 0 <= position <= len(query)


def test_terms_to_highlight_leave_out_negated_ones() -> None:
    assert list(terms(parse("联盟 (集群 OR 创新) NOT 欧洲 year:2008"))) == [A, B, C]
