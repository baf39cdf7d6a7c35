"""The figures. Each takes a table with the columns it names, and labels in the language asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from textmine.figures.theme import GREY, PALETTE, RED, UNKNOWN, WIDTH, Lang, say, styled

_YEARS = alt.Axis(format="d", tickMinStep=1, labelOverlap=True)
KINDS = {"paper": ("论文", "papers"), "policy": ("政策", "policies"), "other": ("其他", "other")}


def documents_per_year(documents: pd.DataFrame, *, lang: Lang = "zh") -> alt.Chart:
    """Stacked bars: documents per year by kind. Columns year, kind, documents."""
    table = documents.assign(kind=[say(lang, *KINDS[k]) for k in documents["kind"]])
    order = [say(lang, *KINDS[k]) for k in KINDS]
    return styled(
        alt.Chart(table, width=WIDTH, height=180)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=say(lang, "年份", "year"), axis=_year_axis(table["year"])),
            y=alt.Y("documents:Q", title=say(lang, "篇数", "documents")),
            color=alt.Color("kind:N", title=None, scale=_colours(order)),
            order=alt.Order("kind:N"),
        )
    )


def concept_shares(
    shares: pd.DataFrame, names: Mapping[str, str], *, lang: Lang = "zh"
) -> alt.Chart:
    """Lines with interval bands: the yearly share of documents that mention a concept.

    Columns as `textmine.evolution.SHARE_COLUMNS`; `names` maps concept ids to labels. One panel
    per concept, so that the bands do not cover each other.
    """
    table = shares.assign(name=[names[c] for c in shares["concept"]])
    order = [names[c] for c in dict.fromkeys(shares["concept"])]
    base = alt.Chart(table, width=WIDTH, height=110).encode(
        x=alt.X("year:Q", title=None, scale=alt.Scale(nice=False, zero=False), axis=_YEARS),
        color=alt.Color("name:N", scale=_colours(order), legend=None),
    )
    share = alt.Axis(format="%")
    title = say(lang, "文献份额", "share of documents")
    band = base.mark_area(opacity=0.22).encode(
        y=alt.Y("low:Q", title=title, axis=share, scale=alt.Scale(domain=[0, 1])), y2="high:Q"
    )
    line = base.mark_line(point=alt.OverlayMarkDef(size=22), strokeWidth=1.8).encode(y="share:Q")
    rows = alt.Row(
        "name:N", sort=order, title=None, header=alt.Header(labelAngle=0, labelAlign="left")
    )
    return styled((band + line).facet(row=rows, spacing=12))


def burst_bars(
    bursts: pd.DataFrame,
    names: Mapping[str, str],
    years: tuple[int, int],
    *,
    lang: Lang = "zh",
) -> alt.Chart:
    """The red-bar table of bursts: a grey line of all years, red where the concept bursts.

    Columns as `textmine.evolution.BURST_COLUMNS`; rows without a burst are left out. Sorted by
    first year; the weight stands beside the name.
    """
    table = bursts.dropna(subset=["first"]).assign(
        label=lambda t: [
            f"{names[c]}  {first}–{last}  ({weight:.1f})"
            for c, first, last, weight in zip(
                t["concept"], t["first"], t["last"], t["weight"], strict=True
            )
        ],
        start=lambda t: t["first"] - 0.5,
        end=lambda t: t["last"] + 0.5,
        begin=years[0] - 0.5,
        finish=years[1] + 0.5,
    )
    y = alt.Y(
        "label:N",
        sort=list(table["label"]),
        title=None,
        axis=alt.Axis(labelLimit=400, domain=False, ticks=False),
    )
    scale = alt.Scale(domain=[years[0] - 0.5, years[1] + 0.5], nice=False)
    axis = alt.Axis(format="d", tickMinStep=1, grid=False, labelOverlap=True)
    base = alt.Chart(table, width=WIDTH - 200, height=alt.Step(22))
    line = base.mark_bar(height=5, color=GREY).encode(
        y=y,
        x=alt.X("begin:Q", scale=scale, axis=axis, title=say(lang, "年份", "year")),
        x2="finish:Q",
    )
    burst = base.mark_bar(height=11, color=RED).encode(y=y, x=alt.X("start:Q"), x2="end:Q")
    return styled(line + burst)


def meetings_map(
    meetings: pd.DataFrame, names: Mapping[str, str], *, lang: Lang = "zh"
) -> alt.Chart:
    """Tiles: how far each pair of concepts meets more or less than by chance, per period.

    Columns as `textmine.evolution.MEETING_COLUMNS`. The number is the count of documents that
    hold both; a star marks q < 0.05, colour the log odds ratio, grey what has too few data.
    """
    table = meetings.assign(
        pair=[
            f"{names[a]} × {names[b]}" for a, b in zip(meetings["a"], meetings["b"], strict=True)
        ],
        shown=[
            f"{n}{'*' if q < 0.05 else ''}"
            for n, q in zip(meetings["together"], meetings["q"], strict=True)
        ],
        unknown=meetings["log_odds"].isna(),
    )
    reach = _reach(table["log_odds"])
    base = alt.Chart(table, height=alt.Step(34), width=alt.Step(74)).encode(
        x=alt.X("period:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("pair:N", sort=None, title=None, axis=alt.Axis(labelLimit=300)),
    )
    colour = alt.Color(
        "log_odds:Q",
        title=say(lang, "对数优势比", "log odds ratio"),
        scale=alt.Scale(scheme="purpleorange", domain=[-reach, reach]),
    )
    ink = alt.condition(
        f"abs(datum.log_odds) > {0.6 * reach:.3f} && !datum.unknown",
        alt.value("white"),
        alt.value("black"),
    )
    # What has no value is left out of a coloured layer, so grey lies under it.
    grey = base.mark_rect(stroke="white", color=UNKNOWN)
    tiles = base.mark_rect(stroke="white").encode(color=colour)
    return styled(grey + tiles + base.mark_text(fontSize=12).encode(text="shown:N", color=ink))


def topic_words(words: pd.DataFrame, *, lang: Lang = "zh", columns: int = 5) -> alt.Chart:
    """Small multiples: the top words of each topic. Columns topic (label), rank, term, weight."""
    panels = []
    for topic in dict.fromkeys(words["topic"]):
        part = words[words["topic"] == topic]
        panels.append(
            alt.Chart(part, title=str(topic), width=84, height=alt.Step(17))
            .mark_bar(color=PALETTE[0])
            .encode(
                x=alt.X("weight:Q", title=None, axis=None),
                y=alt.Y(
                    "term:N", sort=None, title=None, axis=alt.Axis(labelLimit=120, ticks=False)
                ),
            )
        )
    return styled(alt.concat(*panels, columns=columns, spacing=14).resolve_scale(x="independent"))


def topic_years(prevalence: pd.DataFrame, *, lang: Lang = "zh") -> alt.Chart:
    """Small multiples of a topic's mean share per year, with its interval as a band.

    Columns topic (label), year, share, low, high.
    """
    order = list(dict.fromkeys(prevalence["topic"]))
    base = alt.Chart(prevalence, width=180, height=70).encode(
        x=alt.X(
            "year:Q",
            title=None,
            scale=alt.Scale(nice=False, zero=False),
            axis=alt.Axis(format="d", tickCount=4, labelOverlap=True),
        )
    )
    share = alt.Axis(format="%", tickCount=3)
    band = base.mark_area(color=PALETTE[0], opacity=0.22).encode(
        y=alt.Y("low:Q", title=None, axis=share), y2="high:Q"
    )
    line = base.mark_line(color=PALETTE[0], strokeWidth=1.6).encode(y="share:Q")
    facet = alt.Facet("topic:N", sort=order, title=None)
    return styled((band + line).facet(facet=facet, columns=3))


def claims_map(pairs: pd.DataFrame, names: Mapping[str, str], *, lang: Lang = "zh") -> alt.Chart:
    """Tiles: how many documents claim that the row's concept promotes the column's.

    Columns subject, object, documents; `names` maps concept ids to labels.
    """
    table = pairs.assign(
        a=[names[c] for c in pairs["subject"]], b=[names[c] for c in pairs["object"]]
    )
    order = _by_total(table)
    base = alt.Chart(table, height=alt.Step(24), width=alt.Step(38)).encode(
        x=alt.X("b:N", sort=order, title=say(lang, "促进的对象", "what is promoted")),
        y=alt.Y("a:N", sort=order, title=say(lang, "起促进作用者", "what promotes")),
    )
    tiles = base.mark_rect().encode(
        color=alt.Color(
            "documents:Q",
            title=say(lang, "文献数", "documents"),
            scale=alt.Scale(scheme="blues", domainMin=0),
        )
    )
    text = base.mark_text(fontSize=11).encode(
        text="documents:Q",
        color=alt.condition(
            alt.datum.documents > pairs["documents"].max() * 0.6,
            alt.value("white"),
            alt.value("black"),
        ),
    )
    return styled(tiles + text)


def _by_total(table: pd.DataFrame) -> list[str]:
    total = (
        table.groupby("a")["documents"]
        .sum()
        .add(table.groupby("b")["documents"].sum(), fill_value=0)
    )
    return sorted(total.index, key=lambda name: (-total[name], name))


def _colours(order: Sequence[str]) -> alt.Scale:
    return alt.Scale(
        domain=list(order), range=[PALETTE[i % len(PALETTE)] for i in range(len(order))]
    )


def _reach(values: pd.Series) -> float:
    """How far a colour scale around 0 has to reach; 1 where no value is known."""
    reach = float(values.abs().max())
    return reach if reach > 0 else 1.0


def _year_axis(years: pd.Series) -> alt.Axis:
    every = max(1, (int(years.max()) - int(years.min())) // 12) if len(years) else 1
    shown = [y for y in range(int(years.min()), int(years.max()) + 1) if y % every == 0]
    return alt.Axis(values=shown, labelAngle=0)
