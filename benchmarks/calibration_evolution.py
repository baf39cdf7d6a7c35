"""How far the evolution's tests and intervals keep what they promise, by simulation.

Prints Markdown tables: false alarms on series in which nothing happens (5 % is promised), coverage
of 95 % intervals, and how often what was planted is found. With the environment variable
TEXTMINE_DATA also a comparison with history: the slogans of slogans.toml, whose years were written
down before, in the government work reports.

    python -m benchmarks.calibration_evolution [--runs 300]
"""

from __future__ import annotations

import argparse
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from textmine import evolution
from textmine.evolution.proximity import Similarity, similarity, unit_rows
from textmine.evolution.symbiosis import trajectory
from textmine.records import Event, Period
from textmine.segment import sentences

Array = NDArray[Any]
Row = tuple[str, str, str]
SEED = 20080101
YEARS = 25


def autoregressive(random: np.random.Generator, n: int, rho: float) -> Array:
    x = random.normal(size=n + 30)
    for t in range(1, n + 30):
        x[t] += rho * x[t - 1]
    return np.asarray(x[30:])


def share_table(relevant: Array, documents: Array) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "concept": "a",
            "year": 2000 + np.arange(len(documents)),
            "documents": documents,
            "with_concept": relevant,
            "share": relevant / documents,
        }
    )


def counted(
    random: np.random.Generator, share: Array, *, overdispersion: float = 0.0
) -> pd.DataFrame:
    """15 to 59 documents a year; overdispersion is the beta-binomial's intraclass correlation."""
    d = random.integers(15, 60, len(share))
    p = np.clip(share, 1e-6, 1 - 1e-6)
    if overdispersion:
        p = random.beta(p * (1 / overdispersion - 1), (1 - p) * (1 / overdispersion - 1))
    return share_table(random.binomial(d, p), d)


def rate(runs: int, happens: Callable[[], bool]) -> str:
    found = sum(happens() for _ in range(runs))
    low, high = evolution.wilson(found, runs)
    return f"{100 * found / runs:.0f} % ({100 * float(low):.0f}–{100 * float(high):.0f})"


def trend_shown(random: np.random.Generator, rho: float, rise: float) -> bool:
    x = autoregressive(random, YEARS, rho) + rise * np.arange(YEARS) / YEARS
    return evolution.mann_kendall(x).p < 0.05


def changes_shown(random: np.random.Generator, over: float) -> bool:
    table = counted(random, np.full(YEARS, 0.2), overdispersion=over)
    return len(evolution.concept_changes(table)) > 0


def cycle_shown(random: np.random.Generator, over: float) -> bool:
    table = counted(random, np.full(YEARS, 0.25), overdispersion=over)
    return str(evolution.life_cycles(table)["shape"].iloc[0]) != "flat"


def trends(random: np.random.Generator, runs: int) -> Iterator[Row]:
    time = np.arange(YEARS)
    for rho in (0.0, 0.4, 0.6):
        yield (
            "Mann–Kendall, false trend",
            f"AR({rho}), {YEARS} years",
            rate(runs, partial(trend_shown, random, rho, 0.0)),
        )
    for rho in (0.0, 0.4):

        def covered(rho: float = rho) -> bool:
            _, low, high = evolution.sen_slope(autoregressive(random, YEARS, rho) + 0.1 * time)
            return low <= 0.1 <= high

        yield "Sen's slope, coverage", f"AR({rho}), {YEARS} years", rate(runs, covered)
        yield (
            "Mann–Kendall, power",
            f"AR({rho}), three standard deviations in {YEARS} years",
            rate(runs, partial(trend_shown, random, rho, 3.0)),
        )

    def growth_covered() -> bool:
        row = evolution.trends(counted(random, 0.1 * 1.03**time, overdispersion=0.03)).iloc[0]
        return bool(row["growth_low"] <= 0.03 <= row["growth_high"])

    yield "growth per year, coverage", "3 % a year, overdispersed", rate(runs, growth_covered)


