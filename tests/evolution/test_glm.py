import numpy as np
import pytest
from scipy import optimize

from textmine.evolution.glm import quasi_poisson

TIME = np.arange(20.0) - 9.5
DESIGN = np.column_stack([np.ones(20), TIME])


def test_coefficients_maximise_the_poisson_likelihood() -> None:
    random = np.random.default_rng(1)
    documents = random.integers(20, 80, 20).astype(float)
    counts = random.poisson(documents * np.exp(-1.2 + 0.05 * TIME)).astype(float)

    def loss(beta: np.ndarray) -> float:
        eta = DESIGN @ beta + np.log(documents)
        return float(np.exp(eta).sum() - counts @ eta)

    best = optimize.minimize(loss, np.zeros(2), method="Nelder-Mead", tol=1e-10).x
    assert quasi_poisson(counts, DESIGN, np.log(documents)).coefficients == pytest.approx(
        best, abs=1e-4
    )


def test_intervals_cover_with_overdispersed_counts() -> None:
    random, held = np.random.default_rng(2), []
    for _ in range(400):
        documents = random.integers(20, 80, 20).astype(float)
        noise = random.gamma(8, 1 / 8, 20)
        counts = random.poisson(documents * 0.3 * np.exp(0.03 * TIME) * noise).astype(float)
        low, high = quasi_poisson(counts, DESIGN, np.log(documents)).interval(1)
        held.append(low <= 0.03 <= high)
    assert 0.92 < np.mean(held) < 0.99


def test_what_the_counts_do_not_determine_is_not_claimed() -> None:
    counts = np.where(np.arange(20) < 19, 0.0, 5.0)
    step = np.column_stack([np.ones(20), np.arange(20) >= 10, np.arange(20) >= 10])
    fit = quasi_poisson(counts, step, np.zeros(20))
    assert not fit.converged
    assert fit.interval(1) == (-np.inf, np.inf)
    assert fit.p(1) == 1.0
