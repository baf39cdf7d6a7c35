"""Records to documents: every field of every format, and what is broken told."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.parse.record import from_record
from textmine.read import read
from textmine.read.tags import FIELDS
from textmine.records import RawFile, RawRecord

DATA = os.environ.get("TEXTMINE_DATA")


def document(form, **fields):
    values = {tag.replace("_", "-"): (v,) if isinstance(v, str) else v for tag, v in fields.items()}
    return from_record(RawRecord(values, form, "x", 3, 17))


def documents_of(name):
    return [
        from_record(r) for r in read(RawFile(name, (Path(DATA) / "records" / name).read_bytes()))
    ]


SAME = {
    "refworks": {
        "T1": "联盟与集群", "A1": "张三;李四", "AD": "甲大学;乙大学;", "JF": "某某学报",
        "YR": "2019",
        "vo": "13", "IS": "02", "OP": "42-45", "K1": "联盟;;集群", "AB": "<正>本文。",
        "SN": "1001-7348",
        "DO": "10.1234/x",
    },
    "endnote": {
        "T": "联盟与集群", "A": ("张三", "李四"), "+": "甲大学;乙大学;", "J": "某某学报",
        "D": "2019",
        "V": "13", "N": "02", "P": "42-45", "K": "联盟；集群", "X": "本文。", "@": "1001-7348",
        "R": "https://doi.org/10.1234/x",
    },
    "noteexpress": {
        "Title": "联盟与集群", "Author": "张三;李四;", "Author Address": "甲大学;乙大学;",
        "Journal": "某某学报", "Year": "2019", "Volume": "13", "Issue": "02", "Pages": "42-45",
        "Keywords": ("联盟", " 集群"), "Abstract": "本文。", "ISBN/ISSN": "1001-7348",
        "DOI": "10.1234/x",
    },
    "labelled": {
        "Title-题名": "联盟与集群", "Author-作者": "张三;李四;", "Organ-单位": "甲大学;乙大学;",
        "Source-文献来源": "某某学报", "Year-年": "2019", "Volume-卷": "13", "Period-期": "02",
        "PageCount-页码": "42-45", "Keyword-关键词": "联盟;集群;", "Summary-摘要": "<正>本文。",
        "ISSN-国际标准刊号": "1001-7348", "DOI-DOI": "10.1234/x",
    },
    "table": {
        "题名": "联盟与集群", "作者": "张三,李四", "机构": "甲大学!北京100871,乙大学!上海",
        "文献来源": "某某学报", "年": "2019", "卷": "13", "期": "02", "页码": "42-45",
        "关键词": "联盟,集群", "摘要": "本文。", "ISSN": "10017348", "DOI": "10.1234/x",
    },
    "wos": {
        "TI": "联盟与集群", "AU": ("张三", "李四"),
        "C1": ("[张三] 甲大学.", "[李四; 张三] 乙大学."),
        "SO": "某某学报", "PY": "2019", "VL": "13", "IS": "02", "BP": "42", "EP": "45",
        "DE": "联盟; 集群", "AB": "本文。", "SN": "1001-7348", "DI": "10.1234/x",
    },
    "scopus": {
        "Title": "联盟与集群", "Author full names": "张三 (57200000000); 李四 (57200000001)",
        "Affiliations": "甲大学; 乙大学", "Source title": "某某学报", "Year": "2019",
        "Volume": "13",
        "Issue": "02", "Page start": "42", "Page end": "45", "Author Keywords": "联盟; 集群",
        "Abstract": "本文。", "ISSN": "10017348", "DOI": "10.1234/x",
    },
    "ris": {
        "TI": "联盟与集群", "AU": ("张三", "李四"), "AD": ("甲大学", "乙大学"), "T2": "某某学报",
        "PY": "2019/03/01", "VL": "13", "IS": "02", "SP": "42", "EP": "45",
        "KW": ("联盟", "集群"),
        "AB": "本文。", "SN": "1001-7348", "DO": "10.1234/x",
    },
    "bibtex": {
        "title": "{联盟}与集群", "author": "张三 and 李四", "authoraddress": "甲大学;乙大学;",
        "journal": "某某学报", "year": "2019", "volume": "13", "number": "02", "pages": "42--45",
        "keywords": "联盟;;集群", "abstract": "本文。", "ISSN": "1001-7348", "doi": "10.1234/x",
    },
    "openalex": {
        "title": "联盟与集群", "authorships.author.display_name": ("张三", "李四"),
        "authorships.institutions.display_name": ("甲大学", "乙大学", "甲大学"),
        "primary_location.source.display_name": "某某学报", "publication_year": "2019",
        "biblio.volume": "13", "biblio.issue": "02", "biblio.first_page": "42",
        "biblio.last_page": "45", "keywords.display_name": ("联盟", "集群"), "abstract": "本文。",
        "primary_location.source.issn_l": "1001-7348", "doi": "https://doi.org/10.1234/x",
    },
}  # fmt: skip
"""One and the same paper as each format writes it."""


@pytest.mark.parametrize("form", SAME)
def test_the_same_paper_comes_out_of_every_format(form):
    found = from_record(
        RawRecord({t: (v,) if isinstance(v, str) else v for t, v in SAME[form].items()}, form)
    )
    assert found.warnings == ()
    assert found.title == "联盟与集群"
    assert found.authors == ("张三", "李四")
    assert found.affiliations == ("甲大学", "乙大学")
    assert (found.journal, found.year, found.volume, found.issue) == ("某某学报", 2019, "13", "02")
    assert (found.page_first, found.page_last) == (42, 45)
    assert found.keywords == ("联盟", "集群")
    assert (found.issn, found.doi) == ("1001-7348", "10.1234/x")
    assert found.text == "联盟与集群\n本文。"
    assert found.abstract == "本文。"


def test_sections_are_the_title_and_the_abstract():
    found = document("ris", TI="联盟", AB="本文讨论联盟。")
    spans = [(s.role, found.text[s.start : s.end]) for s in found.sections]
    assert spans == [("title", "联盟"), ("abstract", "本文讨论联盟。")]


def test_cssci_records_give_volume_issue_pages_funds_and_references():
    found = document(
        "cssci", 来源篇名="联盟", 来源作者="张三/李四", 年代卷期="2019,40(010):3-19",
        机构名称="[张三]甲大学.管理学院/[李四]乙大学.", 关键词="联盟/集群",
        基金="甲基金/乙基金",
        参考文献=("1.王五.集群研究.某刊.2008.12(3)", "2.赵六.联盟论.北京:某出版社"),
    )  # fmt: skip
    assert (found.year, found.volume, found.issue) == (2019, "40", "01")
    assert (found.page_first, found.page_last) == (3, 19)
    assert found.affiliations == ("甲大学管理学院", "乙大学")
    assert found.funding[-1] == "乙基金"
    first, second = found.references
    assert (first.n, first.authors, first.title, first.journal) == (
        1,
        ("王五",),
        "集群研究",
        "某刊",
    )
    assert (first.year, first.volume, first.issue) == (2008, "12", "3")
    assert (second.place, second.publisher, second.type) == ("北京", "某出版社", "M")


@pytest.mark.parametrize(
    ("given_", "first", "last"),
    [("42-45", 42, 45), ("226-230+233", 226, 230), ("163-5", 163, 165), ("004", 4, 4),
     ("4月16日", 4, 16), ("2016-04-16", 4, 16), ("e1234567", None, None), ("", None, None)],
)  # fmt: skip
def test_pages_in_every_form(given_, first, last):
    found = document("table", 题名="甲", 页码=given_)
    assert (found.page_first, found.page_last) == (first, last)
    assert any("spreadsheet" in w for w in found.warnings) == (
        given_[-1:] == "日" or "-04-" in given_
    )


def test_western_names_keep_their_commas():
    assert document("ris", TI="x", AU=("Porter, M. E.", "Kramer, M.")).authors == (
        "Porter, M. E.",
        "Kramer, M.",
    )


def test_corporate_names_in_braces_are_one_author():
    found = document("bibtex", title="x", author="{Ministry of Science and Technology} and Li, Si")
    assert found.authors == ("Ministry of Science and Technology", "Li, Si")


def test_a_year_that_is_none_is_told_with_its_line_and_the_rest_kept():
    found = document("bibtex", title="甲", year="Null", volume="3")
    assert (found.year, found.title, found.volume) == (None, "甲", "3")
    assert found.warnings == ("line 17: 'Null' is no year",)


def test_the_year_comes_from_the_date_where_there_is_none():
    found = document("noteexpress", Title="甲", Date="2019-01-29")
    assert (found.year, found.date) == (2019, "2019-01-29")


def test_an_isbn_is_no_issn():
    assert document("noteexpress", Title="甲", **{"ISBN/ISSN": "978-7-5021-1234-5"}).issn == ""


def test_wos_references_in_tables_are_parted_but_not_at_a_doi():
    cited = (
        "ALEN E, 2017, CURR ISSUES, V20, P1454;SMALL H, 1973, J AM SOC, V24, P265, "
        "DOI 10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"
    )
    first, second = document("wos", TI="x", CR=cited).references
    assert (first.journal, first.volume, first.pages) == ("CURR ISSUES", "20", "1454")
    assert second.doi.endswith("CO;2-O")
    assert (second.authors, second.year) == (("SMALL H",), 1973)


def test_a_reference_line_becomes_a_document():
    line = "张三,李四.联盟与集群的关系[J].某某学报,2019,13(02):42-45."
    found = document("gbt7714", reference=line, n="1")
    assert (found.title, found.authors) == ("联盟与集群的关系", ("张三", "李四"))
    assert (found.journal, found.year, found.page_first, found.page_last) == (
        "某某学报",
        2019,
        42,
        45,
    )


@given(
    st.sampled_from(sorted(FIELDS)).flatmap(
        lambda form: st.tuples(
            st.just(form),
            st.dictionaries(
                st.sampled_from(sorted(FIELDS[form])),
                st.lists(st.text(max_size=40), min_size=1, max_size=3).map(tuple),
            ),
        )
    )
)
@settings(max_examples=300, deadline=None)
def test_any_values_give_a_document_whose_spans_hold(case):
    form, fields = case
    found = from_record(RawRecord(fields, form))
    for section in found.sections:
        part = found.title if section.role == "title" else found.abstract
        assert found.text[section.start : section.end] == part


@pytest.mark.parametrize("char", ["；", "-", "1", "[", "{", ",", "/", " and ", "张", "\u3000"])
def test_long_hostile_values_take_bounded_time(char):
    started = time.process_time()
    for form, table in FIELDS.items():
        from_record(RawRecord(dict.fromkeys(table, (char * 20_000,)), form))
    assert time.process_time() - started < 10


FIELDS_COMPARED = (
    "title", "authors", "affiliations", "journal", "year", "volume", "issue", "page_first",
    "page_last", "keywords", "abstract", "issn", "doi",
)  # fmt: skip


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
@pytest.mark.parametrize("name", ["Classic5Test", "mixed"])
@pytest.mark.parametrize("style", ["nameyear", "title"])
def test_noteexpress_records_equal_their_bibtex_truth(name, style):
    folder = "cnki_noteexpress_with_bib_truth/"
    ours = documents_of(f"{folder}{name}.net")
    truth = documents_of(f"{folder}{style}-{name}.bib")
    for a, b in zip(ours, truth, strict=True):
        for field in FIELDS_COMPARED:
            assert getattr(a, field) == getattr(b, field), (field, a.title)


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_the_three_cnki_tables_agree_where_they_overlap():
    folder = "cnki_table_social_thought_2000-2016_gbk/"
    csv, xlsx, xls = (
        [[getattr(d, f) for f in FIELDS_COMPARED] for d in documents_of(folder + name)]
        for name in ("社会思潮文献_1558.csv", "社会思潮文献_1558.xlsx", "篇名社会思潮_345.xls")
    )
    assert csv == xlsx
    assert len(xls) == 345
    assert all(values in xlsx for values in xls)


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
@pytest.mark.parametrize(
    "name",
    ["cnki_estudy_demo_202101.txt", "wanfang_noteexpress_demo_202101.net",
     "wos_plaintext_demo_202101.txt", "cssci_kxxykxjsgl_2019_100.txt", "cssci_law_400.txt",
     "dev_heads/cnki_custom_first50.txt", "dev_heads/cnki_ris_first10.ris",
     "dev_heads/cnki_wosified_first30.txt"],
)  # fmt: skip
def test_real_records_have_title_year_and_journal(name):
    for found in documents_of(name):
        assert found.title
        assert found.journal
        assert found.year
        assert found.warnings == ()
