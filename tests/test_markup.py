"""What notebooks show of the package's values: the content, with nothing of it taken for HTML."""

from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine import markup, parse
from textmine.pipeline import Analysis
from textmine.records import Document, Hit, RunManifest, Span
from textmine.store.index import Results
from textmine.topics import TopicFit

HOSTILE = "<script>alert(1)</script>&<b>"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    found.close()
    return found


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.integers(0, 5))
def test_highlighted_text_reads_as_the_text(text: str, start: int) -> None:
    spans = [(start, start + 2)] if len(text) >= start + 2 else []
    found = parsed(markup.highlighted(text, spans))
    assert found.text == text
    assert found.tags == ["mark"] * len(spans)


def values() -> list[object]:
    fit = TopicFit(np.eye(2), np.eye(2), (HOSTILE, "集群"), ("a", "b"), "nmf", {}, 1)
    hit = Hit("1", HOSTILE, 2008, "paper", 1.0, "联盟" + HOSTILE, (Span(0, 2),))
    manifest = RunManifest("topics", 1, "", {}, {}, None, {})
    return [
        Document("paper", HOSTILE, title=HOSTILE, keywords=(HOSTILE,)),
        Results(1, (hit,), {}, False),
        fit,
        Analysis(manifest, {"topics": pd.DataFrame({"words": [HOSTILE]})}),
    ]


@pytest.mark.parametrize("value", values(), ids=lambda v: type(v).__name__)
def test_a_value_shows_itself_and_escapes_what_it_holds(value) -> None:
    found = parsed(value._repr_html_())
    assert "table" in found.tags
    assert not {"script", "b"} & set(found.tags)
    assert HOSTILE in found.text


def test_a_document_shows_its_fields_and_counts() -> None:
    shown = parsed(
        parse.document("产业集群研究\n张三\n摘要：集群升级。\n关键词：产业集群")._repr_html_()
    )
    assert "keywords" in shown.text
    assert "references" in shown.text
