"""What policies do: instruments clause by clause, force, the PMC index, and when they are in force.

Coding schemes are data (corpus/coding/); every code is given with the sentence that it rests on.
"""

from textmine.policy.agreement import Agreement, agreement
from textmine.policy.coding import Code, Coded, Coder, CodingScheme, parse_coding
from textmine.policy.force import Degrees, ForceScheme, Rank, parse_force
from textmine.policy.pmc import Cell, PmcScheme, PmcScore, parse_pmc
from textmine.policy.validity import in_force, status

__all__ = [
    "Agreement",
    "Cell",
    "Code",
    "Coded",
    "Coder",
    "CodingScheme",
    "Degrees",
    "ForceScheme",
    "PmcScheme",
    "PmcScore",
    "Rank",
    "agreement",
    "in_force",
    "parse_coding",
    "parse_force",
    "parse_pmc",
    "status",
]
