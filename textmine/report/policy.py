"""What policies do, as the report shows it: instruments, the PMC index, force, clauses."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import pandas as pd

from textmine import figures
from textmine.figures.theme import say
from textmine.pipeline import glossary
from textmine.report.material import Material
from textmine.report.page import Figure, ReportSection, Table

TOP = 12
SURFACES = 8
GROUPS = {
    "supply": ("供给型", "supply"),
    "environment": ("环境型", "environment"),
    "demand": ("需求型", "demand"),
}
HEAD = ("doc_id", "title", "year", "level", "index", "low", "high", "grade")

Drawn = tuple[str, alt.Chart, pd.DataFrame, str]


def charts(m: Material) -> Iterator[Drawn]:
    """Name, chart, data and caption of the figures on policies."""
    mix, scores = m.table("policy", "policy_mix"), m.table("policy", "policy_pmc")
    if mix is None or scores is None:
        return
    if len(mix):
        names = {group: say(m.lang, *words) for group, words in GROUPS.items()}
        names |= {group: group for group in mix["group"] if group not in names}
        periods = list(dict.fromkeys(mix["period"]))
        caption = say(
            m.lang,
            "各时期政策工具的构成（按有编码的语句计）",
            "Instruments of the policies by period, as shares of coded clauses",
        )
        yield "policy_mix", figures.policy_mix(mix, names, periods, lang=m.lang), mix, caption
    top = scores.head(SURFACES)
    cells = m.table("policy", "policy_pmc_cells")
    assert cells is not None
    named = cells.drop_duplicates("variable")[["variable", "variable_name"]].to_numpy().tolist()
    caption = say(
        m.lang,
        "PMC 指数最高的政策及其各变量的取值：",
        "The policies with the highest PMC index, and their variables: ",
    ) + "，".join(f"{variable} {name}" for variable, name in named)
    variables = [name for name in scores.columns if name not in HEAD]
    yield "pmc_surfaces", figures.pmc_surfaces(top, variables, lang=m.lang), top, caption


def section(m: Material, shown: tuple[Figure, ...]) -> ReportSection | None:
    """The part on policies; None where there are none."""
    scores, force = m.table("policy", "policy_pmc"), m.table("policy", "policy_force")
    if scores is None or force is None:
        return None
    tables = (_scores(m, scores.merge(force[["doc_id", "force"]], on="doc_id")), _clauses(m))
    title = say(m.lang, "政策分析", "Policies")
    return ReportSection("policy", title, (), m.notes("policy"), shown, tables)


def _scores(m: Material, scores: pd.DataFrame) -> Table:
    rows = [
        (
            *(row.title, "" if pd.isna(row.year) else int(row.year)),
            *(f"{row.index_:.2f}", f"[{row.low:.2f}, {row.high:.2f}]"),
            glossary.value(row.grade, m.lang),
            "" if pd.isna(row.force) else int(row.force),
        )
        for row in scores.rename(columns={"index": "index_"}).head(TOP).itertuples()
    ]
    header = say(
        m.lang,
        "政策 年份 PMC 去一变量的范围 等级 力度",
        "policy year PMC range_without_one grade force",
    )
    title = say(m.lang, "PMC 指数与力度", "PMC index and force")
    return Table(title, [h.replace("_", " ") for h in header.split()], rows)


def _clauses(m: Material) -> Table:
    """For each instrument how many clauses and policies use it, with one of the clauses."""
    coded = m.table("policy", "policy_instruments")
    assert coded is not None
    rows = []
    for name, part in coded.groupby("name", sort=False):
        example = str(part["clause"].iloc[0])
        rows.append((name, len(part), part["doc_id"].nunique(), example[:80]))
    rows.sort(key=lambda row: (-row[1], row[0]))
    header = say(m.lang, "工具 语句 政策 例", "instrument clauses policies example").split()
    return Table(say(m.lang, "政策工具", "Instruments"), header, rows)
