"""Whether the bootstrap intervals of a network cover what they should.

    python -m benchmarks.network_coverage [CORPORA] [RUNS]

A population of 100,000 documents is drawn once from planted groups of words. Corpora of 300 of its
documents are analysed as `textmine network` does, each resampled; the truth is the same computation
on the whole population. Prints, for a promise of 95 %, the share of nodes whose true rank
lies in its interval, and the share of themes whose true centrality and density (of the same words,
in the population) lie in theirs.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from textmine.matrices import DocTerm
from textmine.networks import (
    POSITIONS,
    Recipe,
    callon,
    cooccurrence,
    incidence,
    positions,
    replicates,
    resample,
)
from textmine.networks.bootstrap import LOW_IS_FIRST

WORDS, GROUPS, HELD, LEAST, POPULATION, CORPUS = 24, 3, 6, 3, 100_000, 300


def population(seed: int = 0) -> DocTerm:
    """Documents with `HELD` words, four in five of them out of one group, some words rarer."""
    random = np.random.default_rng(seed)
    appeal = random.gamma(2.0, size=WORDS)
    of_word = np.arange(WORDS) % GROUPS
    rows = []
    for group in random.integers(0, GROUPS, POPULATION):
        weight = appeal * np.where(of_word == group, 1.0, 0.12)
        chosen = random.choice(WORDS, HELD, replace=False, p=weight / weight.sum())
        rows.append([f"w{word:02}" for word in chosen])
    return incidence(map(str, range(POPULATION)), rows)


def main(corpora: int = 60, runs: int = 100) -> None:
    """Run and print."""
    everything = population()
    recipe = Recipe(measure="association", min_cooccurrence=LEAST)
    # Links of so many documents in a hundred: the same question asked of the population.
    scaled = replace(recipe, min_cooccurrence=LEAST * POPULATION // CORPUS)
    whole = cooccurrence(everything)
    table = positions(scaled.weights(whole))
    signed = table.assign(**{name: -table[name] for name in LOW_IS_FIRST}).round(12)
    truth = signed.rank(ascending=False, method="min").to_numpy()
    inside: dict[str, list[bool]] = {name: [] for name in (*POSITIONS, "centrality", "density")}
    random = np.random.default_rng(1)
    for corpus in range(corpora):
        drawn = everything.select_documents(random.integers(0, POPULATION, CORPUS))
        counts = cooccurrence(drawn, terms=whole.terms)
        samples = replicates(drawn, runs=runs, seed=corpus, terms=whole.terms)
        found = resample(counts, recipe, samples, seed=corpus)
        for column, name in enumerate(POSITIONS):
            own = found.ranks[found.ranks["position"] == name].set_index("term")
            rank = truth[:, column][[whole.terms.index(term) for term in own.index]]
            inside[name] += ((own["rank_low"] <= rank) & (rank <= own["rank_high"])).tolist()
        groups = recipe.communities(counts, recipe.weights(counts), seed=corpus)
        c, d = callon(whole, groups)
        linked = found.themes["community"].to_numpy() - 1  # words without links are no theme
        for name, true in (("centrality", c[linked]), ("density", d[linked])):
            low, high = found.themes[f"{name}_low"], found.themes[f"{name}_high"]
            inside[name] += ((low <= true) & (true <= high)).tolist()
    print(f"{corpora} corpora of {CORPUS} documents, {runs} resamplings; promised 95 %")
    for name, hits in inside.items():
        print(f"{name:<16}{np.mean(hits):6.1%} of {len(hits)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
