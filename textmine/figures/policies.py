"""Figures of what policies do: the mix of instruments over time, and surfaces of the PMC index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from textmine.figures.theme import PALETTE, WIDTH, Lang, say, styled

SIDE = 3
"""A surface is three by three: X1 to X3 above, X7 to X9 below, as in the studies that use it."""


def policy_mix(
    mix: pd.DataFrame, names: Mapping[str, str], periods: Sequence[str], *, lang: Lang = "zh"
) -> alt.Chart:
    """Stacked bars: the share of each group of instruments in a period's coded clauses.

    Columns period, group, clauses; `names` maps groups to labels; `periods` gives the order.
    """
    table = mix.groupby(["period", "group"], sort=False)["clauses"].sum().reset_index()
    table = table.assign(name=[names.get(g, g) for g in table["group"]])
    order = [names.get(g, g) for g in names if g in set(table["group"])]
    return styled(
        alt.Chart(table, width=WIDTH, height=180)
        .mark_bar()
        .encode(
            x=alt.X("period:N", title=None, sort=list(periods), axis=alt.Axis(labelAngle=0)),
            y=alt.Y(
                "clauses:Q",
                stack="normalize",
                title=say(lang, "占有编码语句", "share of coded clauses"),
                axis=alt.Axis(format="%"),
            ),
            color=alt.Color(
                "name:N", title=None, scale=alt.Scale(domain=order, range=PALETTE[: len(order)])
            ),
            order=alt.Order("group:N"),
        )
    )


def pmc_surfaces(scores: pd.DataFrame, variables: Sequence[str], *, lang: Lang = "zh") -> alt.Chart:
    """Small squares, one a policy: the nine variables of its PMC index, dark where it has much.

    Columns title, index and the variables; the first nine are drawn.
    """
    shown = list(variables)[: SIDE * SIDE]
    rows = [
        {
            "policy": f"{n + 1}. {row['title'][:16]}… ({row['index']:.2f})",
            "variable": name,
            "value": row[name],
            "column": i % SIDE,
            "row": i // SIDE,
        }
        for n, (_, row) in enumerate(scores.iterrows())
        for i, name in enumerate(shown)
    ]
    base = alt.Chart(pd.DataFrame(rows), width=150, height=110).encode(
        x=alt.X("column:O", axis=None), y=alt.Y("row:O", axis=None)
    )
    squares = base.mark_rect(stroke="white").encode(
        color=alt.Color(
            "value:Q",
            title=say(lang, "取值", "value"),
            scale=alt.Scale(domain=[0, 1], range=["#FFFFFF", PALETTE[0]]),
        )
    )
    words = base.mark_text(fontSize=11).encode(
        text="label:N",
        color=alt.condition("datum.value > 0.6", alt.value("white"), alt.value("#263238")),
    )
    words = words.transform_calculate(label="datum.variable + ' ' + format(datum.value, '.2f')")
    titles = list(dict.fromkeys(row["policy"] for row in rows))
    return styled(
        alt.layer(squares, words).facet(
            facet=alt.Facet("policy:N", title=None, sort=titles), columns=4
        )
    )
