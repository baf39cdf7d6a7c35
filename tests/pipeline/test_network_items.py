import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from textmine import networks, pipeline
from textmine.pipeline.network_items import ITEMS, linked_items
from textmine.pipeline.network_places import institution, province
from textmine.pipeline.network_units import units
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
    linked = linked_items(corpus, NetworkSettings(items="issuers"))
    held, owners = linked.held, linked.owners
    assert owners == tuple(corpus.documents["doc_id"])
    joint = max(range(len(owners)), key=lambda n: len(corpus.carried["issuers"][n]))
    names = set(corpus.carried["issuers"][joint])
    assert {held.terms[i] for i in held.counts[joint].indices} == names
    assert len(names) > 1


@pytest.mark.parametrize("items", ["terms", "concepts"])
@pytest.mark.parametrize("unit", ["section", "sentence", "window"])
def test_smaller_units_lie_within_their_documents(corpus, items, unit) -> None:
    linked = linked_items(corpus, NetworkSettings(items=items, unit=unit))
    held, owners = linked.held, linked.owners
    assert len(owners) == held.counts.shape[0] > len(corpus.texts)
    assert set(owners) <= set(corpus.documents["doc_id"])
    whole = linked_items(corpus, NetworkSettings(items=items)).held
    assert set(held.terms) <= set(whole.terms)
    assert (held.aligned(whole.terms).document_frequency >= 0).all()


def test_authors_belong_to_documents_not_to_sentences(corpus: pipeline.Corpus) -> None:
    linked = linked_items(corpus, NetworkSettings(items="issuers", unit="sentence"))
    assert linked.held.doc_ids == linked.owners == tuple(corpus.documents["doc_id"])


def test_nouns_are_the_words_that_name_something(corpus: pipeline.Corpus) -> None:
    nouns = linked_items(corpus, NetworkSettings(items="nouns", unit="document")).held
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


def test_english_addresses_keep_their_names() -> None:
    assert institution("Duquesne Univ, Sch Pharm, Pittsburgh, PA 15219 USA") == "Duquesne Univ"


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("苏州市人民政府", "江苏省"),
        ("武汉", "湖北省"),
        ("北京市海淀区", "北京市"),
        ("广东省科学技术厅", "广东省"),
        ("科学技术部", ""),
        ("企业", ""),
    ],
)
def test_a_place_lies_in_its_province(place, name) -> None:
    assert province(place) == name


def test_keywords_that_differ_in_case_are_one(corpus: pipeline.Corpus) -> None:
    names = (("R&D", "联盟"), ("r&d",), ("R&D ", "集群"), *((),) * (len(corpus.texts) - 3))
    other = replace(corpus, carried={**corpus.carried, "keywords": names})
    held = linked_items(other, NetworkSettings(items="keywords")).held
    assert dict(zip(held.terms, held.document_frequency.tolist(), strict=True)) == {
        "R&D": 3,
        "联盟": 1,
        "集群": 1,
    }


def test_windows_tile_the_texts(corpus: pipeline.Corpus) -> None:
    spans = units(corpus, NetworkSettings(unit="window", window=7))
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    for doc_id in list(texts)[:3]:
        own = [span for owner, span in spans if owner == doc_id]
        assert "".join(texts[doc_id][a:b] for a, b in own) == texts[doc_id]


@pytest.mark.parametrize("across", ["year", "period", "level", "issuers", "concepts"])
def test_two_kinds_of_nodes_are_linked_with_each_other(corpus: pipeline.Corpus, across) -> None:
    asked = NetworkSettings(across=across, nodes=20, bootstrap=2, min_cooccurrence=1, max_q=1)
    found = pipeline.network(corpus, asked)
    sides = found.tables["network_nodes"].set_index("term")["side"]
    edges = found.tables["network_edges"]
    assert set(sides) == {0, 1}
    assert (sides[edges["a"]].to_numpy() != sides[edges["b"]].to_numpy()).all()


def test_terms_by_year_count_the_documents_of_the_year(corpus: pipeline.Corpus) -> None:
    asked = NetworkSettings(items="terms", unit="document", across="year", bootstrap=0, max_q=1)
    edges = pipeline.network(corpus, asked).tables["network_edges"]
    years = corpus.documents["year"].astype(str)
    columns = {term: i for i, term in enumerate(corpus.doc_term.terms)}
    for row in edges.head(20).itertuples():
        year, term = (row.a, row.b) if row.a in set(years) else (row.b, row.a)
        holds = corpus.doc_term.counts[:, [columns[term]]].toarray().ravel() > 0
        assert row.cooccurrence == int((holds & (years == year).to_numpy()).sum())


@pytest.mark.parametrize("items", ["references", "coupling", "topics"])
def test_works_topics_and_regions_are_linked(corpus: pipeline.Corpus, items) -> None:
    asked = NetworkSettings(items=items, min_cooccurrence=1, bootstrap=2)
    found = pipeline.network(corpus, asked)
    assert len(found.tables["network_edges"]) > 0
    assert ITEMS[items][0] in found.notes[0].zh


