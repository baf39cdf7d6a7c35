"""Cited references in the databases' own styles."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from textmine.parse.cited import from_cssci, from_wos

DATA = os.environ.get("TEXTMINE_DATA")


@pytest.mark.parametrize(
    ("raw", "author", "title", "container", "year", "place"),
    [
        ("1.王五.集群研究.某刊.2008.12(3)", "王五", "集群研究", "某刊", 2008, ("12", "3", "")),
        ("2.王五.集群研究.某刊.1996.(1)", "王五", "集群研究", "某刊", 1996, ("", "1", "")),
        ("3.Jonassen,D..Mental models.Educ. Tech. J.1999.39(5-6)", "Jonassen,D.", "Mental models",
         "Educ. Tech. J", 1999, ("39", "5-6", "")),
        ("4..某全集（第1卷）.北京:某出版社", "", "某全集（第1卷）", "某出版社", None, ("", "", "")),
        ("5.李.论新:某集.北京:某社,2012:4-9", "李", "论新:某集", "某社", 2012, ("", "", "4-9")),
        ("6.某社.领导在会上的讲话.2018", "某社", "领导在会上的讲话", "", 2018, ("", "", "")),
    ],
)  # fmt: skip
def test_cssci_fields_are_parted_at_stops_without_space(raw, author, title, container, year, place):
    found = from_cssci(raw)
    assert found.authors == ((author,) if author else ())
    assert (found.title, found.journal or found.publisher, found.year) == (title, container, year)
    assert (found.volume, found.issue, found.pages) == place
    assert (found.n, found.raw) == (int(raw[0]), raw)


def test_wos_fields_are_told_by_their_marks():
    found = from_wos("Porter ME, 1998, HARVARD BUS REV, V76, P77, DOI 10.1234/abc", 3)
    assert (found.n, found.authors, found.year) == (3, ("Porter ME",), 1998)
    assert (found.journal, found.volume, found.pages) == ("HARVARD BUS REV", "76", "77")
    assert found.doi == "10.1234/abc"


def test_wos_references_without_year_or_place_keep_what_there_is():
    found = from_wos("*MOST, CLUSTER REP", 1)
    assert (found.authors, found.year, found.journal) == (("*MOST",), None, "CLUSTER REP")


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
@pytest.mark.parametrize("name", ["cssci_kxxykxjsgl_2019_100.txt", "cssci_law_400.txt"])
def test_real_cssci_journal_references_have_author_title_journal_and_year(name):
    text = (Path(DATA) / "records" / name).read_text(encoding="utf-8")
    lines = re.findall(r"^\d+\.[^.\n]+\..+\.\d{4}\.\d*\([^)]*\)$", text, re.MULTILINE)
    whole = [from_cssci(line) for line in lines]
    complete = [r for r in whole if r.authors and r.title and r.journal and r.year and r.issue]
    assert len(lines) > 1000
    assert len(complete) >= 0.99 * len(lines)
