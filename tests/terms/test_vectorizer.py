import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.pipeline import make_pipeline

from textmine.segment import Lexicon, Segmenter
from textmine.terms.tags import NAMING
from textmine.terms.vectorizer import TermVectorizer

TEXTS = ["产业集群促进技术创新", "技术创新战略联盟，技术创新", "", "区域创新系统与产业集群"]
SEGMENTER = Segmenter(Lexicon.parse("产业集群\n技术创新"))


def test_counts_are_those_of_scikit_learns_vectorizer() -> None:
    theirs = CountVectorizer(analyzer=lambda t: [w for w in SEGMENTER(t) if len(w) > 1])
    expected = theirs.fit_transform(TEXTS).toarray()
    ours = TermVectorizer(SEGMENTER)
    assert np.array_equal(ours.fit_transform(TEXTS).toarray(), expected)
    assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()


def test_new_texts_are_counted_over_the_learned_terms() -> None:
    vectorizer = TermVectorizer(SEGMENTER, min_df=2).fit(TEXTS)
    assert vectorizer.terms_ == ("产业集群", "技术创新")
    assert vectorizer.transform(["技术创新与联盟、技术创新"]).toarray().tolist() == [[0, 2]]


def test_it_stands_in_a_pipeline_and_can_be_cloned() -> None:
    model = make_pipeline(TermVectorizer(SEGMENTER, max_df=0.9), TfidfTransformer())
    assert clone(model).fit_transform(TEXTS).shape[0] == 4
    with pytest.raises(NotFittedError):
        clone(model)[0].transform(TEXTS)


def test_only_the_wanted_parts_of_speech_are_counted() -> None:
    nouns = TermVectorizer(SEGMENTER, tags=NAMING).fit(TEXTS)
    assert "促进" in TermVectorizer(SEGMENTER).fit(TEXTS).terms_
    assert {"产业集群", "技术创新"} <= {*nouns.terms_}
    assert "促进" not in nouns.terms_


@given(st.lists(st.lists(st.sampled_from(["集群", "创新", "企业", "，", "的"]), max_size=9)))
@settings(max_examples=50, deadline=None)
def test_runs_of_terms_are_those_that_scikit_learn_counts(words: list[list[str]]) -> None:
    texts = ["".join(text) for text in words]

    def runs(text: str) -> list[str]:
        found = SEGMENTER(text)
        return [
            " ".join(found[i : i + n])
            for n in (2, 3)
            for i in range(len(found) - n + 1)
            if all(len(word) > 1 for word in found[i : i + n])
        ]

    ours = TermVectorizer(SEGMENTER, ngrams=(2, 3))
    counted = ours.fit_transform(texts).toarray()
    assert ours.terms_ == tuple(sorted({run for text in texts for run in runs(text)}))
    for text, row in zip(texts, counted, strict=True):
        assert row.tolist() == [runs(text).count(term) for term in ours.terms_]
