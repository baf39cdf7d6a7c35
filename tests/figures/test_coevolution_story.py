import numpy as np
import pandas as pd
import pytest

from textmine import figures
from textmine.evolution import bursts, document_shares, meetings
from textmine.figures.rendering import missing_glyphs, text_of
from textmine.records import Period

NAMES = {"a": "产业技术创新联盟", "b": "产业集群", "c": "创新系统"}
EVENTS = pd.DataFrame([("1", 2006, "纲要")], columns=["number", "year", "name"])
CLAIMS = pd.DataFrame([("a", "b", 2008, 3)], columns=["a", "b", "year", "claims"])


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    random = np.random.default_rng(1)
    year = np.repeat(np.arange(2000, 2020), 12)
    ids = [f"d{n}" for n in range(len(year))]
    found = [
        (doc_id, c)
        for doc_id, y in zip(ids, year, strict=True)
        for c in NAMES
        if random.random() < (0.7 if c == "a" and 2008 <= y <= 2011 else 0.2)
    ]
    documents = pd.DataFrame({"doc_id": ids, "year": year})
    mentions = pd.DataFrame(found, columns=["doc_id", "concept"])
    periods = [Period("早", 2000, 2009), Period("晚", 2010, 2019)]
    shares = document_shares(documents, mentions, list(NAMES))
    met = meetings(documents, mentions, list(NAMES), periods)
    near = met[["first", "last", "a", "b"]].assign(proximity=0.6, low=0.3, high=0.9)
    return {"shares": shares, "bursts": bursts(shares), "meetings": met, "proximity": near}


def test_the_story_has_a_panel_for_all_that_is_known(tables) -> None:
    chart = figures.coevolution_story(**tables, events=EVENTS, claims=CLAIMS, names=NAMES)
    assert len(chart.vconcat) == 6
    shown = text_of(figures.svg(chart))
    assert missing_glyphs(shown) == set()
    assert "措辞接近度" in shown
    assert figures.svg(chart) == figures.svg(chart)


def test_panels_of_which_nothing_is_known_are_left_out(tables) -> None:
    unknown = tables | {
        "proximity": tables["proximity"].assign(proximity=np.nan),
        "bursts": tables["bursts"].head(0),
    }
    chart = figures.coevolution_story(
        **unknown, events=EVENTS.head(0), claims=CLAIMS.head(0), names=NAMES, lang="en"
    )
    assert len(chart.vconcat) == 4
    assert "shared words" not in text_of(figures.svg(chart))


def test_themes_and_their_flows_are_drawn() -> None:
    themes = pd.DataFrame(
        [
            *(
                ("早", 1, "联盟·标准", "联盟、标准、专利", 3),
                ("早", 2, "集群·园区", "集群、园区、企业", 3),
            ),
            ("晚", 1, "联盟·集群", "联盟、标准、集群、园区", 4),
        ],
        columns=["period", "theme", "label", "terms", "size"],
    )
    flows = pd.DataFrame(
        [
            ("早", 1, "晚", 1, 0.7, True),
            ("早", 2, "晚", 1, 0.6, True),
            ("早", 2, "晚", 1, 0.1, False),
        ],
        columns=["before", "from_theme", "after", "to_theme", "weighted_inclusion", "linked"],
    )
    shown = text_of(figures.svg(figures.theme_flows(themes, flows)))
    assert "集群·园区" in shown
    assert missing_glyphs(shown) == set()
    alone = figures.svg(figures.theme_flows(themes, flows.head(0)))
    assert "联盟·集群" in text_of(alone)


def test_the_red_bar_table_shows_the_heaviest_burst_of_each_term_by_its_begin() -> None:
    table = pd.DataFrame(
        [("联盟", 2008, 2012, 9.5), ("集群", 2003, 2006, 7.0), ("联盟", 2020, 2021, 2.0)],
        columns=["term", "first", "last", "weight"],
    )
    shown = text_of(figures.svg(figures.term_burst_bars(table, (2000, 2024))))
    assert shown.index("集群") < shown.index("联盟")
    assert "9.50" in shown
    assert "2020" not in shown
