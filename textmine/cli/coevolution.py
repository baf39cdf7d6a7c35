"""Commands on how concepts evolve together: coevolution, bursts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

import typer

from textmine import figures, pipeline
from textmine.cli.analyses import prepared
from textmine.cli.options import (
    JsonOption,
    LangOption,
    QueryOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.show import explained_errors, note, out, print_json
from textmine.cli.tables import finish, rows
from textmine.pipeline.evolution_tables import bursts_of_terms
from textmine.report.coevolution import story
from textmine.store.files import write_whole

# What `coevolution --json` holds beside the story: everything that it is written from.
TABLES = (
    *("concept_life_cycles", "concept_trends", "concept_bursts", "concept_changes"),
    *("concept_meetings", "slicing_agreement", "proximity", "proximity_drift"),
    *("lead_lag_concepts", "lead_lag_sources", "symbiosis", "event_effects", "meaning_changes"),
)


def coevolution(
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """共同演化 / tell in words how the concepts evolve together, with the uncertainty of each number.

    Tables and the text (coevolution.md) go to the output folder.

    Example / 例: textmine coevolution --lang en
    """
    with explained_errors():
        space = open_workspace(workspace)
        chosen = language(space, lang)
        with prepared(space, chosen, query) as (corpus, _, _):
            analysis = pipeline.evolution(corpus)
        folder = pipeline.output_folder(space, query)
        pipeline.save(analysis, folder)
        told = {one: story(space, analysis.tables, one) for one in ("zh", "en")}
        text = "\n\n".join([*told["zh"], *told["en"]]) + "\n"
        path = write_whole(folder / "coevolution.md", text)
        if as_json:
            tables = {name: rows(analysis.tables[name]) for name in TABLES}
            print_json(
                {
                    "manifest": asdict(analysis.manifest),
                    "notes": [line._asdict() for line in analysis.notes],
                    "story": told,
                    **tables,
                }
            )
            return
        for paragraph in told[chosen]:
            out(paragraph + "\n")
        for line in analysis.notes:
            note(getattr(line, chosen))
        out(f"→ {path}")


def bursts(
    preset: Annotated[
        Literal["kleinberg", "citespace"],
        typer.Option(help="参数组合 / parameters: citespace shows bursts of two years and more"),
    ] = "kleinberg",
    top: Annotated[int, typer.Option(min=1, help="图中的词数 / terms in the figure")] = 25,
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """关键词突现 / bursts of all terms with their chance: table and red-bar figure.

    Writes term_bursts.csv and figures/term_bursts.svg, .png and .pdf.

    Example / 例: textmine bursts --preset citespace --top 20
    """
    with explained_errors():
        space = open_workspace(workspace)
        chosen = language(space, lang)
        with prepared(space, chosen, query) as (corpus, _, _):
            analysis = bursts_of_terms(corpus, preset)
        folder = pipeline.output_folder(space, query)
        table = analysis.tables["term_bursts"]
        years = corpus.documents["year"].dropna()
        if len(table) and len(years):
            span = (int(years.min()), int(years.max()))
            drawn = figures.svg(figures.term_burst_bars(table, span, top=top, lang=chosen))
            place = folder / "figures"
            write_whole(place / "term_bursts.svg", figures.standalone(drawn))
            write_whole(place / "term_bursts.png", figures.png(drawn))
            write_whole(place / "term_bursts.pdf", figures.pdf(drawn))
        finish(analysis, ["term_bursts"], folder, as_json, lang=chosen)
