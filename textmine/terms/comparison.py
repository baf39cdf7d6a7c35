"""Keyness: which terms set one part of a corpus apart from another, how much, and how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from textmine.errors import TooFewData
from textmine.matrices import DocTerm

Floats = NDArray[np.float64]

KEYNESS_COLUMNS = (
    "term", "count", "count_reference", "documents", "documents_reference", "per_million",
    "per_million_reference", "log_ratio", "low", "high", "g2", "q",
)  # fmt: skip
"""`keyness`: occurrences and documents on both sides; occurrences in a million terms; the binary
logarithm of their ratio with its interval; signed G² and its corrected p."""


def keyness(
    target: DocTerm, reference: DocTerm, *, confidence: float = 0.95, min_count: int = 5
) -> pd.DataFrame:
    """Compare how often two sets of documents use each term.

    G² = 2 Σ O ln(O / E) over the two counts (Rayson and Garside 2000, doi:10.3115/1117729.1117730),
    negative where the reference has more, with p from χ² of one degree, corrected over all terms
    (Benjamini and Hochberg 1995). log-ratio = log2 of the ratio of the shares (Hardie 2014), with
    half an occurrence for none. G² takes every occurrence for independent, but words come in clumps:
    one document may hold all of them. The interval therefore takes documents as what was sampled:
    the variance of each share is that of a ratio of sums over documents (Cochran 1977, ch. 2),
    carried to the logarithm. Where it spans 0, trust no q.

    Parameters
    ----------
    target, reference
        Counts over the same terms in the same order; two documents or more on either side.
    min_count
        Occurrences that a term needs on both sides together.

    Returns
    -------
    pandas.DataFrame
        `KEYNESS_COLUMNS`, from the greatest G² to the least, equal ones in the order of the term.

    Raises
    ------
    ValueError
        When the terms differ.
    TooFewData
        When a side has fewer than two documents or no term.
    """
    if target.terms != reference.terms:
        raise ValueError("target and reference must count the same terms in the same order")
    a, share_a, error_a = _shares(target)
    b, share_b, error_b = _shares(reference)
    log_ratio = np.log2(share_a / share_b)
    # The logarithm's error is the relative error of the share; ln 2 turns it into bits.
    half = stats.norm.ppf((1 + confidence) / 2) * np.hypot(error_a, error_b) / np.log(2)
    g2 = _g2(a, b)
    keep = np.flatnonzero(a + b >= min_count)
    p = stats.chi2.sf(np.abs(g2[keep]), 1)
    table = pd.DataFrame(
        {
            "term": [target.terms[i] for i in keep],
            "count": a[keep].astype(np.int64),
            "count_reference": b[keep].astype(np.int64),
            "documents": target.document_frequency[keep],
            "documents_reference": reference.document_frequency[keep],
            "per_million": 1e6 * a[keep] / a.sum(),
            "per_million_reference": 1e6 * b[keep] / b.sum(),
            "log_ratio": log_ratio[keep],
            "low": (log_ratio - half)[keep],
            "high": (log_ratio + half)[keep],
            "g2": g2[keep],
            "q": stats.false_discovery_control(p) if len(p) else p,
        }
    )
    order = table.sort_values(["g2", "term"], ascending=[False, True], kind="stable")
    return order[list(KEYNESS_COLUMNS)].reset_index(drop=True)


def _g2(a: Floats, b: Floats) -> Floats:
    """Signed log-likelihood ratio of the counts of each term in two parts."""
    pooled = (a + b) / (a.sum() + b.sum())
    expected_a, expected_b = pooled * a.sum(), pooled * b.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [
            np.where(o > 0, o * np.log(o / e), 0.0) for o, e in ((a, expected_a), (b, expected_b))
        ]
    signed: Floats = 2 * (parts[0] + parts[1]) * np.where(a >= expected_a, 1.0, -1.0)
    return signed


def _shares(counts: DocTerm) -> tuple[Floats, Floats, Floats]:
    """Each term's count, its share of all terms, and the relative standard error of the share."""
    matrix: sparse.csr_matrix = counts.counts.astype(np.float64)
    documents = matrix.shape[0]
    lengths = np.asarray(matrix.sum(axis=1)).ravel()
    total = np.asarray(matrix.sum(axis=0)).ravel()
    if documents < 2 or not lengths.any():
        raise TooFewData(
            f"Keyness needs two documents with terms on either side; one has {documents}.",
            remedy="Choose wider parts of the corpus to compare.",
        )
    share = np.maximum(total, 0.5) / lengths.sum()
    squares = np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel()
    residual = squares - 2 * share * (matrix.T @ lengths) + share**2 * (lengths**2).sum()
    spread = np.sqrt(np.maximum(residual, 0.0) * documents / (documents - 1)) / lengths.sum()
    # A term of very few occurrences cannot be surer than a Poisson count of them.
    error: Floats = np.maximum(spread / share, 1 / np.sqrt(np.maximum(total, 0.5)))
    return total, share, error


def keywords(counts: DocTerm, *, top: int = 10) -> pd.DataFrame:
    """The terms that tell each document from the rest of the corpus, by TF-IDF.

    tf·ln(N / df) with tf the term's share of the document and df the documents that hold it
    (Salton and Buckley 1988, doi:10.1016/0306-4573(88)90021-0): a term that all hold scores 0 and is
    left out.

    Returns
    -------
    pandas.DataFrame
        doc_id, rank from 1, term, score; documents in order, equal scores in the terms' order.
    """
    matrix = counts.counts
    with np.errstate(divide="ignore"):
        idf = np.log(len(counts.doc_ids) / counts.document_frequency)
    rows = []
    for i, doc_id in enumerate(counts.doc_ids):
        columns = matrix.indices[matrix.indptr[i] : matrix.indptr[i + 1]]
        values = matrix.data[matrix.indptr[i] : matrix.indptr[i + 1]]
        scores = values / max(values.sum(), 1) * idf[columns]
        for rank, j in enumerate(np.lexsort((columns, -scores))[:top], 1):
            if scores[j] > 0:
                rows.append((doc_id, rank, counts.terms[columns[j]], float(scores[j])))
    return pd.DataFrame(rows, columns=["doc_id", "rank", "term", "score"])
