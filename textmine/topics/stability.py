"""How far topics come back when the model is fitted again: over seeds and subsamples of documents.

A topic that shows only with one seed, or hangs on a few documents, should not be interpreted; a
model without this number hides which ones those are. Nothing is repaired here: unstable topics
are named, not dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits

from textmine.matrices import DocTerm
from textmine.topics.base import TopicModel, as_shares
from textmine.topics.fit import TopicFit, largest

Array = NDArray[np.float64]
Verdict = Literal["stable", "uncertain", "unstable"]
Runs = Callable[[Callable[[int], "Run"], Iterable[int]], Iterable["Run"]]

# A Jaccard of one half is two sets of ten words that share 6.7: where less than two thirds of the
# top words return on average, a reader would not know the topic again.
UNSTABLE_BELOW = 0.5
SHARE = 0.8  # of the documents in each subsample, as Greene, O'Callaghan & Cunningham 2014


@dataclass(frozen=True, eq=False)
class Run:
    """One fit again: the topic of it that matches each topic, as scores of shape (topics,)."""

    words: Array
    documents: Array
    held_out: float
    doc_topic: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Stability:
    """Agreement of the topics of a fit with those of further fits.

    Attributes
    ----------
    words
        Average Jaccard of the top words with the matched topic, shape (runs, topics).
    documents
        Jaccard of the documents that have the topic as their greatest one, shape (runs, topics).
    held_out
        Mean log-likelihood per word of the documents left out, shape (runs,).
    doc_topic
        Shares of all documents by each further fit, its topics in the order of those they match,
        shape (runs, documents, topics), documents by id.
    top, share
        How many top words were compared; the share of documents in a subsample.
    """

    words: Array
    documents: Array
    held_out: Array
    doc_topic: NDArray[np.float32]
    top: int
    share: float

    @property
    def mean(self) -> Array:
        """Mean agreement of the top words of each topic; shape (topics,)."""
        return np.asarray(self.words.mean(axis=0))

    def interval(self, confidence: float = 0.95) -> tuple[Array, Array]:
        """Student's interval of `mean` over the runs, within [0, 1]; shapes (topics,)."""
        return mean_interval(self.words, confidence)

    def verdicts(self, confidence: float = 0.95) -> list[Verdict]:
        """Stable or unstable where the interval lies on one side of `UNSTABLE_BELOW`."""
        low, high = self.interval(confidence)
        return [
            "unstable" if h < UNSTABLE_BELOW else "stable" if lo >= UNSTABLE_BELOW else "uncertain"
            for lo, h in zip(low, high, strict=True)
        ]


def mean_interval(runs: Array, confidence: float) -> tuple[Array, Array]:
    """Student's interval of the mean of scores in [0, 1] over runs (the first axis)."""
    n = runs.shape[0]
    mean = runs.mean(axis=0)
    if n < 2:
        return np.zeros_like(mean), np.ones_like(mean)
    reach = stats.t.ppf((1 + confidence) / 2, n - 1) * runs.std(axis=0, ddof=1) / np.sqrt(n)
    return np.clip(mean - reach, 0, 1), np.clip(mean + reach, 0, 1)


def stability(
    model: TopicModel,
    doc_term: DocTerm,
    *,
    runs: int = 20,
    share: float = SHARE,
    top: int = 10,
    seed: int = 0,
    owners: Sequence[str] | None = None,
    mapper: Runs = map,
) -> Stability:
    """Fit a model again with other seeds on subsamples of the documents, and compare.

    Topics are matched one to one so that the summed average Jaccard of their top words is
    greatest (Kuhn 1955; average Jaccard: Greene, O'Callaghan & Cunningham 2014,
    doi 10.1007/978-3-662-44848-9_32). The same subsamples whatever the order of the documents.

    Parameters
    ----------
    model
        A fitted model; `model.fit_` is what the others are compared with.
    runs, share
        How many further fits, each on this share of the documents, drawn without replacement.
    top
        Top words that are compared.
    owners
        The document of each row where rows are passages: a document is drawn with all of them.
    mapper
        Calls a function on each number of a run; the `map` method of an executor runs them in
        parallel. The result is the same.
    """
    order = np.argsort(np.array(doc_term.doc_ids), kind="stable")
    ordered = doc_term.select_documents(order)
    names = np.array(doc_term.doc_ids if owners is None else owners)[order]
    one = partial(_run, model, ordered, names, share, top, seed)
    # One setting around all runs: a mapper may run them in threads, and it is global.
    with threadpool_limits(1):
        done = list(mapper(one, range(runs)))
    return Stability(
        np.array([run.words for run in done]),
        np.array([run.documents for run in done]),
        np.array([run.held_out for run in done]),
        np.array([run.doc_topic for run in done]),
        top,
        share,
    )


