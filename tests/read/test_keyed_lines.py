"""Collections with a key, a tab and a whole text a line."""

import os
from pathlib import Path

import pytest

from textmine import parse, read
from textmine.records import RawFile

DATA = os.environ.get("TEXTMINE_DATA")
BODY = (
    "各位代表：现在，我向大会报告工作，请予审议。" + "我们支持产业集群发展，建设区域创新体系。" * 20
)


def lines(*keys: str, body: str = BODY) -> RawFile:
    text = "\n".join(f"{key}\t{key}号报告\t\t——全文　　　　{body}" for key in keys)
    return RawFile("合集.txt", text.encode("utf-8"))


def test_each_line_is_a_text_of_its_own() -> None:
    texts = read.read(lines("甲", "乙", "丙"))
    assert read.sniff(lines("甲", "乙", "丙")) == "keyed lines"
    assert [t.item for t in texts] == [0, 1, 2]
    assert [t.metadata for t in texts] == [{"id": "甲"}, {"id": "乙"}, {"id": "丙"}]
    assert texts[1].text.split("\n")[:3] == ["乙号报告", "——全文", BODY]


def test_a_key_that_is_a_year_dates_the_text() -> None:
    body = "关于促进产业集群发展的通知\t各市：" + BODY + "\t省科技厅"
    texts = read.read(lines("2005", "2006", "2007", body=body))
    assert [parse.document(t).year for t in texts] == [2005, 2006, 2007]


@pytest.mark.parametrize(
    "file",
    [
        lines("甲", "甲", "乙"),
        lines("甲", "乙"),
        lines("甲", "乙", "丙", body="短"),
        RawFile("x.txt", ("\n".join(["没有键的一行" + BODY] * 4)).encode("utf-8")),
    ],
)
def test_repeated_keys_few_or_short_lines_are_no_collection(file: RawFile) -> None:
    assert read.sniff(file) != "keyed lines"


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_a_real_collection_of_reports_is_read_report_by_report() -> None:
    path = Path(str(DATA)) / "policy" / "central-work-reports" / "mojibake-1954-2019.txt"
    found = [parse.document(t) for t in read.read(RawFile(path.name, path.read_bytes()))]
    assert len(found) == 50
    assert {d.doc_type for d in found} == {"工作报告"}
    assert [d.year for d in found] == sorted({d.year for d in found})
    assert (found[0].year, found[-1].year) == (1954, 2019)
