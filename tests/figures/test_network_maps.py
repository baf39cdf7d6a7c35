"""Maps of networks: no name on another, one scale for both axes, a page that asks for nothing."""

import json
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from textmine import figures
from textmine.figures.map_labels import LONGEST, Circle, place_names, shortened
from textmine.figures.networks import density
from textmine.figures.rendering import missing_glyphs, text_of, text_width


def crowd(n: int, seed: int = 0) -> list[Circle]:
    random = np.random.default_rng(seed)
    return [
        Circle(f"词语{i}", *random.random(2) * [640, 512], 3 + 12 * random.random(), n - i, 12.0)
        for i in range(n)
    ]


@pytest.mark.parametrize("n", [5, 80, 400])
def test_no_name_covers_another_or_leaves_the_frame(n: int) -> None:
    placed = place_names(crowd(n), 640, 512)
    for one in placed:
        left, top, right, bottom = one.box
        assert left >= 0
        assert top >= 0
        assert right <= 640
        assert bottom <= 512
    for one, two in combinations(placed, 2):
        a, b = one.box, two.box
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one.name, two.name)
    assert len(placed) >= min(n, 5)


def test_the_weightiest_is_named_first() -> None:
    circles = [Circle("轻", 100, 100, 5, 1, 12), Circle("重", 101, 100, 5, 9, 12)]
    assert place_names(circles, 640, 512)[0].name == "重"
    assert [p.name for p in place_names(circles, 640, 512, most=1)] == ["重"]


def test_names_are_as_wide_as_their_font_sets_them() -> None:
    assert text_width("联盟", 12) == pytest.approx(24)
    assert 0 < text_width("il", 12) < text_width("WW", 12) < text_width("联盟", 12) + 12
    long = "产业技术创新战略联盟与区域创新体系协同发展研究"
    assert shortened("联盟", 12) == "联盟"
    assert shortened(long, 12).endswith("…")
    assert text_width(shortened(long, 12), 12) <= LONGEST


@pytest.fixture(scope="module")
def network() -> tuple[pd.DataFrame, pd.DataFrame]:
    random = np.random.default_rng(3)
    terms = [f"关键词{i}" for i in range(60)] + ["<b>&</script>"]
    nodes = pd.DataFrame(
        {
            "term": terms,
            "x": random.uniform(-1, 1, 61),
            "y": random.uniform(-0.2, 0.2, 61),
            "occurrences": random.integers(1, 90, 61),
            "community": random.integers(1, 12, 61),
            "first_year": pd.array([*range(2000, 2060), None], dtype="Int64"),
            "mean_year": [*np.linspace(2001, 2020, 60), np.nan],
            "citations": random.random(61),
        }
    )
    ends = np.array(list(combinations(range(61), 2)))[random.choice(1830, 150, replace=False)]
    edges = pd.DataFrame(
        {
            "a": [terms[i] for i in ends[:, 0]],
            "b": [terms[i] for i in ends[:, 1]],
            "weight": random.random(150),
            "cooccurrence": random.integers(1, 9, 150),
        }
    )
    return nodes, edges


@pytest.mark.parametrize("colour", ["community", "mean_year", "citations"])
@pytest.mark.parametrize("timed", [False, True])
def test_maps_are_drawn_with_every_glyph(network, colour, timed) -> None:
    drawn = figures.svg(figures.network_map(*network, colour=colour, timed=timed))
    assert not missing_glyphs(text_of(drawn))
    assert "关键词" in drawn
    assert ("2000" in text_of(drawn)) or not timed


def test_the_same_network_gives_the_same_map(network) -> None:
    one, two = (figures.svg(figures.network_map(*network)) for _ in range(2))
    assert one == two


def test_both_axes_have_one_scale(network) -> None:
    nodes, edges = network
    spec = figures.network_map(nodes, edges).to_dict()
    data = next(d for d in spec["datasets"].values() if "radius" in d[0])
    px, py = (np.array([row[name] for row in data]) for name in ("px", "py"))
    scale = np.ptp(px) / np.ptp(nodes["x"])
    assert np.ptp(py) / np.ptp(nodes["y"]) == pytest.approx(scale, rel=1e-3)


def test_density_is_greatest_where_frequent_nodes_are() -> None:
    points = np.array([[100.0, 100.0], [104.0, 100.0], [500.0, 400.0]])
    found = density(points, np.array([5.0, 5.0, 1.0]))
    row, column = np.unravel_index(found.argmax(), found.shape)
    assert (2 * column, 2 * row) == pytest.approx((102, 100), abs=3)
    assert found.max() == 1


def test_the_density_map_names_its_nodes(network) -> None:
    drawn = figures.svg(figures.network_density(network[0]))
    assert "data:image/png;base64," in drawn
    assert "关键词" in drawn


@pytest.fixture(scope="module")
def page(network) -> str:
    nodes, edges = network
    communities = pd.DataFrame({"community": range(1, 12), "label": "甲·乙"})
    evidence = edges.head(3).assign(sentence="这是一句</script>话。")[["a", "b", "sentence"]]
    return figures.network_page(nodes, edges, communities, evidence, title="网络 <x>")


def test_the_page_holds_everything_and_asks_for_nothing(page: str, network) -> None:
    assert not re.search(r'(?:src|href)="?https?:', page)
    assert "@import" not in page
    assert page.count("</script>") == 2
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert [node["term"] for node in data["nodes"]] == list(network[0]["term"])
    assert len(data["edges"]) == 150
    assert data["nodes"][-1]["year"] is None
    assert sum(map(len, data["quotes"].values())) == 3
    assert "网络 &lt;x&gt;" in page


def test_the_same_network_gives_the_same_page(page: str, network) -> None:
    nodes, edges = network
    communities = pd.DataFrame({"community": range(1, 12), "label": "甲·乙"})
    evidence = edges.head(3).assign(sentence="这是一句</script>话。")[["a", "b", "sentence"]]
    assert page == figures.network_page(nodes, edges, communities, evidence, title="网络 <x>")
