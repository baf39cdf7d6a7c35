"""The network of a corpus's terms, and its files for other programs."""

from __future__ import annotations

import io
import re

import networkx as nx
import numpy as np

from textmine.matrices import TermTerm
from textmine.networks.communities import communities
from textmine.networks.normalise import Measure, normalise, significance


def graph(
    term_term: TermTerm,
    *,
    measure: Measure = "association",
    min_cooccurrence: int = 1,
    resolution: float = 1.0,
    seed: int = 0,
) -> nx.Graph:
    """The network of terms; choose them first, see `most_frequent`.

    Parameters
    ----------
    measure
        What the weight of an edge is; see `normalise`.
    min_cooccurrence
        Units that must hold both terms of an edge.
    resolution, seed
        Of the communities.

    Returns
    -------
    networkx.Graph
        Nodes carry occurrences (units that hold the term), community, degree, strength (sum of
        weights), betweenness (of shortest paths with distance 1/weight; Freeman 1977). Edges
        carry weight, cooccurrence, p and q (see `significance`). Nodes and edges are sorted; a
        term without edges is left out.
    """
    made = nx.Graph(measure=measure, unit=term_term.unit, units=term_term.units)
    _add_edges(made, term_term, measure, min_cooccurrence)
    _describe_nodes(made, term_term, communities(made, resolution=resolution, seed=seed))
    return made


def _add_edges(made: nx.Graph, chosen: TermTerm, measure: Measure, minimum: int) -> None:
    weights = normalise(chosen, measure)
    p, q = significance(chosen)
    rows, columns = np.nonzero(np.triu(chosen.counts.toarray(), 1) >= minimum)
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        # Negative NPMI is repulsion: no edge.
        if weights[i, j] > 0:
            made.add_edge(
                chosen.terms[i],
                chosen.terms[j],
                weight=float(weights[i, j]),
                cooccurrence=int(chosen.counts[i, j]),
                p=float(p[i, j]),
                q=float(q[i, j]),
            )


def _describe_nodes(made: nx.Graph, chosen: TermTerm, membership: dict[str, int]) -> None:
    distances = {(a, b): 1 / w for a, b, w in made.edges(data="weight")}
    nx.set_edge_attributes(made, distances, "distance")
    betweenness = nx.betweenness_centrality(made, weight="distance")
    for _, _, data in made.edges(data=True):
        del data["distance"]
    strength = dict(made.degree(weight="weight"))
    occurrences = dict(zip(chosen.terms, chosen.occurrences.tolist(), strict=True))
    for node in made:
        made.nodes[node].update(
            occurrences=int(occurrences[node]),
            community=membership[node],
            degree=int(made.degree[node]),
            strength=float(strength[node]),
            betweenness=float(betweenness[node]),
        )


def to_graphml(graph: nx.Graph) -> bytes:
    """The network as GraphML, for Gephi, Cytoscape, igraph and others."""
    buffer = io.BytesIO()
    nx.write_graphml(graph, buffer, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return buffer.getvalue()


def to_gexf(graph: nx.Graph) -> bytes:
    """The network as GEXF 1.2, for Gephi."""
    buffer = io.BytesIO()
    nx.write_gexf(graph, buffer, encoding="utf-8", prettyprint=True)
    # networkx writes today's date; the same network must give the same bytes.
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue())
