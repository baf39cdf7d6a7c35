"""What became of the topics: two fits compared, and whether a refit is due.

Topics are compared by their words over the terms that both fits have. A fit is numbered by itself,
so that it does not depend on what was fitted before; who wants the numbers of an earlier fit says
which (`continued`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from textmine.matrices import DocTerm
from textmine.topics.base import as_shares
from textmine.topics.fit import TopicFit

Array = NDArray[np.float64]

CHANGE_COLUMNS = ("event", "before", "after", "similarity", "prevalence_before", "prevalence_after")
# Cosines of unrelated topics lie near 0, of the same topic in fits of overlapping corpora above
# 0.7; half way tells one topic from another (Greene & Cross 2017 link topics the same way).
SAME = 0.5
# Of a kept topic: a change of its share by a quarter is told.
GREW = 1.25


def changes(before: TopicFit, after: TopicFit) -> pd.DataFrame:
    """What became of each topic.

    Returns
    -------
    DataFrame
        Columns `CHANGE_COLUMNS`, topics by their numbers. event is kept, grew, shrank (one topic before, one
        after, similar by `SAME`), split (one before, several after), merged (several before, one
        after), born (none before) or died (none after, after is missing). similarity is the cosine
        of the topics' words.
    """
    similarity = _similarity(before, after)
    # A link is the nearest one of either side: topics that resembled each other before and have
    # nearer heirs each are no split and no merger.
    nearest = (similarity == similarity.max(axis=1, keepdims=True)) | (
        similarity == similarity.max(axis=0, keepdims=True)
    )
    linked = (similarity >= SAME) & nearest
    rows: list[tuple[object, ...]] = []
    for old in range(before.k):
        heirs = np.flatnonzero(linked[old])
        if not len(heirs):
            rows.append(("died", before.numbers[old], None, float(similarity[old].max()),
                         before.prevalence[old], float("nan")))  # fmt: skip
        for new in heirs:
            share, now = before.prevalence[old], after.prevalence[new]
            event = _event(len(heirs), int(linked[:, new].sum()), share, now)
            pair = (before.numbers[old], after.numbers[int(new)])
            rows.append((event, *pair, similarity[old, new], share, now))
    for new in np.flatnonzero(~linked.any(axis=0)):
        rows.append(("born", None, after.numbers[int(new)], float(similarity[:, new].max()),
                     float("nan"), after.prevalence[new]))  # fmt: skip
    table = pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))
    return table.astype({"before": "Int64", "after": "Int64"})


def continued(before: TopicFit, after: TopicFit) -> TopicFit:
    """The later fit with the numbers of the earlier one.

    Topics are matched one to one so that the summed cosine of their words is greatest (Hungarian
    method, Kuhn 1955); a match of at least `SAME` keeps its number. The others get numbers that
    were never given, by prevalence; the order of the topics stays.
    """
    similarity = _similarity(before, after)
    numbers = [0] * after.k
    for old, new in zip(*linear_sum_assignment(-np.round(similarity, 9)), strict=True):
        if similarity[old, new] >= SAME:
            numbers[new] = before.numbers[old]
    highest = before.highest
    for new, number in enumerate(numbers):
        if not number:
            highest += 1
            numbers[new] = highest
    return replace(after, numbers=tuple(numbers), highest=highest)


def _similarity(before: TopicFit, after: TopicFit) -> Array:
    """Cosines of the topics over the terms of both; shape (topics before, topics after)."""
    column = {term: i for i, term in enumerate(after.terms)}
    shared = [(i, column[term]) for i, term in enumerate(before.terms) if term in column]
    if not shared:
        return np.zeros((before.k, after.k))
    one, two = (np.array(places) for places in zip(*shared, strict=True))
    a, b = before.topic_word[:, one], after.topic_word[:, two]
    norms = np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)[None, :]
    return np.asarray(np.divide(a @ b.T, norms, out=np.zeros_like(norms), where=norms > 0))


def _event(heirs: int, parents: int, share: float, now: float) -> str:
    if heirs > 1:
        return "split"
    if parents > 1:
        return "merged"
    return "grew" if now > GREW * share else "shrank" if share > GREW * now else "kept"


@dataclass(frozen=True, slots=True)
class Drift:
    """How much worse a model tells new documents than those it was fitted on.

    `loss` is the drop in log-likelihood per word, with its interval; `unknown` the share of the
    new documents' words that the model does not have; `due` whether a refit is.
    """

    loss: float
    low: float
    high: float
    unknown: float
    due: bool


class Placing(Protocol):
    """Whatever places documents among topics: a fitted model, or `FoldIn`."""

    def transform(self, doc_term: DocTerm, /) -> Array:
        """Topic shares of documents; shape (documents, topics)."""
        ...


# A loss of 0.1 nats makes an average word a tenth less likely; one word in ten without a place in
# the model is as much.
LOSS, UNKNOWN = 0.1, 0.1


def drift(
    model: Placing,
    old: DocTerm,
    new: DocTerm,
    *,
    all_words: Sequence[float] | None = None,
    draws: int = 400,
    seed: int = 0,
    confidence: float = 0.95,
) -> Drift:
    """Whether new documents still fit the topics.

    Parameters
    ----------
    old, new
        Counts over the model's terms (`DocTerm.aligned`) of documents the model was fitted on and
        of new ones.
    all_words
        How many words each new document has with those that the model lacks; without them none is
        taken as unknown.

    Returns
    -------
    Drift
        A refit is due when the whole interval of the loss lies above `LOSS`, or more than
        `UNKNOWN` of the words are unknown. The interval resamples documents.
    """
    counted = np.asarray(old.counts.T @ model.transform(old)).T
    topic_word = as_shares(counted + 1 / len(old.terms))
    before, after = (_likelihoods(model, topic_word, docs) for docs in (old, new))
    random = np.random.default_rng(seed)
    lost = np.array([_mean(before, random) - _mean(after, random) for _ in range(draws)])
    tail = 50 * (1 - confidence)
    low, high = np.percentile(lost, [tail, 100 - tail])
    known = float(new.counts.sum())
    total = known if all_words is None else float(np.sum(all_words))
    unknown = 1 - known / total if total else 0.0
    loss = before[:, 0].sum() / before[:, 1].sum() - after[:, 0].sum() / after[:, 1].sum()
    return Drift(
        float(loss), float(low), float(high), unknown, bool(low > LOSS or unknown > UNKNOWN)
    )


def _likelihoods(model: Placing, topic_word: Array, documents: DocTerm) -> Array:
    """Log-likelihood and number of words of each document; shape (documents, 2)."""
    pairs = documents.counts.tocoo()
    likely = (model.transform(documents) @ topic_word)[pairs.row, pairs.col]
    n = len(documents.doc_ids)
    logs = np.bincount(pairs.row, weights=pairs.data * np.log(likely), minlength=n)
    found = np.column_stack([logs, np.bincount(pairs.row, weights=pairs.data, minlength=n)])
    return np.asarray(found[found[:, 1] > 0])


def _mean(rows: Array, random: np.random.Generator) -> float:
    drawn = rows[random.integers(0, len(rows), len(rows))]
    return float(drawn[:, 0].sum() / drawn[:, 1].sum())
