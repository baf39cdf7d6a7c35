"""New documents among the topics of a finished fit, without the model that made it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import DocTerm
from textmine.topics.base import as_shares
from textmine.topics.fit import TopicFit

Array = NDArray[np.float64]

ITERATIONS = 50  # of EM; shares move by less than 0.01 after twenty on abstracts
CHUNK = 1000  # documents at a time, so that memory is bounded


class FoldIn:
    """Places documents among topics by folding in.

    The shares θ of a document maximise Σ_w n_w ln Σ_k θ_k φ_kw, by EM from equal shares: θ_k ∝
    Σ_w n_w θ_k φ_kw / Σ_j θ_j φ_jw (Hofmann 1999, doi 10.1145/312624.312649). φ is counted on the
    documents of the fit as Σ_d θ_dk n_dw, with one count spread over all terms: the weights of
    NMF are no probabilities of words, and so all models are treated alike.

    Parameters
    ----------
    fit
        The finished fit.
    doc_term
        Counts of its documents, or of those that are still there, over any terms.
    """

    def __init__(self, fit: TopicFit, doc_term: DocTerm) -> None:
        counts = doc_term.aligned(fit.terms)
        place = {doc_id: n for n, doc_id in enumerate(fit.doc_ids)}
        known = [n for n, doc_id in enumerate(counts.doc_ids) if doc_id in place]
        shares = fit.doc_topic[[place[counts.doc_ids[n]] for n in known]]
        counted = np.asarray(counts.counts[known].T @ shares).T
        self.terms = fit.terms
        self.topic_word_ = as_shares(counted + 1 / len(fit.terms))

    def transform(self, doc_term: DocTerm) -> Array:
        """Topic shares; shape (documents, topics). Equal shares without a known word."""
        counts = doc_term.aligned(self.terms).counts
        parts = [
            self._place(counts[start : start + CHUNK].tocoo())
            for start in range(0, counts.shape[0], CHUNK)
        ]
        return np.vstack(parts) if parts else np.zeros((0, len(self.topic_word_)))

    def _place(self, pairs: sparse.coo_matrix) -> Array:
        rows, columns = pairs.row, pairs.col
        n = pairs.shape[0]
        likely = self.topic_word_.T[columns]
        shares = np.full((n, len(self.topic_word_)), 1 / len(self.topic_word_))
        order = np.argsort(rows, kind="stable")
        rows, likely = rows[order], likely[order]
        times = pairs.data[order].astype(np.float64)
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        for _ in range(ITERATIONS if len(rows) else 0):
            joint = shares[rows] * likely
            joint *= (times / joint.sum(axis=1))[:, None]
            shares[rows[starts]] = as_shares(np.add.reduceat(joint, starts, axis=0))
        return shares
