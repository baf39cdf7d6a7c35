"""Bibliographic exports as text: each format's tags, wrapped lines, marks, damage."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from textmine.read import read, sniff
from textmine.records import RawFile, RawRecord

DATA = os.environ.get("TEXTMINE_DATA")

REFWORKS = """RT Journal Article
SR 1
A1 张三;李四
AD 甲大学管理学院;
T1 联盟与集群的关系
JF 某某学报
YR 2019
IS 02
vo 13
OP 42-45
K1 联盟;集群
AB 本文讨论联盟。
SN 1001-0000
DS CNKI

RT Dissertation/Thesis
A1 王五
T1 集群研究
YR 2008
"""
ENDNOTE = """%0 Journal Article
%A 张三
%A 李四
%+ 甲大学管理学院;
%T 联盟与集群的关系
%J 某某学报
%D 2019
%N 02
%K 联盟;集群
%X 本文讨论联盟，
文本在此折行。
%W CNKI

%0 Thesis
%A 王五
%T 集群研究
"""
NOTEEXPRESS = """{Reference Type}: Journal Article
{Title}: 联盟与集群的关系
{Author}: 张三;李四;
{Author Address}: 甲大学


,北京100871
{Journal}: 某某学报
{Year}: 2019

{Reference Type}: Newspaper Article
{Title}: 集群研究
"""
ESTUDY = """DataType: 1
Title-题名: 联盟与集群的关系
Author-作者: 张三;李四;
Source-刊名: 某某学报
Year-年: 2019
Keyword-关键词: 联盟;集群
DataType: 1
Title-题名: 集群研究
Source-刊名: 某某学报
"""
CUSTOM = """SrcDatabase-来源库:  期刊
Title-题名:  联盟与集群的关系
Author-作者:  张三;李四;
Summary-摘要:  第一句。
第二句折行。


SrcDatabase-来源库:  期刊
Title-题名:  集群研究
"""
VIP = """题名：联盟与集群的关系
作者：张三;李四
机构：甲大学
刊名：某某学报
年：2019
期：2

题名：集群研究
作者：王五
刊名：某某学报
"""
CSSCI = """【来源篇名】联盟与集群的关系
【来源作者】张三/李四
【期    刊】某某学报
【年代卷期】2019,40(010):3-19
【关 键 词】联盟/集群
【参考文献】
1.王五.集群研究.某刊.2008.12(3)
2.赵六.联盟论.北京:某出版社
-----------------------------------------------------------------------

【来源篇名】集群研究
【参考文献】
"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Zhang, S
   Li, S
TI Alliances and
   clusters
SO SOME JOURNAL
DE alliance; cluster
CR Wang W, 2008, J A, V1, P2
   Zhao L, 2009, J B
PY 2019
ER

PT J
AU Wang, W
TI Clusters
ER

EF
"""
RIS = """TY  - JOUR
AU  - 张三
AU  - 李四
TI  - 联盟与集群的关系
KW  - 联盟
集群
PY  - 2019
ER  -

