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
from textmine.networks.cooccurrence import (
    Counting,
    at_least,
    beside,
    cooccurrence,
    incidence,
    most_frequent,
    strongest,
    transposed,
)
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
from textmine.networks.labels import labels, log_likelihood, mutual_information, owners
from textmine.networks.layout import LAYOUTS, Layout, layout, vos
from textmine.networks.normalise import MEASURES, Measure, normalise
from textmine.networks.positions import POSITIONS, positions
from textmine.networks.reading import from_gexf, from_graphml, from_pajek, from_tables
from textmine.networks.significance import (
    benjamini_hochberg,
    hypergeometric_tails,
    significance,
)

__all__ = [
    "BACKBONES",
    "EGO_COLUMNS",
    "LAYOUTS",
    "MEASURES",
    "METHODS",
    "POSITIONS",
    "QUADRANTS",
    "THEME_COLUMNS",
    "Backbone",
    "Counting",
    "Layout",
    "Measure",
    "Method",
    "Quadrant",
    "Recipe",
    "Resampled",
    "adjacency",
    "adjusted_rand",
    "at_least",
    "benjamini_hochberg",
    "beside",
    "callon",
    "communities",
    "cooccurrence",
    "disparity",
    "divide",
    "ego",
    "from_gexf",
    "from_graphml",
    "from_pajek",
    "from_tables",
    "from_vosviewer",
    "from_vosviewer_json",
    "graph",
    "hypergeometric_tails",
    "incidence",
    "jaccard_of_communities",
    "labels",
    "layout",
    "log_likelihood",
    "modularity",
    "most_frequent",
    "mutual_information",
    "normalise",
    "owners",
    "pathfinder",
    "positions",
    "quadrants",
    "replicates",
    "resample",
    "significance",
    "silhouettes",
    "spanning_tree",
    "strongest",
    "themes",
    "to_gexf",
    "to_graphml",
    "to_pajek",
    "to_pajek_partition",
    "to_vosviewer",
    "to_vosviewer_json",
    "transposed",
    "variation_of_information",
    "vos",
]
