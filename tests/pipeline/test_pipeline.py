import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from textmine import pipeline
from textmine.errors import TooFewData
from textmine.settings import NetworkSettings
from textmine.store import Workspace


@pytest.fixture(scope="module")
def corpus(sample_workspace: Workspace) -> pipeline.Corpus:
    with sample_workspace.catalogue() as catalogue:
        return pipeline.load(sample_workspace, catalogue)


def test_mentions_point_at_their_labels(corpus: pipeline.Corpus) -> None:
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    assert len(corpus.mentions) > 100
    for row in corpus.mentions.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.label


def test_an_empty_catalogue_is_refused_with_the_way_out(make_workspace) -> None:
    workspace = make_workspace([])
    with (
        workspace.catalogue(create=True) as catalogue,
        pytest.raises(TooFewData, match="textmine update"),
    ):
        pipeline.load(workspace, catalogue)


def test_topics_name_terms_and_documents_of_the_corpus(corpus: pipeline.Corpus) -> None:
    analysis = pipeline.topics(corpus)
    tables = analysis.tables
    assert len(tables["topics"]) == 4
    assert tables["topics"]["prevalence"].sum() == pytest.approx(1)
    assert set(tables["topic_words"]["term"]) <= set(corpus.doc_term.terms)
    assert set(tables["topic_documents"]["doc_id"]) <= set(corpus.documents["doc_id"])
    by_year = tables["topic_years"].groupby("year")["share"].sum()
    assert by_year.to_numpy() == pytest.approx(1)
    assert analysis.manifest.rows["terms"] == len(corpus.doc_term.terms)


def test_the_network_counts_documents_that_hold_both_terms(corpus: pipeline.Corpus) -> None:
    asked = NetworkSettings(items="terms", unit="document", min_cooccurrence=2)
    analysis = pipeline.network(corpus, asked)
    edge = analysis.tables["network_edges"].iloc[0]
    counts = corpus.doc_term.counts
    columns = [corpus.doc_term.terms.index(edge[end]) for end in ("a", "b")]
    both = (counts[:, columns].toarray() > 0).all(axis=1).sum()
    assert edge["cooccurrence"] == both >= 2
    assert analysis.files["network.graphml"].startswith(b"<?xml")


def test_a_network_by_sentence_counts_no_more_than_sentences(sample_workspace, corpus) -> None:
    network = corpus.workspace.settings.network.model_copy(update={"unit": "sentence"})
    settings = corpus.workspace.settings.model_copy(update={"network": network})
    other = replace(corpus, workspace=Workspace(sample_workspace.root, settings))
    analysis = pipeline.network(other)
    assert len(analysis.tables["network_edges"]) > 0
    assert set(analysis.tables["network_nodes"]["term"]) <= set(corpus.doc_term.terms)


def test_evolution_counts_narrower_concepts_for_broader_ones(corpus: pipeline.Corpus) -> None:
    shares = pipeline.evolution(corpus).tables["concept_shares"]
    system = shares[shares["concept"] == "innovation_system"]["with_concept"].sum()
    narrow = corpus.mentions[corpus.mentions["concept"] == "regional_innovation_system"]
    dated = corpus.documents.dropna(subset=["year"])["doc_id"]
    assert system >= narrow[narrow["doc_id"].isin(dated)]["doc_id"].nunique() > 0
    assert (shares["low"] <= shares["share"]).where(shares["documents"] > 0, True).all()


def test_claims_carry_the_very_words_of_their_documents(sample_workspace, corpus) -> None:
    with sample_workspace.catalogue() as catalogue:
        tables = pipeline.claims(corpus, catalogue).tables
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    assert len(tables["claims"]) > 10
    for row in tables["claims"].itertuples():
        assert texts[row.document][row.start : row.end] == row.evidence
    assert tables["claim_pairs"]["documents"].is_monotonic_decreasing


def test_what_is_saved_reads_back_with_its_manifest(
    corpus: pipeline.Corpus, tmp_path: Path
) -> None:
    analysis = pipeline.topics(corpus)
    pipeline.save(analysis, tmp_path)
    back = pd.read_csv(tmp_path / "topics.csv")
    assert back["words"].tolist() == analysis.tables["topics"]["words"].tolist()
    manifest = json.loads((tmp_path / "topics.manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"]["concepts"] == corpus.workspace.scheme.fingerprint
    assert manifest["versions"]["jieba"] == "0.42.1"


def test_the_same_corpus_gives_the_same_bytes(sample_workspace, corpus, tmp_path: Path) -> None:
    with sample_workspace.catalogue() as catalogue:
        again = pipeline.load(sample_workspace, catalogue)
        for name, one in (("a", corpus), ("b", again)):
            for analyse in (pipeline.topics, pipeline.network, pipeline.evolution):
                pipeline.save(analyse(one), tmp_path / name)
            pipeline.save(pipeline.claims(one, catalogue), tmp_path / name)
    names = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert len(names) > 10
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_a_topics_sentences_are_those_of_its_documents(corpus: pipeline.Corpus) -> None:
    tables = pipeline.topics(corpus).tables
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    for row in tables["topic_sentences"].itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.sentence
        assert 0 < row.score <= 1
    table = tables["topics"]
    assert (table["stability_low"] <= table["stability"]).all()
    assert (table["stability"] <= table["stability_high"]).all()
    assert table["frex"].str.count("、").min() >= 5


def test_topics_of_passages_come_back_by_document(sample_workspace, corpus) -> None:
    recipe = sample_workspace.settings.topics.model_copy(
        update={"unit": "passage", "passage_length": 200, "stability_runs": 2}
    )
    tables = pipeline.topics(corpus, recipe).tables
    assert set(tables["topic_documents"]["doc_id"]) <= set(corpus.documents["doc_id"])
    assert tables["topic_years"].groupby("year")["share"].sum().to_numpy() == pytest.approx(1)
    groups = tables["topic_groups"]
    assert groups.groupby(["by", "group"])["share"].sum().to_numpy() == pytest.approx(1)
    assert (groups["low"] <= groups["high"]).all()
