"""How far a network is a matter of the documents at hand: everything again on resampled ones.

Documents are drawn with replacement, with all their sentences where these are the units; the
counts, links, communities, positions and themes are computed again on each sample.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import DocTerm, TermTerm
from textmine.networks.build import Recipe
from textmine.networks.communities import (
    adjusted_rand,
    jaccard_of_communities,
    variation_of_information,
)
from textmine.networks.cooccurrence import Counting, cooccurrence
from textmine.networks.diagram import QUADRANTS, callon, quadrants
from textmine.networks.positions import POSITIONS, positions

Array = NDArray[np.float64]
Longs = NDArray[np.int64]

# Hennig 2007: below 0.6 a cluster should not be trusted, from 0.75 on it is a valid pattern.
STABLE, DOUBTFUL = 0.75, 0.6
LOW_IS_FIRST = ("constraint",)
RANK_COLUMNS = ("term", "position", "value", "rank", "rank_low", "rank_high")


@dataclass(frozen=True, eq=False)
class Resampled:
    """What resampling says of a network.

    Attributes
    ----------
    communities
        One row per community: community, jaccard (mean over samples of its best Jaccard),
        jaccard_low, jaccard_high (percentiles), verdict (stable, uncertain, doubtful).
    ranks
        One row per term and position: `RANK_COLUMNS`; the interval is percentiles of the rank.
    themes
        One row per community: centrality_low, …_high, density_low, …_high (basic bootstrap
        intervals), the covariance
        (variance_c, variance_d, covariance) and the share of samples in each quadrant.
    adjusted_rand, variation
        Of each sample's division and the network's; shapes (runs,).
    """

    communities: pd.DataFrame
    ranks: pd.DataFrame
    themes: pd.DataFrame
    adjusted_rand: Array
    variation: Array


def replicates(
    doc_term: DocTerm,
    *,
    runs: int,
    seed: int,
    unit: str = "document",
    counting: Counting = "full",
    terms: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    second: Collection[str] = (),
) -> Iterator[TermTerm]:
    """Counts of `runs` samples of the documents, drawn with replacement.

    Parameters
    ----------
    doc_term, unit, counting, terms, second
        As for `cooccurrence`.
    groups
        The document of each row where rows are sentences; the rows themselves without it.
    """
    names = np.array(doc_term.doc_ids if groups is None else groups)
    documents, of_row = np.unique(names, return_inverse=True)
    for run in range(runs):
        random = np.random.default_rng((seed, run))
        drawn = random.integers(0, len(documents), len(documents))
        times = np.bincount(drawn, minlength=len(documents))[of_row]
        rows = np.repeat(np.arange(len(names)), times)
        sample = doc_term.select_documents(rows)
        yield cooccurrence(sample, unit=unit, counting=counting, terms=terms, second=second)


def resample(
    term_term: TermTerm,
    recipe: Recipe,
    samples: Iterator[TermTerm],
    *,
    seed: int = 0,
    confidence: float = 0.95,
) -> Resampled:
    """Compute communities, positions and themes again on samples, and compare.

    Parameters
    ----------
    term_term
        The network's counts, over the same terms in the same order as those of `samples`.
    samples
        See `replicates`. Each is divided with a seed of its own, in one trial, so that chance in
        the algorithm is part of what is measured.
    """
    weights = recipe.weights(term_term)
    reference = recipe.communities(term_term, weights, seed=seed)
    linked = np.flatnonzero(np.diff(weights.indptr))
    jaccards, ranks, centrality, density, rand, variation = [], [], [], [], [], []
    for run, sample in enumerate(samples):
        sampled = recipe.weights(sample)
        division = recipe.communities(sample, sampled, seed=seed + run + 1, trials=1)
        jaccards.append(jaccard_of_communities(reference[linked], division[linked]))
        rand.append(adjusted_rand(reference[linked], division[linked]))
        variation.append(variation_of_information(reference[linked], division[linked]))
        ranks.append(_ranks(positions(sampled)).to_numpy()[linked])
        c, d = callon(sample.select(linked), reference[linked])
        centrality.append(c)
        density.append(d)
    tail = 50 * (1 - confidence)
    groups = np.unique(reference[linked])
    return Resampled(
        _communities(groups, np.array(jaccards), tail),
        _rank_table(term_term, weights, linked, np.array(ranks), tail),
        _themes(
            groups, callon(term_term.select(linked), reference[linked]), centrality, density, tail
        ),
        np.array(rand),
        np.array(variation),
    )


def _ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Rank of each node by each position, 1 the greatest; the least for constraint."""
    # Rounded, so that noise of the last bits does not break ties; equals share the better rank.
    signed = table.round(12).assign(**{name: -table[name].round(12) for name in LOW_IS_FIRST})
    return signed.rank(ascending=False, method="min", na_option="bottom").astype(np.int64)


def _communities(groups: Longs, jaccards: Array, tail: float) -> pd.DataFrame:
    mean = jaccards.mean(axis=0)
    low, high = np.percentile(jaccards, [tail, 100 - tail], axis=0)
    verdict = np.where(mean >= STABLE, "stable", np.where(mean < DOUBTFUL, "doubtful", "uncertain"))
    return pd.DataFrame(
        {
            "community": groups,
            "jaccard": mean,
            "jaccard_low": low,
            "jaccard_high": high,
            "verdict": verdict,
        }
    )


def _rank_table(
    term_term: TermTerm, weights: sparse.csr_matrix, linked: Longs, ranks: Array, tail: float
) -> pd.DataFrame:
    table = positions(weights)
    own = _ranks(table)
    low, high = np.percentile(ranks, [tail, 100 - tail], axis=0)
    rows = [
        (term_term.terms[i], name, table[name][i], own[name][i], low[n, column], high[n, column])
        for column, name in enumerate(POSITIONS)
        for n, i in enumerate(linked.tolist())
    ]
    return pd.DataFrame(rows, columns=list(RANK_COLUMNS))


def _basic(value: Array, samples: Array, tail: float) -> tuple[Array, Array]:
    """2θ − q_high and 2θ − q_low of the samples (Davison & Hinkley 1997, 5.2), from 0 up.

    Chance meetings raise c² and so centrality and density, once in the corpus and again in every
    sample of it; what the samples add is taken off.
    """
    low, high = np.percentile(samples, [tail, 100 - tail], axis=0)
    return np.maximum(2 * value - high, 0.0), np.maximum(2 * value - low, 0.0)


def _themes(
    groups: Longs,
    own: tuple[Array, Array],
    centralities: list[Array],
    densities: list[Array],
    tail: float,
) -> pd.DataFrame:
    centrality, density = np.array(centralities), np.array(densities)
    c_low, c_high = _basic(own[0], centrality, tail)
    d_low, d_high = _basic(own[1], density, tail)
    placed = np.array([quadrants(c, d) for c, d in zip(centrality, density, strict=True)])
    c, d = centrality - centrality.mean(axis=0), density - density.mean(axis=0)
    freedom = max(len(centrality) - 1, 1)
    table = pd.DataFrame(
        {
            "community": groups,
            "centrality_low": c_low,
            "centrality_high": c_high,
            "density_low": d_low,
            "density_high": d_high,
            "variance_c": (c**2).sum(axis=0) / freedom,
            "variance_d": (d**2).sum(axis=0) / freedom,
            "covariance": (c * d).sum(axis=0) / freedom,
        }
    )
    for name in QUADRANTS:
        table[name] = (placed == name).mean(axis=0)
    return table
