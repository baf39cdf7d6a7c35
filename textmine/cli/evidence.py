"""Commands on what the documents rest on: citations."""

from __future__ import annotations

from textmine import pipeline
from textmine.cli.analyses import prepared
from textmine.cli.options import (
    JsonOption,
    LangOption,
    QueryOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.show import explained_errors
from textmine.cli.tables import finish

# What people see of the wide tables; the files have every column.
SHOWN = {
    "cited_elsewhere": ["title", "doc_number", "papers", "policies", "first_year"],
    "policy_diffusion": [
        *("title", "year", "intensity", "breadth", "first_lag", "median_lag", "down", "up", "peer"),
    ],
    "policy_uptake": ["title", "year", "papers", "first_paper", "median_lag"],
    "main_path": ["step", "year", "kind", "title"],
}


def citations(
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """引用 / who cites whom: policies and papers, resolved to the corpus or listed with the reason.

    Writes citations.csv (with the citing sentence), unresolved.csv, cited_elsewhere.csv,
    policy_diffusion.csv, policy_uptake.csv, citation_roots.csv, main_path.csv, citations.graphml.

    Examples / 例: textmine citations; textmine citations --query 'kind:policy' --json
    """
    with explained_errors():
        space = open_workspace(workspace)
        spoken = language(space, lang)
        with prepared(space, spoken, query) as (corpus, catalogue, bars):
            analysis = pipeline.citations(corpus, catalogue, progress=bars)
        folder = pipeline.output_folder(space, query)
        tables = list(analysis.tables) if as_json else list(SHOWN)
        finish(analysis, tables, folder, as_json, lang=spoken, columns=SHOWN)
