"""Topics of ten thousand to a million documents: time and memory.

    python benchmarks/topics_scale.py [DOCUMENTS …]

Simulated abstracts of 80 words over 20,000 terms (Zipf), each of one to three of 20 planted
topics. NMF learns from all documents, or from a hundred thousand of them where there are more;
lda_online takes them in by `partial_fit`, a batch of 10,000 at a time and one pass. Each runs in a
process of its own, on one thread; `found` is the least cosine of a planted topic with its match.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from textmine.matrices import DocTerm
from textmine.topics import NmfTopics, OnlineLdaTopics

TERMS, TOPICS, LENGTH, BATCH = 20_000, 20, 80, 10_000


def planted_topics() -> np.ndarray:
    """Topics over all terms, each with a Zipf head of its own."""
    random = np.random.default_rng(0)
    common = 1 / np.arange(2, TERMS + 2)
    topics = np.empty((TOPICS, TERMS))
    for topic in range(TOPICS):
        own = np.zeros(TERMS)
        own[random.permutation(TERMS)[:1000]] = 1 / np.arange(2, 1002)
        topics[topic] = 0.2 * common / common.sum() + 0.8 * own / own.sum()
    return topics


def batch(number: int, size: int, cumulated: np.ndarray) -> DocTerm:
    """One batch of documents; the same for the same number."""
    random = np.random.default_rng((1, number))
    mixtures = random.dirichlet(np.full(TOPICS, 0.05), size=size)
    topics = (random.random((size, LENGTH, 1)) > mixtures.cumsum(axis=1)[:, None, :]).sum(axis=2)
    topics = np.minimum(topics, TOPICS - 1).ravel()
    words = np.empty(size * LENGTH, dtype=np.int64)
    for topic in range(TOPICS):
        at = np.flatnonzero(topics == topic)
        words[at] = np.searchsorted(cumulated[topic], random.random(len(at)))
    rows = np.repeat(np.arange(size), LENGTH)
    pairs = (np.ones(len(words), dtype=np.int32), (rows, np.minimum(words, TERMS - 1)))
    counts = sparse.coo_matrix(pairs, shape=(size, TERMS)).tocsr()
    ids = tuple(f"{number:05}-{n:05}" for n in range(size))
    return DocTerm(counts, ids, tuple(f"t{i:05}" for i in range(TERMS)))


def measure(model: str, documents: int) -> dict[str, float]:
    """Time of the model alone, peak memory of the process, planted topics found."""
    topics = planted_topics()
    cumulated = topics.cumsum(axis=1)
    sizes = [min(BATCH, documents - start) for start in range(0, documents, BATCH)]
    if model == "nmf":
        parts = [batch(n, size, cumulated) for n, size in enumerate(sizes)]
        ids = tuple(i for part in parts for i in part.doc_ids)
        whole = DocTerm(sparse.vstack([p.counts for p in parts]).tocsr(), ids, parts[0].terms)
        del parts
        started = time.perf_counter()
        fit = NmfTopics(TOPICS, seed=1).fit(whole).fit_
        seconds = time.perf_counter() - started
    else:
        fitted, seconds = OnlineLdaTopics(TOPICS, seed=1, passes=1, chunk=2000), 0.0
        for n, size in enumerate(sizes):
            part = batch(n, size, cumulated)
            started = time.perf_counter()
            fitted = fitted.partial_fit(part) if n else fitted.fit(part)
            seconds += time.perf_counter() - started
        fit = fitted.fit_
    lengths = np.outer(np.linalg.norm(fit.topic_word, axis=1), np.linalg.norm(topics, axis=1))
    cosines = fit.topic_word @ topics.T / lengths
    found = float(cosines[linear_sum_assignment(-cosines)].min())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "MB": memory, "found": found}


def main(*documents: str) -> None:
    """Print a table of the models at each number of documents."""
    print("| documents | model | seconds | MB | found |\n|--:|---|--:|--:|--:|")
    for size in documents or ("10000", "100000", "1000000"):
        for model in ("nmf", "lda_online"):
            words = [sys.executable, __file__, "--one", model, size]
            out = subprocess.run(words, capture_output=True, text=True, check=True).stdout
            row = json.loads(out)
            print(
                f"| {int(size):,} | {model} | {row['seconds']:.0f} | {row['MB']:.0f} |"
                f" {row['found']:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        main(*sys.argv[1:])
