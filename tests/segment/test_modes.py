"""Full mode, search mode, parts of speech and user words are those of jieba."""

import os
from pathlib import Path

import jieba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jieba import finalseg, posseg

from textmine.segment import Lexicon, Segmenter, normalize

DATA = os.environ.get("TEXTMINE_DATA")
# Words that begin within a run of letters, and words taken out of the dictionary.
USER = Lexicon.parse("AI 20 eng\nAIGC 30\nIT产业 5 n\n创新生态系统\n产业集群 0\n光光 0\n的 0")
LEXICONS = (Lexicon(), USER)
ALPHABET = st.one_of(
    st.sampled_from(
        "的产业集群创新生态系统中国科学院天地一三光囧霾後於龦AIGCT09.%+#&_- \n\r\t，。Ａ９\u3000"
    ),
    st.characters(),
)
ODD = (
    "中国科学院计算所", "xAIz和AIGCAI，IT产业C++", " \r\n  ，。 \n", "", "光光光集群产业集群", "後後於囧囧",
    "A.B.C3.14%%-5_x&y", "龦鿕𠀀😀", "囧" * 60 + "於" * 30, "他来到了网易杭研大厦3D打印",
)  # fmt: skip


def all_modes(segmenter: Segmenter, text: str) -> tuple[object, ...]:
    return (
        segmenter.cut_all(text),
        segmenter.cut_for_search(text),
        segmenter.tokens(text, mode="search"),
        segmenter.tag(text),
    )


@pytest.mark.parametrize("hmm", [True, False])
@pytest.mark.parametrize("lexicon", LEXICONS, ids=["jieba", "user"])
@given(text=st.text(ALPHABET, max_size=40))
@settings(max_examples=50, deadline=None)
def test_any_text_comes_out_as_from_jieba_in_every_mode(
    lexicon: Lexicon, hmm: bool, text: str
) -> None:
    ours, theirs = (Segmenter(lexicon, hmm=hmm, engine=e) for e in ("compiled", "jieba"))
    assert all_modes(ours, text) == all_modes(theirs, text)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_come_out_as_from_jieba_in_every_mode(text: str) -> None:
    for lexicon in LEXICONS:
        ours, theirs = (Segmenter(lexicon, engine=e) for e in ("compiled", "jieba"))
        assert all_modes(ours, text) == all_modes(theirs, text)


@given(st.text(ALPHABET, max_size=30))
@settings(max_examples=60, deadline=None)
def test_without_lexicon_the_modes_are_those_of_jieba_itself(text: str) -> None:
    ours, plain = Segmenter(), normalize(text)
    assert ours.cut_all(text) == jieba.lcut(plain, cut_all=True)
    assert [normalize(word) for word in ours.cut_for_search(text)] == jieba.lcut_for_search(plain)
    assert [tuple(token)[1:] for token in ours.tokens(text, mode="search")] == [
        (a, b) for _, a, b in jieba.tokenize(plain, mode="search")
    ]
    assert [(normalize(word), tag) for word, tag in ours.tag(text)] == [
        (pair.word, pair.flag) for pair in posseg.lcut(plain)
    ]


@pytest.mark.skipif(DATA is None, reason="TEXTMINE_DATA is not set")
def test_real_texts_come_out_as_from_jieba_in_every_mode() -> None:
    paths = [p for p in sorted(Path(str(DATA)).rglob("*")) if p.suffix in (".txt", ".md")]
    texts = [path.read_text("utf-8", errors="replace")[:6_000] for path in paths[::24]]
    ours, theirs = (Segmenter(USER, engine=e) for e in ("compiled", "jieba"))
    for text in texts[::3]:
        assert all_modes(ours, text)[:3] == all_modes(theirs, text)[:3]
    a, b = ours.cut_tagged(texts), theirs.cut_tagged(texts)
    assert np.array_equal(a.batch.stops, b.batch.stops)
    assert np.array_equal(a.batch.offsets, b.batch.offsets)
    assert [a.names[i] for i in a.tags] == [b.names[i] for i in b.tags]


WORDS = st.sampled_from(["中将", "产业集群", "创新", "AI", "集群创新", "台中", "光光光", "囧事"])
STEPS = st.lists(
    st.tuples(WORDS, st.sampled_from(["add", "tune", "split", "delete", "frequent"])), max_size=6
)


@given(STEPS, st.text(ALPHABET, max_size=20))
@settings(max_examples=7, deadline=None)
def test_adding_deleting_and_tuning_words_does_what_jieba_does(
    steps: list[tuple[str, str]], text: str
) -> None:
    lexicon, tokenizer = Lexicon(), jieba.Tokenizer()
    kept, finalseg.Force_Split_Words = finalseg.Force_Split_Words, set()
    try:
        for word, step in steps:
            parts = (word[:1], word[1:])
            now = Segmenter(lexicon)
            if step == "add":
                tokenizer.add_word(word)
                lexicon = lexicon.add(word)
            elif step == "delete":
                tokenizer.del_word(word)
                lexicon = lexicon.delete(word)
            elif step == "frequent":
                tokenizer.add_word(word, 9999, "nz")
                lexicon = lexicon.add(word, 9999, "nz")
            else:
                segment = word if step == "tune" else parts
                frequency = now.suggest_freq(segment)
                assert frequency == tokenizer.suggest_freq(segment, tune=True)
                lexicon = lexicon.add(word, frequency)
        for sample in (text, "李小福中将产业集群创新台中光光光囧事AI"):
            plain = normalize(sample)
            assert Segmenter(lexicon).cut([plain]).stops.tolist() == [
                end for _, _, end in tokenizer.tokenize(plain)
            ]
    finally:
        finalseg.Force_Split_Words = kept


def test_a_word_deleted_in_one_segmenter_stays_in_another() -> None:
    text = "雾霾天气"
    before = jieba.lcut(text)
    for engine in ("compiled", "jieba"):
        without = Segmenter(Lexicon().delete("雾霾"), engine=engine).words(text)
        assert without[:2] == ["雾", "霾"]
    assert jieba.lcut(text) == before
    assert Segmenter(engine="jieba").words(text) == before


def test_a_word_may_hold_a_sign_that_begins_comments() -> None:
    lexicon = Lexicon.parse("C# 3 eng # a language\n# all comment\nF#\n开源 软件\nx 5 company")
    assert [(e.word, e.frequency, e.tag) for e in lexicon.entries] == [
        ("C#", 3, "eng"), ("F#", None, None), ("开源 软件", None, None), ("x", 5, "company"),
    ]  # fmt: skip
