"""Topics that live through periods: dynamic NMF by Greene & Cross 2017.

Each period is modelled by itself; the topics of all periods are then treated as documents of their
own and modelled again. What the second model finds are the themes that last; the first shows in
which words each period spoke of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from textmine.errors import TooFewData
from textmine.matrices import DocTerm
from textmine.topics.base import as_shares
from textmine.topics.fit import DOCUMENTS_PER_TOPIC, TopicFit, largest
from textmine.topics.nmf import NmfTopics

Array = NDArray[np.float64]

PERIOD_COLUMNS = ("theme", "period", "documents", "share", "words", "topics")
TERMS_KEPT = (
    50  # of each topic of a period, as Greene & Cross: the rest is noise to the second model
)


@dataclass(frozen=True, eq=False)
class DynamicFit:
    """Themes over periods.

    Attributes
    ----------
    theme_word
        Weight of each term in each theme, rows sum to 1; shape (themes, terms).
    terms
        Labels of its columns.
    periods
        Columns `PERIOD_COLUMNS`: one row per theme and period: the period's documents, the share
        of them that its topics of this theme have, the words that these topics use, and which
        topics they are (numbers within the period, empty where the theme is silent).
    left_out
        Periods with too few documents to model.
    """

    theme_word: Array
    terms: tuple[str, ...]
    periods: pd.DataFrame
    left_out: tuple[str, ...]


def dynamic_topics(
    doc_term: DocTerm,
    periods: Sequence[str | None],
    *,
    themes: int = 10,
    k: int = 8,
    top: int = 10,
    seed: int = 0,
) -> DynamicFit:
    """Fit topics per period, and themes over the topics of all periods.

    Greene & Cross 2017, doi 10.1017/pan.2016.7: B stacks the topics of all periods, each cut to
    its heaviest terms and scaled to length 1; B ≈ UV by NMF with the deterministic NNDSVDa start,
    V are the themes, and a topic belongs to the theme of its greatest U.

    Parameters
    ----------
    periods
        Period of each document, in the order of `doc_term`; None leaves it out. They are taken
        in sorted order.
    themes, k
        Number of themes, at most half as many as there are topics in all; number of topics of a
        period, fewer where it has fewer than `DOCUMENTS_PER_TOPIC` documents a topic.

    Raises
    ------
    TooFewData
        When fewer than two periods can be modelled.
    """
    names = pd.Series(list(periods), dtype=object)
    fits: list[tuple[str, TopicFit]] = []
    left_out = []
    for name in sorted(names.dropna().unique()):
        rows = np.flatnonzero((names == name).to_numpy())
        size = min(k, len(rows) // DOCUMENTS_PER_TOPIC)
        if size < 2:
            left_out.append(str(name))
            continue
        fits.append(
            (str(name), NmfTopics(size, seed=seed).fit(doc_term.select_documents(rows)).fit_)
        )
    if len(fits) < 2:
        raise TooFewData(
            f"{len(fits)} periods have {2 * DOCUMENTS_PER_TOPIC} documents or more; it takes two.",
            remedy="Join periods in periods.toml, or add documents.",
        )
    stacked = np.vstack([_heads(fit) for _, fit in fits])
    # With more themes than half the topics most themes would be one topic of one period.
    size = max(2, min(themes, len(stacked) // 2, stacked.shape[1]))
    model = NMF(size, init="nndsvda", solver="mu", max_iter=400, random_state=seed)
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(stacked)
    of_topic = (weights * np.linalg.norm(model.components_, axis=1)).argmax(axis=1)
    table, order = _table(fits, of_topic, size, top)
    return DynamicFit(as_shares(model.components_[order]), doc_term.terms, table, tuple(left_out))


def _heads(fit: TopicFit) -> Array:
    """Each topic with its heaviest terms only, at length 1."""
    cut = np.zeros_like(fit.topic_word)
    for topic, row in enumerate(fit.topic_word):
        kept = largest(row, TERMS_KEPT, fit.terms)
        cut[topic, kept] = row[kept]
    return np.asarray(cut / np.maximum(np.linalg.norm(cut, axis=1, keepdims=True), 1e-300))


def _table(
    fits: list[tuple[str, TopicFit]], of_topic: NDArray[np.int64], size: int, top: int
) -> tuple[pd.DataFrame, list[int]]:
    """One row per theme and period, themes by their share in all; also their order."""
    rows, start = [], 0
    totals = np.zeros(size)
    for name, fit in fits:
        own = of_topic[start : start + fit.k]
        start += fit.k
        for theme in range(size):
            topics = np.flatnonzero(own == theme)
            share = float(fit.prevalence[topics].sum())
            totals[theme] += share
            mixed = (fit.prevalence[topics, None] * fit.topic_word[topics]).sum(axis=0)
            words = [fit.terms[i] for i in largest(mixed, top, fit.terms)] if len(topics) else []
            numbers = " ".join(str(t + 1) for t in topics)
            rows.append((theme, name, len(fit.doc_ids), share, "、".join(words), numbers))
    order = sorted(range(size), key=lambda theme: (-round(float(totals[theme]), 9), theme))
    place = {theme: n for n, theme in enumerate(order, 1)}
    table = pd.DataFrame(rows, columns=list(PERIOD_COLUMNS))
    table["theme"] = [place[theme] for theme in table["theme"]]
    return table.sort_values(["theme", "period"], kind="stable", ignore_index=True), order
