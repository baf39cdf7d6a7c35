import re

import numpy as np
import pandas as pd
import pypdfium2
import pytest

from textmine import figures
from textmine.evolution import bursts, document_shares, meetings
from textmine.figures.rendering import FONT, font_face, missing_glyphs, text_of
from textmine.figures.theme import UNKNOWN
from textmine.records import Period

NAMES = {"alliance": "产业技术创新联盟", "cluster": "产业集群", "system": "创新系统"}


def corpus() -> tuple[pd.DataFrame, pd.DataFrame]:
    random = np.random.default_rng(1)
    documents = pd.DataFrame(
        {"doc_id": [f"d{i}" for i in range(400)], "year": 2000 + random.integers(0, 25, 400)}
    )
    rows = []
    for doc_id, year in documents.itertuples(index=False):
        for concept, peak in zip(NAMES, (2010, 2006, 2005), strict=True):
            if random.random() < 0.1 + 0.7 * np.exp(-((year - peak) ** 2) / 18):
                rows.append((doc_id, concept))
    return documents, pd.DataFrame(rows, columns=["doc_id", "concept"])


@pytest.fixture(scope="module")
def charts() -> dict[str, object]:
    documents, mentions = corpus()
    random = np.random.default_rng(2)
    shares = document_shares(documents, mentions, list(NAMES))
    periods = [
        Period("“十五”", 2001, 2005),
        Period("“十一五”", 2006, 2010),
        Period("“十二五”", 2011, 2015),
    ]
    terms = [
        *["联盟", "集群", "创新体系", "企业", "高校", "技术", "平台"],
        *["产业链", "人才", "资金", "区域", "政策", "&", "<b>"],
    ]
    nodes = pd.DataFrame(
        {
            "term": terms,
            "x": random.normal(size=len(terms)),
            "y": random.normal(size=len(terms)),
            "occurrences": random.integers(3, 90, len(terms)),
            "community": random.integers(1, 4, len(terms)),
        }
    )
    ends = random.integers(0, len(terms), (25, 2))
    edges = pd.DataFrame(
        {
            "a": [terms[i] for i in ends[:, 0]],
            "b": [terms[i] for i in ends[:, 1]],
            "weight": random.random(25),
        }
    )
    words = pd.DataFrame(
        [
            (f"主题 {t}", r, f"{terms[(t * 3 + r) % 12]}{r}", 1 / (r + 1))
            for t in range(1, 7)
            for r in range(8)
        ],
        columns=["topic", "rank", "term", "weight"],
    )
    years = pd.DataFrame(
        [(f"主题 {t}", y, random.random() / 4) for t in range(1, 7) for y in range(2000, 2025)],
        columns=["topic", "year", "share"],
    )
    per_year = pd.DataFrame(
        [
            (y, k, int(random.integers(1, 9)))
            for y in range(2000, 2025)
            for k in ("paper", "policy", "other")
        ],
        columns=["year", "kind", "documents"],
    )
    claims = pd.DataFrame(
        [("alliance", "cluster", 9), ("cluster", "system", 3), ("system", "alliance", 1)],
        columns=["subject", "object", "documents"],
    )
    return {
        "documents_per_year": figures.documents_per_year(per_year),
        "concept_shares": figures.concept_shares(shares, NAMES),
        "burst_bars": figures.burst_bars(bursts(shares), NAMES, (2000, 2024)),
        "meetings_map": figures.meetings_map(
            meetings(documents, mentions, list(NAMES), periods), NAMES
        ),
        "topic_words": figures.topic_words(words),
        "topic_years": figures.topic_years(years, lang="en"),
        "network_map": figures.network_map(nodes, edges),
        "claims_map": figures.claims_map(claims, NAMES),
    }


CHARTS = (
    *("burst_bars", "claims_map", "concept_shares", "documents_per_year"),
    *("meetings_map", "network_map", "topic_words", "topic_years"),
)


@pytest.mark.parametrize("name", CHARTS)
def test_every_figure_shows_all_its_characters_without_any_font_on_the_machine(
    charts, name
) -> None:
    drawn = figures.standalone(figures.svg(charts[name]))
    shown = text_of(drawn)
    assert shown.strip()
    assert missing_glyphs(shown) == set()
    assert f"font-family:'{FONT}';src:url(data:font/woff" in drawn
    assert re.findall(r"""(?:href|src|url\()=?["'(]?(?:https?:)?//""", drawn) == []


def test_a_figure_drawn_twice_has_the_same_bytes(charts) -> None:
    assert figures.svg(charts["concept_shares"]) == figures.svg(charts["concept_shares"])


def test_the_pdf_carries_its_font_and_its_text(charts) -> None:
    document = pypdfium2.PdfDocument(figures.pdf(figures.svg(charts["claims_map"])))
    text = document[0].get_textpage().get_text_range()
    assert "产业集群" in text.replace("\n", "")
    assert "\ufffd" not in text


def test_the_png_is_drawn_in_chinese(charts) -> None:
    data = figures.png(figures.svg(charts["claims_map"]))
    assert data.startswith(b"\x89PNG")
    assert len(data) > 5000


def test_text_of_documents_cannot_break_out_of_the_svg(charts) -> None:
    drawn = figures.svg(charts["network_map"])
    assert "<b>" not in drawn
    assert "&lt;b&gt;" in drawn


def test_a_missing_glyph_would_be_seen() -> None:
    assert missing_glyphs("产业𠮷\U000f0000") >= {"\U000f0000"}
    assert len(font_face("产")) < len(font_face("产业技术创新战略联盟"))


def test_meetings_of_which_nothing_can_be_said_are_drawn_grey() -> None:
    documents, mentions = corpus()
    table = meetings(documents.head(5), mentions, list(NAMES), [Period("短", 2000, 2024)])
    assert table["log_odds"].isna().all()
    assert UNKNOWN in figures.svg(figures.meetings_map(table, NAMES))
