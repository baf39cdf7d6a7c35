from markupsafe import Markup

from textmine.figures.rendering import missing_glyphs
from textmine.records import Document
from textmine.report.page import Evidence, Figure, Quote, ReportSection, Table, render
from textmine.report.quotes import quote

HOSTILE = "<script>alert(1)</script>\"'&"


def test_whatever_comes_from_documents_is_escaped() -> None:
    section = ReportSection(
        "s",
        HOSTILE,
        (HOSTILE,),
        (HOSTILE,),
        (Figure(Markup("<svg></svg>"), HOSTILE),),
        (Table(HOSTILE, [HOSTILE], [[HOSTILE]]),),
        (Evidence(HOSTILE, "1", (Quote(HOSTILE, HOSTILE, HOSTILE, HOSTILE),)),),
    )
    page = render(HOSTILE, HOSTILE, [section], lang="zh")
    assert "<script" not in page
    assert "<svg></svg>" in page
    assert page.count("&lt;script&gt;") >= 12


def test_the_page_brings_the_glyphs_it_needs() -> None:
    page = render("联盟与集群", "", [], lang="zh")
    assert "@font-face" in page
    assert missing_glyphs("联盟与集群") == set()


def test_a_quote_is_the_sentence_around_the_words() -> None:
    text = "第一句。产业联盟推动集群发展。第三句。"
    document = Document("paper", text, title="题", authors=("甲", "乙"), year=2009)
    shown = quote(document, 4, 8)
    assert (shown.before, shown.hit, shown.after) == ("", "产业联盟", "推动集群发展。")
    assert shown.source == "甲、乙，《题》，2009"


def test_a_very_long_sentence_is_shortened_around_the_words() -> None:
    text = "很" * 500 + "联盟" + "长" * 500
    shown = quote(Document("other", text), 500, 502)
    assert len(shown.before) + len(shown.after) < 300
    assert shown.before.startswith("…")
