import pytest

from textmine import pipeline
from textmine.report import citations
from textmine.report.material import Material


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_says_what_is_cited_most_and_what_is_missing(sample_workspace, lang) -> None:
    with sample_workspace.catalogue() as catalogue:
        corpus = pipeline.load(sample_workspace, catalogue)
        found = pipeline.citations(corpus, catalogue)
        material = Material(corpus, catalogue, {"citations": found}, (), (), lang)
        shown = citations.section(material)
    assert shown is not None
    policies, missing = shown.tables
    totals = [row[2] + row[5] for row in policies.rows]
    assert totals == sorted(totals, reverse=True)
    assert missing.rows[0][1] == "国科发政〔2008〕770号"
    assert all(one.quotes for one in shown.evidence)


def test_a_corpus_without_citations_has_no_such_part(sample_workspace) -> None:
    with sample_workspace.catalogue() as catalogue:
        corpus = pipeline.load(sample_workspace, catalogue)
        assert citations.section(Material(corpus, catalogue, {}, (), (), "zh")) is None
