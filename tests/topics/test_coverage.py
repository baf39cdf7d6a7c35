"""Intervals hold what they promise: how often they hold the truth of simulated corpora."""

import numpy as np
import pytest

from textmine.topics import NmfTopics, effects, prevalence, stability

SIMULATED = 150
# 95 % nominal. Of 150 simulations fewer than 133 (89 %) would be hit by chance in one of 500.
LEAST = 0.89


def shares_with_trend(random: np.random.Generator, x: np.ndarray) -> np.ndarray:
    """Shares of two topics of which the first grows by 0.1 a unit of x; beta around the mean."""
    mean = 0.5 + 0.1 * x
    first = random.beta(6 * mean, 6 * (1 - mean))
    return np.column_stack([first, 1 - first])


@pytest.mark.parametrize("covariate", ["x", "nothing"])
def test_regressions_cover_the_planted_effect_and_the_absent_one(covariate: str) -> None:
    random = np.random.default_rng(5)
    truth = {"x": 0.1, "nothing": 0.0}[covariate]
    covered = []
    for seed in range(SIMULATED):
        x, other = random.uniform(-2, 2, 80), random.normal(size=80)
        shares = shares_with_trend(random, x)
        table = effects(shares, {"x": x, "nothing": other}, draws=150, seed=seed)
        row = table.set_index(["topic", "covariate"]).loc[(1, covariate)]
        covered.append(row["low"] <= truth <= row["high"])
    assert np.mean(covered) > LEAST


def test_shares_cover_the_truth_when_every_fit_errs() -> None:
    """Each fit is off by an error of its own, as fits of an unstable topic are."""
    random = np.random.default_rng(6)
    covered, blind = [], []
    for seed in range(SIMULATED):
        truth = random.dirichlet([4.0, 4.0], size=60)
        errors = random.normal(scale=0.08, size=21)
        fits = np.stack([truth + np.array([e, -e]) for e in errors])
        told = {"seed": seed, "draws": 200}
        found = prevalence(fits[0], ["a"] * 60, refits=fits[1:], **told).iloc[0]
        alone = prevalence(fits[0], ["a"] * 60, **told).iloc[0]
        covered.append(found["low"] <= 0.5 <= found["high"])
        blind.append(alone["low"] <= 0.5 <= alone["high"])
    assert np.mean(covered) > LEAST
    # Without the other fits the interval knows of the documents alone, and is far too narrow.
    assert np.mean(blind) < 0.6


def test_intervals_of_a_fitted_model_cover_the_planted_shares(planted) -> None:
    """The whole way: documents, fit, further fits, shares; topics matched by their words."""
    covered = []
    for seed in range(8):
        doc_term, _ = planted(seed + 20, documents=150, mixing=(0.5,) * 4)
        model = NmfTopics(4, seed=1).fit(doc_term)
        again = stability(model, doc_term, runs=4)
        found = prevalence(model.fit_.doc_topic, ["a"] * 150, refits=again.doc_topic)
        covered += ((found["low"] <= 0.25) & (found["high"] >= 0.25)).tolist()
    assert np.mean(covered) > LEAST
