"""The index as values: its schema, the query language, and snippets.

`fields` names the fields; `schema` says how a document becomes an entry; `language` parses what a
reviewer types; `compiler` makes an index query of it; `snippets` shows where it hit. The index's
folder and the catalogue behind it belong to `textmine.store`.
"""

from textmine.search.compiler import Compiler, concept_names
from textmine.search.fields import FACETS
from textmine.search.folding import fold, grams
from textmine.search.language import Node, parse, terms
from textmine.search.schema import entry, schema
from textmine.search.snippets import Snippet, snippet

__all__ = [
    "FACETS",
    "Compiler",
    "Node",
    "Snippet",
    "concept_names",
    "entry",
    "fold",
    "grams",
    "parse",
    "schema",
    "snippet",
    "terms",
]
