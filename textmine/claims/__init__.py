"""What a text says about its concepts: directed statements with the words that make them.

`extract` applies the rules in `textmine/claims/rules/`; `load_grammar` reads rules, the package's
own or a scholar's. Deterministic: no model, no chance; every claim names its rule.
"""

from textmine.claims.extraction import extract
from textmine.claims.grammar import Grammar, Rule, default_grammar, parse_grammar

__all__ = ["Grammar", "Rule", "default_grammar", "extract", "parse_grammar"]
