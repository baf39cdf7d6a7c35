"""Write the report with its figures and their data beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import altair as alt
import pandas as pd
from markupsafe import Markup

from textmine import figures
from textmine.figures.theme import say
from textmine.report import methods, sections
from textmine.report.material import Material
from textmine.report.page import Figure, Link, render
from textmine.store.files import write_csv, write_whole

Progress = Callable[[str, int, int], None]


def write_report(
    material: Material,
    folder: Path,
    *,
    progress: Progress = lambda stage, done, total: None,
) -> Path:
    """Write report.html, and each figure as SVG, PNG and PDF with its data as CSV.

    Returns
    -------
    Path
        Of the report.
    """
    plans = [plan for plan in sections.figure_plans(material) if plan is not None]
    drawn: dict[str, Figure] = {}
    for n, plan in enumerate(plans, 1):
        drawn[plan.name] = write_figure(plan.name, plan.chart, plan.data, plan.caption, folder)
        progress("figures", n, len(plans))
    parts = [part for part in sections.all_sections(material, drawn) if part is not None]
    parts.append(methods.section(material.corpus, material.analyses, material.lang))
    lang = material.lang
    table = material.corpus.documents
    years = table["year"].dropna()
    span = f"{years.min()}–{years.max()}" if len(years) else say(lang, "无年份", "no years")
    lead = say(
        lang,
        f"{len(table)} 篇文献，{span} 年；目录第 {material.corpus.generation} 代。",
        f"{len(table)} documents, {span}; generation {material.corpus.generation} of the catalogue.",
    )
    title = material.corpus.workspace.settings.workspace.name
    page = render(title, lead, parts, lang=lang)
    progress("report", 1, 1)
    return write_whole(folder / "report.html", page)


def write_figure(
    name: str, chart: alt.Chart, data: pd.DataFrame, caption: str, folder: Path
) -> Figure:
    """Write a chart as SVG, PNG and PDF, and its data as CSV, below `folder`/figures."""
    drawn = figures.svg(chart)
    place = folder / "figures"
    write_whole(place / f"{name}.svg", figures.standalone(drawn))
    write_whole(place / f"{name}.png", figures.png(drawn))
    write_whole(place / f"{name}.pdf", figures.pdf(drawn))
    write_csv(place / f"{name}.csv", data)
    kinds = ("csv", "svg", "png", "pdf")
    links = tuple(Link(f"figures/{name}.{kind}", kind.upper()) for kind in kinds)
    # Safe as markup: we rendered it, and the renderer escapes the text of documents.
    return Figure(Markup(drawn), caption, links)
