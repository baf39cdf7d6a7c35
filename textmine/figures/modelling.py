"""Figures of topic models and networks: the sweep over K, prevalence by group, positions."""

from __future__ import annotations

import altair as alt
import pandas as pd

from textmine.figures.theme import PALETTE, RED, Lang, say, styled

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
        x = alt.X("k:Q", title="K", axis=alt.Axis(format="d", tickMinStep=1))
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
