"""Commands that analyse and report: evolution, claims, report, run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import typer

from textmine import pipeline
from textmine.cli.options import (
    JsonOption,
    LangOption,
    QueryOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.show import (
    SOME_REFUSED,
    STAGES,
    Bars,
    Lang,
    explained_errors,
    list_failures,
    note,
    out,
    print_json,
    progress_bars,
    say,
)
from textmine.cli.tables import finish
from textmine.cli.upkeep import WaitOption, run_update
from textmine.errors import TooFewData
from textmine.messages import said
from textmine.pipeline import Analysis, Corpus
from textmine.report import write_report
from textmine.report.material import Material
from textmine.store import Catalogue, Workspace
from textmine.update.findings import report_findings

Step = Callable[[Corpus, Catalogue, Bars], Analysis]

STEPS: dict[str, Step] = {
    "topics": lambda corpus, _, bars: pipeline.topics(corpus),
    "network": lambda corpus, _, bars: pipeline.network(corpus),
    "evolution": lambda corpus, _, bars: pipeline.evolution(corpus),
    "claims": lambda corpus, catalogue, bars: pipeline.claims(corpus, catalogue, progress=bars),
    "citations": lambda corpus, catalogue, bars: pipeline.citations(
        corpus, catalogue, progress=bars
    ),
    "policy": lambda corpus, catalogue, bars: pipeline.policies(corpus, catalogue, progress=bars),
}

EVOLUTION = {
    "concept_shares": "concept year share low high with_concept documents",
    "concept_trends": "concept trend growth growth_low growth_high q years note",
    "concept_bursts": "concept first last weight q note",
    "concept_meetings": "period a b together expected low high q note",
}
"""What people see of the tables, the conclusions first."""


def evolution(
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """概念演化 / follow concepts over the years: shares, trends, bursts, meetings.

    Examples / 例: textmine evolution --lang en; textmine evolution --query 'kind:policy 江苏'
    """
    _run_one("evolution", workspace, query, as_json, lang, EVOLUTION)


def _run_one(
    name: str,
    workspace: Path | None,
    query: str,
    as_json: bool,
    lang: Lang | None,
    tables: Mapping[str, str],
) -> None:
    with explained_errors():
        space = open_workspace(workspace)
        with prepared(space, language(space, lang), query) as (corpus, catalogue, bars):
            analysis = STEPS[name](corpus, catalogue, bars)
        folder = pipeline.output_folder(space, query)
        columns = {name: shown.split() for name, shown in tables.items()}
        finish(analysis, list(tables), folder, as_json, lang=language(space, lang), columns=columns)


@contextmanager
def prepared(
    space: Workspace, lang: Lang, query: str = ""
) -> Iterator[tuple[Corpus, Catalogue, Bars]]:
    """What analyses work on, with progress bars: the corpus and the open catalogue."""
    with space.catalogue() as catalogue, catalogue.snapshot(), progress_bars(lang) as bars:
        yield pipeline.load(space, catalogue, query=query, progress=bars), catalogue, bars


def report(workspace: WorkspaceOption = None, lang: LangOption = None) -> None:
    """报告 / write everything as one HTML file that opens offline, with figures and CSV beside it.

    Example / 例: textmine report --lang en
    """
    with explained_errors():
        space = open_workspace(workspace)
        path = _analyse_and_report(space, language(space, lang))
        out(f"→ {path}")


def run(
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    wait: WaitOption = 0,
) -> None:
    """更新、全部分析、报告 / update, all analyses, report: the main job.

    What the results say anew goes into the change report. Exit code 1 when some inputs were
    refused. Example / 例: textmine run
    """
    with explained_errors():
        space = open_workspace(workspace)
        chosen = language(space, lang)
        result = run_update(space, chosen, wait=wait)
        path = _analyse_and_report(space, chosen)
        with space.catalogue() as catalogue:
            failures = catalogue.failures()
        if as_json:
            refusals = [asdict(f) for f in failures]
            print_json({**result, "refusals": refusals, "report": str(path)})
        else:
            list_failures(failures)
            out(
                say(
                    chosen,
                    "新增 {added}，变更 {changed}，移除 {removed}，拒收 {refused}",
                    "{added} added, {changed} changed, {removed} removed, {refused} refused",
                ).format(**result)
            )
            out(f"→ {path}")
        raise typer.Exit(SOME_REFUSED if failures else 0)


def _analyse_and_report(space: Workspace, lang: Lang) -> Path:
    """Run every analysis that the corpus allows; one that has too few data is named instead."""
    analyses: dict[str, Analysis] = {}
    skipped: list[str] = []
    with prepared(space, lang) as (corpus, catalogue, bars):
        for name, step in STEPS.items():
            try:
                bars(name, 0, 1)
                analyses[name] = step(corpus, catalogue, bars)
                bars(name, 1, 1)
            except TooFewData as error:
                what = say(lang, *STAGES[name])
                skipped.append(f"{what}: {said(error.message, lang)}")
                note(f"{what}: {said(error.message, lang)}\n  → {said(error.remedy, lang)}")
        for analysis in analyses.values():
            pipeline.save(analysis, space.output)
        report_findings(corpus, analyses)
        failures = tuple(catalogue.failures())
        material = Material(corpus, catalogue, analyses, failures, tuple(skipped), lang)
        return write_report(material, space.output, progress=bars)
