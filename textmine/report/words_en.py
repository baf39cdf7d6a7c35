"""The co-evolution in English words; `narrative` hands the facts over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from textmine.report.numbers import number, percent

GAP = " "
CAUTION = (
    "All this says how documents speak of the concepts, not how the things they name evolve;"
    " going first is not causing, and a change after an event is not its effect. 'None shown'"
    " means no evidence at a false discovery rate of 5%, not that there is nothing."
)
RELATIONS = {
    "independent": "independent",
    "commensal": "commensal",
    "mutual": "mutual",
    "parasitic": "parasitic",
    "amensal": "amensal",
    "competitive": "competitive",
    "not identified": "not identified",
    "": "not judged, too few years",
}


def join(parts: Iterator[str]) -> str:
    """Put sentences together."""
    return " ".join(parts)


def concept(
    name: str,
    part: pd.DataFrame,
    bursts: list[Any],
    cycle: Any,
    trend: Any,
    changes: list[Any],
) -> str:
    """One concept: how often, since when, bursts, levels, life cycle, trend."""
    held, total = int(part["with_concept"].sum()), int(part["documents"].sum())
    if held == 0:
        return f"'{name}' is in no dated document."
    first = int(part.loc[part["with_concept"] > 0, "year"].min())
    said = [f"'{name}' is in {held} of {total} documents ({percent(held / total)}), first in"
            f" {first}"]  # fmt: skip
    said += [f"bursts {b.first}–{b.last} (weight {b.weight:.1f})" for b in bursts]
    said += [
        f"changes level in {c.year}{_range(c.low, c.high)} from {percent(c.before)} to"
        f" {percent(c.after)}"
        for c in changes
    ]
    if cycle["phase"] == "not identified":
        said.append(f"has the life cycle of a {cycle['shape']}, but its turn is not identified")
    elif cycle["shape"] in ("rise", "fall", "pulse"):
        turn = "peak" if cycle["shape"] == "pulse" else "inflection"
        said.append(
            f"has the life cycle of a {cycle['shape']} with its {turn} in {cycle['turn']:.0f}"
            f" ({cycle['low']:.0f}–{cycle['high']:.0f}), phase: {cycle['phase']}"
        )
    else:
        said.append("shows no life cycle")
    q = f" (q = {trend['q']:.3f})" if trend["note"] == "" else ""
    said.append(f"monotone trend: {trend['trend'] or trend['note']}{q}")
    return "; ".join(said) + "."


def _range(low: int, high: int) -> str:
    return f" ({low}–{high})" if low < high else ""


def silent(pairs: list[tuple[str, str]]) -> list[str]:
    """The pairs of which nothing is shown, in one sentence."""
    named = "; ".join(f"{a} and {b}" for a, b in pairs)
    what = "no shared documents beyond chance, direction, lead or symbiosis shown, or too few data"
    return [f"{named}: {what}."] if pairs else []


def pair(
    a: str, b: str, met: list[Any], agreed: Any, words: list[Any], lead: Any, pair: Any
) -> str:
    """One pair: meetings, direction, words, who leads, symbiosis."""
    said = []
    for row in met:
        way = "more" if row.log_odds > 0 else "fewer"
        said.append(
            f"in {row.first}–{row.last} they share {row.together} documents, {way} than by chance (log"
            f" odds ratio {number(row.log_odds)}, {number(row.low)} to {number(row.high)},"
            f" q = {row.q:.3f})"
        )
    if not met:
        said.append("in no period do they share more or fewer documents than by chance")
    said.append(_direction(agreed))
    if words:
        shown = ", ".join(
            f"{w.first}–{w.last} {number(w.proximity)} ({number(w.low)} to {number(w.high)})"
            for w in words
        )
        said.append(f"proximity of their words: {shown}")
    said.append(_lead(a, b, lead))
    said.append(f"symbiosis: {RELATIONS[pair.relation]}")
    return f"{a} and {b}: " + "; ".join(said) + "."


def _direction(agreed: Any) -> str:
    closer, apart, none = (int(agreed[k]) for k in ("closer", "apart", "none_shown"))
    measured = closer + apart + none
    if measured == 0:
        return "too few periods to see them come closer or part"
    if closer + apart == 0:
        return f"under {measured} slicings into periods neither coming closer nor parting shows"
    return (
        f"of {measured} slicings into periods {closer} show them come closer, {apart} part,"
        f" {none} neither"
    )


def _lead(a: str, b: str, lead: Any) -> str:
    if lead["note"]:
        return f"who goes first was not tested ({lead['note']})"
    r = f"r = {number(lead['correlation'])}, band ±{number(lead['band'])}"
    if lead["verdict"] == "none shown":
        return f"neither is shown to go first (largest {r})"
    if lead["verdict"] == "together":
        return f"they move in the same year ({r}, q = {lead['q']:.3f})"
    first, second = (a, b) if lead["verdict"] == "leads" else (b, a)
    way = "" if lead["correlation"] > 0 else ", the other way round"
    years = abs(int(lead["lag"]))
    return f"{first} goes {years} years before {second}{way} ({r}, q = {lead['q']:.3f})"


def sources(made: int, missing: int, shown: list[tuple[str, Any]]) -> str:
    """Who goes first between papers, central and local policy."""
    if made == 0:
        return (
            "Between papers, central and local policy who goes first was not tested: fewer than"
            " 15 consecutive years."
        )
    text = f"Between papers, central and local policy {made} orders were tested"
    text += f" ({missing} more have too few years)" if missing else ""
    if not shown:
        return text + "; none is shown."
    parts = [
        f"'{name}': {row.first} {row.verdict} {row.second} (lag {abs(int(row.lag))},"
        f" r = {number(row.correlation)}, q = {row.q:.3f})"
        for name, row in shown
    ]
    return text + ": " + "; ".join(parts) + "."


def events(events: pd.DataFrame, tested: int, shown: list[tuple[str, Any]]) -> str:
    """The marks of the figure and what follows them."""
    marks = ", ".join(f"{e.number} {e.name} ({e.year})" for e in events.itertuples())
    listed = f"Marks in the figure: {marks}. " if marks else ""
    if tested == 0:
        return listed + "Too few years lie around the policy events to test for jumps."
    if not shown:
        return listed + f"{tested} jumps of a share after an event were tested; none is shown."
    parts = [
        f"after the event of {row.year} the share of '{name}' is {number(row.level)} times what"
        f" it was heading for ({number(row.level_low)} to {number(row.level_high)},"
        f" q = {row.q:.3f})"
        for name, row in shown
    ]
    return listed + f"{tested} jumps were tested: " + "; ".join(parts) + "."