def _run(
    model: TopicModel,
    doc_term: DocTerm,
    owners: NDArray[np.str_],
    share: float,
    top: int,
    seed: int,
    number: int,
) -> Run:
    random = np.random.default_rng((seed, number))
    documents, of_row = np.unique(owners, return_inverse=True)
    drawn = np.zeros(len(documents), dtype=np.bool_)
    drawn[random.permutation(len(documents))[: max(model.k, round(share * len(documents)))]] = True
    chosen, left_out = np.flatnonzero(drawn[of_row]), np.flatnonzero(~drawn[of_row])
    training, unseen = doc_term.select_documents(chosen), doc_term.select_documents(left_out)
    again = model.with_parameters(seed=model.seed + number + 1).fit(training)
    agreement = average_jaccard(model.fit_, again.fit_, top)
    here, there = linear_sum_assignment(-agreement)
    # A model that finds its own number of topics may leave some without a match.
    words = np.zeros(model.fit_.k)
    words[here] = agreement[here, there]
    shares = np.zeros((len(doc_term.doc_ids), model.fit_.k))
    shares[:, here] = again.transform(doc_term)[:, there]
    agreed = _same_documents(model.fit_.doc_topic[chosen], shares[chosen])
    likelihood = held_out_likelihood(again, training, unseen)
    return Run(words, agreed, likelihood, shares.astype(np.float32))


def _same_documents(before: Array, after: Array) -> Array:
    """Jaccard, per topic, of the documents that have it as their greatest one."""
    one, two = before.argmax(axis=1), after.argmax(axis=1)
    topics = np.arange(before.shape[1])[:, None]
    both = ((one == topics) & (two == topics)).sum(axis=1)
    either = ((one == topics) | (two == topics)).sum(axis=1)
    return np.asarray(both / np.maximum(either, 1))


def average_jaccard(one: TopicFit, two: TopicFit, top: int = 10) -> Array:
    """Average over depths 1 to `top` of the Jaccard of top words; shape (topics, topics).

    AJ = (1/t) Σ_d |A_d ∩ B_d| / |A_d ∪ B_d|, so agreement at the head of the lists counts more.
    The two fits share their terms.
    """
    ranks_one, ranks_two = _ranks(one, top), _ranks(two, top)
    total = np.zeros((one.k, two.k))
    for depth in range(1, top + 1):
        a, b = ranks_one < depth, ranks_two < depth
        both = a.astype(np.float64) @ b.T.astype(np.float64)
        total += both / (a.sum(axis=1)[:, None] + b.sum(axis=1)[None, :] - both)
    return total / top


def _ranks(fit: TopicFit, top: int) -> NDArray[np.int64]:
    ranks = np.full(fit.topic_word.shape, top, dtype=np.int64)
    for topic, row in enumerate(fit.topic_word):
        heaviest = largest(row, top, fit.terms)
        ranks[topic, heaviest] = np.arange(len(heaviest))
    return ranks


def held_out_likelihood(model: TopicModel, training: DocTerm, unseen: DocTerm) -> float:
    """Mean log-likelihood per word of unseen documents, by document completion.

    Every other term of a document gives its topic shares θ, the rest is predicted as θφ (Wallach
    et al. 2009, doi 10.1145/1553374.1553515, section 5.1). φ is counted on the training documents
    as Σ_d θ_dk n_dw with one count spread over all terms, for every model alike: the weights of
    NMF are no probabilities of words. NaN without words to predict.
    """
    first, second = _halves(unseen)
    words = second.counts.sum()
    if not words:
        return float("nan")
    counted = np.asarray(training.counts.T @ model.fit_.doc_topic).T
    likely = model.transform(first) @ as_shares(counted + 1 / len(training.terms))
    predicted = second.counts.tocoo()
    return float((predicted.data * np.log(likely[predicted.row, predicted.col])).sum() / words)


def _halves(doc_term: DocTerm) -> tuple[DocTerm, DocTerm]:
    """Each document's terms dealt out in turn: the first, third … and the second, fourth …"""
    counts = doc_term.counts.tocsr().sorted_indices()
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    odd = (np.arange(counts.nnz) - counts.indptr[rows]) % 2 == 1
    return _part(doc_term, counts, ~odd), _part(doc_term, counts, odd)


def _part(doc_term: DocTerm, counts: sparse.csr_matrix, keep: NDArray[np.bool_]) -> DocTerm:
    part = counts.copy()
    part.data = np.where(keep, part.data, 0)
    part.eliminate_zeros()
    return DocTerm(part, doc_term.doc_ids, doc_term.terms)
