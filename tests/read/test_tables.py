"""Tables: CSV, spreadsheets, HTML tables, JSON lines, and what their rows are."""

from __future__ import annotations

import datetime
import io
import json
import os
import time
from pathlib import Path

import openpyxl
import pytest

from textmine.read import read, sniff
from textmine.records import Failure, RawFile, RawRecord, RawText

DATA = os.environ.get("TEXTMINE_DATA")
HEADER = ["题名", "作者", "文献来源", "年", "关键词"]
ROW = ["联盟与集群", "张三;李四", "某某学报", "2019", "联盟;集群"]
FIELDS = {name: (value,) for name, value in zip(HEADER, ROW, strict=True)}


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"s{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_delimited_tables_are_cut_at_whatever_mark_they_use(mark, encoding):
    quoted = [f'"{value}"' for value in ROW]
    text = mark.join(HEADER) + "\r\n" + mark.join(quoted) + "\r\n"
    (record,) = read(RawFile("a.csv", text.encode(encoding)))
    assert isinstance(record, RawRecord)
    assert (record.fields, record.line) == (FIELDS, 2)


def test_wos_tab_delimited_text_is_known_by_its_tags():
    text = "PT\tAU\tTI\tSO\tPY\tUT\r\nJ\tZhang, S; Li, S\tClusters\tJ A\t2019\tWOS:1\r\n"
    (record,) = read(RawFile("savedrecs.txt", text.encode("utf-16")))
    assert record.format == "wos"
    assert record.fields["AU"] == ("Zhang, S; Li, S",)


def test_scopus_tables_are_known_by_their_columns():
    text = (
        '"Authors","Title","Year","Source title","EID"\n"Zhang S.","Clusters","2019","J A","2-s2.0"'
    )
    (record,) = read(RawFile("scopus.csv", text.encode("utf-8-sig")))
    assert record.format == "scopus"


def test_data_on_the_second_sheet_below_a_title_row_are_found():
    data = workbook([], [["某检索结果"], HEADER, [*ROW[:3], 2019, ROW[4]]])
    (record,) = read(RawFile("a.xlsx", data))
    assert sniff(RawFile("a", data)) == "spreadsheet"
    assert record.fields == FIELDS


def test_a_far_away_cell_costs_neither_time_nor_memory():
    book = openpyxl.Workbook()
    for column, (name, value) in enumerate(zip(HEADER, ROW, strict=True), 1):
        book.active.cell(1, column, name)
        book.active.cell(2, column, value)
    book.active.cell(1_048_576, 16_384, "far")
    out = io.BytesIO()
    book.save(out)
    started = time.process_time()
    items = read(RawFile("a.xlsx", out.getvalue()))
    assert items[0].fields == FIELDS
    assert time.process_time() - started < 10


def test_dates_in_cells_are_iso():
    data = workbook([["题名", "作者", "发表时间"], ["甲", "乙", datetime.datetime(2019, 3, 1)]])
    (record,) = read(RawFile("a.xlsx", data))
    assert record.fields["发表时间"] == ("2019-03-01",)


def test_an_html_table_named_xls_is_a_table_of_records():
    head = "".join(
        f"<td>{name}</td>" for name in ("SrcDatabase-来源库", "Title-题名", "Author-作者")
    )
    html = f"<html><head><meta charset=utf-8></head><body><table><tr>{head}</tr>" \
        "<tr><td>期刊</td><td>联盟与集群</td><td>张三;</td></tr></table></body></html>"  # fmt: skip
    (record,) = read(RawFile("CNKI.xls", html.encode()))
    assert record.format == "table"
    assert record.fields["Title-题名"] == ("联盟与集群",)


def test_rows_with_a_column_of_texts_are_documents():
    text = 'province,year,title,full_text\n某省,2026,报告,"第一段。\n第二段。"\n'
    (item,) = read(RawFile("a.csv", text.encode()))
    assert isinstance(item, RawText)
    assert item.text == "第一段。\n第二段。"
    assert item.metadata == {"province": "某省", "year": "2026", "title": "报告"}


def test_short_rows_without_titles_are_the_pieces_of_one_document():
    text = "page,text\n1,第一段讲联盟。\n2,第二段讲集群。\n"
    (item,) = read(RawFile("a.csv", text.encode()))
    assert item.text == "第一段讲联盟。\n第二段讲集群。"


def test_short_rows_with_titles_are_documents_of_their_own():
    text = "title,text\n甲,讲联盟。\n乙,讲集群。\n"
    items = read(RawFile("a.csv", text.encode()))
    assert [(i.metadata["title"], i.text) for i in items] == [
        ("甲", "讲联盟。"),
        ("乙", "讲集群。"),
    ]


def test_json_lines_of_texts_and_of_records_are_told_apart():
    law = json.dumps({"title": "某条例", "date": "2001-01-01", "text": "第一条　为了创新。"})
    paper = json.dumps({"title": "联盟", "abstract": "本文。", "keywords": ["甲", "乙"]})
    (text,) = read(RawFile("a.jsonl", law.encode()))
    (record,) = read(RawFile("b.jsonl", paper.encode()))
    assert (text.text, text.metadata["date"]) == ("第一条　为了创新。", "2001-01-01")
    assert record.fields["keywords"] == ("甲;乙",)


def test_openalex_works_are_flattened_and_their_abstract_set_right():
    work = {
        "id": "https://openalex.org/W1", "title": "Clusters", "publication_year": 2019,
        "authorships": [{"author": {"display_name": "San Zhang"}}],
        "abstract_inverted_index": {"grow": [1, 3], "Clusters": [0], "and": [2]},
    }  # fmt: skip
    (record,) = read(RawFile("works.json", json.dumps({"results": [work]}).encode()))
    assert record.format == "openalex"
    assert record.fields["abstract"] == ("Clusters grow and grow",)
    assert record.fields["authorships.author.display_name"] == ("San Zhang",)


def test_a_line_that_is_no_json_is_named():
    (failure,) = read(RawFile("a.jsonl", b'{"text": "x"}\n{"text": \n'))
    assert isinstance(failure, Failure)
    assert failure.place == "line 2"


def test_a_table_of_neither_records_nor_texts_is_read_as_lines():
    (item,) = read(RawFile("a.csv", "城市,人口\n甲,3\n乙,4\n".encode()))
    assert item.text == "城市\t人口\n甲\t3\n乙\t4"
    assert item.warnings


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_the_same_records_as_csv_and_spreadsheet_are_the_same():
    folder = Path(DATA) / "records/cnki_table_social_thought_2000-2016_gbk"
    csv, xlsx = (
        read(RawFile(path.name, path.read_bytes()))
        for path in (folder / "社会思潮文献_1558.csv", folder / "社会思潮文献_1558.xlsx")
    )
    columns = ("题名", "作者", "文献来源", "年", "期", "关键词", "机构")
    differing = [
        (a.item, c) for a, b in zip(csv, xlsx, strict=True) for c in columns
        if a.fields.get(c, ("",))[0].split() != b.fields.get(c, ("",))[0].split()
    ]  # fmt: skip
    assert differing == []


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_real_tables_of_texts_give_one_document_a_row():
    policy = Path(DATA) / "policy"
    for path in sorted((policy / "provincial-work-reports-2026").glob("*.csv")):
        (item,) = read(RawFile(path.name, path.read_bytes()))
        assert len(item.text) > 10_000
        assert item.metadata["year"] == "2026"
    laws = read(RawFile("laws.jsonl", (policy / "laws-innovation.jsonl").read_bytes()))
    assert len(laws) == 137
    assert all(isinstance(law, RawText) and law.metadata["title"] for law in laws)
