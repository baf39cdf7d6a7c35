from dataclasses import replace

import pytest

from textmine import pipeline
from textmine.pipeline.network_items import institution, linked_items
from textmine.settings import NetworkSettings


@pytest.fixture(scope="module")
def corpus(sample_workspace) -> pipeline.Corpus:
    with sample_workspace.catalogue() as catalogue:
        return pipeline.load(sample_workspace, catalogue)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("重庆大学经济与工商管理学院，重庆 400044", "重庆大学"),
        ("1.清华大学 公共管理学院，北京 100084", "清华大学"),
        ("中国科学院大学经济与管理学院", "中国科学院大学"),
        ("中国科学技术发展战略研究院,北京 100038", "中国科学技术发展战略研究院"),
        ("某某大学生创业园，上海", "某某大学生创业园"),
        ("", ""),
    ],
)
def test_an_institution_is_the_university_or_the_name_before_the_place(line, name) -> None:
    assert institution(line) == name


def test_issuing_agencies_are_linked_by_joint_issue(corpus: pipeline.Corpus) -> None:
    held, owners = linked_items(corpus, NetworkSettings(items="issuers"))
    assert owners == tuple(corpus.documents["doc_id"])
    joint = max(range(len(owners)), key=lambda n: len(corpus.carried["issuers"][n]))
    names = set(corpus.carried["issuers"][joint])
    assert {held.terms[i] for i in held.counts[joint].indices} == names
    assert len(names) > 1


@pytest.mark.parametrize("items", ["terms", "concepts"])
@pytest.mark.parametrize("unit", ["section", "sentence"])
def test_smaller_units_lie_within_their_documents(corpus, items, unit) -> None:
    held, owners = linked_items(corpus, NetworkSettings(items=items, unit=unit))
    assert len(owners) == held.counts.shape[0] > len(corpus.texts)
    assert set(owners) <= set(corpus.documents["doc_id"])
    whole, _ = linked_items(corpus, NetworkSettings(items=items))
    assert set(held.terms) <= set(whole.terms)
    assert (held.aligned(whole.terms).document_frequency >= 0).all()


def test_authors_belong_to_documents_not_to_sentences(corpus: pipeline.Corpus) -> None:
    held, owners = linked_items(corpus, NetworkSettings(items="issuers", unit="sentence"))
    assert held.doc_ids == owners == tuple(corpus.documents["doc_id"])


def test_nouns_are_the_words_that_name_something(corpus: pipeline.Corpus) -> None:
    nouns, _ = linked_items(corpus, NetworkSettings(items="nouns", unit="document"))
    assert {"产业技术创新战略联盟", "企业"} & set(nouns.terms)
    assert not {"推进", "加快", "成为"} & set(nouns.terms)
    assert set(nouns.terms) < set(corpus.doc_term.terms)


def test_the_network_tells_what_it_counts_and_how_stable_it_is(corpus: pipeline.Corpus) -> None:
    asked = NetworkSettings(nodes=30, min_cooccurrence=2, counting="fractional", bootstrap=10)
    analysis = pipeline.network(corpus, asked)
    assert "分数计数" in analysis.notes[0].zh
    assert "fractional" in analysis.notes[0].en
    assert "10 resamplings" in analysis.notes[1].en
    communities = analysis.tables["network_communities"]
    assert communities["terms"].sum() == len(analysis.tables["network_nodes"])
    assert set(communities["verdict"]) <= {"stable", "uncertain", "doubtful"}
    ranks = analysis.tables["network_ranks"]
    assert len(ranks) == 7 * len(analysis.tables["network_nodes"])
    assert set(analysis.tables["network_ego"]["concept"]) <= set(
        corpus.workspace.settings.evolution.concepts
    )


@pytest.mark.parametrize("unit", ["document", "sentence"])
def test_the_same_network_whatever_the_order_of_documents(
    corpus: pipeline.Corpus, unit: str
) -> None:
    asked = NetworkSettings(nodes=20, min_cooccurrence=2, bootstrap=3, unit=unit)
    backwards = corpus.doc_term.select_documents(range(len(corpus.texts))[::-1])
    one = pipeline.network(corpus, asked)
    other = replace(
        corpus,
        doc_term=backwards,
        documents=corpus.documents.iloc[::-1],
        texts=corpus.texts[::-1],
        sections=corpus.sections[::-1],
    )
    two = pipeline.network(other, asked)
    assert one.files == two.files
    for name in ("network_nodes", "network_communities", "network_ranks"):
        assert one.tables[name].equals(two.tables[name]), name


@pytest.mark.parametrize("items", ["terms", "concepts"])
def test_every_sure_link_opens_sentences_that_hold_both_ends(corpus, items) -> None:
    asked = NetworkSettings(items=items, unit="sentence", min_cooccurrence=2, bootstrap=0, max_q=1)
    found = pipeline.network(corpus, asked).tables["network_evidence"]
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    assert len(found.drop_duplicates(["a", "b"])) > 10
    for row in found.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.sentence
        if items == "terms":
            assert row.a in row.sentence.lower()
            assert row.b in row.sentence.lower()
    assert not found.duplicated(["a", "b", "doc_id"]).any()
