from collections import Counter

import numpy as np
import pandas as pd
import pytest

from textmine.evolution.symbiosis import BETAS, symbioses, symbiosis, trajectory

YEARS = 25


def counts(random: np.random.Generator, to_a: float, to_b: float, documents: int = 300):
    """A pair that starts low, with random rates and heights."""
    theta = np.log(
        [*random.uniform(0.02, 0.1, 2), *random.uniform(0.3, 0.7, 2), *random.uniform(0.25, 0.5, 2)]
    )
    path = trajectory(np.array([[*theta, to_a, to_b]]), YEARS)[0]
    d = random.integers(documents // 2, documents * 2, YEARS)
    return (*random.binomial(d, path), d)


def test_a_trajectory_follows_its_formula() -> None:
    theta = np.array([[*np.log([0.1, 0.2, 0.5, 0.4, 0.4, 0.6]), 0.3, -0.2]])
    x, y = trajectory(theta, 3)[0]
    assert (x[0], y[0]) == pytest.approx((0.1, 0.2))
    assert x[1] == pytest.approx(0.1 * np.exp(0.5 * (1 - 0.1 / 0.4 + 0.3 * 0.2 / 0.6)))
    assert y[1] == pytest.approx(0.2 * np.exp(0.4 * (1 - 0.2 / 0.6 - 0.2 * 0.1 / 0.4)))


def test_a_parasitic_pair_is_named_or_not_identified_but_never_with_the_wrong_sign() -> None:
    random = np.random.default_rng(1)
    found = [symbiosis(*counts(random, 0.6, -0.6)) for _ in range(10)]
    relations = Counter(s.relation for s in found)
    assert set(relations) <= {"parasitic", "amensal", "commensal", "not identified"}
    assert relations["parasitic"] >= 3
    for s in found:
        if s.relation != "not identified":
            assert s.b_to_a >= 0 >= s.a_to_b


def test_unrelated_rises_and_pulses_are_no_symbiosis() -> None:
    random = np.random.default_rng(2)
    time = np.arange(YEARS)
    relations = []
    for n in range(10):
        r = counts(random, 0, 0)
        if n % 2:
            middles = random.uniform(8, 18, 2)[:, None]
            share = 0.02 + 0.5 * np.exp(-(((time - middles) / random.uniform(3, 6, (2, 1))) ** 2))
            r = (*random.binomial(r[2], share), r[2])
        relations.append(symbiosis(*r).relation)
    assert sum(relation in ("not identified", "independent") for relation in relations) >= 9


def test_the_order_of_the_two_makes_no_difference() -> None:
    a, b, d = counts(np.random.default_rng(4), 0.6, -0.6)
    one, two = symbiosis(a, b, d), symbiosis(b, a, d)
    assert one.relation == two.relation
    assert (one.b_to_a, one.a_to_b) == pytest.approx((two.a_to_b, two.b_to_a), abs=1e-3)


def test_the_couplings_are_the_last_parameters() -> None:
    assert BETAS == (6, 7)


def test_few_years_and_rare_concepts_are_refused() -> None:
    rows = [("a", y, 30, 10) for y in range(2000, 2020)]
    rows += [("b", y, 30, int(y > 2016)) for y in range(2000, 2020)]
    table = pd.DataFrame(rows, columns=["concept", "year", "documents", "with_concept"])
    assert symbioses(table)["note"].tolist() == ["too few years"]
    assert symbioses(table[table["year"] < 2010])["note"].tolist() == ["too few years"]
