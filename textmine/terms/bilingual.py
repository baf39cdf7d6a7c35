"""Chinese and English keywords of the same papers, aligned into one list of terms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Keywords = Sequence[str]

BILINGUAL_COLUMNS = ("zh", "en", "papers", "of", "share", "same_place")
"""`bilingual_keywords`: the Chinese keyword; the English one as mostly written; papers that link
them; papers that have the Chinese one and any English keywords; their ratio; the share of the links
that stand at the same place of both lists."""

ROUNDS = 10  # of expectation and maximisation; links of real lists no longer change after five


@dataclass(frozen=True, eq=False)
class _Paper:
    """The keywords of a paper by number, and whether both lists are equally long."""

    zh: tuple[int, ...]
    en: tuple[int, ...]

    @property
    def parallel(self) -> bool:
        return len(self.zh) == len(self.en)


def bilingual_keywords(papers: Iterable[tuple[Keywords, Keywords]]) -> pd.DataFrame:
    """Align the Chinese and the English keywords of papers.

    Authors mostly give both lists in the same order, but not always, and not always equally long.
    Each Chinese keyword is taken for a translation of one English keyword of its paper, with
    probability t(en | zh) times that of its place: in lists of equal length the same place has the
    probability λ, the other places share the rest; in others all are alike. t and λ are estimated
    by expectation and maximisation (the model 2 of Brown et al. 1993, with one parameter for
    places). Links are then chosen one to one in each paper, the surest first (Melamed 2000).

    Parameters
    ----------
    papers
        Chinese and English keywords of each paper; papers that lack either are left out.

    Returns
    -------
    pandas.DataFrame
        `BILINGUAL_COLUMNS`, from the most papers to the least.
    """
    lists = [(tuple(zh), tuple(en)) for zh, en in papers if zh and en]
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    forms: defaultdict[int, Counter[str]] = defaultdict(Counter)
    numbered = []
    for zh, en in lists:
        a = tuple(numbers[0].setdefault(" ".join(w.split()), len(numbers[0])) for w in zh)
        b = tuple(numbers[1].setdefault(_folded(w), len(numbers[1])) for w in en)
        for number, word in zip(b, en, strict=True):
            forms[number][" ".join(word.split())] += 1
        numbered.append(_Paper(a, b))
    links: Counter[tuple[int, int]] = Counter()
    same_place: Counter[tuple[int, int]] = Counter()
    for paper, weights in zip(numbered, _estimated(numbered), strict=True):
        for i, j in _one_to_one(weights):
            links[paper.zh[i], paper.en[j]] += 1
            same_place[paper.zh[i], paper.en[j]] += i == j
    return _table(links, same_place, numbered, list(numbers[0]), forms)


def _folded(word: str) -> str:
    """Case, hyphens and spaces make no other keyword."""
    return " ".join(word.casefold().replace("-", " ").split())


def _estimated(papers: Sequence[_Paper]) -> list[Floats]:
    """Per paper the probability of each link, Chinese × English."""
    translation: dict[tuple[int, int], float] = {}
    share = 0.5  # λ before anything is seen
    posteriors: list[Floats] = []
    for _ in range(ROUNDS):
        posteriors = [_posterior(paper, translation, share) for paper in papers]
        expected: defaultdict[tuple[int, int], float] = defaultdict(float)
        totals: defaultdict[int, float] = defaultdict(float)
        for paper, weights in zip(papers, posteriors, strict=True):
            for i, zh in enumerate(paper.zh):
                for j, en in enumerate(paper.en):
                    expected[zh, en] += weights[i, j]
                    totals[zh] += weights[i, j]
        translation = {pair: value / totals[pair[0]] for pair, value in expected.items()}
        places = [
            (w.trace(), len(w)) for p, w in zip(papers, posteriors, strict=True) if p.parallel
        ]
        if places:
            share = sum(same for same, _ in places) / sum(length for _, length in places)
    return posteriors


def _posterior(paper: _Paper, translation: dict[tuple[int, int], float], share: float) -> Floats:
    """The probability of each link of a paper; each row sums to 1."""
    if not translation:
        weights = np.ones((len(paper.zh), len(paper.en)))
    else:
        weights = np.array([[translation[zh, en] for en in paper.en] for zh in paper.zh])
    if paper.parallel and len(paper.zh) > 1:
        places = np.full(weights.shape, (1 - share) / (len(paper.zh) - 1))
        np.fill_diagonal(places, share)
        weights = weights * places
    sums = weights.sum(axis=1, keepdims=True)
    uniform = np.full(weights.shape, 1 / len(paper.en))
    posterior: Floats = np.where(sums > 0, weights / np.where(sums > 0, sums, 1.0), uniform)
    return posterior


def _one_to_one(weights: Floats) -> list[tuple[int, int]]:
    """Links in falling order of their probability, each keyword used once."""
    order = np.argsort(-weights, axis=None, kind="stable")
    rows: set[int] = set()
    columns: set[int] = set()
    chosen = []
    for i, j in zip(*np.unravel_index(order, weights.shape), strict=True):
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            chosen.append((int(i), int(j)))
    return chosen


def _table(
    links: Counter[tuple[int, int]],
    same_place: Counter[tuple[int, int]],
    papers: Sequence[_Paper],
    words: Sequence[str],
    forms: dict[int, Counter[str]],
) -> pd.DataFrame:
    having = Counter(zh for paper in papers for zh in set(paper.zh))
    rows = [
        (
            words[zh],
            min(forms[en], key=lambda form, en=en: (-forms[en][form], form)),  # type: ignore[misc]
            count,
            having[zh],
            count / having[zh],
            same_place[zh, en] / count,
        )
        for (zh, en), count in links.items()
    ]
    table = pd.DataFrame(rows, columns=list(BILINGUAL_COLUMNS))
    order = ["papers", "share", "zh", "en"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
