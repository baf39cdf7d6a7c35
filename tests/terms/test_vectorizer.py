import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.pipeline import make_pipeline

from textmine.segment import Lexicon, Segmenter
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
