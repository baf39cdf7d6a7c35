"""What cites what, as the report shows it: policies named most, works to collect, sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from textmine.figures.theme import say
from textmine.report.material import Material
from textmine.report.page import Evidence, ReportSection, Table
from textmine.report.quotes import quote

TOP = 12
QUOTES = 5
RELATIONS = {
    "cites": ("引用", "cites"),
    "repeals": ("废止", "repeals"),
    "amends": ("修改", "amends"),
    "forwards": ("转发", "forwards"),
    "issues": ("印发", "issues"),
}


def section(m: Material) -> ReportSection | None:
    """The part on citations; None where nothing is cited."""
    cited, elsewhere = m.table("citations", "citations"), m.table("citations", "cited_elsewhere")
    if cited is None and elsewhere is None:
        return None
    tables = (_policies(m), _elsewhere(m))
    return ReportSection(
        "citations",
        say(m.lang, "引用", "Citations"),
        (),
        m.notes("citations"),
        (),
        tuple(table for table in tables if table is not None),
        () if cited is None else tuple(_evidence(m, cited)),
    )


def _policies(m: Material) -> Table | None:
    """Policies by the policies and papers that name them, with the lag until the first."""
    spread = m.table("citations", "policy_diffusion")
    taken = m.table("citations", "policy_uptake")
    empty = pd.DataFrame(columns=["doc_id", "title", "year"])
    both = (
        spread if spread is not None else empty.assign(intensity=[], first_lag=[], down=[])
    ).merge(
        taken if taken is not None else empty.assign(papers=[], first_lag=[]),
        on=["doc_id", "title", "year"],
        how="outer",
        suffixes=("", "_papers"),
    )
    if both.empty:
        return None
    counts = both[["intensity", "down", "papers"]].fillna(0).astype(int)
    both = both.assign(**{name: counts[name] for name in counts}).assign(
        total=counts["intensity"] + counts["papers"]
    )
    top = both.sort_values(["total", "doc_id"], ascending=[False, True]).head(TOP)
    rows = [
        (
            *(p.title, _number(p.year), p.intensity, p.down, _number(p.first_lag)),
            *(p.papers, _number(p.first_lag_papers)),
        )
        for p in top.itertuples()
    ]
    header = (
        ("政策", "年份", "政策引用", "其中下级", "首引滞后（年）", "论文引用", "论文首引滞后（年）")
        if m.lang == "zh"
        else (
            "policy",
            "year",
            "policies",
            "from below",
            "first lag",
            "papers",
            "first lag, papers",
        )
    )
    caption = say(m.lang, "被引最多的库内政策", "The policies of the corpus that are cited most")
    return Table(caption, header, rows, "policy_diffusion.csv")


def _elsewhere(m: Material) -> Table | None:
    """What two or more documents cite and the corpus lacks."""
    table = m.table("citations", "cited_elsewhere")
    shared = None if table is None else table[table["documents"] > 1].head(TOP)
    if shared is None or shared.empty:
        return None
    rows = [
        (w.title, w.doc_number, w.papers, w.policies, _number(w.first_year))
        for w in shared.itertuples()
    ]
    header = (
        ("文献", "文号", "论文", "政策", "最早")
        if m.lang == "zh"
        else ("work", "number", "papers", "policies", "first")
    )
    caption = say(
        m.lang, "多篇引用而库内没有的文献", "Works that several documents cite and the corpus lacks"
    )
    return Table(caption, header, rows, "cited_elsewhere.csv")


def _evidence(m: Material, cited: pd.DataFrame) -> Iterator[Evidence]:
    """Who cites the most cited documents, in their words."""
    placed = cited.dropna(subset=["start"])
    counts = placed.groupby("cited")["citing"].nunique()
    for doc_id in sorted(counts.index, key=lambda i: (-counts[i], i))[:QUOTES]:
        own = placed[placed["cited"] == doc_id].sort_values(["citing_year", "citing"])
        first = own.drop_duplicates("citing").head(QUOTES)
        quotes = []
        for row in first.itertuples():
            document = m.catalogue.document(row.citing)
            if document is not None:
                quotes.append(quote(document, int(row.start), int(row.end)))
        done = sorted(set(own["relation"]) - {"cites"})
        told = "".join(f" · {say(m.lang, *RELATIONS[r])}" for r in done)
        yield Evidence(own["cited_title"].iloc[0], f"{counts[doc_id]}{told}", tuple(quotes))


def _number(value: object) -> str:
    return "" if pd.isna(value) else str(int(str(value).removesuffix(".0")))
