from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from textmine.segment import Lexicon, Segmenter, sentences
from textmine.segment.spacy_pipeline import pipeline

SEGMENTER = Segmenter(Lexicon.parse("产业技术创新战略联盟"))
NLP = pipeline(SEGMENTER)
TEXT = "产业技术创新战略联盟推动集群。Regional innovation systems 也重要！\n第三句"


def test_words_and_sentences_are_ours() -> None:
    doc = NLP(TEXT)
    assert doc[0].text == "产业技术创新战略联盟"
    assert [s.start_char for s in doc.sents] == [s.start for s in sentences(TEXT)]


@settings(deadline=None)
@given(st.text(st.sampled_from("产业集群 \n\tab，。12"), max_size=40))
def test_a_doc_holds_the_text_that_went_in_with_its_places(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_docs_survive_the_round_trip_to_docbin() -> None:
    data = DocBin(docs=[NLP(TEXT)]).to_bytes()
    (back,) = DocBin().from_bytes(data).get_docs(NLP.vocab)
    assert [t.text for t in back] == [t.text for t in NLP(TEXT)]
    assert back.text == TEXT
