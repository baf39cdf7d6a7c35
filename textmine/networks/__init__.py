"""Networks of keywords and others: what one count means, how it is normalised, who belongs together.

Counts are a `TermTerm`; a network is a plain `networkx.Graph` whose attributes are listed in
`build.graph`. Formulas are named and exact, and what hangs on the documents at hand is told by
resampling them.
"""

from textmine.networks.backbone import BACKBONES, Backbone, disparity, pathfinder, spanning_tree
from textmine.networks.bootstrap import Resampled, replicates, resample
from textmine.networks.build import Recipe, graph
from textmine.networks.communities import (
    METHODS,
    Method,
    adjacency,
    adjusted_rand,
    communities,
    divide,
    jaccard_of_communities,
    modularity,
    silhouettes,
    variation_of_information,
)
from textmine.networks.cooccurrence import Counting, cooccurrence, incidence, most_frequent
from textmine.networks.diagram import QUADRANTS, THEME_COLUMNS, Quadrant, callon, quadrants, themes
from textmine.networks.ego import EGO_COLUMNS, ego
from textmine.networks.exchange import (
    from_vosviewer,
    from_vosviewer_json,
    to_gexf,
    to_graphml,
    to_pajek,
    to_pajek_partition,
    to_vosviewer,
    to_vosviewer_json,
)
from textmine.networks.layout import layout
from textmine.networks.normalise import MEASURES, Measure, normalise
from textmine.networks.positions import POSITIONS, positions
from textmine.networks.significance import (
    benjamini_hochberg,
    hypergeometric_tails,
    significance,
)

__all__ = [
    "BACKBONES",
    "EGO_COLUMNS",
    "MEASURES",
    "METHODS",
    "POSITIONS",
    "QUADRANTS",
    "THEME_COLUMNS",
    "Backbone",
    "Counting",
    "Measure",
    "Method",
    "Quadrant",
    "Recipe",
    "Resampled",
    "adjacency",
    "adjusted_rand",
    "benjamini_hochberg",
    "callon",
    "communities",
    "cooccurrence",
    "disparity",
    "divide",
    "ego",
    "from_vosviewer",
    "from_vosviewer_json",
    "graph",
    "hypergeometric_tails",
    "incidence",
    "jaccard_of_communities",
    "layout",
    "modularity",
    "most_frequent",
    "normalise",
    "pathfinder",
    "positions",
    "quadrants",
    "replicates",
    "resample",
    "significance",
    "silhouettes",
    "spanning_tree",
    "themes",
    "to_gexf",
    "to_graphml",
    "to_pajek",
    "to_pajek_partition",
    "to_vosviewer",
    "to_vosviewer_json",
    "variation_of_information",
]
