"""Citations of made records, real pairs of fields and references, and ways back through readers."""

import io
import json
import os
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine import parse, read
from textmine.export import FORMATS, Work, export, reference, work
from textmine.export.tables import COLUMNS
from textmine.export.work import Name, name_of
from textmine.records import Document, RawFile
from textmine.settings import ReadSettings

DATA = os.environ.get("TEXTMINE_DATA")

PAPER = Document(
    "paper",
    "正文",
    title="产业集群的演化：一个案例",
    authors=("王甲", "李乙", "张丙", "赵丁"),
    journal="科学学报（社会版）",
    year=2009,
    date="2009-03",
    volume="27",
    issue="03",
    page_first=12,
    page_last=20,
    doi="10.1000/x_1",
    keywords=("集群", "演化"),
    abstract="摘要 100%。",
)
POLICY = Document(
    "policy",
    "正文",
    title="关于推动联盟构建的意见",
    issuers=("甲部", "乙部"),
    doc_number="甲发〔2008〕7号",
    date="2008-12-30",
    year=2008,
)
ENGLISH = Document(
    "paper",
    "x",
    title="Clusters & growth_: 50% of it",
    authors=("Porter, Michael E.", "Jane Roe", "SMITH J", "Doe, A."),
    journal="Regional Studies",
    year=2003,
    volume="37",
    issue="6-7",
    page_first=549,
    page_count=30,
)
ALL = [("a" * 16, PAPER), ("b" * 16, POLICY), ("c" * 16, ENGLISH)]


@pytest.mark.parametrize(
    ("document", "edition", "expected"),
    [
        (
            PAPER,
            "2015",
            "王甲, 李乙, 张丙, 等. 产业集群的演化: 一个案例[J/OL]."
            " 科学学报(社会版), 2009, 27(3): 12-20. DOI:10.1000/x_1.",
        ),
        (
            PAPER,
            "2025",
            "王甲，李乙，张丙，等. 产业集群的演化：一个案例[J/OL]."
            " 科学学报（社会版），2009，27（3）：12-20. DOI:10.1000/x_1.",
        ),
        (POLICY, "2015", "甲部, 乙部. 关于推动联盟构建的意见: 甲发〔2008〕7号[A]. 2008-12-30."),
        (POLICY, "2025", "甲部，乙部. 关于推动联盟构建的意见：甲发〔2008〕7号[A]. 2008-12-30."),
        (
            ENGLISH,
            "2015",
            "PORTER M E, ROE J, SMITH J, et al. Clusters & growth_: 50% of it[J]."
            " Regional Studies, 2003, 37(6-7): 549-578.",
        ),
        (
            ENGLISH,
            "2025",
            "Porter M E，Roe J，SMITH J，et al. Clusters & growth_：50% of it[J]."
            " Regional Studies，2003，37（6-7）：549-578.",
        ),
    ],
)
def test_a_reference_follows_the_edition(document: Document, edition, expected: str) -> None:
    assert reference(work("x", document), edition=edition) == expected


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Porter, Michael E.", Name("Porter", "Michael E.")),
        ("PORTER M E", Name("PORTER", "M E")),
        ("WANG Jici", Name("WANG", "Jici")),
        ("Michael E. Porter", Name("Porter", "Michael E.")),
        ("王缉慈", Name("王缉慈")),
        ("OECD", Name("OECD")),
    ],
)
def test_names_are_parted_as_they_are_printed(printed: str, name: Name) -> None:
    assert name_of(printed) == name


def read_back(data: bytes, path: str) -> list[Document]:
    return [parse.document(raw) for raw in read.read(RawFile(path, data), ReadSettings())]


@pytest.mark.parametrize(("form", "path"), [("bibtex", "x.bib"), ("ris", "x.ris")])
def test_what_is_exported_can_be_read_back(form, path: str) -> None:
    found = read_back(export([ALL[0], ALL[2]], form), path)
    for back, document in zip(found, (PAPER, ENGLISH), strict=True):
        assert (back.title, back.journal, back.year) == (
            document.title,
            document.journal,
            document.year,
        )
        assert (back.volume, back.page_first, back.doi) == (
            document.volume,
            document.page_first,
            document.doi,
        )
        assert len(back.authors) == 4


