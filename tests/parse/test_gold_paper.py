"""Every field of the gold paper out of its source file, exactly."""

import json
import os
from pathlib import Path

import pytest

from textmine import parse
from textmine.records import as_record

DATA = os.environ.get("TEXTMINE_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA names no folder of real papers")
NAME = "yang-liu-2011-alliance-cluster"
SAME = [
    "kind", "language", "title", "title_en", "authors", "authors_en", "affiliations", "city",
    "postcode", "keywords", "keywords_en", "doi", "issn", "journal", "clc", "document_code",
    "article_id", "year", "issue", "page_first", "page_count", "received", "editor", "headings",
    "figures",
]  # fmt: skip


@pytest.fixture(scope="module")
def gold():
    return json.loads((Path(DATA).parent / "gold" / f"{NAME}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def paper():
    return parse.document((Path(DATA) / "papers" / f"{NAME}.txt").read_text("utf-8"))


@pytest.mark.parametrize("field", SAME)
def test_field_equals_the_gold_file(gold, paper, field):
    got = as_record(paper)[field]
    assert (list(got) if isinstance(got, tuple) else got) == gold[field]


def test_abstracts_begin_and_end_as_printed(gold, paper):
    assert paper.abstract.startswith(gold["abstract_starts"])
    assert paper.abstract.endswith(gold["abstract_ends"])
    assert paper.abstract_en.startswith(gold["abstract_en_starts"])


def test_what_pages_broke_is_whole_and_furniture_is_out(gold, paper):
    assert all(fragment in paper.body for fragment in gold["rejoined_across_page_breaks"])
    assert not any(text in paper.body for text in gold["not_in_body"])


def test_cited_markers_are_spans(gold, paper):
    named = {target for citation in paper.citations for target in citation.targets}
    assert sorted(named) == gold["cited_markers"]
    assert all(paper.text[c.start : c.end].startswith("^[") for c in paper.citations)


def test_evidence_of_claims_stands_in_the_text(gold, paper):
    assert [c["evidence"] for c in gold["claims"] if c["evidence"] not in paper.text] == []


@pytest.mark.parametrize("n", range(9))
def test_reference_has_its_fields(gold, paper, n):
    assert len(paper.references) == len(gold["references"])
    found, wanted = paper.references[n], dict(gold["references"][n])
    if part := wanted.pop("url_contains", None):
        assert part in found.url
    if part := wanted.pop("authors_contains", None):
        assert any(part in author for author in found.authors)
    wanted = {k: tuple(v) if isinstance(v, list) else v for k, v in wanted.items()}
    assert {field: getattr(found, field) for field in wanted} == wanted
