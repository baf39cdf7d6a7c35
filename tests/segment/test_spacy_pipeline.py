from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from textmine.records import Mention
from textmine.segment import Lexicon, Segmenter, pipeline, sentences
from textmine.segment.entities import entities

LEXICON = Lexicon.parse("产业技术创新战略联盟")


@dataclass
class Labels:
    """A matcher of two labels."""

    def mentions(self, text: str) -> list[Mention]:
        return [
            Mention(concept, label, i, i + len(label))
            for label, concept in (("战略联盟", "alliance"), ("集群", "cluster"))
            for i in range(len(text))
            if text.startswith(label, i)
        ]


NLP = pipeline(LEXICON, Labels())
TEXT = (
    "2008年12月30日，科技部、广东省科学技术厅印发国科发政〔2008〕770号，支持产业技术创新战略联盟与集群，"
    "投入3.5亿元，增长12.5%。Regional innovation systems 也重要！\n第三句"
)


def marked(text: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    doc = NLP(text)
    for span in doc.spans["textmine"]:
        found.setdefault(span.label_, []).append((span.text, span.kb_id_))
    return found


def test_words_and_sentences_are_ours() -> None:
    text = "产业技术创新战略联合体推动产业发展。也重要！\n第三句"
    doc = NLP(text)
    assert [t.text for t in doc] == Segmenter(LEXICON).words(text)
    assert [s.start_char for s in doc.sents] == [s.start for s in sentences(text)]


def test_everything_named_is_marked_with_its_full_name() -> None:
    assert marked(TEXT) == {
        "DATE": [("2008年12月30日", "2008-12-30")],
        "AGENCY": [("科技部", "科学技术部"), ("广东省科学技术厅", "广东省科学技术厅")],
        "REGION": [("广东省", "广东省")],
        "DOCUMENT_NUMBER": [("国科发政〔2008〕770号", "国科发政〔2008〕770号")],
        "CONCEPT": [("战略联盟", "alliance"), ("集群", "cluster")],
        "MONEY": [("3.5亿元", "")],
        "PERCENT": [("12.5%", "")],
    }


def test_entities_do_not_overlap_and_the_longest_stand() -> None:
    doc = NLP(TEXT)
    ents = [(e.text, e.label_) for e in doc.ents]
    assert ("广东省科学技术厅", "AGENCY") in ents
    assert ("广东省", "REGION") not in ents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城乡二元结构与多元化", []),
        ("五十万元、1,200万美元和二十多亿元", ["五十万元", "1,200万美元", "二十多亿元"]),
        ("百分之三十，提高2.5个百分点，千分之五", ["百分之三十", "2.5个百分点", "千分之五"]),
        ("苏州市人民政府办公室和苏州各局", ["苏州市", "苏州市人民政府办公室", "苏州"]),
        ("工信部与国务院办公厅", ["工信部", "国务院办公厅"]),
    ],
)
def test_what_is_a_sum_a_share_or_an_agency(text: str, expected: list[str]) -> None:
    found = [text[e.start : e.end] for e in entities(text)]
    assert sorted(found) == sorted(expected)


@settings(deadline=None)
@given(st.text(st.sampled_from("产业集群 \n\tab，。12年元%市苏州联盟战略"), max_size=40))
def test_a_doc_holds_the_text_that_went_in_with_its_places(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    exact = [(e.start, e.end) for e in entities(text, Labels())]
    assert [(s.start_char, s.end_char) for s in doc.spans["textmine"]] == exact


def test_docs_survive_the_round_trip_to_docbin() -> None:
    doc = NLP(TEXT)
    data = DocBin(docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(data).get_docs(NLP.vocab)
    assert back.text == TEXT
    assert [t.text for t in back] == [t.text for t in doc]
    assert [s.text for s in back.sents] == [s.text for s in doc.sents]
    for spans in (lambda d: d.ents, lambda d: d.spans["textmine"]):
        ours, theirs = (
            [(s.text, s.label_, s.kb_id_, s.start_char) for s in spans(d)] for d in (doc, back)
        )
        assert ours == theirs


def test_without_concepts_the_rest_is_marked() -> None:
    doc = pipeline(LEXICON)(TEXT)
    assert {span.label_ for span in doc.ents} >= {"DATE", "MONEY", "AGENCY"}
    assert "CONCEPT" not in {span.label_ for span in doc.ents}
