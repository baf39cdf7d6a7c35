import numpy as np
import pandas as pd
import pytest

from textmine.records import Span
from textmine.topics import (
    EFFECT_COLUMNS,
    PREVALENCE_COLUMNS,
    NmfTopics,
    by_document,
    effects,
    gathered,
    passages,
    prevalence,
    stability,
)


def test_shares_are_means_of_the_groups_and_sum_to_one() -> None:
    shares = np.array([[1, 0], [0.5, 0.5], [0.2, 0.8]])
    found = prevalence(shares, [2001, 2001, None])
    assert list(found.columns) == list(PREVALENCE_COLUMNS)
    assert found["share"].tolist() == [0.75, 0.25]
    assert found["documents"].tolist() == [2, 2]
    assert (found["low"] <= found["share"]).all()
    assert (found["high"] >= found["share"]).all()


def test_intervals_cover_the_share_of_the_population() -> None:
    random = np.random.default_rng(4)
    covered = []
    for seed in range(120):
        shares = random.dirichlet([2.0, 1.0, 1.0], size=60)
        found = prevalence(shares, ["x"] * 60, seed=seed, draws=200)
        covered.append(found["low"][0] <= 0.5 <= found["high"][0])
    # 95 % nominal; below 87 % would be four standard errors off.
    assert np.mean(covered) > 0.87


def test_further_fits_widen_the_intervals() -> None:
    shares = np.tile([0.5, 0.5], (20, 1))
    assert prevalence(shares, ["x"] * 20)["high"][0] == pytest.approx(0.5)
    refits = np.stack([np.tile([a, 1 - a], (20, 1)) for a in (0.3, 0.5, 0.7)])
    found = prevalence(shares, ["x"] * 20, refits=refits)
    assert (found["low"][0], found["high"][0]) == pytest.approx((0.3, 0.7))


def test_effects_find_a_planted_trend_and_no_other(planted) -> None:
    random = np.random.default_rng(1)
    x, noise = random.normal(size=300), random.normal(size=300)
    first = 1 / (1 + np.exp(-(0.8 * x + random.normal(scale=0.3, size=300))))
    found = effects(
        np.column_stack([first, 1 - first]), {"x": x, "noise": noise, "one": [1.0] * 300}
    )
    assert list(found.columns) == list(EFFECT_COLUMNS)
    table = found.set_index(["topic", "covariate"])
    assert table.at[(1, "x"), "low"] > 0.1
    assert table.at[(2, "x"), "high"] < -0.1
    assert table.at[(1, "noise"), "low"] < 0 < table.at[(1, "noise"), "high"]
    assert "one" not in set(found["covariate"])
    assert effects(np.ones((2, 1)), {"x": [1.0, 2.0]}).empty


def test_planted_shares_lie_within_the_intervals(planted) -> None:
    doc_term, _ = planted(2, documents=200)
    model = NmfTopics(4, seed=1).fit(doc_term)
    refits = stability(model, doc_term, runs=4).doc_topic
    half = ["a" if n % 2 else "b" for n in range(200)]
    found = prevalence(model.fit_.doc_topic, half, refits=refits)
    counts = pd.Series(half).value_counts().to_dict()
    assert dict(zip(found["group"], found["documents"], strict=True)) == counts
    assert (found["high"] - found["low"]).max() < 0.35


def test_passages_end_with_sentences_and_keep_all() -> None:
    sentences = [Span(0, 40), Span(41, 90), Span(90, 130), Span(131, 150)]
    assert passages(sentences, length=80) == [Span(0, 90), Span(90, 150)]
    assert passages(sentences, length=1000) == [Span(0, 150)]
    assert passages([], length=80) == []


def test_documents_get_the_weighted_means_of_their_passages() -> None:
    shares = np.array([[1.0, 0], [0, 1.0], [0.5, 0.5]])
    found = gathered(shares, ["b", "b", "a"], [3, 1, 2])
    assert found.tolist() == [[0.5, 0.5], [0.75, 0.25]]
    assert gathered(np.stack([shares] * 2), ["b", "b", "a"], [3, 1, 2]).shape == (2, 2, 2)


def test_passages_of_a_document_are_drawn_together(planted) -> None:
    doc_term, _ = planted()
    owners = [f"o{n // 4}" for n in range(120)]
    model = NmfTopics(4, seed=1).fit(doc_term)
    found = stability(model, doc_term, runs=3, owners=owners)
    assert found.verdicts() == ["stable"] * 4
    fit = by_document(model.fit_, owners, [1.0] * 120)
    assert fit.doc_ids == tuple(sorted(set(owners)))
    assert np.allclose(fit.doc_topic.sum(axis=1), 1)
