import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from textmine.errors import TooFewData
from textmine.topics import (
    NmfTopics,
    TopicFit,
    cohen_kappa,
    fleiss_kappa,
    intrusion_questions,
    intrusion_scores,
)


@pytest.fixture(scope="module")
def fit(planted) -> TopicFit:
    return NmfTopics(4, seed=1).fit(planted()[0]).fit_


def test_the_intruder_is_no_word_of_the_topic(fit: TopicFit) -> None:
    heads = [[word for word, _ in words] for words in fit.top_words(15)]
    questions = intrusion_questions(fit, per_topic=4, seed=3)
    assert sorted(q.topic for q in questions) == sorted([1, 2, 3, 4] * 4)
    for question in questions:
        own = heads[question.topic - 1]
        strangers = [n for n, word in enumerate(question.words, 1) if word not in own]
        assert strangers == [question.intruder]
        intruder = question.words[question.intruder - 1]
        assert any(intruder in head for head in heads)


def test_questions_are_the_same_for_a_seed_and_others_for_another(fit: TopicFit) -> None:
    assert intrusion_questions(fit, seed=1) == intrusion_questions(fit, seed=1)
    assert intrusion_questions(fit, seed=1) != intrusion_questions(fit, seed=2)


def test_the_intruder_stands_at_any_place(fit: TopicFit) -> None:
    places = [q.intruder for q in intrusion_questions(fit, per_topic=30)]
    assert set(places) == {1, 2, 3, 4, 5, 6}


def test_who_knows_the_key_is_right_and_who_guesses_is_right_by_chance(fit: TopicFit) -> None:
    questions = intrusion_questions(fit, per_topic=50)
    key = np.array([q.intruder for q in questions])
    guesses = np.random.default_rng(0).integers(1, 7, len(key))
    perfect = intrusion_scores(questions, key[None]).set_index("topic")
    assert perfect["precision"].tolist() == [1.0] * 5
    assert perfect.at[0, "answers"] == 200
    by_chance = intrusion_scores(questions, guesses[None]).set_index("topic")
    assert by_chance.at[0, "low"] < 1 / 6 < by_chance.at[0, "high"]
    assert cohen_kappa(guesses, key) == pytest.approx(0, abs=0.15)


def test_questions_left_open_count_for_nothing(fit: TopicFit) -> None:
    questions = intrusion_questions(fit)
    nothing = intrusion_scores(questions, np.zeros((1, len(questions)), dtype=np.int64))
    assert nothing["answers"].sum() == 0
    assert nothing["precision"].isna().all()
    assert (nothing["low"].iloc[0], nothing["high"].iloc[0]) == (0, 1)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=4, max_size=30))
def test_kappa_of_two_is_scikit_learns(pairs) -> None:
    one, two = np.array(pairs).T
    if len({*one, *two}) > 1:
        assert cohen_kappa(one, two) == pytest.approx(cohen_kappa_score(one, two))


def test_kappa_of_several_is_that_of_fleiss_worked_example() -> None:
    # Two of three agree on each of four questions: P = 1/3, shares (7, 5)/12 of two choices.
    answers = np.array([[1, 1, 2, 1], [1, 2, 2, 2], [2, 1, 1, 1]])
    expected = (7 / 12) ** 2 + (5 / 12) ** 2
    assert fleiss_kappa(answers) == pytest.approx((1 / 3 - expected) / (1 - expected))
    assert fleiss_kappa(np.tile([1, 2, 3], (3, 1))) == pytest.approx(1)
    assert np.isnan(fleiss_kappa(answers[:1]))


def test_one_topic_gives_no_questions(fit: TopicFit) -> None:
    single = TopicFit(fit.topic_word[:1], fit.doc_topic[:, :1], fit.terms, fit.doc_ids, "", {}, 0)
    with pytest.raises(TooFewData, match="questions"):
        intrusion_questions(single)
