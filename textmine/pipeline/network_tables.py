"""The tables and files of the keyword network."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from textmine import networks
from textmine.matrices import DocTerm
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus
from textmine.segment import sentences
from textmine.terms import doc_term


def network(corpus: Corpus) -> Analysis:
    """Build the co-word network of the settings.

    Tables: network_nodes (term, occurrences, community, degree, strength, betweenness, x, y) and
    network_edges (a, b, cooccurrence, weight, p, q). Files: network.graphml, network.gexf.
    """
    settings = corpus.workspace.settings.network
    counts = corpus.doc_term if settings.unit == "document" else _by_sentence(corpus)
    made = networks.graph(
        networks.cooccurrence(networks.most_frequent(counts, settings.nodes), unit=settings.unit),
        min_cooccurrence=settings.min_cooccurrence,
        resolution=settings.resolution,
        seed=settings.seed,
    )
    places = networks.layout(made)
    columns = ["term", "occurrences", "community", "degree", "strength", "betweenness", "x", "y"]
    nodes = pd.DataFrame(
        [(n, *(d[c] for c in columns[1:6]), *places[n]) for n, d in sorted(made.nodes(data=True))],
        columns=columns,
    )
    edges = pd.DataFrame(
        [
            (a, b, d["cooccurrence"], d["weight"], d["p"], d["q"])
            for a, b, d in sorted((*sorted(e[:2]), e[2]) for e in made.edges(data=True))
        ],
        columns=["a", "b", "cooccurrence", "weight", "p", "q"],
    )
    membership = nx.get_node_attributes(made, "community")
    q = networks.modularity(made, membership, resolution=settings.resolution)
    groups = len(set(membership.values()))
    run = manifest(corpus, "network", seed=settings.seed, nodes=len(nodes), edges=len(edges))
    text = f"Q = {q:.3f}"
    notes = (Note(f"{groups} 个社群，模块度 {text}", f"{groups} communities, modularity {text}"),)
    files = {"network.graphml": networks.to_graphml(made), "network.gexf": networks.to_gexf(made)}
    return Analysis(run, {"network_nodes": nodes, "network_edges": edges}, files, notes)


def _by_sentence(corpus: Corpus) -> DocTerm:
    """Count the corpus's terms sentence by sentence."""
    ids, units = [], []
    for doc_id, text in zip(corpus.documents["doc_id"], corpus.texts, strict=True):
        for start, end in sentences(text):
            ids.append(f"{doc_id}:{start}")
            units.append(text[start:end])
    wanted = set(corpus.doc_term.terms)
    full = doc_term(ids, units, corpus.workspace.segmenter)
    return full.select_terms([i for i, term in enumerate(full.terms) if term in wanted])
