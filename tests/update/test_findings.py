"""The change report of a run: what the results say that they did not say the last time."""

import json
import shutil
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from textmine import pipeline
from textmine.errors import TooFewData
from textmine.store import Workspace
from textmine.store.collections import Collections
from textmine.update import bring_up_to_date
from textmine.update.changes import ChangeReport, add_findings, reports, write_changes
from textmine.update.findings import compare, report_findings
from textmine.update.hits import new_hits
from textmine.update.results import NAME, kept_results, results_of
from textmine.update.telling import sections

DENIAL = "实证检验\n2012年\n研究结果表明，产业技术创新联盟不能促进产业集群的发展。\n"


def analyse(workspace: Workspace):
    with workspace.catalogue() as catalogue:
        corpus = pipeline.load(workspace, catalogue)
        made = {
            "topics": pipeline.topics(corpus),
            "evolution": pipeline.evolution(corpus),
            "claims": pipeline.claims(corpus, catalogue),
        }
    return corpus, made


@pytest.fixture(scope="module")
def two_nights(make_workspace):
    """A workspace whose second night brings a burst, new words and a denial; both results."""
    workspace = make_workspace(["policy/20*", "papers/200*"])
    bring_up_to_date(workspace, workers=1)
    first = analyse(workspace)
    assert report_findings(*first) is None
    before = kept_results(workspace)
    for n in range(12):
        text = f"通知{n}\n2012年3月{n + 1}日\n建设低空经济示范区，低空经济示范区第{n}批。\n{DENIAL}"
        (workspace.documents / f"新{n}.txt").write_text(text, encoding="utf-8")
    with Collections(workspace.state) as kept:
        kept.save_query("低空", "低空经济")
        kept.save_query("无", "月球采矿")
    outcome = bring_up_to_date(workspace, workers=1)
    with workspace.catalogue() as catalogue:
        queries = new_hits(workspace, catalogue, outcome.changes)
    row = outcome.row
    write_changes(
        workspace,
        ChangeReport(
            row.generation, "2026-01-31T02:00:00Z", outcome.counts, outcome.changes, queries=queries
        ),
    )
    second = analyse(workspace)
    return workspace, before, second, report_findings(*second)


def test_new_terms_are_told_with_their_documents(two_nights) -> None:
    _, before, (corpus, _), found = two_nights
    assert found["since_generation"] == before.generation
    new = {row["term"]: row["documents"] for row in found["new_terms"]}
    assert new
    assert not {*new} & {*before.terms}
    assert new.items() <= dict(results_of(corpus, {}).terms).items()


def test_a_word_that_was_too_frequent_before_is_no_news(two_nights) -> None:
    workspace, before, (corpus, made), _ = two_nights
    now = results_of(corpus, made)
    frequent = max({*before.terms} & {*now.terms}, key=lambda term: (before.terms[term], term))
    less = replace(before, terms={t: n for t, n in before.terms.items() if t != frequent})
    found = compare(less, now, corpus.doc_term, claims=None, scheme=workspace.scheme)
    assert frequent not in [row["term"] for row in found["new_terms"]]


def test_a_claim_is_newly_contradicted_with_its_words(two_nights) -> None:
    *_, found = two_nights
    denied = [row for row in found["claims"] if row["event"] == "contradicted"]
    assert any("联盟" in r["subject"] and "集群" in r["object"] for r in denied)
    assert all("不能促进" in row["evidence"] and row["doc_id"] for row in denied)


def test_nothing_is_found_between_equal_results(two_nights) -> None:
    workspace, _, (corpus, made), _ = two_nights
    now = results_of(corpus, made)
    kept = kept_results(workspace)
    for before in (now, kept):
        found = compare(
            before,
            now,
            corpus.doc_term,
            claims=made["claims"].tables["claims"],
            scheme=workspace.scheme,
        )
        assert not any(found[k] for k in ("new_terms", "bursts", "topics", "claims"))
        assert found["not_compared"] == []
    assert report_findings(corpus, made) is None


