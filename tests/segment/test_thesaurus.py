import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.errors import SettingsError
from textmine.segment import (
    Lexicon,
    Segmenter,
    parse_thesaurus,
    with_synonyms,
    without_synonym,
)

TEXT = "# mine\n产学研合作 = 产学研结合, 产学研联合 # 2020\nR&D=研发、Ｒ＆Ｄ\n"


def test_a_line_names_the_preferred_word_and_the_others() -> None:
    assert parse_thesaurus(TEXT) == (
        ("产学研结合", "产学研合作"),
        ("产学研联合", "产学研合作"),
        ("研发", "R&D"),
        ("Ｒ＆Ｄ", "R&D"),
    )


@pytest.mark.parametrize(
    "line", ["产学研合作", "= a", "a =", "a = b,", "a = a", "a=b\nc=b", "a=b\nb=c"]
)
def test_a_line_that_cannot_be_meant_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(SettingsError, match=r"mine\.txt"):
        parse_thesaurus(line, source="mine.txt")


def test_synonyms_stay_whole_and_count_as_the_preferred_word() -> None:
    segmenter = Segmenter(Lexicon.parse("", thesaurus=TEXT))
    assert segmenter.words("推进产学研联合") == ["推进", "产学研联合"]
    assert segmenter.terms("推进产学研联合与研发") == ["推进", "产学研合作", "与", "r&d"]


def test_keywords_are_merged_and_stand_once() -> None:
    lexicon = Lexicon.parse("", thesaurus=TEXT)
    assert lexicon.merged(["产学研结合", "集群", "产学研合作"]) == ("产学研合作", "集群")


WORDS = st.sampled_from(["甲合作", "乙合作", "丙合作", "丁合作", "戊合作"])


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5), WORDS, WORDS)
def test_undoing_a_merge_gives_what_was_before(
    pairs: list[tuple[str, str]], word: str, preferred: str
) -> None:
    before = ""
    for a, b in pairs:
        try:
            made = with_synonyms(before, a, [b])
            parse_thesaurus(made)
            before = made
        except SettingsError:
            continue
    known = parse_thesaurus(before)
    if any(word in pair for pair in known) or word == preferred or preferred in dict(known):
        return
    after = with_synonyms(before, preferred, [word])
    assert set(parse_thesaurus(after)) == {*known, (word, preferred)}
    assert parse_thesaurus(without_synonym(after, word)) == known


def test_comments_of_a_person_stay() -> None:
    assert without_synonym(TEXT, "产学研联合").splitlines()[1] == "产学研合作 = 产学研结合 # 2020"
    assert without_synonym("a = b # why\n", "b") == "# why\n"
    assert with_synonyms(TEXT, "产学研合作", ["产研合作"]).splitlines()[:2] == [
        "# mine",
        "产学研合作 = 产学研结合, 产学研联合, 产研合作 # 2020",
    ]


def test_the_vocabulary_changes_with_the_thesaurus_and_the_cut_with_its_words() -> None:
    plain, merged = Lexicon.parse("研发\n开发"), Lexicon.parse("研发\n开发", thesaurus="研发=开发")
    assert plain.fingerprint == merged.fingerprint
    assert plain.vocabulary != merged.vocabulary
