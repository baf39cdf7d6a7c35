"""From documents to a pruned, clustered network, beside the same steps with plain libraries.

    python benchmarks/networks.py [DOCUMENTS] [NODES]

100,000 simulated documents of 20 terms each (Zipf frequencies, 40 planted groups) become a network
of 5,000 terms: counts, association strength, corrected significance, pruning, communities. Beside
it stands what a user would write: itertools and a dictionary for the counts (on a tenth of the
documents, times ten), networkx Louvain for the communities. Prints seconds of one core, peak
memory, and the ratios; both run in the same process, one after the other.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from itertools import combinations

import networkx as nx
import numpy as np
from scipy import sparse

from textmine.matrices import DocTerm
from textmine.networks import Recipe, adjusted_rand, cooccurrence, most_frequent

TERMS, LENGTH, GROUPS = 20_000, 20, 40


def simulated(documents: int, seed: int = 1) -> DocTerm:
    """Documents whose terms come by half from one of the planted groups."""
    random = np.random.default_rng(seed)
    frequency = 1 / np.arange(1, TERMS + 1) ** 0.8
    anywhere = random.choice(TERMS, (documents, LENGTH // 2), p=frequency / frequency.sum())
    group = random.integers(0, GROUPS, documents)
    # Term t belongs to group t mod 40; a draw of the same frequencies within the group.
    places = random.choice(TERMS // GROUPS, (documents, LENGTH // 2), p=_zipf(TERMS // GROUPS))
    columns = np.concatenate([anywhere, places * GROUPS + group[:, None]], axis=1).ravel()
    ends = np.arange(0, documents * LENGTH + 1, LENGTH)
    counts = sparse.csr_matrix(
        (np.ones(len(columns), dtype=np.int32), columns, ends), shape=(documents, TERMS)
    )
    counts.sum_duplicates()
    ids = tuple(f"{n:06}" for n in range(documents))
    return DocTerm(counts, ids, tuple(f"w{n:05}" for n in range(TERMS)))


def _zipf(n: int) -> np.ndarray:
    frequency: np.ndarray = 1 / np.arange(1, n + 1) ** 0.8
    share: np.ndarray = frequency / frequency.sum()
    return share


def ours(doc_term: DocTerm, nodes: int) -> tuple[dict[str, float], sparse.csr_matrix, np.ndarray]:
    """Seconds per step, the weights and the communities."""
    seconds, clock = {}, time.perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        seconds[name] = time.perf_counter() - clock
        clock = time.perf_counter()

    recipe = Recipe(min_cooccurrence=5, max_q=0.01)
    counts = cooccurrence(doc_term, terms=most_frequent(doc_term, nodes).terms)
    lap("counts")
    weights = recipe.weights(counts)
    lap("strength, significance, pruning")
    membership = recipe.communities(counts, weights, seed=1)
    lap("communities (best of ten)")
    return seconds, weights, membership


def plain_counts(doc_term: DocTerm, wanted: set[int]) -> float:
    """Seconds to count pairs in a dictionary."""
    started = time.perf_counter()
    pairs: Counter[tuple[int, int]] = Counter()
    indptr, indices = doc_term.counts.indptr, doc_term.counts.indices
    for row in range(len(doc_term.doc_ids)):
        held = sorted(set(indices[indptr[row] : indptr[row + 1]].tolist()) & wanted)
        pairs.update(combinations(held, 2))
    return time.perf_counter() - started


def main(documents: int = 100_000, nodes: int = 5_000) -> None:
    """Run and print."""
    ours(simulated(500, seed=2), 50)  # compile
    doc_term = simulated(documents)
    seconds, weights, membership = ours(doc_term, nodes)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = sum(seconds.values())
    for name, value in seconds.items():
        print(f"{name:<34}{value:8.2f} s")
    print(f"{'together':<34}{total:8.2f} s   peak {peak:,.0f} MB")
    terms = most_frequent(doc_term, nodes).terms
    truth = np.array([int(term[1:]) % GROUPS for term in terms])
    linked = np.diff(weights.indptr) > 0
    print(f"{linked.sum()} linked terms, {weights.nnz // 2} links,")
    print(
        f"{len(set(membership[linked].tolist()))} communities; ARI with the planted groups:"
        f" {adjusted_rand(truth[linked], membership[linked]):.3f}"
    )
    tenth = doc_term.select_documents(range(documents // 10))
    wanted = {doc_term.terms.index(term) for term in terms}
    counted = 10 * plain_counts(tenth, wanted)
    started = time.perf_counter()
    graph = nx.from_scipy_sparse_array(weights)
    nx.community.louvain_communities(graph, weight="weight", seed=1)
    louvain = time.perf_counter() - started
    print(
        f"dictionary of pairs: {counted / seconds['counts']:.1f} times our counts;"
        f" networkx Louvain, one run: {louvain / seconds['communities (best of ten)']:.1f} times"
        " our ten Leiden runs"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
