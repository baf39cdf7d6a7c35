"""Coherence over sliding windows of words: the C_V and C_NPMI of Röder, Both & Hinneburg 2015.

A word counts once per window, however often it stands in it. (gensim 4.4 drops a word from the
window as soon as its oldest copy leaves, even while another copy is still inside; the two agree
where no word repeats within a window.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textmine.segment.kernels import kernel

Array = NDArray[np.float64]
EPSILON = 1e-12  # added to probabilities within the logarithm, as Röder et al. 2015
CV_WINDOW, NPMI_WINDOW = 110, 10  # words, as Röder et al. 2015


@dataclass(frozen=True, eq=False)
class WindowCounts:
    """In how many windows words stand, alone and together.

    Attributes
    ----------
    words
        The words that were counted.
    together
        Windows that hold both of two words; shape (words, words), the diagonal each alone.
    windows
        How many windows there are.
    """

    words: tuple[str, ...]
    together: NDArray[np.int64]
    windows: int


def count_windows(
    texts: Iterable[Sequence[str]], words: Iterable[str], *, window: int = CV_WINDOW
) -> WindowCounts:
    """Count windows of `window` successive words; a shorter text is one window.

    Parameters
    ----------
    texts
        The words of each text, in order, stop words and all.
    words
        Those to count, such as the top words of topics.
    """
    known = tuple(sorted(set(words)))
    place = {word: i for i, word in enumerate(known)}
    together = np.zeros((len(known), len(known)), dtype=np.int64)
    windows = 0
    for text in texts:
        ids = np.array([place.get(word, -1) for word in text], dtype=np.int64)
        if len(ids):
            windows += _slide(ids, window, together)
    return WindowCounts(known, together, windows)


@kernel
def _slide(ids: NDArray[np.int64], window: int, together: NDArray[np.int64]) -> int:
    """Add the windows of one text; the set of words is counted only where it changes."""
    copies = np.zeros(together.shape[0], dtype=np.int64)
    for word in ids[:window]:
        if word >= 0:
            copies[word] += 1
    inside = np.flatnonzero(copies)
    since, windows = 0, max(1, len(ids) - window + 1)
    for step in range(1, windows):
        leaving, entering = ids[step - 1], ids[step + window - 1]
        if leaving == entering:
            continue
        changed = (leaving >= 0 and copies[leaving] == 1) or (
            entering >= 0 and copies[entering] == 0
        )
        if changed:
            _add(inside, step - since, together)
            since = step
        if leaving >= 0:
            copies[leaving] -= 1
        if entering >= 0:
            copies[entering] += 1
        if changed:
            inside = np.flatnonzero(copies)
    _add(inside, windows - since, together)
    return windows


@kernel
def _add(inside: NDArray[np.int64], times: int, together: NDArray[np.int64]) -> None:
    for i in inside:
        for j in inside:
            together[i, j] += times


def _npmi(counts: WindowCounts) -> Array:
    joint = counts.together / counts.windows
    single = joint.diagonal()
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.log((joint + EPSILON) / np.outer(single, single)) / -np.log(joint + EPSILON)
    # A word that stands in no window tells nothing about any other.
    scores[:, single == 0] = scores[single == 0] = 0.0
    return np.asarray(scores)


def window_npmi(topics: Sequence[Sequence[str]], counts: WindowCounts) -> Array:
    """C_NPMI of each topic: NPMI averaged over the pairs of its words; shape (topics,)."""
    scores, place = _npmi(counts), {word: i for i, word in enumerate(counts.words)}
    values = []
    for topic in topics:
        at = [place[word] for word in topic]
        pairs = scores[np.ix_(at, at)][np.triu_indices(len(at), 1)]
        values.append(float(pairs.mean()) if len(pairs) else float("nan"))
    return np.array(values)


def c_v(topics: Sequence[Sequence[str]], counts: WindowCounts) -> Array:
    """C_V of each topic, with γ = 1; shape (topics,).

    Each word is the vector of its NPMI with all top words of the topic; C_V is the mean cosine of
    each word's vector with the sum of all (Röder, Both & Hinneburg 2015,
    doi 10.1145/2684822.2685324). The web service of its authors used γ = 2 for a time, so values
    from there are not comparable. The authors no longer recommend C_V; it is shown beside NPMI for
    comparison with other studies.
    """
    scores, place = _npmi(counts), {word: i for i, word in enumerate(counts.words)}
    values = []
    for topic in topics:
        at = [place[word] for word in topic]
        vectors = scores[np.ix_(at, at)]
        whole = vectors.sum(axis=0)
        norms = np.linalg.norm(vectors, axis=1) * np.linalg.norm(whole)
        cosines = np.divide(vectors @ whole, norms, out=np.zeros(len(at)), where=norms > 0)
        values.append(float(cosines.mean()) if len(at) else float("nan"))
    return np.array(values)
