import pandas as pd

from textmine.evolution.contexts import concept_contexts
from textmine.segment import Lexicon, Segmenter

TEXT = "产业联盟推动技术扩散。集群吸引人才。产业联盟与集群共享人才和技术。天气很好。"
TERMS = ("人才", "产业", "技术", "扩散", "集群", "天气")


def mentions(text: str, doc_id: str = "d") -> pd.DataFrame:
    rows = []
    for concept, label in (("alliance", "产业联盟"), ("cluster", "集群")):
        start = text.find(label)
        while start >= 0:
            rows.append((doc_id, concept, start, start + len(label)))
            start = text.find(label, start + 1)
    return pd.DataFrame(rows, columns=["doc_id", "concept", "start", "end"])


def words(contexts, concept: str, without: str = "") -> dict[str, int]:
    _, counts = contexts.of(concept, without=without)
    row = counts.toarray().sum(axis=0)
    return {t: int(n) for t, n in zip(contexts.terms, row, strict=True) if n}


def test_contexts_are_the_words_of_the_sentences_without_the_mentions() -> None:
    found = concept_contexts([("d", TEXT)], mentions(TEXT), Segmenter(Lexicon()), TERMS)
    assert words(found, "alliance") == {"人才": 1, "技术": 2, "扩散": 1}
    assert words(found, "alliance", without="cluster") == {"技术": 1, "扩散": 1}
    assert words(found, "cluster", without="alliance") == {"人才": 1}
    assert found.rows["sentences"].tolist() == [1, 1, 1, 1]


def test_a_span_counts_for_every_concept_that_it_stands_for() -> None:
    table = pd.concat([mentions(TEXT), mentions(TEXT).assign(concept="wide")])
    found = concept_contexts([("d", TEXT)], table, Segmenter(Lexicon()), TERMS)
    assert words(found, "wide") == {"人才": 2, "技术": 2, "扩散": 1}


def test_the_order_of_documents_and_mentions_makes_no_difference() -> None:
    other = TEXT.replace("天气很好", "技术扩散")
    table = pd.concat([mentions(TEXT, "d"), mentions(other, "e")])
    texts = [("d", TEXT), ("e", other)]
    one = concept_contexts(texts, table, Segmenter(Lexicon()), TERMS)
    two = concept_contexts(texts[::-1], table.iloc[::-1], Segmenter(Lexicon()), TERMS)
    for concept in ("alliance", "cluster"):
        ids, counts = one.of(concept)
        again, same = two.of(concept)
        assert ids.tolist() == again.tolist() == ["d", "e"]
        assert (counts != same).nnz == 0


def test_documents_without_mentions_leave_no_row() -> None:
    found = concept_contexts([("x", TEXT)], mentions(TEXT), Segmenter(Lexicon()), TERMS)
    assert found.rows.empty
    assert found.counts.shape == (0, len(TERMS))
