"""How many topics: the same measures for a range of K, and a recommendation with its reason.

No measure alone knows K. Coherence, exclusivity and stability tend to like few broad topics, the
likelihood of unseen documents likes many. So two things are weighed: how readable the topics are
(mean of the first three) and how much they tell of a document (held-out likelihood), each scaled
to [0, 1] over the sweep; their harmonic mean is the score, so that neither can stand in for the
other. It depends on the range tried. The whole curve is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from textmine.errors import UsageError
from textmine.matrices import DocTerm
from textmine.topics.base import TopicModel
from textmine.topics.coherence import npmi, topic_diversity
from textmine.topics.reading import exclusivity
from textmine.topics.stability import mean_interval, stability
from textmine.topics.windows import c_v, count_windows

SWEEP_COLUMNS = (
    *("k", "npmi", "c_v", "exclusivity", "diversity", "stability", "stability_low"),
    *("stability_high", "held_out", "unstable", "readable", "telling", "score"),
)
CRITERIA = ("npmi", "exclusivity", "stability")
# Scores lie in [0, 1]; measures over ten subsamples do not tell apart what is closer than this.
NEAR = 0.05

Row = dict[str, Any]
Mapper = Callable[[Callable[[int], Row], Iterable[int]], Iterable[Row]]


@dataclass(frozen=True)
class Recommendation:
    """A number of topics, and why, in both languages."""

    k: int
    near: tuple[int, ...]
    zh: str
    en: str


def sweep(
    make: Callable[[int], TopicModel],
    doc_term: DocTerm,
    ks: Sequence[int],
    *,
    texts: Sequence[Sequence[str]] = (),
    runs: int = 10,
    top: int = 10,
    seed: int = 0,
    mapper: Mapper = map,
) -> pd.DataFrame:
    """Fit a model for each number of topics and measure it.

    Parameters
    ----------
    make
        Makes an unfitted model of `k` topics; must be picklable where `mapper` uses processes.
    ks
        The numbers of topics, in any order.
    texts
        The words of each document in order, for C_V; without them it is NaN.
    runs
        Further fits per number of topics, for stability and held-out likelihood.
    mapper
        Calls a function on each k, in parallel if it likes.

    Returns
    -------
    DataFrame
        One row per k, ascending; columns `SWEEP_COLUMNS`: npmi (on the documents), c_v (γ = 1),
        exclusivity (mean share of a topic in its top words' weight), diversity, stability (mean
        average Jaccard over topics) with the interval of the mean over runs, held_out (log-
        likelihood per word, document completion), unstable (how many topics are), readable (mean
        of the `CRITERIA`, each scaled to [0, 1] over the sweep), telling (held_out so scaled) and
        score (harmonic mean of the two).

    Raises
    ------
    UsageError
        Without any k.
    """
    wanted = sorted(set(ks))
    if not wanted:
        raise UsageError("There is no number of topics to try.", remedy="Give a range: 5..40")
    one = partial(measure, make, doc_term, texts, runs, top, seed)
    table = pd.DataFrame(list(mapper(one, wanted))).astype({"k": int, "unstable": int})
    table["readable"] = pd.concat([_scaled(table[c]) for c in CRITERIA], axis=1).mean(axis=1)
    table["telling"] = _scaled(table["held_out"])
    total = table["readable"] + table["telling"]
    table["score"] = (2 * table["readable"] * table["telling"] / total.where(total > 0)).fillna(0)
    return table[list(SWEEP_COLUMNS)]


def measure(
    make: Callable[[int], TopicModel],
    doc_term: DocTerm,
    texts: Sequence[Sequence[str]],
    runs: int,
    top: int,
    seed: int,
    k: int,
) -> Row:
    """The measures of one number of topics: `SWEEP_COLUMNS` up to unstable."""
    model = make(k).fit(doc_term)
    heads = [[word for word, _ in words] for words in model.fit_.top_words(top)]
    again = stability(model, doc_term, runs=runs, top=top, seed=seed)
    low, high = mean_interval(again.words.mean(axis=1), 0.95)
    share = exclusivity(model.fit_.topic_word)
    column = {term: i for i, term in enumerate(doc_term.terms)}
    exclusive = [share[t, [column[w] for w in words]].mean() for t, words in enumerate(heads)]
    windows = count_windows(texts, {w for words in heads for w in words}) if texts else None
    return {
        "k": k,
        "npmi": npmi(heads, doc_term).mean,
        "c_v": float("nan") if windows is None else float(np.nanmean(c_v(heads, windows))),
        "exclusivity": float(np.mean(exclusive)),
        "diversity": topic_diversity(heads),
        "stability": float(again.mean.mean()),
        "stability_low": float(low),
        "stability_high": float(high),
        "held_out": float(again.held_out.mean()),
        "unstable": again.verdicts().count("unstable"),
    }


def _scaled(values: pd.Series) -> pd.Series:
    """From 0, the worst of the sweep, to 1, the best; all 1 where none is better or known."""
    reach = values.max() - values.min()
    return (values - values.min()) / reach if reach > 0 else pd.Series(1.0, index=values.index)


def recommend(table: pd.DataFrame) -> Recommendation:
    """The number of topics that a sweep speaks for, with the reason in words."""
    # Rounded, so that noise of the last bits does not decide; of equals the smaller K.
    best = table.assign(rounded=table["score"].round(9)).sort_values(
        ["rounded", "k"], ascending=[False, True]
    )
    row = best.iloc[0]
    k = int(row["k"])
    near = tuple(int(n) for n in table.loc[table["score"] >= row["score"] - NEAR, "k"] if n != k)
    edge = len(table) > 1 and k in (int(table["k"].min()), int(table["k"].max()))
    return Recommendation(k, near, *_reasons(len(table), row, near, edge))


def _reasons(tried: int, row: pd.Series, near: tuple[int, ...], edge: bool) -> tuple[str, str]:
    k, unstable = int(row["k"]), int(row["unstable"])
    readable, telling = row["readable"], row["telling"]
    zh = (
        f"建议 K = {k}：所试 {tried} 个取值中，它在可读性（一致性、排他性、稳定性，{readable:.2f}）与"
        f"信息量（对未见文献的预测，{telling:.2f}）之间最均衡：NPMI {row['npmi']:.3f}，排他性"
        f" {row['exclusivity']:.2f}，稳定性 {row['stability']:.2f}，不稳定主题 {unstable} 个。"
    )
    en = (
        f"K = {k} is recommended: of {tried} values tried it balances best how readable topics are"
        f" (coherence, exclusivity, stability: {readable:.2f} of 1) and how much they tell of unseen"
        f" documents ({telling:.2f} of 1): NPMI {row['npmi']:.3f}, exclusivity"
        f" {row['exclusivity']:.2f}, stability {row['stability']:.2f}, {unstable} unstable"
        " topics."
    )
    if near:
        zh += f"K = {'、'.join(map(str, near))} 几乎同样好，可按解释需要取舍。"
        en += f" K = {', '.join(map(str, near))} do about as well: choose by what you can read."
    if edge:
        zh += "它在所试范围的边上，请放宽范围再试。"
        en += " It lies at the edge of the range: try a wider one."
    return zh, en
