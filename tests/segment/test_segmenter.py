import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.segment import Lexicon, Segmenter, normalize

LEXICON = Lexicon.parse("产业技术创新战略联盟\n创新生态系统 10 n\n专精特新\nA/B test\n")
TEXT = "产业技术创新战略联盟推动区域创新生态系统，2008年Ｒ＆Ｄ投入增长12.5%。"


def test_lexicon_terms_stay_whole_where_jieba_alone_splits_them() -> None:
    assert "产业技术创新战略联盟" not in jieba.Tokenizer().lcut(TEXT)
    assert {"产业技术创新战略联盟", "创新生态系统"} <= {*Segmenter(LEXICON).words(TEXT)}


def test_without_lexicon_the_words_are_those_of_jieba() -> None:
    plain = jieba.Tokenizer()
    for hmm in (True, False):
        assert Segmenter(hmm=hmm).words("产业集群的发展") == plain.lcut("产业集群的发展", HMM=hmm)


def test_cutting_leaves_jiebas_shared_tokenizer_alone() -> None:
    before = jieba.lcut(TEXT)
    Segmenter(LEXICON).words(TEXT)
    assert jieba.lcut(TEXT) == before


@given(st.text(max_size=80))
def test_tokens_tile_the_text(text: str) -> None:
    segmenter = Segmenter(LEXICON)
    tokens = segmenter.tokens(text)
    assert "".join(token.text for token in tokens) == text
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert segmenter.ends(text).tolist() == [t.end for t in tokens]


def test_punctuation_keeps_words_apart() -> None:
    words = Segmenter().words("改革正在发展中，国家出台政策。")
    assert "发展中国家" not in words
    assert "，" in words


@given(st.text(max_size=80))
def test_normalising_keeps_every_place(text: str) -> None:
    assert len(normalize(text)) == len(text)
    assert normalize(normalize(text)) == normalize(text)


def test_the_fingerprint_follows_the_lexicon_and_not_the_engine() -> None:
    assert Segmenter(LEXICON).fingerprint == Segmenter(LEXICON, engine="jieba").fingerprint
    assert Segmenter(LEXICON).fingerprint != Segmenter().fingerprint
    assert Segmenter(LEXICON, hmm=False).fingerprint != Segmenter(LEXICON).fingerprint


@pytest.mark.parametrize("text", ["", " \n", "😀", "𠀀𠀁"])
def test_odd_texts_are_tiled_too(text: str) -> None:
    assert "".join(Segmenter().words(text)) == text
