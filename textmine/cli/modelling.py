"""Commands of the topic models."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

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
from textmine.cli.show import Lang, explained_errors
from textmine.cli.tables import finish
from textmine.errors import UsageError
from textmine.pipeline import Analysis
from textmine.report.build import write_figure
from textmine.report.topic_browser import topic_browser
from textmine.settings import TopicSettings
from textmine.store import Workspace
from textmine.store.files import write_whole
from textmine.topics import TopicFit

# What people see of wide tables; the files and --json have every column.
TOPIC_COLUMNS = ["topic", "words", "prevalence", "stability", "verdict", "keywords", "npmi"]
SWEEP_COLUMNS = ["k", "npmi", "exclusivity", "stability", "held_out", "unstable", "score"]
RANGE = re.compile(r"(\d{1,4})\.\.(\d{1,4})(?::(\d{1,4}))?")


def topics(
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    recipe: Annotated[
        str | None, typer.Option(help="models/ 中的配方 / a recipe of the models folder")
    ] = None,
    sweep: Annotated[
        str | None,
        typer.Option(
            metavar="5..40",
            help="逐个试主题数并给出建议，如 5..40、5..40:5 或 5,10,20 / try numbers of topics and"
            " recommend one",
        ),
    ] = None,
    runs: Annotated[
        int,
        typer.Option(min=2, help="每个主题数的重复拟合次数 / further fits per number of topics"),
    ] = 10,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="TOPICS.npz",
            help="与此前的 topics.npz 比较并沿用其编号 / what became of the topics of an earlier"
            " topics.npz; they keep their numbers",
        ),
    ] = None,
    join: Annotated[
        Path | None,
        typer.Option(
            metavar="TOPICS.npz",
            help="不重拟合，把新文献归入此前的主题并判断是否该重拟合 / place new documents among"
            " earlier topics, and say whether a refit is due",
        ),
    ] = None,
    themes: Annotated[
        bool,
        typer.Option("--themes", help="跨时期的主题 / themes that live through the periods"),
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="进程数 / processes; default: one a core")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """主题模型 / fit the topic model; tables, figures and topic_browser.html go to the output folder.

    Model and number of topics stand in textmine.toml, or in a recipe of the models folder. With
    --sweep a range of numbers of topics is measured instead; a stopped sweep goes on where it was.
    With --join new documents are placed among earlier topics without a refit; with --compare the
    model is fitted anew and topics that are still there keep their numbers.

    Examples / 例: textmine topics --recipe lda; textmine topics --sweep 5..40; textmine topics
    --query kind:policy
    """
    with explained_errors():
        space = open_workspace(workspace)
        chosen = space.recipe(recipe) if recipe else None
        spoken = language(space, lang)
        if sweep is not None:
            count = workers or os.cpu_count() or 1
            _sweep(space, query, chosen, parse_range(sweep), runs, count, spoken, as_json)
            return
        if themes:
            with prepared(space, spoken, query) as (corpus, _, _):
                analysis = pipeline.topic_themes(corpus)
            folder = pipeline.output_folder(space, query)
            finish(analysis, ["topic_themes", "topic_theme_periods"], folder, as_json, lang=spoken)
            return
        if join is not None:
            earlier = _earlier(join)
            with prepared(space, spoken, query) as (corpus, _, _):
                analysis = pipeline.join_topics(corpus, earlier)
            folder = pipeline.output_folder(space, query)
            finish(analysis, ["topic_drift", "topic_joined"], folder, as_json, lang=spoken)
            return
        before = None if compare is None else _earlier(compare)
        folder = pipeline.output_folder(space, query)
        with prepared(space, spoken, query) as (corpus, _, _):
            analysis = pipeline.topics(corpus, chosen, before=before)
            page = topic_browser(corpus, analysis, lang=spoken)
        write_whole(folder / "topic_browser.html", page)
        _topic_figures(analysis, folder, spoken)
        tables = ["topics"]
        if before is not None:
            analysis = pipeline.compare_topics(analysis, before)
            tables.append("topic_changes")
        columns = {"topics": TOPIC_COLUMNS}
        finish(analysis, tables, folder, as_json, lang=spoken, columns=columns)


def _topic_figures(analysis: Analysis, folder: Path, lang: Lang) -> None:
    """The map of the topics and the regression of their shares, as figures with their data."""
    places, effects = (analysis.tables[name] for name in ("topic_map", "topic_effects"))
    write_figure("topic_map", figures.topic_map(places, lang=lang), places, "", folder)
    if len(effects):
        named = effects.merge(places[["topic", "label"]], on="topic")
        chart = figures.topic_effects(named, lang=lang)
        write_figure("topic_effects", chart, effects, "", folder)


def _earlier(path: Path) -> TopicFit:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error}", remedy="Keep a copy of output/topics.npz."
        ) from error
    return pipeline.read_fit(data, source=str(path))


def _sweep(
    space: Workspace,
    query: str,
    recipe: TopicSettings | None,
    ks: list[int],
    runs: int,
    workers: int,
    lang: Lang,
    as_json: bool,
) -> None:
    folder = pipeline.output_folder(space, query)
    with prepared(space, lang, query) as (corpus, _, bars):
        analysis = pipeline.topic_sweep(
            corpus, ks, recipe, runs=runs, workers=workers, progress=bars
        )
    table = analysis.tables["topic_sweep"]
    chart = figures.topic_sweep(table, int(analysis.manifest.rows["recommended"]), lang=lang)
    write_figure("topic_sweep", chart, table, "", folder)
    columns = {"topic_sweep": SWEEP_COLUMNS}
    finish(analysis, ["topic_sweep"], folder, as_json, lang=lang, columns=columns)


def parse_range(text: str) -> list[int]:
    """Numbers of topics from 5..40, 5..40:5 (every fifth) or 5,10,20.

    Raises
    ------
    UsageError
        When it is none of these, or holds a number below 2.
    """
    found = RANGE.fullmatch(text)
    if found:
        first, last, step = (int(part or 1) for part in found.groups())
        ks = list(range(first, last + 1, max(step, 1)))
    elif re.fullmatch(r"\d{1,4}(?:,\d{1,4})*", text):
        ks = sorted({int(part) for part in text.split(",")})
    else:
        ks = []
    if not ks or ks[0] < 2:
        raise UsageError(
            f"{text!r} is no range of numbers of topics from 2 on.",
            remedy="Write 5..40, 5..40:5 or 5,10,20.",
        )
    return ks


COMMANDS = (topics,)
