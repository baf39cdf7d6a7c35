from textmine.terms import naming
from textmine.terms.tags import dictionary_tags


def test_nouns_and_words_outside_the_dictionary_name_something() -> None:
    words = ["企业", "发展", "专精特新", "加快", "积极", "因此"]
    assert naming(words) == [True, True, True, False, False, False]


def test_every_word_of_the_dictionary_has_a_tag() -> None:
    assert len(dictionary_tags()) > 300_000
    assert all(dictionary_tags().values())
