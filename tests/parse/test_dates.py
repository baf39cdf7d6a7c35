import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.parse.dates import find_dates, first_date, han_number


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2008年12月30日", "2008-12-30"),
        ("2008 年 12 月 30 日", "2008-12-30"),
        ("二〇〇八年十二月三十日", "2008-12-30"),
        ("二○○八年元月一日", "2008-01-01"),
        ("二零一五年五月", "2015-05"),
        ("二OO九年七月二十八日", "2009-07-28"),
        ("2008-12-30", "2008-12-30"),
        ("2008/1/3", "2008-01-03"),
        ("2008.12.30", "2008-12-30"),
        ("2008/12", "2008-12"),
        ("2008年", "2008"),
        ("（2010年3月5日在会议上）", "2010-03-05"),
    ],
)
def test_dates_keep_the_precision_of_the_source(printed, iso):
    assert first_date(printed) == iso


@pytest.mark.parametrize(
    "printed", ["2008年13月1日", "2008-02-30", "12008年", "2008.12", "三年", ""]
)
def test_what_the_calendar_does_not_have_is_no_date(printed):
    assert first_date(printed) == ""


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)))
def test_every_day_is_read_back(day):
    assert first_date(f"于{day.year}年{day.month}月{day.day}日印发") == day.isoformat()
    assert first_date(f"{day.year}-{day.month}-{day.day}") == day.isoformat()


@given(st.text(alphabet="〇○一二十年月日0129-/. 第", max_size=60))
def test_found_dates_are_spans_in_order(text):
    found = list(find_dates(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(f.iso[:1] in "12" for f in found)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十一", 21),
        ("一百零三", 103),
        ("二〇〇八", 2008),
        ("三个", None),
    ],
)
def test_han_numerals(numeral, value):
    assert han_number(numeral) == value
