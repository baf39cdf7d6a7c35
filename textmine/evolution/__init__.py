"""Concepts over time: how much they are spoken of, when they surge, when they meet.

Tables in, tables out. `documents` has a row per document (doc_id, year, kind, …), `mentions` a row
per mention (doc_id, concept). Every share carries its interval; where data are too few the tables
say so instead of giving a number.
"""

from textmine.evolution.bursts import BURST_COLUMNS, PRESETS, BurstModel, bursts, kleinberg
from textmine.evolution.meetings import MEETING_COLUMNS, meetings
from textmine.evolution.shares import SHARE_COLUMNS, document_shares, wilson
from textmine.evolution.trends import TREND_COLUMNS, mann_kendall, sen_slope, trends

__all__ = [
    "BURST_COLUMNS",
    "MEETING_COLUMNS",
    "PRESETS",
    "SHARE_COLUMNS",
    "TREND_COLUMNS",
    "BurstModel",
    "bursts",
    "document_shares",
    "kleinberg",
    "mann_kendall",
    "meetings",
    "sen_slope",
    "trends",
    "wilson",
]
