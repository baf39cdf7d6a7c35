"""New documents among the topics of an earlier fit, and whether it is time to fit again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from textmine import topics as modelling
from textmine.errors import TooFewData
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus

JOINED_COLUMNS = ("doc_id", "title", "year", "topic", "share")
DRIFT_COLUMNS = ("new", "loss", "low", "high", "unknown", "due")


def join_topics(corpus: Corpus, before: modelling.TopicFit) -> Analysis:
    """Place the documents that came since among the topics of an earlier fit, without a refit.

    Tables: topic_joined (`JOINED_COLUMNS`: the greatest topic of each new document) and
    topic_drift (`DRIFT_COLUMNS`, one row; see `textmine.topics.drift`).

    Raises
    ------
    TooFewData
        When there is no new document, or none of the earlier ones is left.
    """
    counts = corpus.doc_term
    known = set(before.doc_ids)
    old = [n for n, doc_id in enumerate(counts.doc_ids) if doc_id in known]
    new = [n for n, doc_id in enumerate(counts.doc_ids) if doc_id not in known]
    if not old or not new:
        raise TooFewData(
            f"{len(new)} documents are new, {len(old)} of the earlier fit are left.",
            remedy="Run `textmine update` after new documents came; or fit anew.",
        )
    arrived = counts.select_documents(new)
    places = modelling.FoldIn(before, counts)
    settings = corpus.workspace.settings.topics
    drift = modelling.drift(
        places,
        counts.select_documents(old).aligned(before.terms),
        arrived.aligned(before.terms),
        all_words=np.asarray(arrived.counts.sum(axis=1), dtype=np.float64).ravel().tolist(),
        seed=settings.seed,
    )
    row = (len(new), drift.loss, drift.low, drift.high, drift.unknown, drift.due)
    tables = {
        "topic_joined": _joined(corpus, before, arrived.doc_ids, places.transform(arrived)),
        "topic_drift": pd.DataFrame([row], columns=list(DRIFT_COLUMNS)),
    }
    made = replace(manifest(corpus, "topics", seed=settings.seed, new=len(new)), stage="topic_join")
    return Analysis(made, tables, notes=(_note(drift, len(new)),))


def _joined(
    corpus: Corpus, before: modelling.TopicFit, doc_ids: tuple[str, ...], shares: np.ndarray
) -> pd.DataFrame:
    documents = corpus.documents.set_index("doc_id")
    greatest = np.round(shares, 9).argmax(axis=1)
    rows = [
        (
            doc_id,
            documents.at[doc_id, "title"],
            documents.at[doc_id, "year"],
            before.numbers[topic],
            shares[n, topic],
        )
        for n, (doc_id, topic) in enumerate(zip(doc_ids, greatest.tolist(), strict=True))
    ]
    table = pd.DataFrame(rows, columns=list(JOINED_COLUMNS))
    return table.sort_values(["topic", "share", "doc_id"], ascending=[True, False, True])


def _note(drift: modelling.Drift, new: int) -> Note:
    zh = "应重新拟合" if drift.due else "尚不必重新拟合"
    en = "a refit is due" if drift.due else "no refit is due"
    return Note(
        f"{new} 篇新文献：每词对数似然下降 {drift.loss:.2f} [{drift.low:.2f}, {drift.high:.2f}]，"
        f"生词 {drift.unknown:.0%}；{zh}",
        f"{new} new documents: the log-likelihood a word is {drift.loss:.2f}"
        f" [{drift.low:.2f}, {drift.high:.2f}] lower, {drift.unknown:.0%} of the words are unknown:"
        f" {en}",
    )
