from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

from textmine.evolution.contexts import Contexts
from textmine.evolution.proximity import idf, pair_vectors, proximity, similarity, unit_rows
from textmine.records import Period

TERMS = 200
RANDOM = np.random.default_rng(0)
COMMON, OF_A, OF_B = (RANDOM.dirichlet(np.full(TERMS, 0.1)) for _ in range(3))
PERIODS = [Period(str(k), 2000 + 5 * k, 2004 + 5 * k) for k in range(4)]


def drawn(random: np.random.Generator, n: int, common: float, own: np.ndarray) -> np.ndarray:
    """n documents of 10 to 60 words, each with its own bent; `common` of the words are shared."""
    bent = random.dirichlet((common * COMMON + (1 - common) * own) * 60 + 1e-9, size=n)
    return np.array([random.multinomial(random.integers(10, 60), p) for p in bent])


def vectors(counts: np.ndarray) -> sparse.csr_matrix:
    return unit_rows(sparse.csr_matrix(counts), np.ones(counts.shape[1]))


def sides(random: np.random.Generator, n_a: int, n_b: int, common: float):
    """Vectors of A and B; half of A's documents speak of B too."""
    a, b = drawn(random, n_a, common, OF_A), drawn(random, n_b, common, OF_B)
    both = n_a // 2
    a = np.vstack([a, np.zeros((n_b - both, TERMS))])
    return vectors(a), vectors(np.vstack([np.zeros((n_a - both, TERMS)), b]))


def test_it_is_the_mean_over_different_documents() -> None:
    a, b = sides(np.random.default_rng(1), 5, 6, 0.5)
    x, y = a.toarray(), b.toarray()

    def mean(left: np.ndarray, right: np.ndarray) -> float:
        places = product(np.flatnonzero(left.any(axis=1)), np.flatnonzero(right.any(axis=1)))
        return float(np.mean([left[i] @ right[j] for i, j in places if i != j]))

    expected = mean(x, y) / np.sqrt(mean(x, x) * mean(y, y))
    assert similarity(a, b).value == pytest.approx(expected)


def test_the_error_is_that_of_leaving_documents_out() -> None:
    a, b = sides(np.random.default_rng(2), 6, 7, 0.5)
    keep = [np.delete(np.arange(a.shape[0]), d) for d in range(a.shape[0])]
    left = np.array([similarity(a[k], b[k]).value for k in keep])
    n = len(left)
    expected = np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum())
    assert similarity(a, b).error == pytest.approx(expected)


@pytest.mark.parametrize("common", [0.2, 0.6])
def test_the_size_of_the_sample_does_not_move_it_and_intervals_cover(common: float) -> None:
    random = np.random.default_rng(3)
    truth = similarity(*sides(random, 3000, 3000, common)).value
    for n in (6, 40):
        found = [similarity(*sides(random, n, n + 5, common)) for _ in range(150)]
        assert np.mean([s.value for s in found]) == pytest.approx(truth, abs=0.04)
        reach = stats.t.ppf(0.975, n - 1)
        held = np.mean([abs(s.value - truth) <= reach * s.error for s in found])
        assert held >= 0.91


def contexts(random: np.random.Generator, commons: list[float]) -> tuple[Contexts, pd.Series]:
    rows, counts, years = [], [], {}
    for period, common in zip(PERIODS, commons, strict=True):
        for concept, own in (("a", OF_A), ("b", OF_B)):
            for n, row in enumerate(drawn(random, 20, common, own)):
                doc_id = f"{period.name}{concept}{n}"
                years[doc_id] = period.first + n % 5
                rows.append((doc_id, concept, "", 1))
                counts.append(row)
    table = pd.DataFrame(rows, columns=["doc_id", "concept", "company", "sentences"])
    terms = tuple(f"t{n}" for n in range(TERMS))
    return Contexts(sparse.csr_matrix(np.array(counts)), table, terms), pd.Series(years)


def directions(commons: list[float], runs: int) -> list[str]:
    random = np.random.default_rng(4)
    found = []
    for _ in range(runs):
        made, years = contexts(random, commons)
        table = proximity(made, years, ["a", "b"], PERIODS, np.ones(TERMS))[1]
        found.append(table["verdict"].iloc[0])
    return found


def test_concepts_that_come_to_share_words_are_told_from_those_that_do_not() -> None:
    assert directions([0.2, 0.4, 0.6, 0.8], 10).count("closer") >= 9
    assert directions([0.8, 0.6, 0.4, 0.2], 10).count("apart") >= 9
    assert directions([0.5] * 4, 20).count("none shown") >= 18


def test_few_documents_and_few_periods_are_refused() -> None:
    made, years = contexts(np.random.default_rng(5), [0.5] * 4)
    table, drift = proximity(made, years[years < 2006], ["a", "b"], PERIODS, np.ones(TERMS))
    assert table["note"].tolist() == ["", "too few documents", *["too few documents"] * 2]
    assert drift["note"].tolist() == ["too few periods"]


def test_sentences_with_both_concepts_do_not_count() -> None:
    rows = [("d", "a", "b", 1), ("d", "b", "a", 1), ("e", "a", "", 1), ("f", "b", "", 1)]
    table = pd.DataFrame(rows, columns=["doc_id", "concept", "company", "sentences"])
    made = Contexts(sparse.csr_matrix(np.ones((4, 2))), table, ("x", "y"))
    years = pd.Series({"d": 2000, "e": 2000, "f": 2000})
    pair = pair_vectors(made, "a", "b", years, idf(np.array([1, 1]), 3))
    assert pair.has_a.tolist() == [True, False]
    assert pair.has_b.tolist() == [False, True]
