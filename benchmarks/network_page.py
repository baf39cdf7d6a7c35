"""How smooth the page of a network of 2,000 nodes is in a real browser.

    pip install playwright
    python -m benchmarks.network_page [NODES] [CHROMIUM]

Makes a network with planted groups, lays it out and writes the page as `textmine network` does, opens
it in Chromium without a graphics card, and drags a node, moves the map and zooms by real mouse
events for three seconds each. Prints frames a second as the page itself drew them, the
slowest hundredth of frames, and how long the page took to open. Asks nothing of any network.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

from textmine import figures
from textmine.networks import layout

GROUPS, LINKS, SECONDS = 20, 8, 3.0


def made(nodes: int, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A network of planted groups with about `LINKS` links per node, laid out."""
    random = np.random.default_rng(seed)
    graph = nx.Graph()
    names = [f"关键词{n:04}" for n in range(nodes)]
    for n, name in enumerate(names):
        graph.add_node(name, community=n % GROUPS + 1, strength=1.0)
    while graph.number_of_edges() < nodes * LINKS // 2:
        a = int(random.integers(nodes))
        b = (a + GROUPS * int(random.integers(1, nodes // GROUPS))) % nodes
        other = int(random.integers(nodes)) if random.random() < 0.15 else b
        if a != other:
            graph.add_edge(names[a], names[other], weight=float(random.exponential()) + 0.1)
    places = layout(graph)
    table = pd.DataFrame(
        {
            "term": names,
            "x": [places[name][0] for name in names],
            "y": [places[name][1] for name in names],
            "occurrences": (900 / np.arange(1, nodes + 1) ** 0.6).astype(int) + 1,
            "community": [graph.nodes[name]["community"] for name in names],
            "mean_year": random.uniform(2000, 2020, nodes),
        }
    )
    rows = [(a, b, d["weight"], 3) for a, b, d in graph.edges(data=True)]
    return table, pd.DataFrame(rows, columns=["a", "b", "weight", "cooccurrence"])


def frames(page: Any, name: str, act: Any) -> None:
    """Do something for three seconds and print the frames that were drawn meanwhile."""
    page.evaluate("frames.length = 0")
    started = time.perf_counter()
    step = 0
    while time.perf_counter() - started < SECONDS:
        act(step)
        step += 1
    elapsed = time.perf_counter() - started
    drawn = np.array(page.evaluate("frames"))
    gaps = np.diff(drawn)
    print(
        f"{name:<22}{len(drawn) / elapsed:6.0f} frames a second, {step / elapsed:6.0f} mouse events;"
        f" median {np.median(gaps):5.1f} ms, slowest hundredth {np.percentile(gaps, 99):5.1f} ms"
    )


def main(nodes: int = 2000, chromium: str = "/usr/bin/chromium") -> None:
    """Run and print."""
    started = time.perf_counter()
    table, edges = made(nodes)
    print(f"{nodes} nodes, {len(edges)} links; laid out in {time.perf_counter() - started:.1f} s")
    communities = pd.DataFrame({"community": range(1, GROUPS + 1), "label": "词·词"})
    evidence = pd.DataFrame(columns=["a", "b", "sentence"])
    text = figures.network_page(table, edges, communities, evidence, title="网络")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "network.html"
        file.write_text(text, encoding="utf-8")
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        asked: list[str] = []
        errors: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        started = time.perf_counter()
        page.goto(file.as_uri())
        page.wait_for_function("typeof frames !== 'undefined' && frames.length > 0")
        opened = time.perf_counter() - started
        print(f"page of {len(text) / 1e6:.1f} MB, drawn {opened:.2f} s after it was asked for")
        x, y = page.evaluate("at(nodes[0])")
        page.mouse.move(x, y)
        page.mouse.down()
        frames(page, "dragging a node", _circle(page, x, y))
        # To look at what was measured.
        page.screenshot(path=str(Path(tempfile.gettempdir()) / "network_page.png"))
        page.mouse.up()
        page.mouse.move(8, 8)
        page.mouse.down()
        frames(page, "moving the map", _circle(page, 300, 300))
        page.mouse.up()
        frames(page, "zooming", lambda n: page.mouse.wheel(0, 100 if n // 10 % 2 else -100))
        assert not errors, errors
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        browser.close()


def _circle(page: Any, x: float, y: float) -> Any:
    return lambda n: page.mouse.move(x + 120 * np.sin(n / 9), y + 90 * np.cos(n / 9))


if __name__ == "__main__":
    main(*(int(a) if a.isdigit() else a for a in sys.argv[1:]))  # type: ignore[arg-type]
