"""What goes with the followed concepts in each period, and what changed."""

from __future__ import annotations

import pandas as pd

from textmine import networks
from textmine.pipeline.corpus import Corpus


def ego_table(corpus: Corpus) -> pd.DataFrame:
    """The neighbours of each concept of the settings, period by period.

    Columns concept and `textmine.networks.EGO_COLUMNS`. A document holds a concept when it
    mentions it or a narrower one; the concept's own names are left out of the terms.
    """
    settings = corpus.workspace.settings
    scheme = corpus.workspace.scheme
    years = [None if pd.isna(y) else int(y) for y in corpus.documents["year"]]
    rows = dict(zip(corpus.documents["doc_id"], years, strict=True))
    known = [year for year in years if year is not None]
    periods = [
        p
        for p in corpus.workspace.periods
        if known and p.last >= min(known) and p.first <= max(known)
    ]
    parts = []
    for concept in settings.evolution.concepts:
        if concept not in scheme:
            continue
        family = {concept, *scheme.narrower(concept)}
        own = corpus.mentions[corpus.mentions["concept"].isin(family)]
        names = {label.casefold() for c in family for label in scheme[c].labels}
        table = networks.ego(
            corpus.doc_term,
            set(own["doc_id"]),
            [rows[doc_id] for doc_id in corpus.doc_term.doc_ids],
            periods,
            without=names,
            measure=settings.network.measure,
        )
        parts.append(table.assign(concept=concept))
    columns = ["concept", *networks.EGO_COLUMNS]
    return pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns)
