"""Concepts over time: how much they are spoken of, when they surge, when they meet.

Tables in, tables out. `documents` has a row per document (doc_id, year, kind, …), `mentions` a row
per mention (doc_id, concept). Every share carries its interval; where data are too few the tables
say so instead of giving a number.
"""

from textmine.evolution.bursts import (
    BURST_COLUMNS,
    PRESETS,
    TERM_BURST_COLUMNS,
    BurstModel,
    bursts,
    kleinberg,
    term_bursts,
)
from textmine.evolution.changepoints import (
    CHANGE_COLUMNS,
    Change,
    changepoints,
    concept_changes,
)
from textmine.evolution.contexts import Contexts, concept_contexts
from textmine.evolution.convergence import CONVERGENCE_COLUMNS, agreement, convergence
from textmine.evolution.coupling import (
    COUPLING_COLUMNS,
    coupling_coordination,
    coupling_table,
)
from textmine.evolution.events import EVENT_COLUMNS, event_effects
from textmine.evolution.glm import CountFit, quasi_poisson
from textmine.evolution.leadlag import LEAD_LAG_COLUMNS, LeadLag, lead_lag, lead_lags, prewhiten
from textmine.evolution.lifecycle import LIFECYCLE_COLUMNS, LifeCycle, life_cycle, life_cycles
from textmine.evolution.meetings import MEETING_COLUMNS, meetings
from textmine.evolution.periods import (
    changepoint_periods,
    equal_documents,
    equal_years,
    shifted,
    within,
)
from textmine.evolution.proximity import (
    DRIFT_COLUMNS,
    PROXIMITY_COLUMNS,
    idf,
    proximity,
    similarity,
)
from textmine.evolution.semantics import (
    CHANGE_OF_MEANING_COLUMNS,
    NEIGHBOUR_COLUMNS,
    meaning_changes,
    neighbours,
)
from textmine.evolution.shares import SHARE_COLUMNS, document_shares, wilson
from textmine.evolution.symbiosis import SYMBIOSIS_COLUMNS, Symbiosis, symbioses, symbiosis
from textmine.evolution.themes import FLOW_COLUMNS, THEME_COLUMNS, thematic_evolution
from textmine.evolution.trends import TREND_COLUMNS, mann_kendall, sen_slope, trends

__all__ = [
    "BURST_COLUMNS",
    "CHANGE_COLUMNS",
    "CHANGE_OF_MEANING_COLUMNS",
    "CONVERGENCE_COLUMNS",
    "COUPLING_COLUMNS",
    "DRIFT_COLUMNS",
    "EVENT_COLUMNS",
    "FLOW_COLUMNS",
    "LEAD_LAG_COLUMNS",
    "LIFECYCLE_COLUMNS",
    "MEETING_COLUMNS",
    "NEIGHBOUR_COLUMNS",
    "PRESETS",
    "PROXIMITY_COLUMNS",
    "SHARE_COLUMNS",
    "SYMBIOSIS_COLUMNS",
    "TERM_BURST_COLUMNS",
    "THEME_COLUMNS",
    "TREND_COLUMNS",
    "BurstModel",
    "Change",
    "Contexts",
    "CountFit",
    "LeadLag",
    "LifeCycle",
    "Symbiosis",
    "agreement",
    "bursts",
    "changepoint_periods",
    "changepoints",
    "concept_changes",
    "concept_contexts",
    "convergence",
    "coupling_coordination",
    "coupling_table",
    "document_shares",
    "equal_documents",
    "equal_years",
    "event_effects",
    "idf",
    "kleinberg",
    "lead_lag",
    "lead_lags",
    "life_cycle",
    "life_cycles",
    "mann_kendall",
    "meaning_changes",
    "meetings",
    "neighbours",
    "prewhiten",
    "proximity",
    "quasi_poisson",
    "sen_slope",
    "shifted",
    "similarity",
    "symbioses",
    "symbiosis",
    "term_bursts",
    "thematic_evolution",
    "trends",
    "wilson",
    "within",
]
