from textmine.segment import Lexicon
from textmine.terms import lint
from textmine.terms.linter import VERDICTS


def verdicts(text: str, terms: str) -> dict[str, tuple[str, int, int, str, str]]:
    table = lint([text], Lexicon.parse(terms))
    assert set(table["verdict"]) <= set(VERDICTS)
    return {row.term: tuple(row)[2:] for row in table.itertuples()}


def test_every_kind_of_entry_is_told() -> None:
    found = verdicts(
        "产业技术创新战略联盟与专精特新企业，中国。技术创新。战略联盟",
        "产业技术创新战略联盟\n战略联盟\n技术创新战略\n专精特新\n量子集群\n中国",
    )
    assert found["产业技术创新战略联盟"][0] == "wins"
    assert found["战略联盟"] == ("partly", 2, 1, "产业技术创新战略联盟", "")
    assert found["技术创新战略"] == ("shadowed", 1, 0, "产业技术创新战略联盟", "")
    assert found["专精特新"][0] == "wins"
    assert found["量子集群"] == ("absent", 0, 0, "", "")
    assert found["中国"][0] == "superfluous"


def test_an_entry_that_cannot_win_is_told_with_what_stands_there() -> None:
    found = verdicts("发展联盟、产业联盟", "展联 1")
    assert found["展联"] == ("split", 1, 0, "发展", "")


def test_a_word_that_an_entry_cuts_is_named() -> None:
    assert verdicts("发展联盟，发展联盟", "展联盟 999999999")["展联盟"][4] == "发展"


def test_an_empty_lexicon_has_nothing_to_tell() -> None:
    assert lint(["产业集群"], Lexicon()).empty
