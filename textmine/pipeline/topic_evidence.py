"""What stands behind a topic: its sentences, and the keywords and concepts that name it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from textmine import topics as modelling
from textmine.pipeline.corpus import Corpus
from textmine.segment import sentences
from textmine.terms import doc_term

SENTENCES = 3  # shown per topic, each of another document
# Only the documents with the greatest shares are searched: a topic's best sentence stands where
# the topic does, and a large corpus is not cut a second time.
SEARCHED = 20
SENTENCE_COLUMNS = ("topic", "rank", "doc_id", "start", "end", "score", "sentence")


def topic_sentences(corpus: Corpus, fit: modelling.TopicFit) -> pd.DataFrame:
    """The sentences that show each topic best, one per document; `SENTENCE_COLUMNS`."""
    heads = fit.representative_documents(SEARCHED)
    wanted = sorted({doc_id for head in heads for doc_id, _ in head})
    spans = _sentences_of(corpus, wanted)
    scores = modelling.sentence_scores(fit, _counts(corpus, fit, spans["sentence"].tolist()))
    rows: list[tuple[object, ...]] = []
    for topic, head in enumerate(heads):
        own = spans["doc_id"].isin({doc_id for doc_id, _ in head})
        best = (
            spans.assign(score=np.round(scores[:, topic], 12))[own]
            .sort_values(["score", "doc_id", "start"], ascending=[False, True, True])
            .drop_duplicates("doc_id")
            .head(SENTENCES)
        )
        rows += [
            (topic + 1, rank, s.doc_id, s.start, s.end, s.score, s.sentence)
            for rank, s in enumerate(best.itertuples(index=False), 1)
        ]
    return pd.DataFrame(rows, columns=list(SENTENCE_COLUMNS))


def _sentences_of(corpus: Corpus, wanted: list[str]) -> pd.DataFrame:
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    rows = [
        (doc_id, start, end, texts[doc_id][start:end])
        for doc_id in wanted
        for start, end in sentences(texts[doc_id])
    ]
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "sentence"])


def _counts(corpus: Corpus, fit: modelling.TopicFit, texts: list[str]) -> sparse.csr_matrix:
    """The sentences' counts of the terms of the fit, in its order."""
    ids = [str(n) for n in range(len(texts))]
    minimum = corpus.workspace.settings.terms.min_length
    found = doc_term(ids, texts, corpus.workspace.segmenter, min_length=minimum)
    return found.aligned(fit.terms).counts


def label_columns(corpus: Corpus, fit: modelling.TopicFit) -> dict[str, list[str]]:
    """Names suggested for each topic: the documents' own keywords, and concepts of the scheme."""
    order = {doc_id: n for n, doc_id in enumerate(fit.doc_ids)}
    rows = [order[doc_id] for doc_id in corpus.documents["doc_id"]]
    doc_topic = fit.doc_topic[rows]
    mentioned = corpus.mentions.groupby("doc_id")["concept"].agg(set).to_dict()
    names = {concept.id: concept.name("zh") for concept in corpus.workspace.scheme}
    concepts = [
        sorted(names[c] for c in mentioned.get(doc_id, ())) for doc_id in corpus.documents["doc_id"]
    ]
    return {
        "keywords": _joined(modelling.suggest_labels(doc_topic, corpus.carried["keywords"])),
        "concepts": _joined(modelling.suggest_labels(doc_topic, concepts)),
    }


def _joined(suggested: list[list[str]]) -> list[str]:
    return ["、".join(names) for names in suggested]
