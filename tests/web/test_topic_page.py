"""The topic browser in a real browser: choosing, the slider, FREX, both languages."""

import pytest

from textmine import pipeline
from textmine.report.topic_browser import topic_browser
from textmine.store import Workspace

pytestmark = pytest.mark.browser

FIRST_WORDS = "[...document.querySelectorAll('#words li')].slice(0, 10).map((li) => li.firstChild.textContent)"
MOVED = "document.querySelector('{}').dispatchEvent(new Event('{}'))"


@pytest.fixture(scope="module")
def opened(browser, sample_workspace: Workspace, tmp_path_factory):
    """The page of the samples' topics, and its tables."""
    with sample_workspace.catalogue() as catalogue:
        corpus = pipeline.load(sample_workspace, catalogue)
    quick = sample_workspace.settings.topics.model_copy(update={"stability_runs": 2})
    analysis = pipeline.topics(corpus, quick)
    path = tmp_path_factory.mktemp("page") / "topics.html"
    path.write_text(topic_browser(corpus, analysis, lang="zh"), "utf-8")
    browser.events.clear()
    browser.size(1366)
    browser.open(path.as_uri())
    return browser, analysis.tables["topics"].set_index("topic")


def test_words_are_sorted_as_asked(opened) -> None:
    browser, topics = opened
    assert browser.evaluate(FIRST_WORDS) == topics.at[1, "words"].split("、")
    browser.evaluate("document.querySelector('#lambda').value = 0")
    browser.evaluate(MOVED.format("#lambda", "input"))
    assert set(browser.evaluate(FIRST_WORDS)) != set(topics.at[1, "words"].split("、"))
    browser.evaluate("document.querySelector('#frex').checked = true")
    browser.evaluate(MOVED.format("#frex", "change"))
    assert set(browser.evaluate(FIRST_WORDS)) <= set(
        browser.evaluate("data.topics[0].topic_terms.map((term) => term[0])")
    )


def test_a_topic_is_chosen_on_the_map_and_in_the_hierarchy(opened) -> None:
    browser, topics = opened
    for place, number in (("#map .bubble", None), ("#tree .leaf", None), ("#list button", 1)):
        browser.evaluate(
            f"document.querySelector('{place}').dispatchEvent(new Event('click', {{bubbles: true}}))"
        )
        name = browser.evaluate("document.querySelector('#name').textContent")
        assert name in set(topics["label"])
        assert number is None or name == topics.at[number, "label"]
        assert browser.evaluate("document.querySelectorAll('#documents tr').length") > 0


def test_the_reader_changes_the_language_and_nothing_is_complained_of(opened) -> None:
    browser, _ = opened
    shown = "document.querySelector('#all').innerText"
    assert browser.evaluate(shown) == "全部主题"
    browser.evaluate("document.querySelector('#language').click()")
    assert browser.evaluate(shown) == "All topics"
    kinds = ("Runtime.exceptionThrown", "Log.entryAdded")
    assert [e for e in browser.events if e.get("method") in kinds] == []