def flat_terms(random: np.random.Generator, runs: int) -> Iterator[Row]:
    """The false discovery rate over many terms of which a tenth really rises."""
    false, shown = 0, 0
    for _ in range(max(3, runs // 30)):
        tables = []
        for k in range(100):
            share = 0.15 + (0.012 * np.arange(YEARS) if k < 10 else np.zeros(YEARS))
            tables.append(counted(random, share).assign(concept=f"{k:02}"))
        table = evolution.trends(pd.concat(tables))
        rising = table[table["trend"] != "none shown"]["concept"]
        false += int((rising >= "10").sum())
        shown += len(rising)
    yield "trends of 100 terms, false discoveries", "10 rise, 90 flat", f"{false} of {shown} shown"


def levels(random: np.random.Generator, runs: int) -> Iterator[Row]:
    flat = np.full(YEARS, 0.2)
    step = np.where(np.arange(YEARS) < 12, 0.1, 0.35)
    for over in (0.0, 0.05):
        name = "overdispersed" if over else "binomial"
        yield (
            "change of level, false",
            f"flat, {name}",
            rate(runs, partial(changes_shown, random, over)),
        )

        def found(over: float = over) -> bool:
            rows = evolution.concept_changes(counted(random, step, overdispersion=over))
            return len(rows) == 1 and bool(abs(int(rows["year"].iloc[0]) - 2012) <= 1)

        yield "change of level, found within a year", f"10 % → 35 %, {name}", rate(runs, found)
    yield (
        "burst with p < 0.05, false",
        "flat, binomial",
        rate(runs, lambda: bool((evolution.bursts(counted(random, flat))["p"] < 0.05).any())),
    )
    yield (
        "burst at all (Kleinberg's s = 2, γ = 1), false",
        "flat, binomial",
        rate(runs, lambda: len(evolution.bursts(counted(random, flat))) > 0),
    )
    surge = np.where(np.isin(np.arange(YEARS), range(10, 14)), 0.6, 0.15)

    def burst() -> bool:
        rows = evolution.bursts(counted(random, surge))
        best = rows.sort_values("weight").iloc[-1]
        return bool(best["p"] < 0.05 and abs(best["first"] - 2010) <= 1 >= abs(best["last"] - 2013))

    yield "burst, found with its years", "15 % → 60 % in four years", rate(runs, burst)


def cycles(random: np.random.Generator, runs: int) -> Iterator[Row]:
    rise = 1 / (1 + np.exp(-np.log(81) / 10 * (np.arange(YEARS) - 12)))
    shapes = {"rise": 0.5 * rise, "fall": 0.5 * (1 - rise), "pulse": 2 * rise * (1 - rise)}
    for over in (0.0, 0.05):
        name = "overdispersed" if over else "binomial"
        yield (
            "life cycle, false",
            f"flat, {name}",
            rate(runs, partial(cycle_shown, random, over)),
        )
        for shape, share in shapes.items():
            tables = [counted(random, share, overdispersion=over) for _ in range(runs // 2)]
            rows = pd.concat([evolution.life_cycles(t) for t in tables])
            right = rows[rows["shape"] == shape]
            held = (right["low"] <= 2012) & (right["high"] >= 2012)
            yield (
                f"life cycle, {shape}",
                name,
                f"named right {100 * len(right) / len(rows):.0f} %,"
                f" turn covered {100 * held.mean():.0f} %",
            )


def events(random: np.random.Generator, runs: int) -> Iterator[Row]:
    event = [Event("x", 2012)]
    after = np.arange(YEARS) > 12
    for rho in (0.0, 0.4):

        def table(jump: float, rho: float = rho) -> pd.DataFrame:
            noise = 0.25 * autoregressive(random, YEARS, rho)
            d = random.integers(20, 60, YEARS)
            mean = d * np.exp(-1.8 + jump * after + noise)
            return share_table(np.minimum(random.poisson(mean), d), d)

        def alarm(table: Callable[[float], pd.DataFrame] = table) -> bool:
            return bool(evolution.event_effects(table(0), event)["p"].iloc[0] < 0.05)

        def covered(table: Callable[[float], pd.DataFrame] = table) -> bool:
            row = evolution.event_effects(table(0.7), event).iloc[0]
            return bool(row["level_low"] <= np.exp(0.7) <= row["level_high"])

        yield "event, false jump", f"AR({rho}) noise", rate(runs, alarm)
        yield "event, coverage of the jump", f"AR({rho}) noise, doubled", rate(runs, covered)


def leads(random: np.random.Generator, runs: int) -> Iterator[Row]:
    kinds: dict[str, Callable[[], Array]] = {
        "noise": lambda: autoregressive(random, YEARS, 0.0),
        "AR(0.6)": lambda: autoregressive(random, YEARS, 0.6),
        "random walks": lambda: np.asarray(random.normal(size=YEARS).cumsum()),
        "trends": lambda: autoregressive(random, YEARS, 0.3) + 0.3 * np.arange(YEARS),
    }
    for name, make in kinds.items():

        def alarm(make: Callable[[], Array] = make) -> bool:
            found = evolution.lead_lag(make(), make())
            return found is not None and found.p < 0.05

        yield "lead, false", f"unrelated {name}", rate(runs, alarm)

    def found() -> bool:
        x = autoregressive(random, YEARS + 2, 0.5)
        y = x[:-2] + 0.4 * random.normal(size=YEARS)
        lead = evolution.lead_lag(x[2:], y)
        return lead is not None and lead.p < 0.05 and lead.lag == 2

    yield "lead of two years, found", "noise 0.4 of the signal", rate(runs, found)


def words(random: np.random.Generator, runs: int) -> Iterator[Row]:
    terms = 300
    common, own_a, own_b = (random.dirichlet(np.full(terms, 0.1)) for _ in range(3))

    def drawn(n: int, mix: float, own: Array) -> sparse.csr_matrix:
        bent = random.dirichlet((mix * common + (1 - mix) * own) * 60 + 1e-9, size=n)
        counts = np.array([random.multinomial(random.integers(10, 60), p) for p in bent])
        return unit_rows(sparse.csr_matrix(counts), np.ones(terms))

    def pair(n: int, mix: float) -> Similarity:
        empty = sparse.csr_matrix((n, terms))
        a = sparse.vstack([drawn(n, mix, own_a), empty]).tocsr()
        return similarity(a, sparse.vstack([empty, drawn(n, mix, own_b)]).tocsr())

    for mix in (0.2, 0.6):
        truth = pair(4000, mix).value
        for n in (6, 20, 60):
            found = [pair(n, mix) for _ in range(runs)]
            reach = float(stats.t.ppf(0.975, n - 1))
            held = np.mean([abs(s.value - truth) <= reach * s.error for s in found])
            yield (
                "proximity of words",
                f"true {truth:.2f}, {n} documents each",
                f"mean {np.mean([s.value for s in found]):.2f}, covered {100 * held:.0f} %",
            )


def pairs(random: np.random.Generator, runs: int) -> Iterator[Row]:
    periods = {"five years": [Period(str(y), y, y + 4) for y in range(2000, 2025, 5)]}

    def verdict(odds: Array) -> str:
        year = np.repeat(np.arange(2000, 2025), 40)
        a = random.random(1000) < 0.4
        b = random.random(1000) < 1 / (1 + np.exp(0.5 - np.repeat(odds, 40) * (a - 0.4)))
        ids = np.arange(1000).astype(str)
        found = [pd.DataFrame({"doc_id": ids[m], "concept": c}) for c, m in (("a", a), ("b", b))]
        table = pd.DataFrame({"doc_id": ids, "year": year})
        rows = evolution.convergence(table, pd.concat(found), ["a", "b"], periods)
        return str(rows["verdict"].iloc[0])

    few = max(20, runs // 3)
    yield (
        "coming closer or parting, false",
        "log odds ratio 0.8 throughout",
        rate(few, lambda: verdict(np.full(25, 0.8)) != "none shown"),
    )
    yield (
        "coming closer, found",
        "log odds ratio −1.2 → 1.8",
        rate(few, lambda: verdict(np.linspace(-1.2, 1.8, 25)) == "closer"),
    )


def symbiosis(random: np.random.Generator, runs: int) -> Iterator[Row]:
    planted = {
        "independent": (0.0, 0.0),
        "commensal": (0.6, 0.0),
        "mutual": (0.5, 0.5),
        "parasitic": (0.6, -0.6),
        "competitive": (-0.6, -0.6),
    }
    few = max(10, runs // 12)
    for documents in (50, 300):
        for name, couplings in planted.items():
            tally = {"named": 0, "wrong": 0}
            for _ in range(few):
                theta = [
                    *np.log(random.uniform(0.02, 0.1, 2)),
                    *np.log(random.uniform(0.3, 0.7, 2)),
                ]
                theta += [*np.log(random.uniform(0.25, 0.5, 2)), *couplings]
                path = trajectory(np.array([theta]), YEARS)[0]
                d = random.integers(documents // 2, documents * 3 // 2, YEARS)
                a, b = random.binomial(d, path)
                found = evolution.symbiosis(a, b, d)
                claimed = found.relation not in ("not identified", "independent")
                signs = np.sign([found.b_to_a, found.a_to_b])
                tally["named"] += claimed
                tally["wrong"] += claimed and bool(
                    ((signs != 0) & (signs != np.sign(couplings))).any()
                )
            yield (
                f"symbiosis, {name}",
                f"{documents} documents a year",
                f"a relation named {100 * tally['named'] / few:.0f} %, a sign wrong"
                f" {100 * tally['wrong'] / few:.0f} % (of {few})",
            )


PARTS = (trends, flat_terms, levels, cycles, events, leads, words, pairs, symbiosis)


def history(folder: Path) -> Iterator[Row]:
    """First year and bursts of each slogan, counted by sentence, against what was expected."""
    text = (Path(__file__).parent / "slogans.toml").read_text(encoding="utf-8")
    for slogan in tomllib.loads(text)["slogan"]:
        table = by_sentence(folder, slogan["text"])
        first = int(table.loc[table["with_concept"] > 0, "year"].min())
        found = evolution.bursts(table)
        sure = found[found["p"] < 0.05]
        a, b = slogan["height"]
        hit = bool(((sure["first"] <= b) & (sure["last"] >= a)).any())
        early, late = slogan["first"]
        spans = "; ".join(f"{f}–{e}" for f, e in zip(sure["first"], sure["last"], strict=True))
        marks = ("✓" if early <= first <= late else "✗", "✓" if hit else "✗")
        yield (
            slogan["text"],
            f"{early}–{late} | {first} {marks[0]}",
            f"{a}–{b} | {spans} {marks[1]}",
        )


def by_sentence(folder: Path, wanted: str) -> pd.DataFrame:
    """A word's table of shares with sentences in the place of documents."""
    rows = []
    for path in sorted(folder.glob("*.txt")):
        year = re.match(r"(\d{4})年", path.name)
        if year is None:
            continue
        text = re.sub(r"[\s“”\"「」]+", "", path.read_text(encoding="utf-8"))
        spans = [text[a:b] for a, b in sentences(text)]
        rows.append((int(year[1]), len(spans), sum(wanted in s for s in spans)))
    table = pd.DataFrame(rows, columns=["year", "documents", "with_concept"])
    share = table["with_concept"] / table["documents"]
    return table.assign(concept=wanted, share=share)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=300)
    runs = parser.parse_args().runs
    print("| what | on | result |\n|---|---|---|")
    for part in PARTS:
        for row in part(np.random.default_rng(SEED), runs):
            print("| " + " | ".join(row) + " |", flush=True)
    data = os.environ.get("TEXTMINE_DATA")
    if data:
        print("\n| slogan | first expected | first found | height expected | bursts found |")
        print("|---|---|---|---|---|")
        for row in history(Path(data) / "policy" / "central-work-reports"):
            print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
