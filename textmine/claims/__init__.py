"""What a text says about its concepts: directed statements with the words that make them.

`extract` applies the rules in `textmine/claims/rules/`; `parse_grammar` reads others, such as a
scholar's besides those. Deterministic: no model, no chance; every claim names its rule.
"""

from textmine.claims.extraction import extract
from textmine.claims.grammar import Grammar, Rule, default_grammar, package_rules, parse_grammar

__all__ = ["Grammar", "Rule", "default_grammar", "extract", "package_rules", "parse_grammar"]
