from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from textmine.matrices import DocTerm
from textmine.topics import (
    SWEEP_COLUMNS,
    LdaTopics,
    NmfTopics,
    TopicFit,
    average_jaccard,
    held_out_likelihood,
    recommend,
    stability,
    sweep,
)
from textmine.topics.stability import mean_interval


def fit_of(*heads: str) -> TopicFit:
    """A fit whose topics have these letters as their top words, in order."""
    terms = tuple("abcdefgh")
    weights = np.zeros((len(heads), len(terms)))
    for topic, head in enumerate(heads):
        for rank, letter in enumerate(head):
            weights[topic, terms.index(letter)] = 1 / (rank + 1)
    shares = np.full((1, len(heads)), 1 / len(heads))
    return TopicFit(weights, shares, terms, ("d",), "made", {}, 0)


def test_average_jaccard_is_the_sum_done_by_hand() -> None:
    # Depths 1 to 3: {a}{a} = 1, {a,b}{a,c} = 1/3, {a,b,c}{a,c,b} = 1.
    agreement = average_jaccard(fit_of("abc", "def"), fit_of("acb", "fgh"), top=3)
    assert agreement[0, 0] == pytest.approx((1 + 1 / 3 + 1) / 3)
    assert agreement[0, 1] == 0
    # {d}{f} = 0, {d,e}{f,g} = 0, {d,e,f}{f,g,h} = 1/5.
    assert agreement[1, 1] == pytest.approx(1 / 15)


def test_planted_topics_are_stable_and_surplus_ones_are_not(planted) -> None:
    doc_term, _ = planted()
    right = NmfTopics(4, seed=1).fit(doc_term)
    assert stability(right, doc_term, runs=6).verdicts() == ["stable"] * 4
    surplus = NmfTopics(8, seed=1).fit(doc_term)
    assert stability(surplus, doc_term, runs=6).mean.min() < 0.5


def test_noise_has_no_stable_topic() -> None:
    random = np.random.default_rng(0)
    counts = sparse.csr_matrix(random.poisson(0.3, (150, 200)).astype(np.int32))
    names = (tuple(f"d{i:03}" for i in range(150)), tuple(f"w{i:03}" for i in range(200)))
    noise = DocTerm(counts, *names)
    found = stability(NmfTopics(6, seed=1).fit(noise), noise, runs=6)
    assert "stable" not in found.verdicts()


@settings(max_examples=3, deadline=None)
@given(order=st.permutations(range(120)))
def test_stability_is_the_same_for_any_order_of_documents(planted, order: list[int]) -> None:
    doc_term, _ = planted()
    shuffled = doc_term.select_documents(order)
    one, two = (stability(NmfTopics(4).fit(d), d, runs=2) for d in (doc_term, shuffled))
    assert one.words.tobytes() == two.words.tobytes()
    assert one.held_out.tobytes() == two.held_out.tobytes()


def test_intervals_cover_the_mean_of_many_runs(planted) -> None:
    doc_term, _ = planted(5, documents=60, length=12)
    model = NmfTopics(4, seed=1, max_iter=30).fit(doc_term)
    words = stability(model, doc_term, runs=300).words
    truth = words.mean(axis=0)
    parts = words.reshape(30, 10, 4)
    covered = [
        (low <= truth) & (truth <= high)
        for low, high in (mean_interval(part, 0.95) for part in parts)
    ]
    # 120 intervals at 95 %; below 87 % would be four standard errors off.
    assert 0.87 <= np.mean(covered) <= 1


def test_the_right_model_predicts_unseen_documents_better(planted) -> None:
    doc_term, _ = planted()
    training, unseen = (doc_term.select_documents(r) for r in (range(90), range(90, 120)))
    few, right = (
        held_out_likelihood(LdaTopics(k, seed=1).fit(training), training, unseen) for k in (2, 4)
    )
    assert few < right < 0
    empty = DocTerm(sparse.csr_matrix((1, 60), dtype=np.int32), ("x",), doc_term.terms)
    assert np.isnan(held_out_likelihood(NmfTopics(2).fit(training), training, empty))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sweep_recommends_the_planted_number(planted, seed: int) -> None:
    table = sweep(partial(NmfTopics, seed=1), planted(seed)[0], range(2, 9), runs=4)
    assert list(table.columns) == list(SWEEP_COLUMNS)
    advice = recommend(table)
    assert advice.k == 4
    assert "K = 4" in advice.zh
    assert "K = 4" in advice.en


def test_a_recommendation_at_the_edge_says_so_and_names_equals(planted) -> None:
    table = sweep(partial(NmfTopics, seed=1), planted()[0], [4], runs=2)
    assert "edge" not in recommend(table).en
    two = sweep(partial(NmfTopics, seed=1), planted()[0], [2, 4], runs=2)
    assert "edge" in recommend(two).en
    equals = two.assign(score=[0.60, 0.62])
    assert recommend(equals).near == (2,)


def test_a_sweep_runs_in_any_executor_with_the_same_result(planted) -> None:
    make, doc_term = partial(NmfTopics, seed=1), planted()[0]
    one = sweep(make, doc_term, [3, 2], runs=2)
    with ThreadPoolExecutor(2) as pool:
        two = sweep(make, doc_term, [2, 3], runs=2, mapper=pool.map)
    assert one.equals(two)
