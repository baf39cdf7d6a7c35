import numpy as np
import pytest
from scipy import sparse

from textmine.matrices import DocTerm
from textmine.topics import (
    NmfTopics,
    exclusivity,
    frex,
    lift,
    sentence_scores,
    suggest_labels,
    top_by,
)

TOPIC_WORD = np.array([[0.5, 0.3, 0.2, 0.0], [0.5, 0.0, 0.1, 0.4]])
TERMS = ("a", "b", "c", "d")


def test_exclusivity_is_the_share_of_a_terms_weight() -> None:
    assert exclusivity(TOPIC_WORD)[0] == pytest.approx([0.5, 1, 2 / 3, 0])


def test_frex_is_the_harmonic_mean_of_the_two_ranks() -> None:
    # Topic 1: ranks of weight 4 3 2 1, of exclusivity 2 4 3 1, out of 4.
    expected = [1 / (0.5 / (x / 4) + 0.5 / (f / 4)) for f, x in ((4, 2), (3, 4), (2, 3), (1, 1))]
    assert frex(TOPIC_WORD)[0] == pytest.approx(expected)
    assert top_by(frex(TOPIC_WORD), TERMS, 2)[0] == ["b", "a"]


def test_lift_compares_with_the_corpus() -> None:
    doc_term = DocTerm(sparse.csr_matrix([[2, 1, 0, 0], [2, 0, 0, 5]]), ("x", "y"), TERMS)
    found = lift(TOPIC_WORD, doc_term)
    assert found[0, 0] == pytest.approx(0.5 / 0.4)
    assert found[1, 3] == pytest.approx(0.4 / 0.5)
    assert found[0, 2] == 0


def test_a_sentence_of_a_topics_words_shows_it_best(planted) -> None:
    doc_term, _ = planted()
    fit = NmfTopics(4, seed=1).fit(doc_term).fit_
    heads = [sorted(np.argsort(row)[-6:]) for row in fit.topic_word]
    rows = np.zeros((5, 60), dtype=np.int32)
    for n, head in enumerate(heads):
        rows[n, head] = 1
    rows[4, [head[0] for head in heads]] = 1
    scores = sentence_scores(fit, sparse.csr_matrix(rows))
    assert scores.argmax(axis=0).tolist() == [0, 1, 2, 3]
    assert ((scores >= 0) & (scores <= 1)).all()


def test_labels_are_those_that_go_with_the_topic() -> None:
    shares = np.array([[0.9, 0.1]] * 4 + [[0.1, 0.9]] * 4)
    carried = [["集群", "全文"], ["集群"], ["集群", "全文"], ["一次"]] + [["联盟", "全文"]] * 4
    assert suggest_labels(shares, carried) == [["集群"], ["联盟", "全文"]]
    assert suggest_labels(shares, [[] for _ in range(8)]) == [[], []]
