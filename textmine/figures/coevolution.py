"""The figure that tells how concepts evolve together: panels over one axis of years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from textmine.figures.theme import GREY, PALETTE, RED, WIDTH, Lang, say, styled

MARK = "#78909C"
# 1 is "the same words"; intervals that reach higher are cut off there.
HIGHEST_PROXIMITY = 1.5


def coevolution_story(
    shares: pd.DataFrame,
    bursts: pd.DataFrame,
    meetings: pd.DataFrame,
    proximity: pd.DataFrame,
    events: pd.DataFrame,
    claims: pd.DataFrame,
    names: Mapping[str, str],
    *,
    lang: Lang = "zh",
) -> alt.VConcatChart:
    """Shares with policy events, bursts, meetings, proximity and claims, year above year.

    Parameters
    ----------
    shares, bursts, meetings, proximity
        Columns as in `textmine.evolution`; panels without a known value are left out.
    events
        Columns number, year, name.
    claims
        Columns a, b, year, claims: statements between two concepts.
    names
        Concept ids with their labels.
    """
    x = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(
            domain=[float(shares["year"].min()) - 0.6, float(shares["year"].max()) + 0.6],
            nice=False,
        ),
        axis=alt.Axis(format="d", tickMinStep=1, labelOverlap=True),
    )
    concepts = list(dict.fromkeys(shares["concept"]))
    pairs = [_pair(a, b, names) for a, b in meetings[["a", "b"]].drop_duplicates().to_numpy()]
    panels: list[Any] = [
        _share_panel(
            shares[shares["concept"] == concept],
            bursts[bursts["concept"] == concept],
            events if n == 0 else events.assign(number=""),
            names[concept],
            PALETTE[n % len(PALETTE)],
            x,
        )
        for n, concept in enumerate(concepts)
    ]
    measured = [
        (table, value, title, top)
        for table, value, title, top in (
            (meetings, "log_odds", say(lang, "同篇\n对数优势比", "same documents\nlog odds"), None),
            (proximity, "proximity", say(lang, "措辞接近度", "shared words"), HIGHEST_PROXIMITY),
        )
        if table[value].notna().any()
    ]
    for n, (table, value, title, top) in enumerate(measured):
        last = n == len(measured) - 1
        panels.append(_periods_panel(table, value, title, top, names, pairs, x, legend=last))
    if len(claims):
        panels.append(_claims_panel(claims, names, pairs, x, lang))
    return styled(
        alt.vconcat(*panels, spacing=10).resolve_scale(color="independent", size="independent")
    )


def _share_panel(
    shares: pd.DataFrame,
    bursts: pd.DataFrame,
    events: pd.DataFrame,
    name: str,
    colour: str,
    x: alt.X,
) -> alt.LayerChart:
    """One concept: yearly share with its interval, bursts as red bars, events as dashed lines."""
    base = alt.Chart(shares, width=WIDTH, height=72).encode(x=x)
    # Long names stand on two lines, so that they fit the height of the panel.
    half = (len(name) + 1) // 2
    title = name if len(name) <= 6 else [name[:half], name[half:]]
    y = alt.Y(
        "share:Q",
        title=title,
        axis=alt.Axis(format="%", values=[0, 0.5, 1]),
        scale=alt.Scale(domain=[-0.12, 1.12], nice=False),
    )
    band = base.mark_area(opacity=0.2, color=colour).encode(
        y=alt.Y("low:Q", title=title), y2="high:Q"
    )
    point = alt.OverlayMarkDef(size=18, color=colour)
    line = base.mark_line(strokeWidth=2, color=colour, point=point).encode(y=y)
    marks = alt.Chart(events).encode(x=x)
    rule = marks.mark_rule(strokeDash=[4, 3], color=MARK)
    number = marks.mark_text(dy=-3, baseline="bottom", fontSize=11, color="#37474F").encode(
        y=alt.datum(1.12), text="number:N"
    )
    found = bursts.dropna(subset=["first"])
    spans = alt.Chart(
        found.assign(
            year=found["first"].astype(float) - 0.5, end=found["last"].astype(float) + 0.5
        )[["year", "end"]]
    )
    red = spans.mark_bar(height=6, color=RED).encode(x=x, x2="end:Q", y=alt.datum(-0.07))
    return alt.layer(band, line, rule, number, red)


def _periods_panel(
    table: pd.DataFrame,
    value: str,
    title: str,
    top: float | None,
    names: Mapping[str, str],
    pairs: Sequence[str],
    x: alt.X,
    *,
    legend: bool,
) -> alt.LayerChart:
    """A short line for each period and pair, with its interval at the middle."""
    known = table.dropna(subset=[value])
    # Pairs of the same period stand side by side, so that their intervals do not cover each other.
    pair = [_pair(a, b, names) for a, b in zip(known["a"], known["b"], strict=True)]
    known = known.assign(
        pair=pair,
        year=known["first"] - 0.4,
        end=known["last"] + 0.4,
        middle=(known["first"] + known["last"]) / 2
        + [0.45 * (pairs.index(p) - (len(pairs) - 1) / 2) for p in pair],
        value=known[value],
        low=known["low"],
        high=known["high"],
    )
    colour = alt.Color(
        "pair:N",
        title=None,
        scale=_colours(pairs),
        legend=alt.Legend(orient="bottom", columns=2, labelLimit=400) if legend else None,
    )
    base = alt.Chart(known, width=WIDTH, height=120).encode(color=colour)
    scale = alt.Scale(zero=True) if top is None else alt.Scale(domain=[0, top], clamp=True)
    title_lines = title.split("\n")
    y = alt.Y("value:Q", title=title_lines, scale=scale)
    level = base.mark_rule(strokeWidth=2.5, opacity=0.55).encode(x=x, x2="end:Q", y=y)
    at = alt.X("middle:Q", scale=x.to_dict()["scale"], title=None)
    error = base.mark_rule(strokeWidth=1.4).encode(
        x=at, y=alt.Y("low:Q", title=title_lines), y2="high:Q"
    )
    point = base.mark_point(filled=True, size=36, opacity=1).encode(x=at, y=y)
    zero = alt.Chart(known.head(1)).mark_rule(color=GREY).encode(y=alt.datum(0.0))
    return alt.layer(zero, level, error, point)


def _claims_panel(
    claims: pd.DataFrame, names: Mapping[str, str], pairs: Sequence[str], x: alt.X, lang: Lang
) -> alt.Chart:
    table = claims.assign(
        pair=[_pair(a, b, names) for a, b in zip(claims["a"], claims["b"], strict=True)]
    )
    rows = [pair for pair in pairs if pair in set(table["pair"])]
    return (
        alt.Chart(table, width=WIDTH, height=alt.Step(22))
        .mark_circle(color=PALETTE[0], opacity=0.8)
        .encode(
            x=x,
            y=alt.Y(
                "pair:N",
                sort=rows,
                title=say(lang, "论断", "claims"),
                axis=alt.Axis(labelLimit=210),
            ),
            size=alt.Size(
                "claims:Q",
                title=say(lang, "论断数", "claims"),
                scale=alt.Scale(range=[25, 260]),
                legend=alt.Legend(orient="bottom", values=_sizes(table["claims"])),
            ),
        )
    )


def _pair(a: str, b: str, names: Mapping[str, str]) -> str:
    return f"{names[a]} × {names[b]}"


def _colours(order: Sequence[str]) -> alt.Scale:
    return alt.Scale(
        domain=list(order), range=[PALETTE[i % len(PALETTE)] for i in range(len(order))]
    )


def _sizes(claims: pd.Series) -> list[int]:
    """Whole numbers for the legend of sizes: one, about half the most, the most."""
    most = int(claims.max())
    return sorted({1, max(1, most // 2), most})


def theme_flows(themes: pd.DataFrame, flows: pd.DataFrame, *, lang: Lang = "zh") -> alt.LayerChart:
    """The alluvial figure: themes as blocks period by period, flows as bands between them.

    Parameters
    ----------
    themes, flows
        Columns as `textmine.evolution.THEME_COLUMNS` and `FLOW_COLUMNS`; a block is as high as the
        theme has words, a band as thick as its share of the smaller theme's words. Flows below the
        link threshold are left out.
    """
    periods = list(dict.fromkeys(themes["period"]))
    blocks = _blocks(themes, periods)
    linked = flows[flows["linked"]]
    bands = _bands(linked, blocks, periods)
    height = max(240, int(blocks["top"].max() * 9))
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.1, len(periods) - 0.1]))
    up = alt.Y("top:Q", axis=None)
    base = alt.Chart(blocks, width=WIDTH + 160, height=height)
    colour = alt.Color("colour:N", scale=None)
    boxes = base.mark_rect().encode(
        x=across, x2="right:Q", y=up, y2="bottom:Q", color=colour,
        tooltip=["period:N", "label:N", "terms:N"],
    )  # fmt: skip
    names = base.mark_text(align="left", dx=4, fontSize=11).encode(
        x=alt.X("right:Q", axis=None), y=alt.Y("middle:Q", axis=None), text="label:N"
    )
    heads = (
        alt.Chart(blocks.drop_duplicates("period"))
        .mark_text(align="left", fontSize=13, fontWeight=500, baseline="bottom")
        .encode(x=across, y=alt.datum(float(blocks["top"].max()) + 1.5), text="period:N")
    )
    layers = [boxes, names, heads]
    if len(bands):
        bent = alt.Chart(bands).mark_area(opacity=0.35)
        layers.insert(0, bent.encode(x=across, y=up, y2="bottom:Q", detail="flow:N", color=colour))
    return styled(alt.layer(*layers))


GAP, BLOCK = 1.2, 0.07  # between blocks, in words; width of a block, in columns
STEPS = 24  # points of a band's edge


def _blocks(themes: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """Places of the themes: x, right, bottom, middle, top, colour."""
    tables = []
    for n, period in enumerate(periods):
        part = themes[themes["period"] == period].sort_values("theme", ascending=False)
        top = (part["size"] + GAP).cumsum()
        tables.append(
            part.assign(
                x=float(n), right=n + BLOCK, top=top, bottom=top - part["size"],
                middle=top - part["size"] / 2,
                colour=[PALETTE[(int(t) - 1) % len(PALETTE)] for t in part["theme"]],
            )
        )  # fmt: skip
    return pd.concat(tables, ignore_index=True)


def _bands(flows: pd.DataFrame, blocks: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """Edges of the flows: flow, x, bottom, top, colour. Bands stack up from a block's bottom."""
    places = {(b.period, b.theme): b for b in blocks.itertuples()}
    used: dict[tuple[str, str, int], float] = {}
    t = np.linspace(0, 1, STEPS)
    bend = t * t * (3 - 2 * t)
    tables = []
    for n, flow in enumerate(flows.itertuples()):
        ends = [("out", flow.before, flow.from_theme), ("in", flow.after, flow.to_theme)]
        old, new = (places[period, theme] for _, period, theme in ends)
        thick = flow.weighted_inclusion * min(old.size, new.size)
        starts = []
        for end, block in zip(ends, (old, new), strict=True):
            starts.append(block.bottom + min(used.get(end, 0.0), max(0.0, block.size - thick)))
            used[end] = used.get(end, 0.0) + thick
        x0, x1 = periods.index(flow.before) + BLOCK, float(periods.index(flow.after))
        low = starts[0] + (starts[1] - starts[0]) * bend
        tables.append(
            pd.DataFrame(
                {"flow": n, "x": x0 + (x1 - x0) * t, "bottom": low, "top": low + thick,
                 "colour": old.colour}
            )
        )  # fmt: skip
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def term_burst_bars(
    bursts: pd.DataFrame, years: tuple[int, int], *, top: int = 25, lang: Lang = "zh"
) -> alt.LayerChart:
    """The red-bar table of theses: terms with their strength, begin and end, by begin.

    Columns as `textmine.evolution.TERM_BURST_COLUMNS`; the heaviest bursts, one per term.
    """
    heaviest = bursts.drop_duplicates("term").head(top).sort_values(["first", "last", "term"])
    table = heaviest.assign(
        start=heaviest["first"] - 0.5,
        end=heaviest["last"] + 0.5,
        begin=years[0] - 0.5,
        finish=years[1] + 0.5,
        strength=[f"{w:.2f}" for w in heaviest["weight"]],
    )
    rows = alt.Y("term:N", sort=list(table["term"]), title=None, axis=None)
    base = alt.Chart(table, height=alt.Step(19)).encode(y=rows)
    columns = [
        base.mark_text(align="left")
        .encode(x=alt.value(0), text=field)
        .properties(width=width, title=title)
        for field, width, title in (
            ("term:N", 120, say(lang, "关键词", "Keyword")),
            ("strength:N", 44, say(lang, "强度", "Strength")),
            ("first:O", 38, say(lang, "开始", "Begin")),
            ("last:O", 38, say(lang, "结束", "End")),
        )
    ]
    scale = alt.Scale(domain=[years[0] - 0.5, years[1] + 0.5], nice=False)
    line = base.mark_bar(height=5, color=GREY).encode(
        x=alt.X("begin:Q", scale=scale, axis=None), x2="finish:Q"
    )
    red = base.mark_bar(height=9, color=RED).encode(x=alt.X("start:Q"), x2="end:Q")
    bars = alt.layer(line, red).properties(width=400, title=f"{years[0]}–{years[1]}")
    return styled(alt.hconcat(*columns, bars, spacing=4))
