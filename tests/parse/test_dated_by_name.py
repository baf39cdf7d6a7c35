import pytest

from textmine.parse import document
from textmine.records import RawText


@pytest.mark.parametrize(
    ("name", "year", "date"),
    [
        ("2008-联盟.txt", 2008, "2008"),
        ("a/2008/集群.txt", None, ""),
        ("ChinaXiv-201711.00267V1.md", 2017, "2017-11"),
        ("报告1999年.txt", 1999, "1999"),
        ("12008.txt", None, ""),
        ("200813.txt", None, ""),
        ("3008.txt", None, ""),
        ("报告1954-2019.txt", None, ""),
        ("2008/2008-集群-2008.txt", 2008, "2008"),
    ],
)
def test_a_text_without_a_year_is_dated_by_the_name_of_its_file(name, year, date) -> None:
    found = document(RawText("一段没有日期的文字。", "text", source=name))
    assert (found.year, found.date) == (year, date)
    assert any("file's name" in w for w in found.warnings) == (year is not None)
