import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.concepts import Matcher, parse_scheme
from textmine.segment import Lexicon, Segmenter

DATA = os.environ.get("TEXTMINE_DATA")
ROOT = Path(__file__).parents[2]
LABELS = ("体制改革", "大企业", "经济增长", "市场经济", "大众创业、万众创新", "集群")
KEEPING = Segmenter(Lexicon().with_labels(LABELS))
PLAIN = Segmenter(Lexicon().with_words(LABELS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进经济体制改革。", ["推进", "经济", "体制改革", "。"]),
        ("经济增长速度", ["经济增长", "速度"]),
        ("大众创业、万众创新", ["大众创业、万众创新"]),
        ("扩大企业自主权", ["扩大", "企业", "自主权"]),
        ("社会主义市场经济体制改革", ["社会主义", "市场经济", "体制改革"]),
    ],
)
def test_a_label_is_whole_if_what_it_leaves_are_words(text: str, expected: list[str]) -> None:
    assert KEEPING.words(text) == expected


@given(
    st.text(st.sampled_from("体制改革经济大企业增长市场集群扩社会。 a、众创新业万"), max_size=30)
)
@settings(max_examples=200, deadline=None)
def test_tokens_tile_the_text_and_differ_only_around_labels(text: str) -> None:
    words = KEEPING.words(text)
    assert "".join(words) == text
    ours, theirs = ({0, *s.ends(text).tolist()} for s in (KEEPING, PLAIN))
    spans = [
        (i, i + len(label)) for label in LABELS for i in range(len(text)) if text[i:].startswith(label)
    ]  # fmt: skip
    assert all(any(a <= edge <= b for a, b in spans) for edge in ours ^ theirs)
    made = {text[a:b] for a, b in pairwise(sorted(ours)) if a not in theirs or b not in theirs}
    assert all(len(word) > 1 for word in made)


@given(st.lists(st.text(st.sampled_from("经济体制改革大企业 。"), max_size=12), max_size=6))
@settings(max_examples=80, deadline=None)
def test_texts_keep_their_labels_each_by_itself(texts: list[str]) -> None:
    batch = KEEPING.cut(texts)
    for i, text in enumerate(texts):
        assert batch.ends(i).tolist() == KEEPING.ends(text).tolist()


@pytest.mark.skipif(DATA is None, reason="TEXTMINE_DATA is not set")
def test_of_real_mentions_of_the_concept_schemes_labels_99_percent_are_not_cut() -> None:
    scheme = parse_scheme((ROOT / "corpus" / "concepts.toml").read_text("utf-8"))
    terms = (ROOT / "corpus" / "lexicon" / "terms.txt").read_text("utf-8")
    labels = [label for c in scheme for label in (c.pref["zh"], *c.alt.get("zh", ()))]
    segmenter = Segmenter(Lexicon.parse(terms).with_labels(labels))
    matcher = Matcher(scheme)
    paths = sorted(Path(str(DATA)).glob("policy/central-work-reports/[12]*.txt"))
    whole = total = 0
    for path in paths:
        text = path.read_text("utf-8", errors="replace")
        edges = {*segmenter.ends(text).tolist()}
        for mention in matcher.mentions(text):
            whole += edges.isdisjoint(range(mention.start + 1, mention.end))
            total += 1
    assert total > 5000
    assert whole / total >= 0.99
