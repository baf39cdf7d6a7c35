"""BibTeX: braces, quotes, abbreviations, broken entries."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from textmine.read import read
from textmine.records import RawFile

DATA = os.environ.get("TEXTMINE_DATA")


def records_of(text):
    return read(RawFile("a.bib", text.encode()))


def test_values_in_braces_quotes_and_bare_are_read():
    (record,) = records_of(
        '@Article{zhang2019,\n  title = {The {GB/T} rule},\n  journal = "某某学报",\n'
        "  year = 2019,\n  author = {张三 and 李四}\n}\n"
    )
    assert record.fields == {
        "ENTRYTYPE": ("article",), "ID": ("zhang2019",), "title": ("The {GB/T} rule",),
        "journal": ("某某学报",), "year": ("2019",), "author": ("张三 and 李四",),
    }  # fmt: skip


def test_abbreviations_are_filled_in_and_joined():
    (record,) = records_of(
        '@string{jrn = "Journal"}\n@string{of = " of Clusters"}\n'
        "@article{a, journal = jrn # of, month = jan # { 3}}"
    )
    assert record.fields["journal"] == ("Journal of Clusters",)
    assert record.fields["month"] == ("jan 3",)


def test_an_entry_that_is_not_closed_keeps_its_fields_and_the_next_is_whole():
    first, second = records_of(
        "@article{a,\n title = {Whole},\n year = {2019\n}\n\n@book{b, title = {Next}}\n"
    )
    assert first.fields["title"] == ("Whole",)
    assert first.warnings == ("line 1: the entry is not closed",)
    assert second.fields["title"] == ("Next",)
    assert second.line == 6


def test_escaped_braces_and_quotes_inside_braces_do_not_end_a_value():
    (record,) = records_of('@misc{a, title = {One \\} and "two"}, note = "x {"} y"}')
    assert record.fields["title"] == ('One \\} and "two"',)
    assert record.fields["note"] == ('x {"} y',)


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title = {" + "{" * 500_000,
        "@article{a," + "b = {c}, " * 100_000,
        "@a{" * 300_000,
    ],
)
def test_hostile_text_takes_linear_time(text):
    started = time.process_time()
    records_of("@misc{x, title={y}}\n" + text)
    assert time.process_time() - started < 5


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_every_entry_and_field_of_a_real_file_is_read():
    data = (Path(DATA) / "references/example.bib").read_bytes()
    records = read(RawFile("example.bib", data))
    text = data.decode()
    kinds = [k.lower() for k in re.findall(r"^\s*@(\w+)", text, re.MULTILINE)]
    assert len(records) == sum(1 for kind in kinds if kind != "comment")
    # Every "name =" that opens a line is a field, counted without this parser.
    names = [n.lower() for n in re.findall(r"^[\t ]*([A-Za-z]\w*)\s*=", text, re.MULTILINE)]
    found = [n.lower() for r in records for n in r.fields if n not in ("ENTRYTYPE", "ID")]
    assert len(found) >= 0.99 * len(names)