def test_a_policy_keeps_its_number_and_issuers_in_every_format() -> None:
    for form in ("gbt7714-2015", "gbt7714-2025", "bibtex", "ris", "csv"):
        text = export([ALL[1]], form).decode("utf-8")
        assert "甲发〔2008〕7号" in text
        assert "甲部" in text


def test_no_cell_is_a_formula() -> None:
    evil = Document("paper", "x", title="=1+1", authors=("@SUM(A1)",), journal="-2\x07")
    sheet = openpyxl.load_workbook(io.BytesIO(export([("i", evil)], "xlsx"))).active
    cells = dict(zip(COLUMNS, list(sheet.rows)[1], strict=True))
    assert {cell.data_type for cell in cells.values()} <= {"s", "n", "inlineStr"}
    assert (cells["title"].value, cells["journal"].value) == ("=1+1", "-2")
    assert "\r\ni,paper,'=1+1," in export([("i", evil)], "csv").decode("utf-8-sig")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_exported_and_the_same_gives_the_same_bytes(title: str, name: str) -> None:
    document = Document("paper", "x", title=title, authors=(name,), journal=name)
    for form in FORMATS:
        assert export([("i" * 16, document)], form) == export([("i" * 16, document)], form)


def test_braces_stay_balanced_in_bibtex() -> None:
    text = export(ALL, "bibtex").decode()
    bare = re.sub(r"\\.", "", text)
    assert bare.count("{") == bare.count("}")
    assert text.count("\n@") == 2
    braced = Document("paper", "x", title="{a} } \\")
    assert r"\{a\} \} \textbackslash{}" in export([("i" * 16, braced)], "bibtex").decode()


KINDS = {"article": "article", "newspaper": "newspaper", "phdthesis": "thesis"}


def work_of(row: dict) -> Work:
    fields = row["fields"]
    fields = {name: re.sub(r"[{}]|\\em ?|\\(?=&)", "", value) for name, value in fields.items()}
    kind = fields.get("entrysubtype") or KINDS[row["type"]]
    return Work(
        "x",
        kind,
        fields["title"],
        tuple(name_of(n) for n in re.split(r"\s+and\s+", fields.get("author", "")) if n),
        container=fields.get("journal", ""),
        year=fields.get("year", ""),
        date=fields.get("date", ""),
        volume=fields.get("volume", ""),
        issue=fields.get("number", ""),
        pages=fields.get("pages", "").replace("--", "-"),
        place=fields.get("address", ""),
        publisher=fields.get("school", ""),
        doi=fields.get("doi", ""),
    )


def plain(text: str) -> str:
    """Without what a record does not carry: links and days of access; and without case."""
    text = re.sub(r"\[20\d\d-\d\d-\d\d\]|\.? https?://\S+?(?=\.? DOI|\.?$)|/OL", "", text)
    text = re.sub(r"\s+(?=[(（])", "", text)
    return text.casefold().removesuffix(".")


@pytest.mark.skipif(DATA is None, reason="TEXTMINE_DATA is not set")
@pytest.mark.parametrize(("edition", "least"), [("2015", 0.9), ("2025", 0.95)])
def test_references_of_known_fields_come_out_as_the_standard_has_them(edition, least) -> None:
    path = Path(str(DATA), "references", f"gbt7714-{edition}-pairs.jsonl")
    pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [
        row
        for row in pairs
        if row["type"] in KINDS
        and {"author", "title", "year"} <= row["fields"].keys()
        and ("journal" in row["fields"] or row["type"] == "phdthesis")
        and not {"translator", "cstr", "eid"} & row["fields"].keys()
        and "{" not in row["fields"]["author"]
    ]
    made = [
        (plain(reference(work_of(row), edition=edition)), plain(row["numeric"])) for row in pairs
    ]
    wrong = [pair for pair in made if pair[0] != pair[1]]
    assert len(pairs) > 20
    assert len(wrong) <= (1 - least) * len(pairs), wrong
