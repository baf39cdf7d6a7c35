from hypothesis import given
from hypothesis import strategies as st

from textmine.search.folding import LONG, fold, gram_phrase, grams

mixed = st.text(st.sampled_from("产业集群联盟AbＡｂ〔［( \n\u3000İß1１"), max_size=40)


@given(st.text(max_size=60))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_width_case_and_brackets_fold() -> None:
    assert fold("ＡbC〔２００８〕［１］") == "abc(2008)(1)"


@given(mixed, st.data())
def test_every_substring_is_a_phrase_of_grams(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))].strip()
    if not part:
        return
    tokens, phrase = grams(text).split(" "), gram_phrase(part)
    places = range(len(tokens) - len(phrase) + 1)
    assert any(tokens[i : i + len(phrase)] == phrase for i in places)


@given(st.text(max_size=40))
def test_long_texts_are_folded_as_short_ones(text: str) -> None:
    assert fold(text * LONG)[: len(text)] == fold(text)
