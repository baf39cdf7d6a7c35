"""Gibbs-sampled topics that know more of a document than its words: what it is, when it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from textmine.matrices import DocTerm
from textmine.topics.base import Array, as_shares
from textmine.topics.fit import largest
from textmine.topics.gibbs import GibbsLdaTopics, tomotopy

PRIOR_COLUMNS = ("label", "documents", "topic", "share")
TIME_COLUMNS = ("topic", "period", "rank", "term", "weight")


class DmrTopics(GibbsLdaTopics):
    """Topics whose prior depends on labels of the document (Mimno & McCallum 2008).

    Dirichlet-multinomial regression: α_dk = exp(λ_k · x_d), x_d one for each label that the
    document has, λ normally distributed and fitted along with the samples. Documents of a kind
    lend each other strength; what a label goes with is read from `priors`.

    Parameters
    ----------
    labels
        Labels of each document by its id, such as its kind and decade; documents that are not
        named have none.
    """

    name = "dmr"

    def __init__(
        self,
        k: int = 10,
        *,
        seed: int = 0,
        sweeps: int = 500,
        labels: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(k, seed=seed, sweeps=sweeps)
        self.labels = {doc_id: tuple(names) for doc_id, names in labels.items()}

    def _new(self, seed: int) -> Any:
        return tomotopy().DMRModel(k=self.k, alpha=0.1, eta=0.01, seed=seed)

    def _about(self, doc_id: str) -> dict[str, Any]:
        return {"multi_metadata": list(self.labels.get(doc_id, ()))}

    def _infer(self, doc_term: DocTerm) -> Array:
        # The sampler refuses labels that it has not met.
        known = set(self.model_.multi_metadata_dict)
        asked = self.labels
        self.labels = {d: tuple(x for x in names if x in known) for d, names in asked.items()}
        try:
            return super()._infer(doc_term)
        finally:
            self.labels = asked

    def priors(self) -> pd.DataFrame:
        """The share of each topic that is expected of a document with one label alone.

        Columns `PRIOR_COLUMNS`, the label "" for documents without any; documents is how many of
        the fit have the label, topics count from 1.
        """
        carried = pd.Series([x for d in self.fit_.doc_ids for x in self.labels.get(d, ())])
        sizes = carried.value_counts()
        rows = []
        for label in ("", *sorted(self.model_.multi_metadata_dict)):
            prior = self.model_.get_topic_prior("", [label] if label else [])
            shares = as_shares(np.asarray(prior, dtype=np.float64)[None])[0][self.order_]
            size = int(sizes[label]) if label else len(self.fit_.doc_ids)
            rows += [(label, size, topic, share) for topic, share in enumerate(shares, 1)]
        return pd.DataFrame(rows, columns=list(PRIOR_COLUMNS))


class DynamicLdaTopics(GibbsLdaTopics):
    """Topics whose words move from period to period (dynamic topic model, Blei & Lafferty 2006).

    The natural parameters of a topic's words follow a random walk over the periods, sampled by
    stochastic gradient Langevin dynamics (Bhadury et al. 2016, doi 10.1145/2872427.2883046). The
    step of tomotopy's default leaves topics near where they start; ten times as large, with a
    smaller step of the walk, planted topics come back.

    Parameters
    ----------
    periods
        The period of each document by its id; periods are taken in sorted order, and documents
        that are not named count to the last.
    """

    name = "dtm"
    # The walk settles more slowly than counts do: after a fifth the wrong chain may lead.
    trial: ClassVar[float] = 0.8

    def __init__(
        self,
        k: int = 10,
        *,
        seed: int = 0,
        sweeps: int = 500,
        periods: Mapping[str, str],
    ) -> None:
        super().__init__(k, seed=seed, sweeps=sweeps)
        self.periods = dict(periods)

    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        named = {self.periods[d] for d in doc_term.doc_ids if d in self.periods}
        self.times_ = tuple(sorted(named)) or ("",)
        return super()._learn(doc_term)

    def _new(self, seed: int) -> Any:
        return tomotopy().DTModel(
            k=self.k,
            t=len(self.times_),
            alpha_var=0.1,
            eta_var=1.0,
            phi_var=0.01,
            lr_a=0.1,
            seed=seed,
        )

    def _about(self, doc_id: str) -> dict[str, Any]:
        place = {period: n for n, period in enumerate(self.times_)}
        return {"timepoint": place.get(self.periods.get(doc_id, ""), len(self.times_) - 1)}

    def _word_shares(self, topic: int) -> Array:
        """The mean over the periods, by their documents."""
        shares = np.array([self._at(topic, time) for time in range(len(self.times_))])
        documents = np.asarray(self.model_.num_docs_by_timepoint, dtype=np.float64)
        return np.asarray(documents @ shares / documents.sum())

    def _at(self, topic: int, time: int) -> Array:
        found = self.model_.get_topic_word_dist(topic, timepoint=time)
        return np.asarray(found, dtype=np.float64)

    def words_over_time(self, n: int = 10) -> pd.DataFrame:
        """The heaviest words of each topic in each period; columns `TIME_COLUMNS`, topics from 1."""
        terms = tuple(self.model_.used_vocabs)
        rows = []
        for number, topic in enumerate(self.order_.tolist(), 1):
            for time, period in enumerate(self.times_):
                shares = self._at(topic, time)
                heads = largest(shares, n, terms)
                rows += [
                    (number, period, rank, terms[i], shares[i]) for rank, i in enumerate(heads, 1)
                ]
        return pd.DataFrame(rows, columns=list(TIME_COLUMNS))
