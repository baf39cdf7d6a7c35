"""The co-evolution in Chinese words; `narrative` hands the facts over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from textmine.report.numbers import number, percent

GAP = ""
CAUTION = (
    "以上各项只说明文献怎样谈论这些概念，不说明概念所指的组织怎样演化；先后不是因果，"
    "事件之后的变化也不等于事件所致。“未显示”指在错误发现率 5% 下没有证据，不等于没有。"
)
SHAPES = {"rise": "上升型", "fall": "下降型", "pulse": "脉冲型"}
PHASES = {
    "emergence": "萌芽期",
    "growth": "成长期",
    "maturity": "成熟期",
    "decline": "衰退期",
    "past": "已过",
}
RELATIONS = {
    "independent": "独立",
    "commensal": "偏利共生",
    "mutual": "互惠共生",
    "parasitic": "寄生",
    "amensal": "偏害",
    "competitive": "竞争",
    "not identified": "不能识别",
    "": "年份太少，未作判断",
}
SIDES = {"papers": "论文", "central policy": "中央政策", "local policy": "地方政策"}


def join(parts: Iterator[str]) -> str:
    """Put sentences together."""
    return "".join(parts)


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
        return f"“{name}”未见于有年份的文献。"
    first = int(part.loc[part["with_concept"] > 0, "year"].min())
    said = [f"“{name}”见于 {held}/{total} 篇（{percent(held / total)}），首见于 {first} 年"]
    said += [f"{b.first}–{b.last} 年突现（权重 {b.weight:.1f}）" for b in bursts]
    said += [
        f"份额自 {c.year} 年{_range(c.low, c.high)}起由 {percent(c.before)} 变为 {percent(c.after)}"
        for c in changes
    ]
    if cycle["phase"] == "not identified":
        said.append(f"生命周期为{SHAPES[cycle['shape']]}，但转折不能识别")
    elif cycle["shape"] in SHAPES:
        turn = "峰值" if cycle["shape"] == "pulse" else "拐点"
        said.append(
            f"生命周期为{SHAPES[cycle['shape']]}，{turn} {cycle['turn']:.0f} 年"
            f"（{cycle['low']:.0f}–{cycle['high']:.0f}），{PHASES[cycle['phase']]}"
        )
    else:
        said.append("未显示生命周期")
    trends = {"rising": "上升", "falling": "下降", "none shown": "未显示", "": "年份太少"}
    q = f"（q = {trend['q']:.3f}）" if trend["note"] == "" else ""
    said.append(f"单调趋势{trends[trend['trend']]}{q}")
    return "，".join(said) + "。"


def _range(low: int, high: int) -> str:
    return f"（{low}–{high}）" if low < high else ""


def silent(pairs: list[tuple[str, str]]) -> list[str]:
    """The pairs of which nothing is shown, in one sentence."""
    named = "、".join(f"{a}与{b}" for a, b in pairs)
    return [f"{named}：同篇、趋离、先后与共生各项均未显示，或数据不足。"] if pairs else []


def pair(
    a: str, b: str, met: list[Any], agreed: Any, words: list[Any], lead: Any, pair: Any
) -> str:
    """One pair: meetings, direction, words, who leads, symbiosis."""
    said = []
    for row in met:
        way = "多于" if row.log_odds > 0 else "少于"
        said.append(
            f"{row.period}同篇 {row.together} 篇，{way}偶然（对数优势比 {number(row.log_odds)}，"
            f"区间 {number(row.low)} 至 {number(row.high)}，q = {row.q:.3f}）"
        )
    if not met:
        said.append("各时期的同篇次数都未显示与偶然不同")
    said.append(_direction(agreed))
    if words:
        shown = "，".join(
            f"{w.period} {number(w.proximity)}（{number(w.low)} 至 {number(w.high)}）"
            for w in words
        )
        said.append(f"措辞接近度：{shown}")
    said.append(_lead(a, b, lead))
    said.append(f"共生关系：{RELATIONS[pair.relation]}")
    return f"{a}与{b}：" + "；".join(said) + "。"


def _direction(agreed: Any) -> str:
    closer, apart, none = (int(agreed[k]) for k in ("closer", "apart", "none_shown"))
    measured = closer + apart + none
    if measured == 0:
        return "时期太少，看不出趋近或分离"
    if closer + apart == 0:
        return f"{measured} 种时期划分下都未显示趋近或分离"
    return f"{measured} 种时期划分中 {closer} 种趋近、{apart} 种分离、{none} 种未显示"


def _lead(a: str, b: str, lead: Any) -> str:
    if lead["note"]:
        return "年份太少，先后未检验" if lead["note"] == "too few years" else "先后无从检验"
    r = f"r = {number(lead['correlation'])}，界限 ±{number(lead['band'])}"
    if lead["verdict"] == "none shown":
        return f"未显示先后（最大 {r}）"
    if lead["verdict"] == "together":
        return f"两者的起伏同年（{r}，q = {lead['q']:.3f}）"
    first, second = (a, b) if lead["verdict"] == "leads" else (b, a)
    way = "" if lead["correlation"] > 0 else "反向"
    return f"{first}先于{second} {abs(int(lead['lag']))} 年{way}（{r}，q = {lead['q']:.3f}）"


def sources(made: int, missing: int, shown: list[tuple[str, Any]]) -> str:
    """Who goes first between papers, central and local policy."""
    if made == 0:
        return "论文、中央政策与地方政策之间：连续的年份不足 15 年，先后未检验。"
    text = f"论文、中央政策与地方政策之间检验了 {made} 组先后"
    text += f"（另 {missing} 组年份太少）" if missing else ""
    if not shown:
        return text + "，均未显示。"
    parts = [
        f"“{name}”{SIDES[row.first]}与{SIDES[row.second]}"
        f"{_order(row)}（r = {number(row.correlation)}，q = {row.q:.3f}）"
        for name, row in shown
    ]
    return text + "：" + "；".join(parts) + "。"


def _order(row: Any) -> str:
    if row.verdict == "together":
        return "同年起伏"
    ahead = row.first if row.verdict == "leads" else row.second
    return f"以{SIDES[ahead]}在先 {abs(int(row.lag))} 年"


def events(events: pd.DataFrame, tested: int, shown: list[tuple[str, Any]]) -> str:
    """The marks of the figure and what follows them."""
    marks = "、".join(f"{e.number} {e.name}（{e.year}）" for e in events.itertuples())
    listed = f"图中标记：{marks}。" if marks else ""
    if tested == 0:
        return listed + "政策事件前后的年份不足，未检验份额的跃变。"
    if not shown:
        return listed + f"检验了 {tested} 项事件后的份额跃变，均未显示。"
    parts = [
        f"{row.event}（{row.year}）之后“{name}”的份额为此前走势的 {number(row.level)} 倍"
        f"（{number(row.level_low)} 至 {number(row.level_high)}，q = {row.q:.3f}）"
        for name, row in shown
    ]
    return listed + f"检验了 {tested} 项事件后的份额跃变：" + "；".join(parts) + "。"
