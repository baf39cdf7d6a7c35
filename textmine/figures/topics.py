"""Figures of a topic model: the map of its topics, and what goes with their shares."""

from __future__ import annotations

import altair as alt
import pandas as pd

from textmine.figures.theme import PALETTE, WIDTH, Lang, say, styled

COVARIATES = {
    "decade": ("每十年", "a decade"),
    "policy": ("中央政策相对论文", "central policy against papers"),
    "local": ("地方政策相对中央", "local policy against central"),
}


def topic_map(table: pd.DataFrame, *, lang: Lang = "zh") -> alt.HConcatChart:
    """The topics in the plane: area is prevalence, alike topics lie near each other.

    Columns topic, label, x, y, prevalence.
    """
    scale = alt.Scale(zero=False, nice=False, padding=30)  # room for the circles at the edge
    base = alt.Chart(table, width=WIDTH - 220, height=WIDTH - 280).encode(
        x=alt.X("x:Q", axis=None, scale=scale), y=alt.Y("y:Q", axis=None, scale=scale)
    )
    circles = base.mark_circle(color=PALETTE[0], opacity=0.35).encode(
        size=alt.Size(
            "prevalence:Q",
            title=say(lang, "份额", "share"),
            scale=alt.Scale(domainMin=0, range=[0, 2400]),
            legend=alt.Legend(format=".0%", values=_steps(table["prevalence"].max())),
        )
    )
    numbers = base.mark_text(fontSize=12).encode(text="topic:N")
    # Names on the map would cover each other: they stand beside it.
    names = (
        alt.Chart(table, width=180, height=alt.Step(18))
        .mark_text(align="left", fontSize=12)
        .encode(
            x=alt.value(0),
            y=alt.Y("label:N", sort=table["label"].tolist(), axis=None),
            text="label:N",
        )
    )
    return styled((circles + numbers) | names)


def _steps(largest: float) -> list[float]:
    """Two sizes for the legend: a round share near the largest, and half of it."""
    top = max(round(float(largest), 2), 0.01)
    return [top / 2, top]


def topic_effects(table: pd.DataFrame, *, lang: Lang = "zh") -> alt.Chart:
    """Regression coefficients with intervals, a panel per covariate.

    Columns label, covariate, estimate, low, high.
    """
    named = table.assign(
        about=[say(lang, *COVARIATES.get(name, (name, name))) for name in table["covariate"]]
    )
    order = list(dict.fromkeys(named["label"]))
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=200))
    base = alt.Chart(named, width=150, height=alt.Step(18))
    x = alt.X("low:Q", title=say(lang, "份额变化", "change of share"), axis=alt.Axis(format="%"))
    bars = base.mark_rule(strokeWidth=2, color=PALETTE[0]).encode(x=x, x2="high:Q", y=y)
    dots = base.mark_circle(size=45, opacity=1, color=PALETTE[0]).encode(x="estimate:Q", y=y)
    zero = base.mark_rule(color="#90A4AE", strokeDash=[4, 3]).encode(x=alt.datum(0))
    panels = alt.Facet("about:N", sort=list(dict.fromkeys(named["about"])), title=None)
    return styled((zero + bars + dots).facet(panels, columns=3).resolve_scale(x="independent"))
