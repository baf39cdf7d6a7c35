"""Concepts in the sense of SKOS, and where a text mentions them.

`parse_scheme` reads a scheme from TOML text; `Matcher` finds its labels on characters. Ends where
statements between concepts begin (`textmine.claims`).
"""

from textmine.concepts.matcher import Matcher, named_in_full, roll_up
from textmine.concepts.scheme import Concept, Scheme, parse_scheme

__all__ = ["Concept", "Matcher", "Scheme", "named_in_full", "parse_scheme", "roll_up"]
