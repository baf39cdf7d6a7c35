"""The topics to leaf through: one HTML file that opens offline, in Chinese and English.

Everything that comes from documents goes in as JSON in a block that no browser runs, and onto the
page as text. A policy in the page allows its own style and script alone, by their hashes, and no
connection.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from importlib import resources
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from textmine import __version__
from textmine.figures import font_face
from textmine.figures.theme import Lang
from textmine.figures.topics import COVARIATES
from textmine.pipeline import Analysis, Corpus, glossary
from textmine.report.page import FONT_MARK

SIGNIFICANT = 5  # digits that a reader of the page can make use of
# What each topic shows, by table: the columns in the order in which the script takes them.
PARTS = {
    "topic_terms": ("term", "weight", "frex", "lift", "corpus_share"),
    "topic_sentences": ("sentence", "doc_id", "score"),
    "topic_documents": ("doc_id", "share"),
    "topic_years": ("year", "documents", "share", "low", "high"),
    "topic_groups": ("by", "group", "documents", "share", "low", "high"),
    "topic_effects": ("covariate", "estimate", "low", "high", "sign_probability"),
}
FACTS = (
    *("topic", "label", "prevalence", "npmi", "stability", "stability_low", "stability_high"),
    *("documents_agreement", "verdict", "keywords", "concepts"),
)


def topic_browser(corpus: Corpus, analysis: Analysis, *, lang: Lang) -> str:
    """The page of a topic analysis.

    Parameters
    ----------
    analysis
        What `textmine.pipeline.topics` gave for this corpus.
    lang
        The language that it opens in; the reader can change it.
    """
    title = corpus.workspace.settings.workspace.name
    data = _data(corpus, analysis)
    script = _file("topic_browser.js")
    style = _file("topic_browser.css")
    environment = Environment(
        loader=PackageLoader("textmine.report"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("topic_browser.html")
    shown = {"title": title, "lang": lang, "version": __version__, "notes": analysis.notes}
    plain = template.render(**shown, data="", style="", script="", policy="")
    style = style.replace(FONT_MARK, font_face(plain + data + script), 1)
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}';"
        " font-src data:; base-uri 'none'; form-action 'none'"
    )
    return template.render(
        **shown,
        # Safe as markup: JSON without any "<", and our own style and script.
        data=Markup(data.replace("<", "\\u003c")),
        style=Markup(style),
        script=Markup(script),
        policy=policy,
    )


def _data(corpus: Corpus, analysis: Analysis) -> str:
    tables = analysis.tables
    places = tables["topic_map"].set_index("topic")
    topics = []
    for row in tables["topics"][list(FACTS)].to_dict("records"):
        number = row["topic"]
        own = {name: _rows(tables[name], number, PARTS[name]) for name in PARTS}
        own["topic_groups"] = [[*_named(by, group), *r] for by, group, *r in own["topic_groups"]]
        own["topic_effects"] = [
            [*COVARIATES.get(name, (name, name)), *r] for name, *r in own["topic_effects"]
        ]
        xy = [places.at[number, "x"], places.at[number, "y"]]
        topics.append({**row, "place": xy, **own})
    used = {r[1] for t in topics for r in t["topic_sentences"]}
    used |= {r[0] for t in topics for r in t["topic_documents"]}
    known = corpus.documents[corpus.documents["doc_id"].isin(used)]
    data = {
        "documents": {
            d.doc_id: [d.title, None if pd.isna(d.year) else int(d.year)]
            for d in known.itertuples()
        },
        "size": len(corpus.documents),
        "topics": topics,
        "tree": tables["topic_tree"].to_numpy().tolist(),
    }
    return json.dumps(_plain(data), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _named(by: str, group: str) -> tuple[str, str]:
    """A group in Chinese and in English."""
    meaning = glossary.column("documents", by)
    heading = meaning.heading if meaning else by
    return f"{heading}：{glossary.value(group, 'zh')}", f"{by}: {group}"


def _rows(table: pd.DataFrame, topic: int, columns: tuple[str, ...]) -> list[list[Any]]:
    own: list[list[Any]] = table.loc[table["topic"] == topic, list(columns)].to_numpy().tolist()
    return own


def _plain(value: Any) -> Any:
    """What JSON holds: rounded numbers, null for what is missing."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT}g}") if math.isfinite(value) else None
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    return value if isinstance(value, int | str) else str(value)


def _file(name: str) -> str:
    return resources.files("textmine.report").joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
