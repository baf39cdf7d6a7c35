"""What the communities of a network are called, and when and how often cited its nodes are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textmine import networks
from textmine.matrices import DocTerm
from textmine.pipeline.corpus import Corpus
from textmine.pipeline.network_items import Linked, concepts_by_document, nouns_by_document
from textmine.pipeline.network_works import times_cited
from textmine.settings import NetworkSettings

LABEL_COLUMNS = ("community", "documents", "label_llr", "label_mi", "label_concept")


def community_labels(
    corpus: Corpus,
    settings: NetworkSettings,
    linked: Linked,
    terms: tuple[str, ...],
    membership: NDArray[np.int64],
) -> pd.DataFrame:
    """Words that tell the documents of each community from the others; `LABEL_COLUMNS`.

    A document belongs to the community of most of its items. The words are author keywords where
    what documents carry is linked and they have any, else the nouns of their texts.
    """
    groups = networks.owners(linked.by_document, terms, membership)
    named = networks.labels(_candidates(corpus, settings), groups)
    scheme = corpus.workspace.scheme
    concepts = networks.labels(concepts_by_document(corpus), groups, top=1)
    rows = []
    for group in np.unique(membership).tolist():
        ratio, information = named.get(group, ([], []))
        concept, _ = concepts.get(group, ([], []))
        called = scheme[concept[0]].name("zh") if concept else ""
        documents = int((groups == group).sum())
        rows.append((group, documents, "、".join(ratio), "、".join(information), called))
    return pd.DataFrame(rows, columns=list(LABEL_COLUMNS))


def _candidates(corpus: Corpus, settings: NetworkSettings) -> DocTerm:
    keywords = corpus.carried["keywords"]
    if settings.in_text or not any(keywords):
        return nouns_by_document(corpus)
    return networks.incidence(corpus.documents["doc_id"], keywords)


def node_years(corpus: Corpus, linked: Linked) -> pd.DataFrame:
    """First and mean year of the documents of each item, by item; of works, their own year.

    Columns first_year (Int64) and mean_year; missing where no document has a year.
    """
    years = corpus.documents["year"].astype(float).to_numpy()
    known = np.isfinite(years)
    columns = linked.by_document.counts.tocsc()
    rows = []
    for i, term in enumerate(linked.by_document.terms):
        held = columns.indices[columns.indptr[i] : columns.indptr[i + 1]]
        held = held[known[held]]
        if term in linked.years:
            own = linked.years[term]
            rows.append((own, np.nan if own is None else float(own)))
        elif len(held):
            rows.append((int(years[held].min()), float(years[held].mean())))
        else:
            rows.append((None, np.nan))
    table = pd.DataFrame(rows, columns=["first_year", "mean_year"], index=linked.by_document.terms)
    return table.astype({"first_year": "Int64", "mean_year": float})


def mean_citations(corpus: Corpus, linked: Linked) -> pd.Series:
    """How often the documents of each item are cited within the corpus, on average; by item."""
    cited = times_cited(corpus)
    counts = np.array([cited[doc_id] for doc_id in linked.by_document.doc_ids], dtype=float)
    present = linked.by_document.counts.astype(bool).astype(float)
    held = np.asarray(present.sum(axis=0)).ravel()
    mean = np.divide(present.T @ counts, held, out=np.zeros(len(held)), where=held > 0)
    return pd.Series(mean, index=linked.by_document.terms, name="citations")
