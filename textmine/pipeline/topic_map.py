"""How the topics lie to each other, and the words that tell them apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from textmine import topics as modelling
from textmine.matrices import DocTerm

WORDS = 30  # that a reader sees at once, as in LDAvis
# Weights of probability against lift at which the first words are kept: steps of a slider between
# these show hardly any other word.
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
JOINED_WORDS = 5

MAP_COLUMNS = ("topic", "label", "x", "y", "prevalence")
TREE_COLUMNS = ("left", "right", "distance", "words")
TERM_COLUMNS = ("topic", "term", "weight", "frex", "lift", "corpus_share")


def topic_map(fit: modelling.TopicFit, labels: Sequence[str]) -> pd.DataFrame:
    """Where each topic lies in the plane, alike topics near each other; `MAP_COLUMNS`."""
    places = modelling.topic_positions(modelling.topic_distances(fit.topic_word))
    rows = [
        (n, labels[n - 1], x, y, share)
        for n, ((x, y), share) in enumerate(zip(places.tolist(), fit.prevalence, strict=True), 1)
    ]
    return pd.DataFrame(rows, columns=list(MAP_COLUMNS))


def topic_tree(fit: modelling.TopicFit) -> pd.DataFrame:
    """Which topics join to larger ones, the nearest first; `TREE_COLUMNS`.

    left and right name topics by their numbers, joined by blanks; words are those of the
    mean of both sides by prevalence.
    """
    rows = []
    for join in modelling.topic_hierarchy(modelling.topic_distances(fit.topic_word)):
        members = list(join.left + join.right)
        mixed = fit.prevalence[members] @ fit.topic_word[members]
        words = modelling.top_by(mixed[None], fit.terms, JOINED_WORDS)[0]
        sides = (" ".join(str(fit.numbers[t]) for t in side) for side in (join.left, join.right))
        rows.append((*sides, join.distance, "、".join(words)))
    return pd.DataFrame(rows, columns=list(TREE_COLUMNS))


def topic_terms(fit: modelling.TopicFit, counts: DocTerm) -> pd.DataFrame:
    """The words among the first of a topic by weight, FREX or lift; `TERM_COLUMNS`.

    Between weight and lift a reader chooses λ: relevance is λ ln φ_kw + (1 − λ) ln(φ_kw/p_w)
    (Sievert & Shirley 2014, doi 10.3115/v1/W14-3110).
    """
    phi = fit.topic_word
    scored, lift = modelling.frex(phi), modelling.lift(phi, counts)
    totals = np.asarray(counts.counts.sum(axis=0), dtype=np.float64).ravel()
    share = totals / max(totals.sum(), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs, lifted = np.log(phi), np.log(lift)
    orders = [scored]
    for step in STEPS:
        relevance = step * np.maximum(logs, -700) + (1 - step) * np.maximum(lifted, -700)
        orders.append(np.where(phi > 0, relevance, -np.inf))
    rows = []
    for topic in range(fit.k):
        kept: dict[int, None] = {}
        for order in orders:
            kept |= dict.fromkeys(modelling.largest(order[topic], WORDS, fit.terms))
        ranked = sorted(kept, key=lambda i: (-round(float(phi[topic, i]), 12), fit.terms[i]))
        rows += [
            (topic + 1, fit.terms[i], phi[topic, i], scored[topic, i], lift[topic, i], share[i])
            for i in ranked
            if phi[topic, i] > 0
        ]
    return pd.DataFrame(rows, columns=list(TERM_COLUMNS))
