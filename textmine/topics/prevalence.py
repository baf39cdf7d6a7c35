"""How much of each topic there is, by year, kind or region, with how sure that is.

Two things make a share uncertain: which documents the corpus happens to hold, and which topics the
model happens to find in them. Both are carried through, as in the method of composition (Treier &
Jackman 2008; Roberts et al. 2014, doi 10.1111/ajps.12103): a draw takes the shares of one of the
further fits of `stability`, matched to the topics, and resamples the documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

PREVALENCE_COLUMNS = ("group", "documents", "topic", "share", "low", "high")
EFFECT_COLUMNS = ("topic", "covariate", "estimate", "low", "high", "sign_probability")


def prevalence(
    doc_topic: Array,
    groups: Sequence[object],
    *,
    refits: NDArray[np.floating] | None = None,
    draws: int = 400,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Mean share of each topic in each group of documents, with percentile intervals.

    Parameters
    ----------
    doc_topic
        Shares of the fit, shape (documents, topics).
    groups
        Group of each document; None or NaN leaves it out.
    refits
        Shares by further fits with matched topics, shape (runs, documents, topics); see
        `Stability.doc_topic`. Without them only the documents are resampled.
    draws
        How many draws make an interval.

    Returns
    -------
    DataFrame
        Columns `PREVALENCE_COLUMNS`, groups sorted, topics from 1. An interval is widened to hold
        the share itself. A group of one document has an interval by the fits only.
    """
    runs = doc_topic[None] if refits is None or not len(refits) else refits
    labels = pd.Series(list(groups), dtype=object)
    rows: list[tuple[object, ...]] = []
    for number, group in enumerate(sorted(labels.dropna().unique())):
        at = np.flatnonzero((labels == group).to_numpy())
        share = doc_topic[at].mean(axis=0)
        random = np.random.default_rng((seed, number))
        drawn = np.empty((draws, doc_topic.shape[1]))
        weights = random.multinomial(len(at), np.full(len(at), 1 / len(at)), size=draws) / len(at)
        chosen = random.integers(0, len(runs), draws)
        for run in np.unique(chosen):
            drawn[chosen == run] = weights[chosen == run] @ runs[run][at]
        low, high = _interval(drawn, share, confidence)
        rows += [
            (group, len(at), topic + 1, share[topic], low[topic], high[topic])
            for topic in range(len(share))
        ]
    return pd.DataFrame(rows, columns=list(PREVALENCE_COLUMNS))


def effects(
    doc_topic: Array,
    covariates: Mapping[str, Sequence[float]],
    *,
    refits: NDArray[np.floating] | None = None,
    draws: int = 400,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """What goes with a greater share of each topic: linear regression of shares on covariates.

    The regression of stm's estimateEffect (Roberts et al. 2014): least squares of a topic's shares
    on all covariates at once, with draws as in `prevalence`.

    Parameters
    ----------
    covariates
        Numbers per document by name; a document with a missing one is left out, a covariate that
        does not vary too.

    Returns
    -------
    DataFrame
        Columns `EFFECT_COLUMNS`: the change of the share per unit of the covariate, the others
        held fixed; sign_probability is the part of draws with the sign of the estimate.
    """
    table = pd.DataFrame({name: np.asarray(v, dtype=float) for name, v in covariates.items()})
    known = np.flatnonzero(table.notna().all(axis=1))
    table = table.iloc[known]
    names = [name for name in table if table[name].nunique() > 1]
    if not names or len(known) <= len(names) + 1:
        return pd.DataFrame(columns=list(EFFECT_COLUMNS))
    design = np.column_stack([np.ones(len(known)), table[names].to_numpy()])
    runs = doc_topic[None] if refits is None or not len(refits) else refits
    estimate = np.linalg.lstsq(design, doc_topic[known], rcond=None)[0][1:]
    random = np.random.default_rng(seed)
    drawn = np.empty((draws, *estimate.shape))
    for draw in range(draws):
        at = random.integers(0, len(known), len(known))
        shares = runs[random.integers(0, len(runs))][known[at]]
        drawn[draw] = np.linalg.lstsq(design[at], shares, rcond=None)[0][1:]
    low, high = _interval(drawn, estimate, confidence)
    same = (np.sign(drawn) == np.sign(estimate)).mean(axis=0)
    rows = [
        (t + 1, name, estimate[c, t], low[c, t], high[c, t], same[c, t])
        for t in range(doc_topic.shape[1])
        for c, name in enumerate(names)
    ]
    return pd.DataFrame(rows, columns=list(EFFECT_COLUMNS))


def _interval(drawn: Array, estimate: Array, confidence: float) -> tuple[Array, Array]:
    tail = 50 * (1 - confidence)
    low, high = np.percentile(drawn, [tail, 100 - tail], axis=0)
    return np.minimum(low, estimate), np.maximum(high, estimate)
