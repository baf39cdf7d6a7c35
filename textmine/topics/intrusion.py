"""Word intrusion: can people tell which word does not belong to a topic?

Numbers of coherence go wrong where people do not (Hoyle et al. 2021); a sheet that takes ten
minutes to fill shows whether topics mean something to a reader. A sheet holds the questions, the
key is kept apart from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from textmine.errors import TooFewData
from textmine.topics.fit import TopicFit, largest

OWN = 5  # words of the topic beside the intruder, as Chang et al. 2009
POOL = 50  # of another topic's words, from which the intruder comes

SCORE_COLUMNS = ("topic", "answers", "right", "precision", "low", "high")


@dataclass(frozen=True, slots=True)
class Question:
    """Words of a topic and one of another in mixed order; `intruder` is its place from 1."""

    topic: int
    words: tuple[str, ...]
    intruder: int


def intrusion_questions(fit: TopicFit, *, per_topic: int = 3, seed: int = 0) -> list[Question]:
    """Questions on each topic, in mixed order.

    Five of a topic's ten heaviest words and one that is heavy in another topic and light in this
    one: among the other's first `POOL`, in the lower half of this topic's weights (Chang et al.
    2009, "Reading tea leaves"). The same for the same fit and seed.

    Raises
    ------
    TooFewData
        When there is one topic only, or too few words.
    """
    if fit.k < 2 or len(fit.terms) < 4 * OWN:
        raise TooFewData(
            f"{fit.k} topics over {len(fit.terms)} words give no questions.",
            remedy="Raise topics.k or add documents.",
        )
    random = np.random.default_rng(seed)
    questions = [_question(fit, topic, random) for topic in range(fit.k) for _ in range(per_topic)]
    return [questions[i] for i in random.permutation(len(questions))]


def _question(fit: TopicFit, topic: int, random: np.random.Generator) -> Question:
    row = fit.topic_word[topic]
    first = largest(row, 2 * OWN, fit.terms)
    own = [first[i] for i in sorted(random.choice(len(first), OWN, replace=False))]
    light = np.round(row, 12) <= np.median(np.round(row, 12))
    others = random.permutation([t for t in range(fit.k) if t != topic])
    heavy = (largest(fit.topic_word[other], POOL, fit.terms) for other in others)
    # Nearly always the first of the others has a word that is light here.
    pool = next((found for words in heavy if (found := [i for i in words if light[i]])), None)
    if pool is None:
        pool = [int(np.argmin(row))]
    # Of the heaviest there: a word heavy nowhere would be told by its rarity alone.
    intruder = pool[int(random.integers(0, min(OWN, len(pool))))]
    mixed = random.permutation([*own, intruder])
    place = int(np.flatnonzero(mixed == intruder)[0]) + 1
    return Question(fit.numbers[topic], tuple(fit.terms[i] for i in mixed), place)


def intrusion_scores(
    questions: Sequence[Question],
    answers: NDArray[np.int64],
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How often people found the intruder, per topic, and over all as topic 0.

    Parameters
    ----------
    answers
        The place that each person named for each question, 0 for none; shape (people, questions).

    Returns
    -------
    DataFrame
        Columns `SCORE_COLUMNS`: precision is right/answers (Chang et al.'s model precision) with
        the interval of Wilson 1927; chance gives 1/6.
    """
    key = np.array([question.intruder for question in questions])
    topics = np.array([question.topic for question in questions])
    rows = []
    for topic in (0, *sorted(set(topics.tolist()))):
        own = np.ones(len(topics), dtype=np.bool_) if topic == 0 else topics == topic
        given = answers[:, own] > 0
        right = int((given & (answers[:, own] == key[own])).sum())
        total = int(given.sum())
        low, high = wilson(right, total, confidence)
        share = right / total if total else float("nan")
        rows.append((topic, total, right, share, low, high))
    return pd.DataFrame(rows, columns=list(SCORE_COLUMNS))


def wilson(right: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share (1927, doi 10.1080/01621459.1927.10502953)."""
    if not total:
        return 0.0, 1.0
    z = float(stats.norm.ppf((1 + confidence) / 2))
    share, spread = right / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    reach = z * np.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return float(max(middle - reach, 0.0)), float(min(middle + reach, 1.0))


def cohen_kappa(one: NDArray[np.int64], two: NDArray[np.int64]) -> float:
    """Agreement of two lists of answers beyond chance (Cohen 1960, doi 10.1177/001316446002000104).

    κ = (p_o − p_e)/(1 − p_e), over the questions that both answered (0: not answered). NaN when
    there are none, or when both always gave the same one answer.
    """
    both = (one > 0) & (two > 0)
    a, b = one[both], two[both]
    if not len(a):
        return float("nan")
    choices = np.union1d(a, b)
    expected = sum(float((a == c).mean() * (b == c).mean()) for c in choices)
    return float("nan") if expected == 1 else float(((a == b).mean() - expected) / (1 - expected))


def fleiss_kappa(answers: NDArray[np.int64]) -> float:
    """Agreement among several people beyond chance (Fleiss 1971, doi 10.1037/h0031619).

    κ = (P̄ − P_e)/(1 − P_e), over the questions that all answered. NaN as in `cohen_kappa`.

    Parameters
    ----------
    answers
        Shape (people, questions); 0 for no answer.
    """
    full = answers[:, (answers > 0).all(axis=0)]
    people, questions = full.shape
    if people < 2 or not questions:
        return float("nan")
    counts = np.array([(full == choice).sum(axis=0) for choice in np.unique(full)])
    agreed = ((counts**2).sum(axis=0) - people) / (people * (people - 1))
    expected = float(((counts.sum(axis=1) / (people * questions)) ** 2).sum())
    return float("nan") if expected == 1 else float((agreed.mean() - expected) / (1 - expected))