def test_regions_meet_where_addresses_lie_in_several_provinces(corpus: pipeline.Corpus) -> None:
    lines = ("苏州大学商学院，江苏 苏州 215021", "某研究院，合肥 230026")
    addresses = (lines, (), *((),) * (len(corpus.texts) - 2))
    other = replace(corpus, carried={**corpus.carried, "affiliations": addresses})
    held = linked_items(other, NetworkSettings(items="regions")).held
    assert {"江苏省", "安徽省"} <= {held.terms[i] for i in held.counts[0].indices}


def test_coupling_is_what_two_documents_both_cite(corpus: pipeline.Corpus) -> None:
    cited = linked_items(corpus, NetworkSettings(items="references")).held.counts.toarray() > 0
    linked = linked_items(corpus, NetworkSettings(items="coupling"))
    counts = networks.cooccurrence(linked.held)
    titles = [linked.by_document.terms[i] for i in linked.by_document.counts.indices]
    order = [titles.index(name) for name in counts.terms]
    both = cited.astype(int) @ cited.T.astype(int)
    np.fill_diagonal(both, 0)
    assert (counts.counts.toarray() == both[order][:, order]).all()


def test_the_strongest_can_be_chosen_and_the_rare_left_out(corpus: pipeline.Corpus) -> None:
    asked = NetworkSettings(
        items="terms", unit="document", choose="strength", min_occurrences=4, nodes=10, bootstrap=0
    )
    nodes = pipeline.network(corpus, asked).tables["network_nodes"]
    assert len(nodes) <= 10
    assert nodes["occurrences"].min() >= 4


def test_communities_are_labelled_and_dated(corpus: pipeline.Corpus) -> None:
    asked = NetworkSettings(nodes=40, min_cooccurrence=2, bootstrap=0, overlay="citations")
    found = pipeline.network(corpus, asked)
    groups, nodes = found.tables["network_communities"], found.tables["network_nodes"]
    assert groups["label_llr"].str.len().max() > 0
    assert groups["label_concept"].str.len().max() > 0
    assert groups["documents"].sum() <= len(corpus.texts)
    years = corpus.documents["year"]
    assert nodes["mean_year"].between(years.min(), years.max()).all()
    assert (nodes["first_year"] <= nodes["mean_year"]).all()
    assert (nodes["citations"] >= 0).all()


@pytest.mark.parametrize("layout", ["circular", "timeline", "timezone", "force"])
def test_layouts_are_chosen_by_the_settings(corpus: pipeline.Corpus, layout) -> None:
    asked = NetworkSettings(nodes=20, min_cooccurrence=2, bootstrap=0, layout=layout)
    nodes = pipeline.network(corpus, asked).tables["network_nodes"]
    assert nodes[["x", "y"]].abs().max().max() <= 1
    if layout == "timeline":
        assert nodes.sort_values("first_year")["x"].is_monotonic_increasing


def test_the_workbook_reads_back_as_the_network(corpus: pipeline.Corpus) -> None:
    asked = NetworkSettings(nodes=20, min_cooccurrence=2, bootstrap=0)
    found = pipeline.network(corpus, asked)
    book = pd.read_excel(io.BytesIO(found.files["network.xlsx"]), sheet_name=None)
    back = networks.from_tables(book["nodes"], book["edges"])
    other = networks.from_tables(found.tables["network_nodes"], found.tables["network_edges"])
    assert sorted(back) == sorted(other)
    for node, data in other.nodes(data=True):
        assert back.nodes[node] == pytest.approx(data, abs=1e-12)
    for a, b, data in other.edges(data=True):
        assert back.edges[a, b] == pytest.approx(data, abs=1e-12)
    graphml = networks.from_graphml(found.files["network.graphml"])
    assert sorted(graphml) == sorted(back)
    assert len(book["communities"]) == len(found.tables["network_communities"])


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


def test_links_of_what_documents_carry_open_the_titles_of_documents(corpus) -> None:
    asked = NetworkSettings(items="issuers", min_cooccurrence=1, bootstrap=0)
    found = pipeline.network(corpus, asked).tables["network_evidence"]
    assert len(found)
    order = list(corpus.documents["doc_id"])
    for row in found.itertuples():
        n = order.index(row.doc_id)
        assert {row.a, row.b} <= set(corpus.carried["issuers"][n])
        assert corpus.texts[n][row.start : row.end] == row.sentence


@pytest.mark.parametrize("items", ["references", "coupling", "topics", "issuers"])
def test_what_documents_carry_is_linked_alike_in_any_order(corpus, items) -> None:
    asked = NetworkSettings(items=items, min_cooccurrence=1, bootstrap=2)
    other = replace(
        corpus,
        doc_term=corpus.doc_term.select_documents(range(len(corpus.texts))[::-1]),
        documents=corpus.documents.iloc[::-1].reset_index(drop=True),
        texts=corpus.texts[::-1],
        sections=corpus.sections[::-1],
        carried={name: values[::-1] for name, values in corpus.carried.items()},
    )
    one, two = pipeline.network(corpus, asked), pipeline.network(other, asked)
    assert one.files == two.files
    for name in ("network_nodes", "network_edges", "network_communities", "network_evidence"):
        assert one.tables[name].equals(two.tables[name]), name
