"""The web application and its JSON API: pages over one workspace, read-only and offline.

`library` lends readers of the catalogue and the index; `searching`, `documents` and `analyses`
turn what they say into values; `pages` and `api` show those as HTML and JSON; `guard` stands
before both. Nothing here writes, and no part of a request becomes a path on the disk.
"""

from textmine.web.app import create_app
from textmine.web.guard import Door

__all__ = ["Door", "create_app"]
