"""Records for CiteSpace: read back by our own reader of the Web of Science's format."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from textmine import parse, read
from textmine.export import export
from textmine.records import Document, RawFile, Reference

DATA = os.environ.get("TEXTMINE_DATA")
PAPER = Document(
    kind="paper",
    text="联盟与集群\n一\n二",
    title="联盟与集群：互动",
    authors=("某甲", "Some, Body A."),
    affiliations=("某大学管理学院，某市 400044",),
    keywords=("联盟", "R&D; 研发"),
    abstract="第一行\n第二行",
    journal="某刊",
    year=2011,
    volume="3",
    issue="02",
    page_first=5,
    page_last=9,
    doi="10.1234/abc",
    references=(
        Reference(1, "raw", authors=("甲某",), title="题", journal="刊", year=2008, pages="1-7"),
        Reference(
            2, "raw", authors=("Porter M E",), title="Clusters, again", year=1998, volume="7"
        ),
        Reference(3, "raw"),
    ),
)


def back(*documents: Document) -> list[Document]:
    data = export([(f"id{n}", d) for n, d in enumerate(documents)], "wos")
    return [parse.document(raw) for raw in read.read(RawFile("download_1.txt", data))]


def test_a_record_reads_back() -> None:
    (found,) = back(PAPER)
    for name in ("title", "journal", "year", "volume", "doi", "page_first", "page_last"):
        assert getattr(found, name) == getattr(PAPER, name), name
    assert found.authors[0] == "某甲"
    assert found.keywords == ("联盟", "R&D, 研发")
    assert found.abstract == "第一行 第二行"
    assert [(r.year, r.authors[:1]) for r in found.references] == [
        (2008, ("甲某",)),
        (1998, found.references[1].authors[:1]),
    ]


def test_references_are_split_by_commas_as_citespace_does() -> None:
    text = export([("id", PAPER)], "wos").decode("utf-8-sig")
    assert "CR 甲某, 2008, 刊, P1\n   " in text
    assert re.search(r"\n   Porter\s?M?E?, 1998, Clusters again, V7\n", text), text
    assert "NR 2\n" in text
    assert text.endswith("ER\n\nEF\n")


def test_nothing_in_a_document_can_begin_a_field() -> None:
    hostile = replace(PAPER, title="甲\nER\nPT J", abstract="乙\nER\n\nPT J\nTI 丙")
    assert len(back(hostile, PAPER)) == 2


@pytest.mark.skipif(DATA is None, reason="needs TEXTMINE_DATA")
def test_real_records_keep_what_a_network_needs() -> None:
    path = Path(DATA or "") / "records" / "cssci_kxxykxjsgl_2019_100.txt"
    documents = [parse.document(raw) for raw in read.read(RawFile(path.name, path.read_bytes()))]
    found = back(*documents)
    assert len(found) == len(documents) == 100
    for one, two in zip(documents, found, strict=True):
        assert (one.title.split(), one.year) == (two.title.split(), two.year)
        assert one.keywords == two.keywords
        named = [r for r in one.references if r.journal or r.title or r.publisher or r.doc_number]
        assert len(two.references) == pytest.approx(len(named), abs=1)