def test_every_topic_is_born_and_every_burst_starts_against_none(two_nights) -> None:
    workspace, _, (corpus, made), _ = two_nights
    now = results_of(corpus, made)
    empty = {name: table.iloc[:0] for name, table in now.tables.items()}
    fit = now.topics
    other = type(fit)(
        fit.topic_word, fit.doc_topic, tuple(f"x{t}" for t in fit.terms), (), "", {}, 0
    )
    tables = {**empty, "topics": now.tables["topics"]}
    before = type(now)(1, now.made_from, frozenset(), {}, tables, other)
    found = compare(
        before,
        now,
        corpus.doc_term,
        claims=made["claims"].tables["claims"],
        scheme=workspace.scheme,
    )
    events = [row["event"] for row in found["topics"]]
    assert events.count("born") == events.count("died") == fit.k
    beyond = [t for t in ("concept_bursts", "term_bursts") for q in now.tables[t]["q"] if q <= 0.05]
    assert len(found["bursts"]) == len(beyond) > 0
    supported = [row for row in found["claims"] if row["event"] == "supported"]
    assert len(supported) == int((now.tables["claim_pairs"]["documents"] > 0).sum())


def test_other_settings_are_named_and_not_taken_for_news(two_nights) -> None:
    workspace, _, (corpus, made), _ = two_nights
    now = results_of(corpus, made)
    before = replace(now, made_from={**now.made_from, "topics": "other"})
    found = compare(before, now, corpus.doc_term, claims=None, scheme=workspace.scheme)
    assert found["not_compared"] == ["topics"]
    assert found["topics"] == []


def test_the_report_of_the_generation_carries_findings_and_hits(two_nights) -> None:
    workspace, _, (corpus, _), found = two_nights
    path, plain = reports(workspace)[0]
    assert plain["generation"] == corpus.generation
    assert plain["findings"] == found
    assert [q["name"] for q in plain["queries"]] == ["低空"]
    assert len(plain["queries"][0]["documents"]) == 12
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    feed = ET.parse(path.parent / "feed.atom").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    content = feed.findtext(f"{atom}entry/{atom}content") or ""
    told = [section.en for section in sections(plain)]
    assert {"new hits of saved queries", "new terms", "claims", "documents added"} <= {*told}
    for name in told:
        assert name in page
        assert name in content
    assert "低空" in content


def test_findings_without_new_documents_get_a_report_of_their_own(two_nights) -> None:
    workspace, *_ = two_nights
    before = len(reports(workspace))
    findings = {"since_generation": 1, "new_terms": [{"term": "<b>集群</b>", "documents": 3}]}
    page = add_findings(workspace, findings, generation=99, at="2026-02-01T02:00:00Z")
    assert len(reports(workspace)) == before + 1
    text = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;集群" in text
    assert "<b>" not in text
    for path in (page, page.with_suffix(".json")):
        path.unlink()


@pytest.mark.parametrize("damage", [b"", b"PK", b"no archive"])
def test_damaged_kept_results_cost_one_comparison(two_nights, tmp_path: Path, damage) -> None:
    workspace, *_ = two_nights
    copy = tmp_path / "copy"
    shutil.copytree(workspace.root, copy, ignore=shutil.ignore_patterns("index", "documents"))
    (copy / ".textmine" / NAME).write_bytes(damage)
    assert kept_results(Workspace.find(copy)) is None


def test_reports_of_earlier_versions_are_still_told(tmp_path: Path) -> None:
    old = {
        "generation": 1,
        "at": "2026-01-01T00:00:00Z",
        "counts": {"added": 1, "changed": 0, "removed": 0, "refused": 0},
        "documents": {
            "added": [{"title": "集群", "year": None, "path": "a.txt"}],
            "changed": [],
            "removed": [],
        },
        "refused": [],
        "no_longer_refused": [],
    }
    (section,) = sections(json.loads(json.dumps(old)))
    assert section.rows == [("集群", "–", "a.txt")]


def test_a_corpus_too_small_for_topics_is_still_compared(make_workspace) -> None:
    workspace = make_workspace(["policy/2003*"])
    bring_up_to_date(workspace, workers=1)
    with workspace.catalogue() as catalogue:
        corpus = pipeline.load(workspace, catalogue)
        with pytest.raises(TooFewData):
            pipeline.topics(corpus)
        made = {"claims": pipeline.claims(corpus, catalogue)}
    assert report_findings(corpus, made) is None
    assert report_findings(corpus, made) is None
