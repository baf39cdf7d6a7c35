import numpy as np
import pandas as pd
import pytest

from textmine import evolution
from textmine.records import Event, Period
from textmine.report.coevolution import close_mentions
from textmine.report.narrative import Story, paragraphs

NAMES = {"a": "联盟", "b": "集群", "c": "创新系统"}
PERIODS = [Period("早", 2000, 2006), Period("中", 2007, 2013), Period("晚", 2014, 2021)]


def story(years: int = 22) -> Story:
    """a surges in the middle years, b is its companion then, c is steady."""
    random = np.random.default_rng(1)
    documents, mentions = [], []
    for year in range(2000, 2000 + years):
        for n in range(25):
            doc_id = f"{year}-{n:02}"
            documents.append((doc_id, year))
            middle = 2007 <= year <= 2013
            a = random.random() < (0.6 if middle else 0.05)
            chances = {"a": a, "b": random.random() < (0.8 if a else 0.1)}
            chances["c"] = random.random() < 0.4
            mentions += [(doc_id, c) for c, held in chances.items() if held]
    table = pd.DataFrame(documents, columns=["doc_id", "year"])
    found = pd.DataFrame(mentions, columns=["doc_id", "concept"])
    shares = evolution.document_shares(table, found, list(NAMES))
    turned = evolution.convergence(table, found, list(NAMES), {"named": PERIODS})
    series = shares.assign(series=shares["concept"])
    near = pd.DataFrame(columns=["slicing", *evolution.PROXIMITY_COLUMNS])
    return Story(
        {
            "concept_shares": shares,
            "concept_bursts": evolution.bursts(shares),
            "concept_changes": evolution.concept_changes(shares),
            "concept_life_cycles": evolution.life_cycles(shares),
            "concept_trends": evolution.trends(shares),
            "concept_meetings": evolution.meetings(table, found, list(NAMES), PERIODS),
            "slicing_agreement": evolution.agreement(turned),
            "proximity": near.astype({"high": float, "low": float}),
            "lead_lag_concepts": evolution.lead_lags(series),
            "lead_lag_sources": evolution.lead_lags(series).assign(concept="a").head(0),
            "symbiosis": evolution.symbioses(shares),
            "event_effects": evolution.event_effects(shares, [Event("办法", 2006)]),
        },
        NAMES,
        pd.DataFrame([("1", 2006, "办法")], columns=["number", "year", "name"]),
    )


@pytest.fixture(scope="module")
def told() -> Story:
    return story()


def test_the_story_says_what_was_planted_in_both_languages(told: Story) -> None:
    zh, en = ("\n".join(paragraphs(told, lang)) for lang in ("zh", "en"))
    assert "2007–2013 年突现" in zh
    assert "bursts 2007–2013" in en
    assert "脉冲型" in zh
    assert "life cycle of a pulse" in en
    assert "多于偶然" in zh
    assert "more than by chance" in en
    assert "1 办法（2006）" in zh


def test_what_is_not_shown_is_said_to_be_so(told: Story) -> None:
    zh, en = (paragraphs(told, lang) for lang in ("zh", "en"))
    assert "未显示生命周期" in zh[0]
    assert "shows no life cycle" in en[0]
    assert "先后未检验" in zh[2]
    assert "not causing" in en[-1]


def test_no_number_is_left_unsaid(told: Story) -> None:
    for lang in ("zh", "en"):
        text = "\n".join(paragraphs(told, lang))
        assert "nan" not in text
        assert "None" not in text.replace("'None shown'", "")


def test_a_short_series_makes_a_short_honest_story() -> None:
    text = "\n".join(paragraphs(story(4), "zh"))
    assert "年份太少" in text
    assert "年份不足，未检验份额的跃变" in text
    assert "nan" not in text


def test_close_mentions_join_the_two_concepts_only() -> None:
    rows = [
        ("d", "a", 0, 2),
        ("d", "b", 10, 12),
        ("d", "b", 20, 22),
        ("d", "a", 200, 202),
        ("e", "b", 210, 212),
    ]
    table = pd.DataFrame(rows, columns=["doc_id", "concept", "start", "end"])
    assert close_mentions(table, {"a"}, {"b"}).to_numpy().tolist() == [["d", 0, 12]]
