import numpy as np
import pandas as pd
import pytest

from textmine.evolution.leadlag import lead_lag, lead_lags, prewhiten


def ar(random: np.random.Generator, n: int, rho: float) -> np.ndarray:
    x = random.normal(size=n + 30)
    for t in range(1, n + 30):
        x[t] += rho * x[t - 1]
    return x[30:]


SERIES = {
    "noise": lambda random: ar(random, 25, 0.0),
    "memory": lambda random: ar(random, 25, 0.6),
    "walk": lambda random: random.normal(size=25).cumsum(),
    "trend": lambda random: ar(random, 25, 0.3) + 0.3 * np.arange(25),
}


@pytest.mark.parametrize("kind", sorted(SERIES))
def test_unrelated_series_that_drift_show_no_lead(kind: str) -> None:
    random = np.random.default_rng(1)
    p = [lead_lag(SERIES[kind](random), SERIES[kind](random)).p for _ in range(120)]
    assert np.mean(np.array(p) < 0.05) <= 0.1


def test_plain_correlation_of_the_same_walks_would_be_fooled() -> None:
    random = np.random.default_rng(2)
    r = [abs(np.corrcoef(*(SERIES["walk"](random) for _ in range(2)))[0, 1]) for _ in range(200)]
    assert np.mean(np.array(r) > 0.396) > 0.4  # 0.396: 5 % level of 25 independent years


@pytest.mark.parametrize("lag", [-2, 0, 1, 3])
def test_a_planted_lag_is_found(lag: int) -> None:
    random = np.random.default_rng(3)
    hits = 0
    for _ in range(40):
        x = ar(random, 40, 0.5)
        y = np.roll(x, lag)[5:30] + 0.4 * random.normal(size=25)
        found = lead_lag(x[5:30], y)
        hits += found.p < 0.05 and found.lag == lag
    assert hits >= 36


def test_short_and_constant_series_are_refused() -> None:
    x = np.random.default_rng(4).normal(size=20)
    assert lead_lag(x[:14], x[:14]) is None
    assert lead_lag(x, np.ones(20)) is None


def test_prewhitening_takes_the_past_out() -> None:
    random = np.random.default_rng(5)
    x = ar(random, 300, 0.7)
    e = prewhiten(x)
    assert abs(np.corrcoef(e[1:], e[:-1])[0, 1]) < 0.1 < 0.5 < np.corrcoef(x[1:], x[:-1])[0, 1]


def test_the_number_of_documents_ties_no_two_series() -> None:
    random = np.random.default_rng(7)
    p = []
    for _ in range(60):
        d = random.integers(2, 200, 30)
        rows = [
            (name, 1990 + t, int(n), int(random.binomial(n, 0.05)))
            for name in ("a", "b")
            for t, n in enumerate(d)
        ]
        columns = ["series", "year", "documents", "with_concept"]
        p.append(lead_lags(pd.DataFrame(rows, columns=columns))["p"].iloc[0])
    assert np.mean(np.array(p) < 0.05) <= 0.1


def test_the_table_says_who_leads_and_where_years_are_missing() -> None:
    random = np.random.default_rng(6)
    x = ar(random, 32, 0.4)
    rows = []
    for name, values in (("papers", x[2:]), ("policy", x[:-2])):  # papers have it two years before
        share = 1 / (1 + np.exp(-values))
        rows += [(name, 1990 + t, 400, round(400 * s)) for t, s in enumerate(share)]
    rows += [("short", 2000 + t, 9, t % 4) for t in range(6)]
    table = lead_lags(pd.DataFrame(rows, columns=["series", "year", "documents", "with_concept"]))
    first = table.iloc[0]
    assert (first["first"], first["second"], first["verdict"], first["lag"]) == (
        *("papers", "policy", "leads"),
        2,
    )
    assert table["note"].tolist() == ["", "too few years", "too few years"]
