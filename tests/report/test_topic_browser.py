import base64
import hashlib
import json
import re
from dataclasses import replace

import lxml.html
import pandas as pd
import pytest

from textmine import figures, pipeline
from textmine.figures.rendering import text_of
from textmine.report import methods
from textmine.report.topic_browser import topic_browser
from textmine.store import Workspace
from textmine.topics import MODELS

HOSTILE = "</script><img src=x onerror=alert(1)>&\u2028"


@pytest.fixture(scope="module")
def corpus(sample_workspace: Workspace) -> pipeline.Corpus:
    with sample_workspace.catalogue() as catalogue:
        return pipeline.load(sample_workspace, catalogue)


@pytest.fixture(scope="module")
def analysis(corpus: pipeline.Corpus) -> pipeline.Analysis:
    return pipeline.topics(corpus)


@pytest.fixture(scope="module")
def page(corpus, analysis) -> str:
    return topic_browser(corpus, analysis, lang="zh")


def held(page: str) -> dict:
    block = lxml.html.fromstring(page).xpath("//script[@id='data']")[0]
    return json.loads(block.text)


def test_the_page_holds_what_the_tables_hold(page, analysis) -> None:
    data, tables = held(page), analysis.tables
    assert [t["label"] for t in data["topics"]] == tables["topics"]["label"].tolist()
    assert len(data["tree"]) == len(data["topics"]) - 1
    for topic in data["topics"]:
        terms = {term[0] for term in topic["topic_terms"]}
        row = tables["topics"].set_index("topic").loc[topic["topic"]]
        for order in ("words", "frex", "lift"):
            assert set(row[order].split("、")) <= terms
        assert len(topic["topic_documents"]) == min(20, data["size"])
        assert topic["topic_years"]
        assert topic["stability_low"] <= topic["stability"] <= topic["stability_high"]
    cited = {d[0] for t in data["topics"] for d in t["topic_documents"]}
    assert cited <= set(data["documents"])


def test_only_its_own_style_and_script_may_run_and_nothing_is_fetched(page) -> None:
    tree = lxml.html.fromstring(page)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for kind in ("style", "script[not(@type)]"):
        (text,) = (node.text for node in tree.xpath(f"//{kind}"))
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"sha256-{digest}" in policy
    assert not tree.xpath("//@src | //link | //@style | //*[@onclick or @onload]")
    assert not re.findall(r"https?://(?!www\.w3\.org)", page)


def test_the_glyphs_of_all_words_are_in_the_page(page) -> None:
    assert "@font-face" in page
    # Chinese text on a machine without fonts: half a megabyte of outlines, not a link.
    assert 100_000 < len(page) < 3_000_000


def test_hostile_text_stays_text(corpus, analysis) -> None:
    tables = dict(analysis.tables)
    tables["topic_sentences"] = tables["topic_sentences"].assign(sentence=HOSTILE)
    documents = corpus.documents.assign(title=HOSTILE)
    note = pipeline.Note(HOSTILE, HOSTILE)
    page = topic_browser(
        replace(corpus, documents=documents),
        replace(analysis, tables=tables, notes=(note,)),
        lang="en",
    )
    assert "<img" not in page
    assert len(lxml.html.fromstring(page).xpath("//script")) == 2
    assert held(page)["topics"][0]["topic_sentences"][0][0] == HOSTILE


def test_the_page_is_the_same_each_time_in_both_languages(corpus, analysis, page) -> None:
    assert topic_browser(corpus, analysis, lang="zh") == page
    english = topic_browser(corpus, analysis, lang="en")
    assert '<html lang="en">' in english
    for text in (page, english):
        tree = lxml.html.fromstring(text)
        spoken = [len(tree.xpath(f"//body//*[@lang='{lang}']")) for lang in ("zh", "en")]
        assert spoken[0] == spoken[1] > 10


def test_topics_without_stability_years_or_effects_are_shown_too(corpus) -> None:
    settings = corpus.workspace.settings.topics.model_copy(update={"stability_runs": 0})
    undated = corpus.documents.assign(year=pd.array([pd.NA] * len(corpus.documents), "Int64"))
    bare = replace(corpus, documents=undated)
    data = held(topic_browser(bare, pipeline.topics(bare, settings), lang="zh"))
    assert {t["stability"] for t in data["topics"]} == {None}
    assert {len(t["topic_years"]) for t in data["topics"]} == {0}


def test_map_and_effects_are_drawn(analysis) -> None:
    places = analysis.tables["topic_map"]
    drawn = figures.svg(figures.topic_map(places))
    assert all(label in text_of(drawn) for label in places["label"])
    effects = analysis.tables["topic_effects"].merge(places[["topic", "label"]], on="topic")
    assert "每十年" in text_of(figures.svg(figures.topic_effects(effects)))


def test_the_report_can_say_how_every_model_works() -> None:
    assert set(methods.METHODS_ZH) == set(methods.METHODS_EN) == set(MODELS)
