"""Keyword networks: what one count means, how it is normalised, who belongs together.

Counts are a `TermTerm`; a network is a plain `networkx.Graph` whose attributes are listed in
`build.graph`. Formulas are named and exact.
"""

from textmine.networks.build import graph, to_gexf, to_graphml
from textmine.networks.communities import communities, modularity
from textmine.networks.cooccurrence import cooccurrence, most_frequent
from textmine.networks.layout import layout
from textmine.networks.normalise import MEASURES, Measure, normalise, significance

__all__ = [
    "MEASURES",
    "Measure",
    "communities",
    "cooccurrence",
    "graph",
    "layout",
    "modularity",
    "most_frequent",
    "normalise",
    "significance",
    "to_gexf",
    "to_graphml",
]
