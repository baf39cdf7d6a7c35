"""Bring the catalogue up to date with the documents folder, and the index with the catalogue.

    scan ──▶ plan ──▶ read, in processes of their own ──▶ catalogue ──▶ index ──▶ change report

Decide, then act: `plan` is a pure function that names each step and the reason.
"""

from textmine.update.plan import Reader, Step, plan
from textmine.update.run import Agenda, look, perform, update
from textmine.update.scan import Found, Seen, scan

__all__ = [
    "Agenda",
    "Found",
    "Reader",
    "Seen",
    "Step",
    "look",
    "perform",
    "plan",
    "scan",
    "update",
]
