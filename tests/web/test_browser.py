"""The reviewer's path in a real browser: question, facet, document, concordance, export."""

import pytest

pytestmark = pytest.mark.browser

# The ratio of W3C's WCAG 2.2 (1.4.3), for every piece of text that is shown.
POOR_CONTRAST = """
(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] + under[i] * (1 - top[3]));
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (c) => c.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("svg, script, datalist, .hidden, .skip")) continue;
    if (!element.checkVisibility()) continue;
    const under = ground(element);
    const [a, b] = [light(over(rgba(getComputedStyle(element).color), under)), light(under)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(poor)];
})()
"""
PAGES = [
    "/?q=联盟",
    "/concordance?q=联盟",
    "/topics",
    "/network",
    "/evolution",
    "/claims",
    "/review",
    "/updates",
]


def requested(browser):
    sent = [e for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
    return {e["params"]["request"]["url"] for e in sent}


def complaints(browser):
    return [
        e["params"]
        for e in browser.events
        if e.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")
    ]


def test_a_reviewer_gets_from_a_question_to_citations(browser, site):
    browser.events.clear()
    browser.size(1366)
    browser.open(f"{site}/?lang=zh")
    browser.evaluate("document.querySelector('#q').value = '联盟'; window.left = true")
    browser.evaluate("document.querySelector('form.ask').requestSubmit()")
    browser.wait_for("!window.left && document.readyState === 'complete'")
    total = int(browser.evaluate("document.querySelector('#count strong').textContent"))

    browser.follow("aside details li a")
    narrowed = int(browser.evaluate("document.querySelector('#count strong').textContent"))
    assert 0 < narrowed <= total

    browser.follow(".hits h3 a")
    assert browser.evaluate("document.querySelectorAll('article mark.hit').length") > 0
    assert browser.evaluate("document.querySelectorAll('article .concept').length") > 0

    browser.follow(".crumbs a")
    browser.follow(".set a[href^='/concordance']")
    lines = browser.evaluate("document.querySelectorAll('.kwic tbody tr').length")
    assert lines > narrowed

    browser.follow(".set a[href^='/?']")
    file = browser.evaluate("document.querySelector('.export a').href")
    text = browser.evaluate(f"fetch({file!r}).then((answer) => answer.text())")
    assert text.count("\n") >= total
    assert all(url.startswith(site) for url in requested(browser))
    assert complaints(browser) == []


def test_a_word_of_the_network_shows_its_sentences(browser, site):
    browser.size(1366)
    browser.open(f"{site}/network")
    browser.evaluate(
        "document.querySelector('.nodes a circle').dispatchEvent("
        "new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )
    assert browser.wait_for("document.querySelectorAll('#beside .snippet mark').length") > 0
    browser.follow("#beside h3 a")
    assert browser.evaluate("document.querySelectorAll('article mark.hit').length") > 0


def test_the_map_zooms_and_words_can_be_dragged(browser, site):
    browser.size(1366)
    browser.open(f"{site}/network")
    before = browser.evaluate("document.querySelector('#map').getAttribute('viewBox')")
    browser.evaluate("document.querySelector('[data-zoom=in]').click()")
    assert browser.evaluate("document.querySelector('#map').getAttribute('viewBox')") != before
    browser.evaluate("document.querySelector('[data-zoom=all]').click()")
    # A word that no other one covers, so that the mouse takes hold of it.
    place = """(() => {
      const middle = (c) => { const r = c.getBoundingClientRect();
        return [r.x + r.width / 2, r.y + r.height / 2]; };
      window.held ??= [...document.querySelectorAll('.nodes circle')].find(
        (c) => document.elementFromPoint(...middle(c)) === c);
      const r = window.held.getBoundingClientRect();"""
    x, y = browser.evaluate(f"{place} return [r.x + r.width / 2, r.y + r.height / 2]; }})()")
    for kind, dx in (
        ("mousePressed", 0),
        ("mouseMoved", 30),
        ("mouseMoved", 60),
        ("mouseReleased", 60),
    ):
        browser.call(
            "Input.dispatchMouseEvent",
            type=kind,
            x=x + dx,
            y=y,
            button="left",
            buttons=1,
            clickCount=1,
        )
    moved = browser.evaluate(f"{place} return r.x + r.width / 2; }})()")
    assert moved == pytest.approx(x + 60, abs=8)
    assert "/network" in browser.evaluate("location.href")


def test_keys_reach_the_query_and_the_hits(browser, site):
    browser.open(f"{site}/?q=联盟")
    for key in ("j", "j"):
        browser.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
    second = "document.querySelectorAll('.hits h3 a')[1] === document.activeElement"
    assert browser.evaluate(second)
    browser.call("Input.dispatchKeyEvent", type="keyDown", key="/", text="/")
    assert browser.evaluate("document.activeElement.id") == "q"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_text_stands_out_from_its_ground(browser, site, page, scheme):
    browser.scheme(scheme)
    browser.open(f"{site}{page}")
    assert browser.evaluate(POOR_CONTRAST) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_shows_a_page_without_sideways_scrolling(browser, site, page):
    browser.size(390, 844)
    browser.open(f"{site}{page}")
    wide = browser.evaluate("document.documentElement.scrollWidth")
    browser.size(1366)
    assert wide <= 390
