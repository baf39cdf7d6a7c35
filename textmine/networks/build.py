"""The network of a corpus's terms: which links it has, and the graph that shows them."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import TermTerm
from textmine.networks import backbone as backbones
from textmine.networks.backbone import Backbone, disparity
from textmine.networks.communities import Method, divide, main_members
from textmine.networks.normalise import Measure, normalise
from textmine.networks.significance import significance


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is made of counts.

    Attributes
    ----------
    measure
        What a link weighs; see `normalise`.
    min_cooccurrence
        Units that must hold both terms of a link.
    max_q
        Links whose corrected p is above it are left out; 1 keeps all. See `significance`.
    backbone, alpha
        Which links are kept of those; see `textmine.networks.backbone`.
    method, resolution, min_size
        Of the communities; see `divide`.
    """

    measure: Measure = "association"
    min_cooccurrence: int = 1
    max_q: float = 1.0
    backbone: Backbone = "none"
    alpha: float = 0.05
    method: Method = "leiden"
    resolution: float = 1.0
    min_size: int = 1

    def weights(self, term_term: TermTerm) -> sparse.csr_matrix:
        """Weights of the links that are kept; symmetric, shape (terms, terms), all positive."""
        strength = normalise(term_term, self.measure)
        keep = term_term.counts >= max(self.min_cooccurrence, 1)
        if self.max_q < 1:
            _, q = significance(term_term, min_cooccurrence=self.min_cooccurrence)
            q.data = (q.data <= self.max_q).astype(np.float64)
            keep = keep.multiply(q)
        strength = sparse.csr_matrix(strength.multiply(keep))
        # Negative NPMI is repulsion: no link.
        strength.data = np.where(strength.data > 0, strength.data, 0.0)
        strength.eliminate_zeros()
        strength.sort_indices()
        return self._backbone(term_term, strength)

    def _backbone(self, term_term: TermTerm, strength: sparse.csr_matrix) -> sparse.csr_matrix:
        if self.backbone == "none":
            return strength
        if self.backbone != "disparity":
            return backbones.PRUNERS[self.backbone](strength)
        # The filter asks whether a link is a large part of a node's, so it takes the plain links:
        # normalising has evened out just that.
        links = sparse.csr_matrix(term_term.links.multiply(strength > 0), dtype=np.float64)
        kept = disparity(links, alpha=self.alpha)
        found = sparse.csr_matrix(strength.multiply(kept > 0))
        found.sort_indices()
        return found

    def communities(
        self, term_term: TermTerm, weights: sparse.csr_matrix, *, seed: int, trials: int = 10
    ) -> NDArray[np.int64]:
        """Community of each term. VOS clustering normalises itself, so it takes the raw links."""
        if self.method == "vos":
            weights = sparse.csr_matrix(term_term.links.multiply(weights > 0), dtype=np.float64)
        return divide(
            weights,
            method=self.method,
            resolution=self.resolution,
            seed=seed,
            trials=trials,
            min_size=self.min_size,
        )


def graph(
    term_term: TermTerm, recipe: Recipe | None = None, *, nodes: int | None = None, seed: int = 0
) -> nx.Graph:
    """The network of the most frequent terms.

    Parameters
    ----------
    nodes
        How many terms, the most frequent first; ties go by the term. All without it.
    seed
        Of the communities.

    Returns
    -------
    networkx.Graph
        Nodes carry occurrences (units that hold the term), side (0 or 1, in a two-mode network
        only), community, label (of the community:
        its strongest terms), degree and strength (sum of weights). Edges carry weight,
        cooccurrence, links (what the link weighs before normalisation: the same under full
        counting), p and q (see `significance`). Nodes and edges are sorted; a term without edges
        is left out.
    """
    recipe = recipe or Recipe()
    chosen = term_term if nodes is None else _most_frequent(term_term, nodes)
    chosen = chosen.select(sorted(range(len(chosen.terms)), key=chosen.terms.__getitem__))
    weights = recipe.weights(chosen)
    linked = np.flatnonzero(np.diff(weights.indptr))
    membership = recipe.communities(chosen, weights, seed=seed)
    strength = np.asarray(weights.sum(axis=1)).ravel()
    heads = main_members(chosen.terms, strength, membership)
    made = nx.Graph(
        measure=recipe.measure,
        unit=chosen.unit,
        units=chosen.units,
        counting="full" if chosen.shares is None else "fractional",
    )
    for i in linked.tolist():
        group = int(membership[i])
        made.add_node(
            chosen.terms[i],
            occurrences=int(chosen.occurrences[i]),
            community=group,
            label="·".join(heads[group]),
            degree=int(weights.indptr[i + 1] - weights.indptr[i]),
            strength=float(strength[i]),
        )
        if chosen.sides is not None:
            made.nodes[chosen.terms[i]]["side"] = int(chosen.sides[i])
    _add_edges(made, chosen, weights, recipe.min_cooccurrence)
    return made


def _most_frequent(term_term: TermTerm, n: int) -> TermTerm:
    order = sorted(
        range(len(term_term.terms)),
        key=lambda i: (-int(term_term.occurrences[i]), term_term.terms[i]),
    )
    return term_term.select(order[:n])


def _add_edges(made: nx.Graph, chosen: TermTerm, weights: sparse.csr_matrix, minimum: int) -> None:
    p, q = significance(chosen, min_cooccurrence=minimum)
    upper = sparse.triu(weights, 1).tocsr().tocoo()
    if not upper.nnz:  # indexing with nothing gives a matrix of another shape
        return
    at = (upper.row, upper.col)
    columns = (
        upper.row.tolist(),
        upper.col.tolist(),
        upper.data.tolist(),
        *(np.asarray(m[at]).ravel().tolist() for m in (chosen.counts, chosen.links, p, q)),
    )
    for i, j, weight, together, link, chance, corrected in zip(*columns, strict=True):
        made.add_edge(
            chosen.terms[i],
            chosen.terms[j],
            weight=weight,
            cooccurrence=int(together),
            links=float(link),
            p=chance,
            q=corrected,
        )
