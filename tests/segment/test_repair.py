"""Repaired texts: the words are those of the sound text, the spans those of the text as given."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.segment import Lexicon, Segmenter, code_points, normalize
from textmine.segment.repair import FULL_LINE, repair

LEXICON = Lexicon.parse("产业技术创新战略联盟\n专精特新")
SEGMENTER = Segmenter(LEXICON, repair=True)
SOUND = "产业技术创新战略联盟支持专精特新企业。"
PIECES = st.lists(
    st.sampled_from(
        ["产业", "集群", "创", "新", " ", "\u3000", "\n", "\u200b", "\ufeff", "ﬁ", "ﬄ", "Ａ", "⻓", "創",
         "äº§ä¸š", "â€œ", "å", "é", "，", "a b", "😀"]
    )
    | st.text(max_size=3),
    max_size=25,
)  # fmt: skip


def misread(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "产业技术创新战略联 盟 支持专精 特 新企业。",
        "产\u200b业技术创新战略联盟支持专精特新\u00ad企业。",
        "產業技術創新戰略聯盟支持專精特新企業。",
        misread(SOUND),
        "产业技术创新战略联盟⽀持专精特新企业。",
    ],
    ids=["blanks", "no width", "traditional", "misread", "radicals"],
)  # fmt: skip
def test_damaged_text_gives_the_words_of_the_sound_one(text: str) -> None:
    assert [normalize(word) for word in SEGMENTER.words(text)] == Segmenter(LEXICON).words(SOUND)


def test_a_word_across_a_line_break_is_one_and_lines_of_their_own_stay_apart() -> None:
    full = "各地要结合实际加快培育发展壮大各类新型产业技术创新战"
    assert len(full) > FULL_LINE
    assert "产业技术创新战略联盟" in SEGMENTER.words(f"{full}\n略联盟。")
    assert "总则各地" not in "".join(SEGMENTER.words("总则\n各地要加强领导"))
    assert SEGMENTER.words("产业 集群 创新") == ["产业", " ", "集群", " ", "创新"]


def test_a_repaired_token_has_its_span_in_the_text_as_given() -> None:
    text = "支持专精 特 新 企业，ﬁrm。"
    found = [(token.text, token.start, token.end) for token in SEGMENTER.tokens(text)]
    assert found[1] == ("专精 特 新", 2, 8)
    assert ("ﬁrm", 12, 15) in found
    assert SEGMENTER.words(text)[-2] == "firm"


@given(PIECES)
@settings(max_examples=200, deadline=None)
def test_every_token_has_a_span_and_the_ends_tile_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    tokens, words = SEGMENTER.tokens(text), SEGMENTER.words(text)
    assert len(tokens) == len(words)
    places = [place for token in tokens for place in (token.start, token.end)]
    assert places == sorted(places)
    assert all(text[t.start : t.end] == t.text != "" for t in tokens)
    ends = SEGMENTER.ends(text).tolist()
    assert ends == sorted(set(ends))
    assert not ends or ends[-1] == len(text)
    for token, end in zip(tokens, ends, strict=True):
        assert token.start < end >= token.end


@given(st.lists(PIECES.map("".join), max_size=5))
@settings(max_examples=80, deadline=None)
def test_texts_are_repaired_each_by_itself(texts: list[str]) -> None:
    batch = SEGMENTER.cut(texts)
    for i, text in enumerate(texts):
        assert batch.spans(i).tolist() == [[t.start, t.end] for t in SEGMENTER.tokens(text)]
        assert batch.ends(i).tolist() == SEGMENTER.ends(text).tolist()


@given(st.text("产业集群的一，“”", min_size=2, max_size=20))
def test_misread_text_is_read_again_in_every_place(text: str) -> None:
    wrong = misread(text)
    codes, _, places = repair(code_points(wrong), np.array([0, len(wrong)])) or (None, None, None)
    assert codes is not None
    assert "".join(map(chr, codes)) == text
    assert places.starts.tolist() == list(range(0, 3 * len(text), 3))


@pytest.mark.parametrize("text", ["Mère, élève, Åse “é…”", SOUND, "", "äº", "1 2 3 产业 a"])
def test_sound_text_is_left_alone(text: str) -> None:
    assert repair(code_points(text), np.array([0, len(text)])) is None
    assert SEGMENTER.tokens(text) == Segmenter(LEXICON).tokens(text)


def test_both_scripts_count_as_one_word_and_what_both_use_stays() -> None:
    numbered = Segmenter().cut(["創新", "创新", "乾坤"]).numbered()
    assert numbered.words == ("创新", "乾坤")
