"""The network as one offline HTML file: zoom, move and drag thousands of nodes, look behind links.

The page holds its script, its data and the glyphs that it shows; it asks nothing of any server.
"""

from __future__ import annotations

import html
import json
from importlib import resources
from string import Template
from typing import Any

import pandas as pd

from textmine.figures.rendering import font_face
from textmine.figures.theme import PALETTE, Lang, say

GREY = "#90A4AE"
# Beyond so many lines nothing can be told apart; the strongest are shown, all are in the files.
MOST_EDGES = 12_000
# Words of the page, in both languages.
WORDS = {
    "occurrences": ("频次", "occurrences"),
    "community": ("社群", "community"),
    "year": ("平均年份", "mean year"),
    "citations": ("平均被引", "citations"),
    "links": ("连线", "links"),
}


def network_page(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    communities: pd.DataFrame,
    evidence: pd.DataFrame,
    *,
    title: str,
    about: str = "",
    lang: Lang = "zh",
) -> str:
    """The page.

    Parameters
    ----------
    nodes
        Columns term, x, y, occurrences, community; mean_year and citations where known.
    edges
        Columns a, b, weight, cooccurrence; the strongest `MOST_EDGES` are shown.
    communities
        Columns community, label.
    evidence
        Columns a, b, sentence: quoted with a link.
    about
        What one count means and how the network was made, in a line.
    """
    shown = edges.nlargest(MOST_EDGES, "weight", keep="first")
    data = _data(nodes, shown, communities, evidence, lang)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    words = {
        "lang": say(lang, "zh-CN", "en"),
        "title": html.escape(title),
        "about": html.escape(about),
        "find": say(lang, "查找", "Find"),
        "colour": say(lang, "颜色", "Colour"),
    }
    visible = text + title + about + "".join(words.values())
    return Template(_part("network_page.html")).substitute(
        **words,
        # A closing tag within the data would end the script.
        data=text.replace("<", "\\u003c"),
        font=font_face(visible),
        script=_part("network_page.js"),
    )


def _data(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    communities: pd.DataFrame,
    evidence: pd.DataFrame,
    lang: Lang,
) -> dict[str, Any]:
    number = {term: n for n, term in enumerate(nodes["term"])}
    place = {pair: n for n, pair in enumerate(zip(edges["a"], edges["b"], strict=True))}
    quotes: dict[int, list[str]] = {}
    for a, b, sentence in evidence[["a", "b", "sentence"]].itertuples(index=False):
        if (a, b) in place:
            quotes.setdefault(place[a, b], []).append(str(sentence))
    missing = pd.Series([None] * len(nodes), dtype=object)
    columns = {
        "term": nodes["term"],
        "x": nodes["x"],
        "y": nodes["y"],
        "n": nodes["occurrences"],
        "community": nodes["community"],
        "year": _known(nodes, "mean_year", missing),
        "citations": _known(nodes, "citations", missing),
    }
    rows = pd.DataFrame({k: v.reset_index(drop=True) for k, v in columns.items()}).astype(object)
    return {
        "nodes": rows.to_dict("records"),
        "edges": [
            [number[a], number[b], round(float(weight), 6), int(together)]
            for a, b, weight, together in zip(
                edges["a"], edges["b"], edges["weight"], edges["cooccurrence"], strict=True
            )
        ],
        "communities": [
            [int(group), str(label)]
            for group, label in zip(communities["community"], communities["label"], strict=True)
        ][:20],
        "quotes": quotes,
        "words": {name: say(lang, *pair) for name, pair in WORDS.items()},
        "palette": list(PALETTE[:-2]),
        "grey": GREY,
    }


def _known(nodes: pd.DataFrame, name: str, missing: pd.Series) -> pd.Series:
    if name not in nodes:
        return missing
    values = nodes[name].round(3).astype(object)
    return values.where(values.notna(), None)


def _part(name: str) -> str:
    return resources.files("textmine.figures").joinpath(name).read_text("utf-8")
