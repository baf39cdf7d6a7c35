"""Which document cites which work, for co-citation, bibliographic coupling and citation counts.

Works are documents of the corpus where a reference resolves to one, else what it names, under one
title for all ways of citing it; see `textmine.citations`.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from textmine import networks
from textmine.matrices import DocTerm
from textmine.pipeline.citation_tables import citations
from textmine.pipeline.corpus import Corpus


def cited_works(corpus: Corpus) -> tuple[DocTerm, dict[str, int | None]]:
    """The works that each document cites, and the year of each work.

    Works are named by title and year; where two share these, by what tells them apart, too.
    """
    rows = _cited(corpus)
    one = rows.drop_duplicates("work").sort_values("work")
    shown = [
        f"{title}, {year}" if pd.notna(year) else str(title)
        for title, year in zip(one["title"], one["year"], strict=True)
    ]
    often = Counter(shown)
    names = {
        work: name if often[name] == 1 else f"{name} [{work}]"
        for work, name in zip(one["work"], shown, strict=True)
    }
    held = rows.assign(name=rows["work"].map(names)).groupby("citing")["name"].agg(set).to_dict()
    ids = corpus.documents["doc_id"]
    years = {
        names[work]: None if pd.isna(year) else int(year)
        for work, year in zip(one["work"], one["year"], strict=True)
    }
    return networks.incidence(ids, [held.get(doc_id, ()) for doc_id in ids]), years


def times_cited(corpus: Corpus) -> dict[str, int]:
    """How many documents of the corpus cite each document; 0 for those that none does."""
    rows = _cited(corpus).drop_duplicates(["citing", "work"])
    counts = rows["work"].value_counts().to_dict()
    return {doc_id: int(counts.get(doc_id, 0)) for doc_id in corpus.documents["doc_id"]}


def _cited(corpus: Corpus) -> pd.DataFrame:
    """Columns citing, work, title, year: one row per citing document and way of citing."""
    with corpus.workspace.catalogue() as catalogue:
        tables = citations(corpus, catalogue).tables
    here = tables["citations"].rename(
        columns={"cited": "work", "cited_title": "title", "cited_year": "year"}
    )
    there = tables["unresolved"]
    there = there.assign(
        title=there["title"].where(there["title"] != "", there["doc_number"]),
        year=there.groupby("work")["year"].transform("min"),
    )
    there = there[(there["work"] != "") & (there["title"] != "")]
    columns = ["citing", "work", "title", "year"]
    rows = [part[columns] for part in (here, there) if len(part)]
    if not rows:
        return pd.DataFrame(columns=columns)
    return pd.concat(rows).sort_values(["work", "title", "citing"], kind="stable")
