import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.errors import QueryError
from textmine.search.language import And, Not, Or, Range, Term, parse, terms

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
