"""textmine: corpus analysis for Chinese policy documents and academic papers.

The stages, each a package of pure functions, in the order of the pipeline: `read`, `parse`,
`segment`, `terms`, `concepts`, `claims`, `search`, `topics`, `networks`, `evolution`; then the
shells that load, save and show: `store`, `pipeline`, `update`, `figures`, `report`, `cli`.
"""

import logging

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())
