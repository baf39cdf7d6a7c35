from textmine.search import parse
from textmine.search.language import And, Not, Or, Term
from textmine.search.synonyms import synonym_groups, widened

GROUPS = synonym_groups([("产学研结合", "产学研合作"), ("R&D", "研发")])


def test_a_word_finds_its_synonyms_whichever_was_typed() -> None:
    either = Or((Term("产学研合作"), Term("产学研结合")))
    assert widened(parse("产学研结合"), GROUPS) == either
    assert widened(parse("产学研合作"), GROUPS) == either
    assert widened(parse("ｒ＆ｄ"), GROUPS) == Or((Term("研发"), Term("R&D")))


def test_what_is_asked_for_as_such_stays() -> None:
    for query in ("=产学研结合", "author:研发", "集群", ""):
        assert widened(parse(query), GROUPS) == parse(query)


def test_synonyms_are_found_within_a_query() -> None:
    found = widened(parse("集群 NOT title:研发"), GROUPS)
    either = Or((Term("研发", "title"), Term("R&D", "title")))
    assert found == And((Term("集群"), Not(either)))
