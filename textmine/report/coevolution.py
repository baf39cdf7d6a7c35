"""The co-evolution of the concepts: one figure, and its paragraphs written from the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import altair as alt
import pandas as pd

from textmine import figures
from textmine.figures.theme import Lang, say
from textmine.report.material import Material
from textmine.report.narrative import Story, paragraphs
from textmine.report.page import Evidence, Figure, Quote, ReportSection, Table
from textmine.report.quotes import quote
from textmine.store import Workspace

NEAR = 60  # characters between two mentions that a sentence may hold
QUOTES = 5


def chart(m: Material) -> tuple[alt.VConcatChart, pd.DataFrame] | None:
    """The figure and the table of shares that it shows; None where there are no shares."""
    shares = m.table("evolution", "concept_shares")
    if shares is None or "proximity" not in m.analyses["evolution"].tables:
        return None
    tables = m.analyses["evolution"].tables
    drawn = figures.coevolution_story(
        shares,
        tables["concept_bursts"],
        tables["concept_meetings"],
        tables["proximity"][tables["proximity"]["slicing"] == "named"],
        events(m.corpus.workspace, shares, m.lang),
        claims_between(m),
        m.names(),
        lang=m.lang,
    )
    return drawn, shares


def caption(lang: Lang) -> str:
    """What the figure shows."""
    return say(
        lang,
        "概念的共同演化：各年份额与 Wilson 区间，虚线为政策事件（编号见文）；红条为突现；"
        "各时期同篇的对数优势比与措辞接近度，竖线为区间；圆点为两概念之间的论断",
        "How the concepts evolve together: yearly shares with Wilson intervals, dashed lines are"
        " policy events (numbers as in the text); red bars are bursts; log odds ratio of the same"
        " documents and proximity of words per period, upright lines are intervals; dots are claims"
        " between two concepts",
    )


def story(workspace: Workspace, tables: Mapping[str, pd.DataFrame], lang: Lang) -> list[str]:
    """The paragraphs in one language, from the tables of `pipeline.evolution`."""
    names = {c.id: c.name(lang) for c in workspace.scheme}
    marks = events(workspace, tables["concept_shares"], lang)
    return paragraphs(Story(tables, names, marks), lang)


def events(workspace: Workspace, shares: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The workspace's policy events within the years, numbered: number, year, name."""
    years = shares["year"]
    inside = [e for e in workspace.events if len(years) and years.min() <= e.year <= years.max()]
    rows = [
        (str(n), e.year, e.name if lang == "zh" else e.name_en or e.name)
        for n, e in enumerate(inside, 1)
    ]
    return pd.DataFrame(rows, columns=["number", "year", "name"])


def claims_between(m: Material) -> pd.DataFrame:
    """How many claims a year join two of the followed concepts: a, b, year, claims."""
    columns = ["a", "b", "year", "claims"]
    found = m.table("claims", "claims")
    if found is None:
        return pd.DataFrame(columns=columns)
    followed = m.corpus.workspace.settings.evolution.concepts
    wider = {c: next((f for f in followed if c in _family(m, f)), "") for c in m.names()}
    a, b = found["subject"].map(wider), found["object"].map(wider)
    rows = []
    for one, two in combinations(followed, 2):
        part = found[((a == one) & (b == two)) | ((a == two) & (b == one))]
        counts = part["year"].dropna().astype(int).value_counts().sort_index()
        rows += [(one, two, int(year), int(n)) for year, n in counts.items()]
    return pd.DataFrame(rows, columns=columns)


def _family(m: Material, concept: str) -> set[str]:
    return {concept, *m.scheme.narrower(concept)}


def section(m: Material, shown: tuple[Figure, ...]) -> ReportSection | None:
    """The story: paragraphs in both languages, the report's first; the figure; what was tested."""
    shares = m.table("evolution", "concept_shares")
    if shares is None or not shown:
        return None
    tables = m.analyses["evolution"].tables
    langs: tuple[Lang, Lang] = ("zh", "en") if m.lang == "zh" else ("en", "zh")
    texts = [text for lang in langs for text in story(m.corpus.workspace, tables, lang)]
    zh = m.lang == "zh"
    return ReportSection(
        "coevolution",
        "概念的共同演化" if zh else "How the concepts evolve together",
        tuple(texts),
        m.notes("evolution"),
        shown,
        (_relations(m),),
        tuple(_meeting_evidence(m)),
    )


