from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from textmine.evolution import (
    BurstModel,
    bursts,
    document_shares,
    kleinberg,
    mann_kendall,
    meetings,
    sen_slope,
    term_bursts,
    trends,
    wilson,
)
from textmine.evolution.autocorrelation import variance_of_s
from textmine.matrices import DocTerm
from textmine.records import Period


def corpus(years: dict[int, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One document per letter: capital A mentions a, B b, X both, . none."""
    documents, mentions = [], []
    for year, letters in years.items():
        for n, letter in enumerate(letters):
            doc_id = f"{year}-{n}"
            documents.append((doc_id, year))
            mentions += [(doc_id, c) for c in {"A": "a", "B": "b", "X": "ab", ".": ""}[letter]]
            mentions += [(doc_id, "a")] if letter == "A" else []  # twice in one document
    return (
        pd.DataFrame(documents, columns=["doc_id", "year"]).astype({"year": "Int64"}),
        pd.DataFrame(mentions, columns=["doc_id", "concept"]),
    )


def test_wilson_intervals_equal_those_of_scipy() -> None:
    for x, n in [(0, 5), (1, 5), (5, 5), (7, 30), (29, 30)]:
        low, high = wilson(x, n)
        expected = stats.binomtest(x, n).proportion_ci(method="wilson")
        assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert np.isnan(wilson(0, 0)[0])


def test_wilson_intervals_cover_at_their_level() -> None:
    random = np.random.default_rng(1)
    for p in (0.1, 0.3, 0.5):
        x = random.binomial(40, p, size=4000)
        low, high = wilson(x, np.full(4000, 40))
        assert 0.93 < ((low <= p) & (p <= high)).mean() < 0.975


def test_a_document_counts_once_and_empty_years_are_unknown() -> None:
    table = document_shares(*corpus({2001: "AB.X", 2003: "A"}), ["a", "b"])
    a = table[table["concept"] == "a"]
    assert a["with_concept"].tolist() == [2, 0, 1]
    assert a["share"].tolist()[::2] == [0.5, 1.0]
    assert a["share"].isna().tolist() == [False, True, False]


def test_without_dated_documents_there_are_no_shares() -> None:
    documents = pd.DataFrame({"doc_id": ["x"], "year": pd.array([None], dtype="Int64")})
    assert document_shares(documents, corpus({2001: "A"})[1], ["a"]).empty


@given(st.permutations(range(8)))
def test_the_order_of_documents_and_mentions_makes_no_difference(order: list[int]) -> None:
    documents, mentions = corpus({2001: "AXB.", 2002: "ABX."})
    shuffled = documents.iloc[order]
    first = document_shares(documents, mentions, ["a", "b"])
    second = document_shares(shuffled, mentions.iloc[::-1], ["a", "b"])
    pd.testing.assert_frame_equal(first, second)


def test_meetings_count_and_test_each_pair_per_period() -> None:
    periods = [Period("early", 2001, 2002), Period("late", 2003, 2004), Period("few", 2009, 2009)]
    letters = {2001: "AAAAABBBBB", 2002: "..", 2003: "XXXXXXXX", 2004: "........", 2009: "X."}
    table = meetings(*corpus(letters), ["a", "b"], periods)
    early, late, few = table.to_dict("records")
    assert (early["together"], late["together"]) == (0, 8)
    assert early["expected"] == pytest.approx(25 / 12)
    assert early["log_odds"] < 0 < late["low"]
    assert late["p"] == pytest.approx(stats.fisher_exact([[8, 0], [0, 8]]).pvalue)
    assert late["q"] >= late["p"]
    assert few["note"] == "too few documents"
    assert np.isnan(few["p"])


def cost(states: tuple[int, ...], r: list[int], d: list[int], model: BurstModel) -> float:
    base = sum(r) / sum(d)
    rates = (base, min(model.s * base, 0.9999))
    emitted = sum(-stats.binom.logpmf(a, n, rates[s]) for a, n, s in zip(r, d, states, strict=True))
    ups = sum(b > a for a, b in zip((0, *states), states, strict=False))
    return float(emitted + ups * model.gamma * np.log(len(r)))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(6, 12)), min_size=2, max_size=8),
    st.sampled_from([BurstModel(), BurstModel(1.5, 0.5), BurstModel(3, 2)]),
)
def test_burst_states_are_the_cheapest_of_all_sequences(rows, model: BurstModel) -> None:
    r, d = [a for a, _ in rows], [b for _, b in rows]
    if sum(r) == 0:
        return
    states = tuple(int(s) for s in kleinberg(r, d, model))
    cheapest = min(cost(s, r, d, model) for s in product((0, 1), repeat=len(r)))
    assert cost(states, r, d, model) == pytest.approx(cheapest)


def shares(counts: list[int], documents: int = 20, first: int = 2000) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "concept": "a",
            "year": range(first, first + len(counts)),
            "documents": documents,
            "with_concept": counts,
            "share": np.array(counts) / documents,
        }
    )


def test_a_flat_series_has_no_burst_and_a_surge_is_one_burst_of_its_years() -> None:
    assert bursts(shares([5] * 18)).empty
    (found,) = bursts(shares([2, 2, 2, 2, 10, 12, 11, 2, 2, 2])).to_dict("records")
    assert (found["first"], found["last"]) == (2004, 2006)
    assert found["weight"] > 0


def test_more_of_the_same_keeps_the_burst_years() -> None:
    counts = [2, 2, 2, 10, 12, 11, 2, 2, 2]
    many = bursts(shares([10 * c for c in counts], 200))
    assert many[["first", "last"]].equals(bursts(shares(counts))[["first", "last"]])


def test_bursts_of_noise_are_no_surer_than_chance_and_planted_ones_are() -> None:
    random = np.random.default_rng(7)
    flat = [bursts(shares(random.binomial(20, 0.2, 25).tolist()))["p"].min() for _ in range(150)]
    assert np.mean(np.nan_to_num(flat, nan=1.0) < 0.05) <= 0.08
    planted = np.where((np.arange(25) >= 10) & (np.arange(25) < 14), 0.6, 0.2)
    found = [bursts(shares(random.binomial(20, planted).tolist())) for _ in range(40)]
    assert np.mean([(t["p"] < 0.05).any() for t in found]) > 0.95


def test_several_series_at_once_have_the_states_of_each() -> None:
    random = np.random.default_rng(8)
    d = random.integers(10, 30, 20)
    r = np.array([random.binomial(d, p) for p in (0.1, 0.4, 0.0, 1.0)])
    r[0, 5:9] = d[5:9]
    together = kleinberg(r, d)
    for row, states in zip(r, together, strict=True):
        assert kleinberg(row, d).tolist() == states.tolist()
    assert together[0, 5:9].all()
    assert not together[2:].any()


def test_bursts_of_terms_are_those_of_their_shares() -> None:
    random = np.random.default_rng(9)
    year = np.repeat(np.arange(2000, 2020), 15)
    held = random.random((300, 30)) < 0.15
    held[:, 0] |= (year >= 2008) & (year < 2012) & (random.random(300) < 0.7)
    ids = tuple(f"d{n:03}" for n in range(300))
    terms = tuple(f"t{n:02}" for n in range(30))
    matrix = DocTerm(sparse.csr_matrix(held.astype(np.int32)), ids, terms)
    table = term_bursts(matrix, pd.Series(year, index=list(ids)))
    first = table.iloc[0]
    assert (first["term"], first["first"], first["last"]) == ("t00", 2008, 2011)
    assert table.loc[table["q"] < 0.05, "term"].tolist() == ["t00"]
    counts = [int(held[year == y, 0].sum()) for y in range(2000, 2020)]
    assert bursts(shares(counts, 15))["weight"].max() == pytest.approx(first["weight"])


def test_terms_in_nearly_all_documents_do_not_burst() -> None:
    year = np.repeat(np.arange(2000, 2010), 60)
    held = np.ones((600, 3), dtype=np.int32)
    held[::90, 1] = 0
    held[:, 2] = np.arange(600) % 2
    ids = tuple(f"d{n:03}" for n in range(600))
    matrix = DocTerm(sparse.csr_matrix(held), ids, ("x", "y", "z"))
    assert term_bursts(matrix, pd.Series(year, index=list(ids))).empty


def test_too_few_years_are_said_so() -> None:
    assert bursts(shares([1, 2, 3]))["note"].tolist() == ["too few years"]
    assert trends(shares([1, 2, 3]))["note"].tolist() == ["too few years"]


def test_a_steady_rise_is_a_trend_and_noise_is_none() -> None:
    (row,) = trends(shares(list(range(1, 19)))).to_dict("records")
    assert row["trend"] == "rising"
    assert row["low"] <= row["slope"] <= row["high"]
    assert row["slope"] == pytest.approx(0.05)
    (flat,) = trends(shares([5, 7, 4, 6, 5, 6, 4, 7, 5, 6, 5, 6])).to_dict("records")
    assert flat["trend"] == "none shown"


def ar(random: np.random.Generator, n: int, rho: float) -> np.ndarray:
    """An autocorrelated series without trend."""
    x = random.normal(size=n + 30)
    for t in range(1, n + 30):
        x[t] += rho * x[t - 1]
    return x[30:]


@pytest.mark.parametrize("rho", [0.0, 0.4, 0.6])
def test_trend_tests_keep_their_level_on_autocorrelated_noise(rho: float) -> None:
    random = np.random.default_rng(3)
    p = np.array([mann_kendall(ar(random, 25, rho)).p for _ in range(500)])
    assert (p < 0.05).mean() < 0.08
    rising = [mann_kendall(ar(random, 25, rho) + 0.3 * np.arange(25)).p for _ in range(100)]
    assert np.mean(np.array(rising) < 0.05) > 0.5


@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_intervals_of_the_slope_cover_it(rho: float) -> None:
    random = np.random.default_rng(4)
    found = [sen_slope(ar(random, 25, rho) + 0.1 * np.arange(25)) for _ in range(400)]
    assert 0.91 < np.mean([low <= 0.1 <= high for _, low, high in found]) < 0.99


def test_the_variance_of_s_is_that_of_simulated_series() -> None:
    random = np.random.default_rng(5)
    signs = []
    for _ in range(3000):
        x = ar(random, 12, 0.5)
        signs.append(np.triu(np.sign(x[None, :] - x[:, None]), 1).sum())
    assert variance_of_s(12, 0.5) == pytest.approx(np.var(signs), rel=0.08)
    assert variance_of_s(12, 0.0) == 12 * 11 * 29 / 18


def test_kendalls_tau_and_sens_slope_equal_those_of_scipy() -> None:
    x = np.random.default_rng(5).normal(size=20).cumsum()
    assert mann_kendall(x).tau == pytest.approx(stats.kendalltau(np.arange(20), x).statistic)
    assert sen_slope(x)[0] == pytest.approx(stats.theilslopes(x, np.arange(20)).slope)


def test_slopes_are_per_year_where_years_are_missing() -> None:
    table = shares([t for t in range(20) if t % 3])
    table["year"] = [2000 + t for t in range(20) if t % 3]
    assert trends(table)["slope"].iloc[0] == pytest.approx(0.05)


def test_growth_is_the_relative_change_of_the_share() -> None:
    counts = [round(1000 * 1.05**t) for t in range(20)]
    (row,) = trends(shares(counts, documents=10_000)).to_dict("records")
    assert row["growth"] == pytest.approx(0.05, abs=0.001)
    assert row["growth_low"] < 0.05 < row["growth_high"]


def test_a_concept_in_no_document_has_a_note_instead_of_a_trend() -> None:
    (row,) = trends(shares([0] * 15)).to_dict("records")
    assert (row["note"], row["trend"]) == ("in no document", "")
