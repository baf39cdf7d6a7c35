"""The compiled engine cuts as jieba does, token by token."""

import copy
import os
import pickle
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.segment import Lexicon, Segmenter, numbering, reference

DATA = os.environ.get("TEXTMINE_DATA")
ROOT = Path(__file__).parents[2]
OURS = Lexicon.parse((ROOT / "corpus" / "lexicon" / "terms.txt").read_text("utf-8"))
LEXICONS = (
    Lexicon(),
    OURS,
    Lexicon.parse("天天看 3\n产业 9999999\nIT产业 5 n\n一二三四五六七八九十"),
)
# What jieba's patterns treat apart, and what they were not made for.
ALPHABET = st.one_of(
    st.sampled_from("的产业集群创新联盟天地一二三光aZ09.%+#&_- \n\r\t，。〇○Ａ９\u3000"),
    st.characters(),
)


def both(lexicon: Lexicon, hmm: bool) -> tuple[Segmenter, Segmenter]:
    return Segmenter(lexicon, hmm=hmm), Segmenter(lexicon, hmm=hmm, engine="jieba")


@pytest.mark.parametrize("hmm", [True, False])
@pytest.mark.parametrize("lexicon", LEXICONS, ids=["jieba", "ours", "odd"])
@given(text=st.text(ALPHABET, max_size=60))
@settings(max_examples=150)
def test_any_text_is_cut_as_jieba_cuts_it(lexicon: Lexicon, hmm: bool, text: str) -> None:
    compiled, jieba = both(lexicon, hmm)
    assert compiled.words(text) == jieba.words(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1-3，70%，6.1，www.x.com", "天天看光光光", "C++和C#及R&D", "A.B.C3.14%%", "\r\n\r\n \n"),
        *("𠀀𠀁龦", "😀产业👍", "e" * 5000, "产业" * 2000, "鿿龥", "１２．５％", "\ud800集群"),
    ],
)
def test_what_other_ports_get_wrong_is_cut_as_jieba_cuts_it(text: str) -> None:
    for hmm in (True, False):
        compiled, jieba = both(OURS, hmm)
        assert compiled.words(text) == jieba.words(text)


@pytest.mark.skipif(DATA is None, reason="TEXTMINE_DATA is not set")
def test_real_reports_and_papers_are_cut_as_jieba_cuts_them() -> None:
    paths = [p for p in sorted(Path(str(DATA)).rglob("*")) if p.suffix in (".txt", ".md")]
    texts = [path.read_text("utf-8", errors="replace")[:20_000] for path in paths[::6]]
    assert sum(map(len, texts)) > 500_000
    compiled, jieba = both(OURS, True)
    ours, theirs = compiled.cut(texts), jieba.cut(texts)
    assert np.array_equal(ours.stops, theirs.stops)
    assert np.array_equal(ours.offsets, theirs.offsets)


TEXTS = ["产业集群促进创新", "", "Ａ类联盟，A类联盟", "😀", "产业集群\n"]


def test_a_batch_is_cut_as_its_texts_are() -> None:
    segmenter = Segmenter(OURS)
    batch = segmenter.cut(TEXTS)
    for i, text in enumerate(TEXTS):
        assert batch.ends(i).tolist() == segmenter.ends(text).tolist()


def test_threads_change_nothing() -> None:
    texts = [text * 40_000 for text in TEXTS]
    one, two = (Segmenter(OURS).cut(texts, threads=n) for n in (1, 2))
    assert len(one.codes) > 3 * 2**18
    assert np.array_equal(one.stops, two.stops)
    assert np.array_equal(one.offsets, two.offsets)


@given(st.lists(st.text(ALPHABET, max_size=30), max_size=6))
@settings(max_examples=60)
def test_numbers_of_words_say_which_words_stand_where(texts: list[str]) -> None:
    segmenter = Segmenter(OURS)
    numbered = segmenter.cut(texts).numbered()
    assert len(set(numbered.words)) == len(numbered.words)
    for (a, b), text in zip(pairwise(numbered.offsets.tolist()), texts, strict=True):
        words = [numbered.words[i] for i in numbered.ids[a:b]]
        assert [len(w) for w in words] == [len(w) for w in segmenter.words(text)]


def test_full_and_half_width_are_one_word() -> None:
    numbered = Segmenter().cut(["Ａ", "A"]).numbered()
    assert (numbered.words, numbered.ids.tolist()) == (("A",), [0, 0])


def test_copies_cut_alike_and_carry_no_dictionary() -> None:
    segmenter = Segmenter(OURS)
    segmenter.words("集群")
    data = pickle.dumps(segmenter)
    assert len(data) < 200_000
    for twin in (pickle.loads(data), copy.deepcopy(segmenter)):
        assert twin.words("产业技术创新战略联盟") == segmenter.words("产业技术创新战略联盟")


@given(st.lists(st.text(ALPHABET, max_size=30), max_size=4))
@settings(max_examples=60)
def test_words_are_numbered_alike_by_both_engines(texts: list[str]) -> None:
    batch = Segmenter().cut(texts)
    stops = batch.stops.astype(np.int64)
    for ours, theirs in zip(
        numbering.number_words(batch.codes, stops),
        reference.number_words(batch.codes, stops),
        strict=True,
    ):
        assert np.array_equal(ours, theirs)


WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None
from textmine.segment import Segmenter
print(Segmenter().words("产业技术创新战略联盟"), Segmenter().cut(["产业产业"]).numbered().ids)
"""


def test_without_numba_jieba_cuts_and_says_so() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", WITHOUT_NUMBA], capture_output=True, text=True,
        check=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stdout.split("\n")[0] == "['产业', '技术创新', '战略', '联盟'] [0 0]"
    assert "Numba cannot be loaded" in done.stderr


def test_importing_the_package_loads_no_compiler() -> None:
    code = "import sys, textmine.segment; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
