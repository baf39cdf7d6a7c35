"""The common look: one font, a palette that survives colour blindness and grey print."""

from __future__ import annotations

from typing import Literal

import altair as alt

from textmine.figures.rendering import FONT

Lang = Literal["zh", "en"]

# Okabe & Ito 2008, dark enough on white; yellow left out.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#7B3294")
RED, GREY, UNKNOWN = "#C62828", "#CFD8DC", "#E0E0E0"
WIDTH = 640  # pixels; two columns of a journal page at 96 dots an inch


def styled(chart: alt.Chart) -> alt.Chart:
    """The chart with the common look."""
    return (
        chart.configure(font=FONT, background="white", padding=8)
        .configure_axis(
            labelFontSize=12, titleFontSize=12, gridColor="#ECEFF1", titleFontWeight=400
        )
        .configure_legend(labelFontSize=12, titleFontSize=12, titleFontWeight=400, symbolLimit=40)
        .configure_header(labelFontSize=12, titleFontSize=12)
        .configure_title(fontSize=14, anchor="start", fontWeight=500)
        .configure_view(stroke=None)
    )


def say(lang: Lang, zh: str, en: str) -> str:
    """The text in the language asked for."""
    return zh if lang == "zh" else en
