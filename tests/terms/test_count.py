import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from textmine.segment import Lexicon, Segmenter
from textmine.terms import doc_term

SEGMENTER = Segmenter()
TEXTS = ["产业集群与产业联盟，2008年。", "区域创新体系：集群的创新", "", "GDP增长，gdp下降"]


def test_counts_equal_those_of_scikit_learn() -> None:
    ours = doc_term("abcd", TEXTS, SEGMENTER)
    vectorizer = CountVectorizer(
        analyzer=lambda t: [
            w.casefold() for w in SEGMENTER.words(t) if len(w) >= 2 and any(map(str.isalpha, w))
        ]
    )
    theirs = vectorizer.fit_transform(TEXTS)
    assert ours.terms == tuple(vectorizer.get_feature_names_out())
    assert np.array_equal(ours.counts.toarray(), theirs.toarray())


def test_numberings_are_no_terms() -> None:
    text = "第三条 第十二章 十二五 一是 2008 第一 三螺旋"
    assert doc_term("a", [text], Segmenter(Lexicon.parse("三螺旋\n十二五"))).terms == ("三螺旋",)


def test_rare_common_and_stop_words_are_left_out() -> None:
    kept = doc_term("abcd", TEXTS, SEGMENTER, min_documents=2, stop_words={"产业"}).terms
    assert kept == ("创新", "集群") or kept == ("集群",)
    assert "gdp" not in doc_term("abcd", TEXTS, SEGMENTER, max_document_share=0.2).terms


@given(st.permutations(range(4)))
def test_the_order_of_documents_changes_only_the_order_of_rows(order: list[int]) -> None:
    first = doc_term("abcd", TEXTS, SEGMENTER)
    second = doc_term(["abcd"[i] for i in order], [TEXTS[i] for i in order], SEGMENTER)
    assert second.terms == first.terms
    assert np.array_equal(second.counts.toarray(), first.counts.toarray()[order])
