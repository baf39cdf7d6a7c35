"""Bring the catalogue up to date with the documents folder, and the index with the catalogue.

    scan ──▶ plan ──▶ read, in processes of their own ──▶ catalogue ──▶ index ──▶ change report

Decide, then act: `plan` is a pure function that names each step and the reason.
"""

from textmine.update.explain import Reason, explain
from textmine.update.plan import Reader, Step, plan
from textmine.update.run import Agenda, look, perform, update
from textmine.update.scan import Found, Seen, scan
from textmine.update.whole import Outcome, bring_up_to_date

__all__ = [
    "Agenda",
    "Found",
    "Outcome",
    "Reader",
    "Reason",
    "Seen",
    "Step",
    "bring_up_to_date",
    "explain",
    "look",
    "perform",
    "plan",
    "scan",
    "update",
]
