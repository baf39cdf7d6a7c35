"""Figures of topic models and networks: the sweep over K, prevalence by group, positions."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from textmine.figures.theme import PALETTE, RED, WIDTH, Lang, say, styled

SWEEP_PANELS = {
    "npmi": ("一致性 NPMI", "coherence NPMI"),
    "c_v": ("一致性 C_V（γ=1）", "coherence C_V (γ = 1)"),
    "exclusivity": ("排他性", "exclusivity"),
    "diversity": ("主要词多样性", "diversity of top words"),
    "stability": ("稳定性", "stability"),
    "held_out": ("未见文献对数似然/词", "held-out log-likelihood a word"),
    "unstable": ("不稳定主题数", "unstable topics"),
    "score": ("综合得分", "score"),
}


def topic_sweep(table: pd.DataFrame, k: int, *, lang: Lang = "zh") -> alt.Chart:
    """Small multiples: every measure over the number of topics, the recommended one marked.

    Columns as `textmine.topics.SWEEP_COLUMNS`; the band of stability is its interval. Measures
    that were not taken are left out.
    """
    panels = []
    for column, title in SWEEP_PANELS.items():
        if table[column].isna().all():
            continue
        x = alt.X(
            "k:Q",
            title="K",
            axis=alt.Axis(format="d", tickMinStep=1),
            scale=alt.Scale(zero=False, nice=False, padding=8),
        )
        scale = alt.Scale(zero=False)
        base = alt.Chart(table, width=250, height=110, title=say(lang, *title)).encode(x=x)
        line = base.mark_line(point=alt.OverlayMarkDef(size=22), color=PALETTE[0]).encode(
            y=alt.Y(f"{column}:Q", title=None, scale=scale)
        )
        mark = alt.Chart(pd.DataFrame({"k": [k]})).mark_rule(color=RED, strokeDash=[4, 3])
        layers = [mark.encode(x="k:Q"), line]
        if column == "stability":
            band = base.mark_area(opacity=0.22, color=PALETTE[0])
            low = alt.Y("stability_low:Q", title=None, scale=scale)
            layers.insert(0, band.encode(y=low, y2="stability_high:Q"))
        panels.append(alt.layer(*layers))
    return styled(alt.concat(*panels, columns=2, spacing=16))


def topic_groups(groups: pd.DataFrame, names: Mapping[str, str], *, lang: Lang = "zh") -> alt.Chart:
    """A dot and a bar per topic and group: mean share and interval.

    Columns topic (label), group, documents, share, low, high; `names` maps groups to what they
    are called.
    """
    table = groups.assign(
        name=[
            f"{names.get(g, g)} ({n})"
            for g, n in zip(groups["group"], groups["documents"], strict=True)
        ]
    )
    order = list(dict.fromkeys(table["name"]))
    base = alt.Chart(table, width=WIDTH - 220, height=alt.Step(9)).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=None),
        color=alt.Color("name:N", sort=order, title=None, scale=alt.Scale(range=list(PALETTE))),
    )
    share = alt.X("low:Q", title=say(lang, "份额", "share"), axis=alt.Axis(format="%"))
    bars = base.mark_rule(strokeWidth=2).encode(x=share, x2="high:Q")
    dots = base.mark_circle(size=40, opacity=1).encode(x="share:Q")
    rows = alt.Row(
        "topic:N",
        sort=list(dict.fromkeys(table["topic"])),
        title=None,
        header=alt.Header(labelAngle=0, labelAlign="left", labelLimit=180),
    )
    return styled((bars + dots).facet(row=rows, spacing=6))


QUADRANT_NAMES = {
    "motor": ("核心主题", "motor"),
    "niche": ("孤立主题", "niche"),
    "basic": ("基础主题", "basic"),
    "emerging": ("新兴或衰退主题", "emerging or declining"),
}


def strategic_diagram(themes: pd.DataFrame, *, lang: Lang = "zh") -> alt.Chart:
    """Callon's diagram: density over centrality, with the medians and the quadrants' names.

    Columns community, label, terms, centrality, density; where there are centrality_low and so
    on, bars show these intervals.
    """
    table = themes.assign(
        name=[f"{c} {t}" for c, t in zip(themes["community"], themes["label"], strict=True)]
    )
    plane = {
        "x": alt.X("centrality:Q", title=say(lang, "中心度", "centrality"), scale=_roomy()),
        "y": alt.Y("density:Q", title=say(lang, "密度", "density"), scale=_roomy()),
    }
    base = alt.Chart(table, width=WIDTH - 120, height=WIDTH - 240)
    middle = pd.DataFrame({k: [themes[k].median()] for k in ("centrality", "density")})
    rules = alt.Chart(middle).mark_rule(color="#90A4AE", strokeDash=[4, 3])
    layers = [rules.encode(x="centrality:Q"), rules.encode(y="density:Q")]
    if "centrality_low" in themes:
        bar = base.mark_rule(color=PALETTE[5], strokeWidth=1.5)
        layers.append(bar.encode(y=plane["y"], x="centrality_low:Q", x2="centrality_high:Q"))
        layers.append(bar.encode(x=plane["x"], y="density_low:Q", y2="density_high:Q"))
    dots = base.mark_circle(color=PALETTE[0], opacity=0.85).encode(
        **plane,
        size=alt.Size(
            "terms:Q", title=say(lang, "词数", "terms"), scale=alt.Scale(range=[60, 700])
        ),
    )
    names = base.mark_text(dy=-14, fontSize=11).encode(**plane, text="name:N")
    corners = _corners(themes, lang)
    return styled(alt.layer(*layers, dots, names, corners))


def _corners(themes: pd.DataFrame, lang: Lang) -> alt.Chart:
    """The quadrants' names in the corners of the plane."""
    columns = [c for c in themes.columns if c.startswith(("centrality", "density"))]
    low, high = themes[columns].min(), themes[columns].max()
    x = (
        low[low.index.str.startswith("centr")].min(),
        high[high.index.str.startswith("centr")].max(),
    )
    y = (low[low.index.str.startswith("dens")].min(), high[high.index.str.startswith("dens")].max())
    places = {"motor": (x[1], y[1]), "niche": (x[0], y[1]), "basic": (x[1], y[0]),
              "emerging": (x[0], y[0])}  # fmt: skip
    table = pd.DataFrame(
        [(*place, say(lang, *QUADRANT_NAMES[name])) for name, place in places.items()],
        columns=["centrality", "density", "name"],
    )
    return (
        alt.Chart(table)
        .mark_text(color="#78909C", fontSize=12, fontStyle="italic")
        .encode(x="centrality:Q", y="density:Q", text="name:N")
    )


def _roomy() -> alt.Scale:
    return alt.Scale(zero=False, padding=30)