def _relations(m: Material) -> Table:
    tables, names = m.analyses["evolution"].tables, m.names()
    zh = m.lang == "zh"
    agreed = tables["slicing_agreement"].set_index(["a", "b"])
    drift = tables["proximity_drift"]
    drift = drift[drift["slicing"] == "named"].set_index(["a", "b"])
    leads = tables["lead_lag_concepts"].set_index(["first", "second"])
    rows = [
        (
            f"{names[s.a]} × {names[s.b]}",
            _slicings(agreed.loc[(s.a, s.b)], zh),
            _told(drift.loc[(s.a, s.b)], zh),
            _told(leads.loc[(s.a, s.b)], zh),
            VERDICTS[s.relation or s.note][0 if zh else 1],
        )
        for s in tables["symbiosis"].itertuples()
    ]
    header = (
        ("概念对", "同篇：各种时期划分", "措辞", "先后", "共生")
        if zh
        else ("pair", "same documents, by slicing", "words", "who leads", "symbiosis")
    )
    caption = "概念之间的关系及其把握" if zh else "Relations between the concepts, as far as known"
    return Table(caption, header, rows, "symbiosis.csv")


# How a verdict is said in a table: Chinese, English.
VERDICTS = {
    "closer": ("趋近", "closer"),
    "apart": ("分离", "apart"),
    "none shown": ("未显示", "none shown"),
    "leads": ("前者在先", "the first leads"),
    "follows": ("后者在先", "the second leads"),
    "together": ("同年", "same year"),
    "too few periods": ("时期太少", "too few periods"),
    "too few years": ("年份太少", "too few years"),
    "no variation": ("无变化", "no variation"),
    "independent": ("独立", "independent"),
    "commensal": ("偏利", "commensal"),
    "mutual": ("互惠", "mutual"),
    "parasitic": ("寄生", "parasitic"),
    "amensal": ("偏害", "amensal"),
    "competitive": ("竞争", "competitive"),
    "not identified": ("不能识别", "not identified"),
}


def _told(row: Any, zh: bool) -> str:
    return VERDICTS[row["verdict"] or row["note"]][0 if zh else 1]


def _slicings(row: Any, zh: bool) -> str:
    counts = {k: int(row[k]) for k in ("closer", "apart", "none_shown", "unmeasured")}
    words = (
        ("趋近", "分离", "未显示", "无法测量") if zh else ("closer", "apart", "none", "unmeasured")
    )
    said = [f"{w} {n}" for w, n in zip(words, counts.values(), strict=True) if n]
    return ("，" if zh else ", ").join(said)


def _meeting_evidence(m: Material) -> Iterator[Evidence]:
    """Places where two followed concepts stand close together, the oldest documents first."""
    names = m.names()
    years = m.corpus.documents.set_index("doc_id")["year"]
    for one, two in combinations(m.corpus.workspace.settings.evolution.concepts, 2):
        found = close_mentions(m.corpus.mentions, _family(m, one), _family(m, two))
        if found.empty:
            continue
        first = found.assign(year=found["doc_id"].map(years)).sort_values(
            ["year", "doc_id", "start"], na_position="last"
        )
        each = first.drop_duplicates("doc_id")
        quotes: list[Quote] = []
        for doc_id, start, end in each[["doc_id", "start", "end"]].head(QUOTES).to_numpy():
            document = m.catalogue.document(doc_id)
            if document is not None:
                quotes.append(quote(document, int(start), int(end)))
        yield Evidence(f"{names[one]} × {names[two]}", str(len(each)), tuple(quotes))


def close_mentions(mentions: pd.DataFrame, one: set[str], two: set[str]) -> pd.DataFrame:
    """Stretches that begin with a mention of one and end with the next of two, or the other way.

    Returns
    -------
    DataFrame
        doc_id, start, end; at most 60 characters lie between the two mentions.
    """
    wanted = mentions[mentions["concept"].isin(one | two)].sort_values(["doc_id", "start"])
    after = wanted.shift(-1)
    side = wanted["concept"].isin(one).to_numpy()
    other = after["concept"].isin(two).to_numpy()
    back = wanted["concept"].isin(two).to_numpy() & after["concept"].isin(one).to_numpy()
    same = (wanted["doc_id"] == after["doc_id"]).to_numpy()
    gap = (after["start"] - wanted["end"]).fillna(NEAR + 1).to_numpy()
    keep = same & ((side & other) | back) & (gap <= NEAR)
    return pd.DataFrame(
        {
            "doc_id": wanted["doc_id"][keep],
            "start": wanted["start"][keep].astype(int),
            "end": after["end"][keep].astype(int),
        }
    )
