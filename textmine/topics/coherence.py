"""How well the top words of a topic belong together, on the corpus itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from textmine.matrices import DocTerm


@dataclass(frozen=True, eq=False)
class Coherence:
    """NPMI per topic (shape (topics,)) and over all topics; what one co-occurrence means."""

    per_topic: NDArray[np.float64]
    mean: float
    unit: str = "document"


def npmi(topics: Sequence[Sequence[str]], doc_term: DocTerm) -> Coherence:
    """Normalised pointwise mutual information of the top words, averaged over their pairs.

    NPMI(i, j) = ln(p_ij / (p_i p_j)) / −ln p_ij, −1 where a pair never meets, with probabilities
    over documents (Bouma 2009; as a topic coherence: Aletras & Stevenson 2013; Lau, Newman &
    Baldwin 2014, doi 10.3115/v1/E14-1056). It equals gensim's `c_npmi` with windows as long as
    the documents, up to gensim's ε of 1e-12.

    Parameters
    ----------
    topics
        Top words of each topic; words that the matrix does not have are left out.
    doc_term
        Counts of the corpus to judge by.
    """
    column = {term: i for i, term in enumerate(doc_term.terms)}
    wanted = sorted({column[w] for topic in topics for w in topic if w in column})
    place = {c: i for i, c in enumerate(wanted)}
    present = doc_term.select_terms(wanted).counts.astype(bool).astype(np.float64)
    n = max(present.shape[0], 1)
    joint = (present.T @ present).toarray() / n
    single = joint.diagonal()
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.log(joint / np.outer(single, single)) / -np.log(joint)
    scores[joint == 0] = -1.0
    scores[joint == 1] = 0.0  # two words in every document tell nothing
    values = []
    for topic in topics:
        places = [place[column[w]] for w in topic if w in column]
        pairs = [scores[i, j] for i, j in combinations(places, 2)]
        values.append(float(np.mean(pairs)) if pairs else float("nan"))
    per_topic = np.array(values)
    known = per_topic[~np.isnan(per_topic)]
    return Coherence(per_topic, float(known.mean()) if known.size else float("nan"))


def topic_diversity(topics: Sequence[Sequence[str]]) -> float:
    """Share of different words among all top words, in (0, 1] (Dieng, Ruiz & Blei 2020)."""
    words = [word for topic in topics for word in topic]
    return len(set(words)) / len(words) if words else float("nan")
