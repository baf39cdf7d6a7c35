"""What each part of the report shows, from tables that were computed before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from textmine import figures
from textmine.figures.charts import KINDS
from textmine.figures.theme import Lang, say
from textmine.messages import said
from textmine.report import citations, coevolution, policy
from textmine.report.material import Material
from textmine.report.page import Evidence, Figure, Quote, ReportSection, Table
from textmine.report.quotes import quote

EVOLUTION_FIGURES = (
    *("concept_shares", "concept_bursts", "concept_meetings", "term_bursts", "theme_flows"),
)
QUOTES = 5  # sentences shown behind a number; the CSV has all
RELATIONS = {
    "promotes": ("促进", "promotes"),
    "inhibits": ("抑制", "inhibits"),
    "requires": ("需要", "requires"),
    "is_a": ("是一种", "is a"),
    "part_of": ("属于", "is part of"),
    "affects": ("影响", "affects"),
}
LEVELS = {"central": "中央", "provincial": "省级", "municipal": "市级", "county": "县级"}
TRENDS = {"rising": "上升", "falling": "下降", "none shown": "未显示趋势", "": ""}
VERDICTS = {"stable": "稳定", "uncertain": "未定", "unstable": "不稳定", "doubtful": "不可靠"}
NOTES = {
    "too few years": "年份太少",
    "too few documents": "文献太少",
    "one concept is in none or all of the documents": "某一概念全无或全有",
}


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """A figure to draw, with the data that it shows."""

    name: str
    chart: alt.Chart
    data: pd.DataFrame
    caption: str


def figure_plans(m: Material) -> Iterator[FigurePlan | None]:
    """The figures that the analyses allow, in the order of the report."""
    lang, names = m.lang, m.names()
    per_year = m.table("evolution", "documents_per_year")
    if per_year is not None:
        yield FigurePlan(
            "documents_per_year",
            figures.documents_per_year(per_year, lang=lang),
            per_year,
            say(lang, "各年文献数", "Documents per year"),
        )
    told = coevolution.chart(m)
    if told is not None:
        yield FigurePlan("coevolution", *told, coevolution.caption(lang))
    shares = m.table("evolution", "concept_shares")
    if shares is not None:
        yield FigurePlan(
            "concept_shares",
            figures.concept_shares(shares, names, lang=lang),
            shares,
            say(
                lang,
                "提及各概念（含下位概念）的文献占当年文献的份额；色带为 Wilson 区间",
                "Share of each year's documents that mention a concept or a narrower one; bands are"
                " Wilson intervals",
            ),
        )
    yield from _burst_and_meeting_plans(m, names)
    yield from _topic_plans(m)
    yield _network_plan(m)
    yield _diagram_plan(m)
    for drawn in policy.charts(m):
        yield FigurePlan(*drawn)
    pairs = m.table("claims", "claim_pairs")
    if pairs is not None:
        promoting = pairs[(pairs["relation"] == "promotes") & (pairs["documents"] > 0)].head(60)
        if len(promoting):
            yield FigurePlan(
                "claims_map",
                figures.claims_map(promoting, names, lang=lang),
                promoting,
                say(
                    lang,
                    "多少篇文献称行概念促进列概念（最常见的 60 对）",
                    "How many documents say that the row's concept promotes the column's (the 60"
                    " most frequent pairs)",
                ),
            )


def _burst_and_meeting_plans(m: Material, names: Mapping[str, str]) -> Iterator[FigurePlan]:
    bursts, shares = m.table("evolution", "concept_bursts"), m.table("evolution", "concept_shares")
    if bursts is not None and shares is not None and bursts["first"].notna().any():
        years = (int(shares["year"].min()), int(shares["year"].max()))
        yield FigurePlan(
            "concept_bursts",
            figures.burst_bars(bursts, names, years, lang=m.lang),
            bursts,
            say(
                m.lang,
                "概念突现（Kleinberg 模型，s = 2，γ = 1；括号内为权重）",
                "Bursts (Kleinberg's model, s = 2, γ = 1; weight in brackets)",
            ),
        )
    terms = m.table("evolution", "term_bursts")
    if terms is not None and shares is not None:
        yield FigurePlan(
            "term_bursts",
            figures.term_burst_bars(
                terms, (int(shares["year"].min()), int(shares["year"].max())), lang=m.lang
            ),
            terms,
            say(
                m.lang,
                "最强的 25 个词突现（Kleinberg 模型，s = 2，γ = 1）；CSV 中的 q 说明是否超出偶然",
                "The 25 strongest bursts of terms (Kleinberg's model, s = 2, γ = 1); q in the CSV"
                " tells whether they exceed chance",
            ),
        )
    themes = m.table("evolution", "themes")
    if themes is not None and themes["period"].nunique() > 1:
        yield FigurePlan(
            "theme_flows",
            figures.theme_flows(themes, m.analyses["evolution"].tables["theme_flows"], lang=m.lang),
            themes,
            say(
                m.lang,
                "主题演化：各时期共词网络的社群，带宽为加权包含度（0.2 以上）；以最常见的两词命名",
                "Thematic evolution: communities of each period's co-word network; bands are"
                " weighted inclusion (0.2 and more); named by their two most frequent words",
            ),
        )
    meetings = m.table("evolution", "concept_meetings")
    if meetings is not None:
        yield FigurePlan(
            "concept_meetings",
            figures.meetings_map(meetings, names, lang=m.lang),
            meetings,
            say(
                m.lang,
                "概念在同一文献中的相遇：数字为同时提及两者的文献数，橙色多于偶然，紫色少于偶然，"
                "灰色数据太少；* 为 q < 0.05",
                "Concepts in the same documents: the count of documents with both; orange more than"
                " chance, violet less, grey too few data; * marks q < 0.05",
            ),
        )


def _topic_plans(m: Material) -> Iterator[FigurePlan]:
    words = m.table("topics", "topic_words")
    if words is not None:
        labelled = words.assign(topic=[f"{n}" for n in words["topic"]])
        yield FigurePlan(
            "topic_words",
            figures.topic_words(labelled, lang=m.lang),
            words,
            say(m.lang, "各主题的主要词", "Top words of the topics"),
        )
    years = m.table("topics", "topic_years")
    if years is not None:
        yield FigurePlan(
            "topic_years",
            figures.topic_years(years.assign(topic=years["label"]), lang=m.lang),
            years,
            say(
                m.lang,
                "各主题的年均份额；色带为 95% 区间，含换文献、换种子重拟合的不确定性",
                "Mean share of the topics per year; bands are 95% intervals, the uncertainty of"
                " other documents and other fits included",
            ),
        )
    groups = m.table("topics", "topic_groups")
    if groups is not None:
        # Levels tell more than kinds where there are any.
        by = "level" if (groups["by"] == "level").any() else groups["by"].iloc[0]
        shown = groups[groups["by"] == by].assign(topic=lambda t: t["label"])
        called = {k: say(m.lang, zh, k) for k, zh in LEVELS.items()}
        called |= {k: say(m.lang, *pair) for k, pair in KINDS.items()}
        yield FigurePlan(
            "topic_groups",
            figures.topic_groups(shown, called, lang=m.lang),
            groups,
            say(
                m.lang,
                "各主题在不同类别文献中的平均份额与 95% 区间",
                "Mean share of the topics by group, with 95% intervals",
            ),
        )


def _network_plan(m: Material) -> FigurePlan | None:
    nodes, edges = m.table("network", "network_nodes"), m.table("network", "network_edges")
    if nodes is None or edges is None:
        return None
    return FigurePlan(
        "network_map",
        figures.network_map(nodes, edges, lang=m.lang),
        nodes,
        say(
            m.lang,
            "共词网络：面积为文献数，颜色为社群，连线为最强的关联强度",
            "Co-word network: area is documents, colour is community, lines the strongest"
            " association strengths",
        ),
    )


def _diagram_plan(m: Material) -> FigurePlan | None:
    themes = m.table("network", "network_themes")
    if themes is None or len(themes) < 2:
        return None
    return FigurePlan(
        "strategic_diagram",
        figures.strategic_diagram(themes, lang=m.lang),
        themes,
        say(
            m.lang,
            "战略坐标图：社群的中心度与密度（Callon，等价指数），灰线为中位数，短线为文献重抽样的 95% 区间",
            "Strategic diagram: centrality and density of the communities (Callon, equivalence"
            " index); lines are the medians, bars 95% intervals over resampled documents",
        ),
    )


def all_sections(m: Material, drawn: Mapping[str, Figure]) -> Iterator[ReportSection | None]:
    """The parts of the report before the methods."""

    def some(*names: str) -> tuple[Figure, ...]:
        return tuple(drawn[name] for name in names if name in drawn)

    yield _overview(m, some("documents_per_year"))
    yield coevolution.section(m, some("coevolution"))
    yield _evolution(m, some(*EVOLUTION_FIGURES))
    yield _claims(m, some("claims_map"))
    yield citations.section(m)
    yield policy.section(m, some("policy_mix", "pmc_surfaces"))
    yield _topics(m, some("topic_words", "topic_years", "topic_groups"))
    yield _network(m, some("network_map", "strategic_diagram"))


def _overview(m: Material, shown: tuple[Figure, ...]) -> ReportSection:
    lang = m.lang
    table = m.corpus.documents
    rows = [
        (
            say(lang, *KINDS[str(kind)]),
            say(lang, LEVELS.get(level, level), level) or "–",
            len(part),
            part["year"].min(),
            part["year"].max(),
        )
        for (kind, level), part in table.groupby(["kind", "level"])
    ]
    header = say(lang, "类型 层级 篇数 最早 最晚", "kind level documents first last").split()
    tables = [Table(say(lang, "文献", "Documents"), header, _plain(rows))]
    if m.failures:
        tables.append(
            Table(
                say(lang, "拒收的文件", "Refused inputs"),
                say(lang, "文件 原因 办法", "file reason remedy").split(),
                [(f.source, said(f.reason, lang), said(f.remedy, lang)) for f in m.failures[:200]],
            )
        )
    notices = tuple(m.skipped)
    return ReportSection("overview", say(lang, "语料", "Corpus"), (), notices, shown, tuple(tables))


def _evolution(m: Material, shown: tuple[Figure, ...]) -> ReportSection | None:
    trends = m.table("evolution", "concept_trends")
    if trends is None:
        return None
    lang, names = m.lang, m.names()
    rows = [
        (
            names[t.concept],
            t.years,
            _signed(100 * t.slope),
            f"[{_signed(100 * t.low)}, {_signed(100 * t.high)}]" if t.note == "" else "",
            _p(t.q),
            say(lang, TRENDS[t.trend], t.trend) or say(lang, NOTES.get(t.note, t.note), t.note),
        )
        for t in trends.itertuples()
    ]
    header = (
        ("概念", "年数", "斜率（百分点/年）", "区间", "q", "趋势")
        if lang == "zh"
        else ("concept", "years", "slope (points a year)", "interval", "q", "trend")
    )
    caption = say(
        lang,
        "份额的趋势：Sen 斜率，Mann–Kendall 检验（自相关校正），q 控制错误发现率",
        "Trends of the shares: Sen's slope, Mann–Kendall test corrected for autocorrelation, q"
        " holds the false discovery rate",
    )
    evidence = tuple(_concept_evidence(m, concept) for concept in trends["concept"])
    return ReportSection(
        "evolution",
        say(lang, "概念演化", "Concepts over time"),
        (),
        m.notes("evolution"),
        shown,
        (Table(caption, header, rows, "concept_trends.csv"),),
        tuple(e for e in evidence if e is not None),
    )


def _concept_evidence(m: Material, concept: str) -> Evidence | None:
    """First mentions of a concept, each in another document, the oldest first."""
    wanted = {concept, *m.scheme.narrower(concept)}
    found = m.corpus.mentions[m.corpus.mentions["concept"].isin(wanted)]
    if found.empty:
        return None
    years = m.corpus.documents.set_index("doc_id")["year"]
    first = found.drop_duplicates("doc_id").assign(year=lambda t: t["doc_id"].map(years))
    oldest = first.sort_values(["year", "doc_id"], na_position="last").head(QUOTES)
    quotes = _quotes(m, oldest[["doc_id", "start", "end"]].itertuples(index=False, name=None))
    count = say(
        m.lang,
        f"{len(found)} 处，{len(first)} 篇；最早的 {len(quotes)} 篇：",
        f"{len(found)} places in {len(first)} documents; the first {len(quotes)}:",
    )
    return Evidence(m.names()[concept], count, quotes)


def _claims(m: Material, shown: tuple[Figure, ...]) -> ReportSection | None:
    claims, pairs = m.table("claims", "claims"), m.table("claims", "claim_pairs")
    if claims is None or pairs is None:
        return None
    lang, names = m.lang, m.names()
    top = pairs.head(15)
    header = (
        ("主体", "关系", "客体", "文献", "论断", "反对", "最早")
        if lang == "zh"
        else ("subject", "relation", "object", "documents", "claims", "against", "first")
    )
    rows = [
        (names[r.subject], say(lang, *RELATIONS[r.relation]), names[r.object], r.documents, r.claims,
         r.against, "" if pd.isna(r.first_year) else int(r.first_year))
        for r in top.itertuples()
    ]  # fmt: skip
    caption = say(lang, "最常见的论断", "The most frequent claims")
    return ReportSection(
        "claims",
        say(lang, "论断", "Claims"),
        (
            say(
                lang,
                f"共 {len(claims)} 条论断，由规则从句中抽取；展开可读原句。",
                f"{len(claims)} claims, extracted from sentences by rules; open a row for the words.",
            ),
        ),
        m.notes("claims"),
        shown,
        (Table(caption, header, rows, "claims.csv"),),
        tuple(_claim_evidence(m, claims, row) for row in top.head(10).itertuples()),
    )


def _claim_evidence(m: Material, claims: pd.DataFrame, row: object) -> Evidence:
    subject, relation, object_ = (getattr(row, k) for k in ("subject", "relation", "object"))
    mask = (
        (claims["subject"] == subject)
        & (claims["relation"] == relation)
        & (claims["object"] == object_)
    )
    found = claims[mask].sort_values(["year", "document", "start"], na_position="last")
    first = found.drop_duplicates("document").head(QUOTES)
    places = first[["document", "start", "end"]].itertuples(index=False, name=None)
    names = m.names()
    title = f"{names[subject]} {say(m.lang, *RELATIONS[relation])} {names[object_]}"
    return Evidence(title, str(len(found)), _quotes(m, places))


def _topics(m: Material, shown: tuple[Figure, ...]) -> ReportSection | None:
    topics = m.table("topics", "topics")
    if topics is None:
        return None
    lang = m.lang
    header = (
        ("主题", "份额", "NPMI", "稳定性", "主要词", "建议名称", "代表文献")
        if lang == "zh"
        else ("topic", "share", "NPMI", "stability", "top words", "labels", "best document")
    )
    documents = m.analyses["topics"].tables["topic_documents"]
    best = documents[documents["rank"] == 1].set_index("topic")["title"]
    rows = [
        (t.topic, f"{100 * t.prevalence:.1f}%", f"{t.npmi:.3f}", _stability(lang, t), t.words,
         t.keywords or t.concepts, best[t.topic])
        for t in topics.itertuples()
    ]  # fmt: skip
    caption = say(
        lang,
        "主题；稳定性为换文献、换种子重拟合时主要词的平均 Jaccard 及其 95% 区间",
        "Topics; stability is the average Jaccard of the top words in fits of other documents and"
        " seeds, with its 95% interval",
    )
    return ReportSection(
        "topics",
        say(lang, "主题", "Topics"),
        (),
        m.notes("topics"),
        shown,
        (Table(caption, header, rows, "topics.csv"),),
        tuple(_topic_evidence(m, topics)),
    )


def _stability(lang: Lang, topic: Any) -> str:
    if pd.isna(topic.stability):
        return ""
    reach = f"{topic.stability:.2f} [{topic.stability_low:.2f}, {topic.stability_high:.2f}]"
    return f"{reach} {say(lang, VERDICTS[topic.verdict], topic.verdict)}"


def _topic_evidence(m: Material, topics: pd.DataFrame) -> Iterator[Evidence]:
    found = m.analyses["topics"].tables["topic_sentences"]
    for topic in topics.itertuples():
        own = found[found["topic"] == topic.topic]
        places = own[["doc_id", "start", "end"]].itertuples(index=False, name=None)
        yield Evidence(topic.label, str(len(own)), _quotes(m, places))


def _network(m: Material, shown: tuple[Figure, ...]) -> ReportSection | None:
    communities = m.table("network", "network_communities")
    if communities is None:
        return None
    lang = m.lang
    rows = [
        (c.community, c.terms, "、".join(c.members.split("、")[:12]), f"{c.silhouette:.2f}",
         _community_stability(lang, c))
        for c in communities.itertuples()
    ]  # fmt: skip
    header = say(
        lang, "社群 词数 最强的词 轮廓系数 稳定性", "community terms strongest silhouette stability"
    )
    caption = say(
        lang,
        "社群；稳定性为文献重抽样中最相近社群的 Jaccard 均值及 95% 区间（Hennig 2007）",
        "Communities; stability is the mean Jaccard with the closest community over resampled"
        " documents, with its 95% interval (Hennig 2007)",
    )
    tables = [Table(caption, header.split(), rows, "network_communities.csv")]
    return ReportSection(
        "network",
        say(lang, "共词网络", "Co-word network"),
        (),
        m.notes("network"),
        shown,
        (*tables, *_ego_tables(m)),
        tuple(_link_evidence(m)),
    )


def _link_evidence(m: Material) -> Iterator[Evidence]:
    """The sentences behind the surest links."""
    found = m.table("network", "network_evidence")
    if found is None:
        return
    edges = m.analyses["network"].tables["network_edges"].set_index(["a", "b"])
    for (a, b), own in list(found.groupby(["a", "b"], sort=False))[:10]:
        places = own[["doc_id", "start", "end"]].itertuples(index=False, name=None)
        together = int(edges.at[(a, b), "cooccurrence"])
        yield Evidence(f"{a} – {b}", str(together), _quotes(m, places))


def _community_stability(lang: Lang, community: Any) -> str:
    if not hasattr(community, "jaccard"):
        return ""
    low, high = community.jaccard_low, community.jaccard_high
    verdict = say(lang, VERDICTS[community.verdict], community.verdict)
    return f"{community.jaccard:.2f} [{low:.2f}, {high:.2f}] {verdict}"


def _ego_tables(m: Material) -> Iterator[Table]:
    """For each followed concept, the words that go with it in each period."""
    found = m.table("network", "network_ego")
    if found is None:
        return
    lang, names = m.lang, m.names()
    header = say(lang, "时期 提及文献 相伴的词", "period documents words_with_it").split()
    for concept, own in found.groupby("concept", sort=False):
        rows = [
            (period, f"{part['ego_documents'].iloc[0]}/{part['units'].iloc[0]}", _companions(part))
            for period, part in own[own["change"] != "gone"].groupby("period", sort=False)
        ]
        caption = say(
            lang,
            f"与「{names[concept]}」同篇多于偶然的词，按概率排列；* 为 q < 0.05，+ 为新出现的关联",
            f"Words in the same documents as {names[concept]} more than by chance; * marks"
            " q < 0.05, + a link that the period before did not have",
        )
        yield Table(caption, header, rows, "network_ego.csv")


def _companions(part: pd.DataFrame) -> str:
    marks = {"new": "+"}
    return "、".join(
        f"{row.term}{'*' if row.linked else ''}{marks.get(row.change, '')}"
        for row in part.head(10).itertuples()
    )


def _quotes(m: Material, places: Iterator[tuple[str, int, int]]) -> tuple[Quote, ...]:
    found = []
    for doc_id, start, end in places:
        document = m.catalogue.document(doc_id)
        if document is not None:
            found.append(quote(document, start, end))
    return tuple(found)


def _plain(rows: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [tuple("–" if pd.isna(cell) else cell for cell in row) for row in rows]


def _signed(value: float) -> str:
    return "" if pd.isna(value) else f"{value:+.2f}"


def _p(value: float) -> str:
    return "" if pd.isna(value) else "< 0.001" if value < 0.001 else f"{value:.3f}"
