"""The page of a network in a real browser: drawn, dragged, searched, with nothing asked for."""

import pandas as pd
import pytest

from textmine import figures

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    names = [f"词{n}" for n in range(40)]
    nodes = pd.DataFrame(
        {
            "term": names,
            "x": [n % 8 / 4 - 1 for n in range(40)],
            "y": [n // 8 / 2 - 1 for n in range(40)],
            "occurrences": range(40, 0, -1),
            "community": [n % 30 + 1 for n in range(40)],
            "mean_year": [2000.0 + n for n in range(40)],
        }
    )
    edges = pd.DataFrame(
        {"a": names[:-1], "b": names[1:], "weight": range(1, 40), "cooccurrence": 2}
    )
    communities = pd.DataFrame({"community": [1, 2], "label": ["甲", "乙"]})
    evidence = pd.DataFrame({"a": ["词0"], "b": ["词1"], "sentence": ["词0与词1同在一句。"]})
    file = tmp_path_factory.mktemp("page") / "network.html"
    page = figures.network_page(nodes, edges, communities, evidence, title="网络")
    file.write_text(page, encoding="utf-8")
    browser.events.clear()
    browser.size(1366)
    browser.open(file.as_uri())
    browser.wait_for("frames.length > 0")
    return browser


def mouse(browser, kind: str, x: float, y: float) -> None:
    button = {"button": "left", "buttons": 1} if kind != "mouseReleased" else {"button": "left"}
    browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, clickCount=1, **button)


def test_a_node_shows_its_links_and_their_sentences(opened) -> None:
    x, y = opened.evaluate("at(nodes[0])")
    mouse(opened, "mousePressed", x, y)
    mouse(opened, "mouseReleased", x, y)
    opened.wait_for("document.querySelector('#chosen h2')?.textContent === '词0'")
    assert "词0与词1同在一句。" in opened.evaluate("document.querySelector('#chosen').textContent")


def test_a_dragged_node_goes_where_the_mouse_goes(opened) -> None:
    x, y = opened.evaluate("at(nodes[9])")
    mouse(opened, "mousePressed", x, y)
    mouse(opened, "mouseMoved", x + 30, y + 20)
    mouse(opened, "mouseMoved", x + 60, y + 40)
    mouse(opened, "mouseReleased", x + 60, y + 40)
    opened.wait_for("dragged === -1")
    assert opened.evaluate("at(nodes[9])") == pytest.approx([x + 60, y + 40], abs=1)


def test_a_node_is_found_by_name(opened) -> None:
    opened.evaluate(
        "{ const box = document.getElementById('find'); box.value = '词33';"
        " box.dispatchEvent(new Event('change')); }"
    )
    opened.wait_for("document.querySelector('#chosen h2').textContent === '词33'")
    box = opened.evaluate("[size.width / 2, size.height / 2]")
    assert opened.evaluate("at(nodes[33])") == pytest.approx(box, abs=1)


def test_colours_follow_the_year(opened) -> None:
    before = opened.evaluate("shade(nodes[0])")
    opened.evaluate("select.value = 'year'; select.dispatchEvent(new Event('change'))")
    assert opened.evaluate("shade(nodes[0])") != before
    assert opened.evaluate("shade(nodes[0])") != opened.evaluate("shade(nodes[39])")


def test_nothing_is_asked_for_and_nothing_fails(opened) -> None:
    asked = [
        e["params"]["request"]["url"]
        for e in opened.events
        if e.get("method") == "Network.requestWillBeSent"
    ]
    assert all(url.startswith(("file:", "data:")) for url in asked)
    failed = ("Runtime.exceptionThrown", "Log.entryAdded")
    assert not [e for e in opened.events if e.get("method") in failed]
