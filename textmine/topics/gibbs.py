"""Topic models by collapsed Gibbs sampling, through the optional library tomotopy."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

import numpy as np

from textmine.errors import UsageError
from textmine.matrices import DocTerm
from textmine.topics.base import Array, TopicModel

INFERENCE = 100  # sweeps over a new document
# Chains end where they began near: one in two misses a topic of a twentieth of the words. The
# likelihood after a fifth of the sweeps already tells those apart from the others.
STARTS = 4
APART = 1_000_003  # between the seeds of the starts, so that no further fit begins where one did


class GibbsLdaTopics(TopicModel):
    """Latent Dirichlet allocation by collapsed Gibbs sampling (Griffiths & Steyvers 2004).

    Priors start at alpha = 0.1, eta = 0.01 and alpha is optimised on the way (Minka 2000), as
    tomotopy does. One worker, since the samples depend on how many there are. Of four chains the
    likeliest goes on to the end.

    Parameters
    ----------
    k, seed
        Number of topics; seed of the chain.
    sweeps
        Passes over the corpus.
    """

    name = "lda_gibbs"
    trial: ClassVar[float] = 0.2

    def __init__(self, k: int = 10, *, seed: int = 0, sweeps: int = 500) -> None:
        super().__init__(k, seed=seed)
        self.sweeps = sweeps

    def _new(self, seed: int) -> Any:
        return tomotopy().LDAModel(k=self.k, alpha=0.1, eta=0.01, seed=seed)

    def _learn(self, doc_term: DocTerm) -> tuple[Array, Array]:
        texts = [_words(doc_term, row) for row in range(len(doc_term.doc_ids))]
        held = [n for n, words in enumerate(texts) if words]
        about = [self._about(doc_id) for doc_id in doc_term.doc_ids]
        self.model_ = self._sampled([(texts[n], about[n]) for n in held])
        self.live_ = self._live()
        column = {term: i for i, term in enumerate(doc_term.terms)}
        known = [column[word] for word in self.model_.used_vocabs]
        topic_word = np.zeros((len(self.live_), len(doc_term.terms)))
        for place, topic in enumerate(self.live_):
            topic_word[place, known] = self._word_shares(topic)
        doc_topic = np.zeros((len(texts), len(self.live_)))
        for n, document in zip(held, self.model_.docs, strict=True):
            doc_topic[n] = np.asarray(document.get_topic_dist())[self.live_]
        return topic_word, doc_topic

    def _sampled(self, documents: list[tuple[list[str], dict[str, Any]]]) -> Any:
        """The likeliest of several chains, at its end."""
        trial = max(1, round(self.trial * self.sweeps))
        chains = []
        for start in range(STARTS):
            chain = self._new(self.seed + APART * start)
            for words, about in documents:
                chain.add_doc(words, **about)
            chain.train(trial, workers=1, show_progress=False)
            chains.append(chain)
        best = max(chains, key=lambda chain: chain.ll_per_word)
        best.train(max(1, self.sweeps - trial), workers=1, show_progress=False)
        return best

    def _live(self) -> list[int]:
        return list(range(self.k))

    def _about(self, doc_id: str) -> dict[str, Any]:
        """What the model is told of a document beside its words; nothing here."""
        return {}

    def _word_shares(self, topic: int) -> Array:
        return np.asarray(self.model_.get_topic_word_dist(topic), dtype=np.float64)

    def _infer(self, doc_term: DocTerm) -> Array:
        texts = [_words(doc_term, row) for row in range(len(doc_term.doc_ids))]
        known = set(self.model_.used_vocabs)
        shares = np.zeros((len(texts), len(self.live_)))
        for n, words in enumerate(texts):
            kept = [word for word in words if word in known]
            if kept:
                document = self.model_.make_doc(kept, **self._about(doc_term.doc_ids[n]))
                found, _ = self.model_.infer(document, iterations=INFERENCE, workers=1)
                shares[n] = np.asarray(found)[self.live_]
        return shares


class HdpTopics(GibbsLdaTopics):
    """Hierarchical Dirichlet process: LDA that finds the number of topics (Teh et al. 2006).

    Parameters
    ----------
    k
        Number of topics to start from.
    """

    name = "hdp"

    def _new(self, seed: int) -> Any:
        return tomotopy().HDPModel(initial_k=max(self.k, 2), seed=seed)

    def _live(self) -> list[int]:
        return [topic for topic in range(self.model_.k) if self.model_.is_live_topic(topic)]


def tomotopy() -> Any:
    """The library, imported where it is used.

    Raises
    ------
    UsageError
        When it is not installed.
    """
    try:
        return import_module("tomotopy")
    except ImportError as error:
        raise UsageError(
            "This model needs the library tomotopy.",
            remedy='Install it: pip install "textmine[topics]".',
        ) from error


def _words(doc_term: DocTerm, row: int) -> list[str]:
    """The words of a document, by term, each as often as it occurs."""
    counts = doc_term.counts
    at = slice(counts.indptr[row], counts.indptr[row + 1])
    pairs = sorted(zip(counts.indices[at].tolist(), counts.data[at].tolist(), strict=True))
    return [doc_term.terms[i] for i, times in pairs for _ in range(times)]
