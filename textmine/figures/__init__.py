"""Charts, one function per figure: they draw tables that were computed elsewhere.

A chart is an Altair value for notebook, report and web alike; `rendering` makes SVG, PNG and PDF
of it without a browser or a network, with a Chinese font that always is there.
"""

from textmine.figures.charts import (
    burst_bars,
    claims_map,
    concept_shares,
    documents_per_year,
    meetings_map,
    topic_words,
    topic_years,
)
from textmine.figures.coevolution import coevolution_story, term_burst_bars, theme_flows
from textmine.figures.modelling import strategic_diagram, topic_groups, topic_sweep
from textmine.figures.network_page import network_page
from textmine.figures.networks import Overlay, network_density, network_map
from textmine.figures.policies import pmc_surfaces, policy_mix
from textmine.figures.rendering import font_face, pdf, png, standalone, svg
from textmine.figures.topics import topic_effects, topic_map

__all__ = [
    "Overlay",
    "burst_bars",
    "claims_map",
    "coevolution_story",
    "concept_shares",
    "documents_per_year",
    "font_face",
    "meetings_map",
    "network_density",
    "network_map",
    "network_page",
    "pdf",
    "pmc_surfaces",
    "png",
    "policy_mix",
    "standalone",
    "strategic_diagram",
    "svg",
    "term_burst_bars",
    "theme_flows",
    "topic_effects",
    "topic_groups",
    "topic_map",
    "topic_sweep",
    "topic_words",
    "topic_years",
]
