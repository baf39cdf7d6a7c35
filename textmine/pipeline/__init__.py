"""The stages in order: from the catalogue to the tables and models of every analysis.

    load ──▶ Corpus ──▶ topics, network, evolution, claims, citations ──▶ Analysis

Each analysis is a function from a `Corpus` to an `Analysis`: named tables, files for other
programs, and the manifest of what it was made from. It computes and writes nothing; `save` puts
it into the output folder. What is costly per document (mentions, claims) is remembered in the
derived store.
"""

from textmine.pipeline.analysis import Analysis, Note, manifest, save
from textmine.pipeline.citation_tables import citations
from textmine.pipeline.claim_marks import keep_marks, marking_sheet, precision, read_marks
from textmine.pipeline.claim_tables import CLAIM_COLUMNS, claims, extract_claims
from textmine.pipeline.corpus import (
    MENTION_COLUMNS,
    Corpus,
    Progress,
    load,
    output_folder,
    quiet,
)
from textmine.pipeline.definition_tables import definitions, scheme_entries
from textmine.pipeline.evolution_tables import evolution
from textmine.pipeline.network_tables import network
from textmine.pipeline.policy_sheet import coding_sheet, sheet_agreement
from textmine.pipeline.policy_tables import policies
from textmine.pipeline.topic_join import join_topics
from textmine.pipeline.topic_sweep import topic_sweep
from textmine.pipeline.topic_tables import topics
from textmine.pipeline.topic_themes import topic_themes
from textmine.pipeline.topic_updates import compare_topics, read_fit
from textmine.store.mentions import concept_ids, mentions

__all__ = [
    "CLAIM_COLUMNS",
    "MENTION_COLUMNS",
    "Analysis",
    "Corpus",
    "Note",
    "Progress",
    "citations",
    "claims",
    "coding_sheet",
    "compare_topics",
    "concept_ids",
    "definitions",
    "evolution",
    "extract_claims",
    "join_topics",
    "keep_marks",
    "load",
    "manifest",
    "marking_sheet",
    "mentions",
    "network",
    "output_folder",
    "policies",
    "precision",
    "quiet",
    "read_fit",
    "read_marks",
    "save",
    "scheme_entries",
    "sheet_agreement",
    "topic_sweep",
    "topic_themes",
    "topics",
]
