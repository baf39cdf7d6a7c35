"""The registry: any bytes give texts, records or failures, and in bounded time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.read import FORMATS, read, sniff
from textmine.records import Failure, RawFile, RawRecord, RawText

DATA = os.environ.get("TEXTMINE_DATA")

OPENINGS = [
    *(
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"CAJ\0",
        b"{\\rtf1",
    ),
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00", b"(cid:1)"),
    *(b"<html><body>", b"<!DOCTYPE html>", b"<table><tr><td>Title-", b"<tmx><body><tu>"),
    *(b"TY  - JOUR\nTI  - ", b"%0 Journal Article\n%T ", b"{Reference Type}: Thesis\n"),
    *(b"RT Journal\nA1 x\nT1 y\n", b"PT J\nAU x\nTI ", "【来源篇名】甲\n".encode()),
    *("Title-题名: 甲\n".encode() * 4, b"@article{a, title={", b"[1] A. B[J]."),
    *(b'{"text": ', b"[{", "题名,作者,年\n".encode()),
]
REAL = [
    "files/dbscan_zh.pdf",
    "policy/city-work-reports-2024/三亚.docx",
    "records/cnki_table_social_thought_2000-2016_gbk/篇名社会思潮_345.xls",
    "records/cnki_table_social_thought_2000-2016_gbk/社会思潮文献_1558.xlsx",
]
SUFFIXES = ["", ".txt", ".csv", ".xls", ".json"]


def is_known(item):
    return isinstance(item, (RawText, RawRecord)) or (
        isinstance(item, Failure) and item.stage == "read" and item.reason and item.remedy
    )


def test_every_format_has_a_name_of_its_own():
    names = [form.NAME for form in FORMATS]
    assert len(set(names)) == len(names)


@given(
    st.sampled_from(OPENINGS),
    st.binary(max_size=300),
    st.sampled_from(["", ".txt", ".csv", ".xls", ".json"]),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_behind_any_opening_give_items_or_a_failure(opening, data, suffix):
    items = read(RawFile("x" + suffix, opening + data))
    assert items
    assert all(is_known(item) for item in items)


@given(st.sampled_from(OPENINGS), st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_behind_any_opening_gives_items_or_a_failure(opening, text):
    items = read(RawFile("x", opening + text.encode("utf-8", "surrogatepass")))
    assert items
    assert all(is_known(item) for item in items)
    assert isinstance(sniff(RawFile("x", opening)), str)


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize(
    "filler",
    [
        *(b"a", b" ", b"\n", b"{", b"(", b",", b'"', b"%", b"1.", b"[1]", b"\xe4\xb8\x80"),
        *(b"<div>", b"<td>", b"&lt;", b"<!--", b"@a{", b"TY  - "),
    ],
)
def test_a_quarter_of_a_megabyte_of_hostile_text_takes_bounded_time(opening, filler):
    data = opening + filler * (2**18 // len(filler))
    started = time.process_time()
    read(RawFile("x.txt", data))
    assert time.process_time() - started < 4


PARTS = ["word/document.xml", "xl/workbook.xml", "OFD.xml", "content.xml", "[Content_Types].xml"]


@given(st.dictionaries(st.sampled_from(PARTS), st.binary(max_size=100), min_size=1))
@settings(max_examples=60, deadline=None)
def test_any_bytes_inside_a_packed_document_give_items_or_a_failure(make_zip, parts):
    items = read(RawFile("x", make_zip(parts)))
    assert all(is_known(item) for item in items)


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_real_files_with_broken_bytes_give_items_or_a_failure(data):
    path = Path(DATA) / data.draw(st.sampled_from(REAL))
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[place] ^= data.draw(st.integers(1, 255))
    end = data.draw(st.integers(1, len(content)))
    items = read(RawFile(path.name, bytes(content[:end])))
    assert all(is_known(item) for item in items)
