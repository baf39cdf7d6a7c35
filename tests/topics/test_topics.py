import gensim
import numpy as np
import pytest
from gensim.models.coherencemodel import CoherenceModel
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from textmine.errors import TooFewData, UsageError
from textmine.matrices import DocTerm
from textmine.topics import MODELS, npmi, topic_diversity

PLANTED, DOCUMENTS = 4, 120


SEEDS = {"甲": ["词01", "词02"], "丙": ["词33"]}


def make(name: str, k: int = PLANTED):
    """A model of this name; the optional ones are skipped where their library is not there."""
    if name in ("lda_gibbs", "hdp"):
        pytest.importorskip("tomotopy")
    more = {"seeds": SEEDS} if name == "seeded" else {}
    if name == "lda_gibbs":
        more = {"sweeps": 200}
    return MODELS[name](k, seed=1, **more)


@pytest.fixture(params=sorted(MODELS))
def model(request):
    return make(request.param)


def test_planted_topics_are_recovered(model, planted) -> None:
    doc_term, topics = planted()
    found = model.fit(doc_term).fit_.topic_word
    similarity = (found @ topics.T) / np.outer(
        np.linalg.norm(found, axis=1), np.linalg.norm(topics, axis=1)
    )
    rows, columns = linear_sum_assignment(-similarity)
    assert similarity[rows, columns].min() > 0.9


def test_shares_sum_to_one_and_topics_come_by_prevalence(model, planted) -> None:
    fit = model.fit(planted()[0]).fit_
    assert np.allclose(fit.topic_word.sum(axis=1), 1)
    assert np.allclose(fit.doc_topic.sum(axis=1), 1)
    assert (np.diff(fit.prevalence) <= 1e-9).all()


@settings(max_examples=4, deadline=None)
@given(st.permutations(range(DOCUMENTS)), st.sampled_from(sorted(MODELS)))
def test_the_order_of_documents_changes_not_a_bit(planted, order: list[int], name: str) -> None:
    doc_term = planted()[0]
    one = make(name).fit(doc_term).fit_
    two = make(name).fit(doc_term.select_documents(order)).fit_
    assert one.doc_ids == two.doc_ids
    assert one.topic_word.tobytes() == two.topic_word.tobytes()
    assert one.doc_topic.tobytes() == two.doc_topic.tobytes()


def test_new_documents_get_shares_over_the_same_topics(model, planted) -> None:
    doc_term = planted()[0]
    fit = model.fit(doc_term).fit_
    shares = model.transform(doc_term)
    assert np.allclose(shares.sum(axis=1), 1)
    assert (shares.argmax(axis=1) == fit.doc_topic.argmax(axis=1)).mean() > 0.85


def test_top_words_and_documents_are_the_heaviest(model, planted) -> None:
    fit = model.fit(planted()[0]).fit_
    for row, words in zip(fit.topic_word, fit.top_words(5), strict=True):
        assert [w for _, w in words] == pytest.approx(sorted(row)[:-6:-1])
    for column, documents in zip(fit.doc_topic.T, fit.representative_documents(3), strict=True):
        assert documents[0][1] == pytest.approx(column.max())


def test_too_few_documents_are_refused(model, planted) -> None:
    doc_term = planted()[0]
    with pytest.raises(TooFewData, match="topics"):
        model.fit(doc_term.select_documents(range(3)))


def test_a_document_without_known_words_has_equal_shares(model, planted) -> None:
    doc_term = planted()[0]
    counts = doc_term.counts.tolil()
    counts[0] = 0
    fit = model.fit(DocTerm(counts.tocsr(), doc_term.doc_ids, doc_term.terms)).fit_
    assert np.allclose(fit.doc_topic[0], 1 / fit.k)


def test_npmi_equals_that_of_gensim_over_whole_documents(planted) -> None:
    doc_term, _ = planted(2)
    texts = [[doc_term.terms[i] for i in row.indices for _ in range(1)] for row in doc_term.counts]
    topics = [list(doc_term.terms[i : i + 6]) for i in (0, 20, 40)]
    dictionary = gensim.corpora.Dictionary(texts)
    theirs = CoherenceModel(
        topics=topics,
        texts=texts,
        dictionary=dictionary,
        coherence="c_npmi",
        window_size=10_000,
        topn=6,
        processes=1,
    ).get_coherence_per_topic()
    assert npmi(topics, doc_term).per_topic == pytest.approx(theirs, abs=1e-6)


def test_words_that_never_meet_have_the_lowest_coherence() -> None:
    doc_term = DocTerm(
        sparse.csr_matrix(np.eye(3, dtype=np.int32)), ("a", "b", "c"), ("x", "y", "z")
    )
    assert npmi([["x", "y"]], doc_term).mean == -1.0
    assert np.isnan(npmi([["x", "unknown"]], doc_term).mean)


def test_diversity_is_the_share_of_different_words() -> None:
    assert topic_diversity([["a", "b"], ["b", "c"]]) == 0.75


def test_seeds_name_topics_and_draw_their_words(planted) -> None:
    fit = make("seeded").fit(planted()[0]).fit_
    assert sorted(fit.names) == ["", "", "丙", "甲"]
    for name, words in SEEDS.items():
        row = fit.topic_word[fit.names.index(name)]
        at = [fit.terms.index(word) for word in words]
        assert (row[at] > np.median(row)).all()
        assert (row[at] >= fit.topic_word[:, at].max(axis=0)).all()


def test_more_seeds_than_topics_are_refused(planted) -> None:
    with pytest.raises(UsageError, match="seeded"):
        make("seeded", 1).fit(planted()[0])


def test_new_documents_join_and_topics_keep_their_numbers(planted) -> None:
    old, new = planted(1)[0], planted(1, documents=240)[0].select_documents(range(120, 240))
    model = MODELS["lda_online"](PLANTED, seed=1).fit(old)
    before = model.fit_
    after = model.partial_fit(new).fit_
    assert after.doc_ids == new.doc_ids
    similarity = before.topic_word @ after.topic_word.T
    assert (similarity.argmax(axis=1) == np.arange(PLANTED)).all()
    assert np.allclose(after.doc_topic.sum(axis=1), 1)
    other = DocTerm(new.counts, new.doc_ids, tuple(f"x{i}" for i in range(60)))
    with pytest.raises(UsageError, match="aligned"):
        model.partial_fit(other)


def test_parameters_are_stored_and_replaced(model) -> None:
    other = model.with_parameters(k=7, seed=3)
    assert (other.k, other.seed, model.k) == (7, 3, PLANTED)
    assert other.parameters == {**model.parameters, "k": 7}
    assert not hasattr(other, "fit_")
