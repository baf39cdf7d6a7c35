import json
from pathlib import Path

import networkx as nx
import pytest

from textmine import pipeline
from textmine.records import fold
from textmine.store import Workspace
from textmine.update import bring_up_to_date

TRUTH = Path(__file__).parents[1] / "corpus_truth"


@pytest.fixture(scope="module")
def everything(make_workspace) -> tuple[Workspace, pipeline.Analysis]:
    workspace = make_workspace(["policy/*", "papers/*"])
    bring_up_to_date(workspace, workers=1)
    with workspace.catalogue() as catalogue:
        return workspace, pipeline.citations(pipeline.load(workspace, catalogue), catalogue)


def test_policies_cite_the_policies_that_they_name_by_number(everything) -> None:
    _, analysis = everything
    found = {}
    for name in ("citations", "unresolved"):
        table = analysis.tables[name]
        column = "named" if name == "citations" else "doc_number"
        for row in table[table["way"] == "text"].itertuples():
            found.setdefault(row.citing_title, set()).add(fold(getattr(row, column)))
    lines = (TRUTH / "policies.jsonl").read_text(encoding="utf-8").splitlines()
    for policy in map(json.loads, lines):
        wanted = {fold(number) for number in policy["cites"]}
        assert wanted <= found.get(policy["title"], set()), policy["title"]


def test_a_policy_that_is_not_here_is_listed_once_with_all_who_cite_it(everything) -> None:
    _, analysis = everything
    table = analysis.tables["cited_elsewhere"]
    row = table[table["doc_number"] == "国科发政〔2008〕770号"]
    assert len(row) == 1
    assert (row["papers"].iloc[0], row["policies"].iloc[0]) == (9, 7)
    unresolved = analysis.tables["unresolved"]
    assert (unresolved[unresolved["work"] == row["work"].iloc[0]]["reason"] != "").all()


def test_papers_cite_the_sample_papers_in_their_lists(everything) -> None:
    _, analysis = everything
    lines = (TRUTH / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    papers = [json.loads(line) for line in lines]

    def main(title: str) -> str:
        return title.split("——")[0]

    titles = {main(paper["title"]) for paper in papers}
    wanted = {
        (main(paper["title"]), main(reference["title"]))
        for paper in papers
        for reference in paper["references"]
        if main(reference["title"]) in titles
    }
    table = analysis.tables["citations"]
    found = set(zip(map(main, table["citing_title"]), map(main, table["cited_title"]), strict=True))
    assert len(wanted) > 40
    assert wanted <= found


def test_the_sentence_of_a_citation_stands_at_its_place(everything) -> None:
    workspace, analysis = everything
    placed = analysis.tables["citations"].dropna(subset=["start"])
    assert len(placed) > 100
    with workspace.catalogue() as catalogue:
        for row in placed.itertuples():
            words = catalogue.document(row.citing).text[row.start : row.end]
            assert "".join(words.split()) in "".join(row.quote.split())


def test_only_repeals_that_the_texts_state_are_repeals(everything) -> None:
    table = everything[1].tables["citations"]
    repeals = table[table["relation"] == "repeals"]
    assert sorted(repeals["named"]) == ["临科发〔2009〕47号", "海政发〔2009〕73号"]


def test_the_network_opens_elsewhere_and_has_every_citation(everything) -> None:
    _, analysis = everything
    graph = nx.parse_graphml(analysis.files["citations.graphml"].decode())
    table = analysis.tables["citations"]
    assert set(zip(table["citing"], table["cited"], strict=True)) <= set(graph.edges)
    assert graph.nodes["国科发政(2008)770号"]["in_corpus"] is False


def test_a_query_chooses_who_cites_and_not_what_can_be_cited(everything) -> None:
    workspace, whole = everything
    with workspace.catalogue() as catalogue:
        part = pipeline.load(workspace, catalogue, query="kind:paper")
        table = pipeline.citations(part, catalogue).tables["citations"]
    assert set(table["citing_kind"]) == {"paper"}
    assert "policy" in set(table["cited_kind"])
    assert len(table) == (whole.tables["citations"]["citing_kind"] == "paper").sum()