TY  - JOUR
TI  - 集群研究
ER  -
"""
EXPORTS = {
    "refworks": (REFWORKS, "T1", {"A1": ("张三;李四",), "vo": ("13",)}),
    "endnote": (ENDNOTE, "T", {"A": ("张三", "李四"), "X": ("本文讨论联盟，文本在此折行。",)}),
    "noteexpress": (NOTEEXPRESS, "Title", {"Author Address": ("甲大学,北京100871",)}),
    "labelled": (ESTUDY, "Title-题名", {"Keyword-关键词": ("联盟;集群",)}),
    "labelled 2": (CUSTOM, "Title-题名", {"Summary-摘要": ("第一句。第二句折行。",)}),
    "labelled 3": (VIP, "题名", {"期": ("2",)}),
    "cssci": (CSSCI, "来源篇名", {"参考文献": (
        "1.王五.集群研究.某刊.2008.12(3)", "2.赵六.联盟论.北京:某出版社")}),
    "wos": (WOS, "TI", {"AU": ("Zhang, S", "Li, S"), "TI": ("Alliances and clusters",)}),
    "ris": (RIS, "TI", {"AU": ("张三", "李四"), "KW": ("联盟", "集群")}),
}  # fmt: skip


def records_of(text, encoding="utf-8"):
    items = read(RawFile("export.txt", text.encode(encoding)))
    assert all(isinstance(item, RawRecord) for item in items), items
    return items


@pytest.mark.parametrize("name", EXPORTS)
def test_every_record_comes_with_its_tags_in_file_order(name):
    text, title, expected = EXPORTS[name]
    first, second = records_of(text)
    assert first.format == name.split()[0] == sniff(RawFile("x", text.encode()))
    assert (first.item, second.item) == (0, 1)
    assert second.fields[title] == (("Clusters",) if name == "wos" else ("集群研究",))
    assert {tag: first.fields[tag] for tag in expected} == expected
    assert first.warnings == ()


@pytest.mark.parametrize("name", EXPORTS)
def test_line_numbers_point_at_the_first_line_of_a_record(name):
    text, title, _ = EXPORTS[name]
    lines = text.split("\n")
    for record in records_of(text):
        part = "\n".join(lines[record.line - 1 : record.line + 6])
        assert record.fields[title][0][:8] in part


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-16"),
        lambda text: ("\n\n" + text + "\n\n\n").encode(),
    ],
    ids=["BOM and CRLF", "CR", "GB18030", "UTF-16", "blank lines"],
)
def test_marks_line_ends_and_encodings_make_no_difference(name, change):
    text, _, _ = EXPORTS[name]
    plain = [item.fields for item in records_of(text)]
    items = read(RawFile("export.txt", change(text)))
    assert [item.fields for item in items] == plain


def test_a_broken_field_is_reported_with_its_line_and_the_record_kept():
    broken = NOTEEXPRESS.replace("{Year}: 2019", "{Year 2019")
    first, second = records_of(broken)
    assert first.fields["Title"] == ("联盟与集群的关系",)
    assert first.warnings[0].startswith("line 9:")
    assert second.fields["Title"] == ("集群研究",)


def test_an_abstract_line_that_opens_like_a_tag_stays_in_the_abstract():
    text = REFWORKS.replace("AB 本文讨论联盟。", "AB The method uses\nAI to do things\nand more")
    first, _ = records_of(text)
    assert first.fields["AB"] == ("The method uses AI to do things and more",)


def test_a_paper_that_names_its_parts_is_no_record():
    paper = "题目：联盟研究\n作者：张三\n摘要：本文。\n" + "正文一段，讲集群的发展。\n" * 30
    (item,) = read(RawFile("paper.txt", paper.encode()))
    assert item.format == "text"


def test_a_reference_list_gives_one_record_an_entry():
    text = (
        "[1]张三,李四.联盟与集群的关系[J].某某学报,2019,13(02):42-45.\n"
        "[2]王五.集群研究[D].甲大学,\n2008.\n"
    )
    first, second = records_of(text)
    assert first.format == "gbt7714"
    assert second.fields == {"n": ("2",), "reference": ("王五.集群研究[D].甲大学,2008.",)}
    assert second.line == 2


COUNTS = {
    "cnki_estudy_demo_202101.txt": ("labelled", 20),
    "wanfang_noteexpress_demo_202101.net": ("noteexpress", 20),
    "wos_plaintext_demo_202101.txt": ("wos", 10),
    "cssci_kxxykxjsgl_2019_100.txt": ("cssci", 100),
    "cssci_law_400.txt": ("cssci", 400),
    "dev_heads/cnki_custom_first50.txt": ("labelled", 50),
    "dev_heads/cnki_ris_first10.ris": ("ris", 10),
    "dev_heads/cnki_wosified_first30.txt": ("wos", 30),
    "cnki_noteexpress_with_bib_truth/mixed.net": ("noteexpress", 12),
    "cnki_noteexpress_with_bib_truth/nameyear-mixed.bib": ("bibtex", 12),
    "bibliometrix_management/management.csv": ("wos", 898),
    "bibliometrix_management/isiCollection.csv": ("wos", 329),
    "cnki_table_social_thought_2000-2016_gbk/社会思潮文献_1558.csv": ("table", 1558),
    "cnki_table_social_thought_2000-2016_gbk/社会思潮文献_1558.xlsx": ("table", 1558),
    "cnki_table_social_thought_2000-2016_gbk/篇名社会思潮_345.xls": ("table", 345),
}


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
@pytest.mark.parametrize("name", COUNTS)
def test_real_exports_are_recognised_and_counted(name):
    items = read(RawFile(name, (Path(DATA) / "records" / name).read_bytes()))
    assert ({item.format for item in items}, len(items)) == ({COUNTS[name][0]}, COUNTS[name][1])
    assert [item.warnings for item in items if item.warnings] == []


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
@pytest.mark.parametrize(
    ("name", "count"), [("cssci_kxxykxjsgl_2019_100.txt", 4835), ("cssci_law_400.txt", 12267)]
)
def test_no_cited_reference_of_cssci_is_lost(name, count):
    items = read(RawFile(name, (Path(DATA) / "records" / name).read_bytes()))
    assert sum(len(item.fields.get("参考文献", ())) for item in items) == count
