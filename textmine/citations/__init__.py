"""What cites what: references and mentions resolved to documents of the corpus, and what follows.

`namings` says what a document cites, `Register.resolve` which document is meant or why none;
`diffusion`, `uptake`, `roots` and `main_path` read the network that results.
"""

from textmine.citations.diffusion import (
    DIFFUSION_COLUMNS,
    UPTAKE_COLUMNS,
    Edge,
    diffusion,
    direction,
    uptake,
)
from textmine.citations.mainpath import acyclic, main_path, search_path_counts
from textmine.citations.naming import Naming, namings
from textmine.citations.register import Register, Resolution, number_key
from textmine.citations.roots import ROOT_COLUMNS, roots
from textmine.citations.works import Work, title_key, title_keys, work

__all__ = [
    "DIFFUSION_COLUMNS",
    "ROOT_COLUMNS",
    "UPTAKE_COLUMNS",
    "Edge",
    "Naming",
    "Register",
    "Resolution",
    "Work",
    "acyclic",
    "diffusion",
    "direction",
    "main_path",
    "namings",
    "number_key",
    "roots",
    "search_path_counts",
    "title_key",
    "title_keys",
    "uptake",
    "work",
]
