"""Document numbers: every way of printing them, and what only looks like one."""

import itertools
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.parse import doc_number

DATA = os.environ.get("TEXTMINE_DATA")

CODES = (
    "国发", "国办发", "国办函", "国函", "中发", "国科发政", "国科发计字", "国科发高字", "国科办体",
    "国科发区", "发改高技", "发改办高技", "发改产业", "工信部联规", "工信厅高新函", "财教", "财税",
    "教技", "教技函", "人社部发", "人社厅函", "银发", "商服贸发", "国资发科创", "建城", "环办",
    "农科教发", "国知发管字", "交科技发", "国办发明电", "京政发", "京科发", "京经信发", "沪府发",
    "沪科合", "沪经信技", "津政办发", "渝府发", "粤府", "粤科函高字", "深府办", "苏政办发",
    "苏科高发", "浙政发", "浙科发高", "皖政办秘", "皖开放办", "鲁政办字", "豫发改高技", "鄂科技发计",
    "湘政发", "赣府厅字", "闽政", "川办发", "黔府办发", "云政办发", "陕政发", "甘政办发", "桂政办发",
    "琼府", "晋政办发", "冀政", "辽政发", "吉政发", "黑政发", "内政办发", "新政发", "宁政办发",
    "青政", "藏政发", "包府办发", "阿府办发", "杭政函", "武政规", "临经信中小", "和政办发",
    "国能综通科技", "国经贸技术", "外经贸技发", "自然资发",
)  # fmt: skip
BRACKETS = ("〔〕", "[]", "［］", "（）", "()", "【】", "﹝﹞", "〖〗", "〔]")
SPACINGS = (
    "{c}{o}{y}{e}{n}号",
    "{c} {o}{y}{e} {n} 号",
    "{c}{o} {y} {e}第{n}号",
    "{c}　{o}{y}{e}{n}　号",
)
FRAMES = (
    "{}", "（{}）", "根据{}文件精神", "《关于推动联盟构建的意见》（{}）印发以来", "为贯彻落实{}要求", "文号：{}",
    "按照《规划》和{}，结合实际", "原{}同时废止", "{}\n各有关单位：", "下发了《通知》（{}），现", "见{}。", "、{}；",
    "收到{}后",
)  # fmt: skip


def variants() -> list[tuple[str, str, str]]:
    """Text, number as printed, canonical form: codes, brackets, spacings and frames crossed."""
    made = []
    forms = itertools.cycle(itertools.product(BRACKETS, SPACINGS))
    frames = itertools.cycle(FRAMES)
    figures = itertools.cycle(
        [("2008", "770"), ("1999", "12"), ("２０１０", "８"), ("2021", "1306")]
    )
    for code in CODES * 12:
        (o, e), spacing = next(forms)
        year, number = next(figures)
        raw = spacing.format(c=code, o=o, e=e, y=year, n=number)
        key = f"{code}〔{int(year)}〕{int(number)}号"
        made.append((next(frames).format(raw), raw, key))
    return made


def test_numbers_are_found_in_every_form_with_precision_and_recall():
    right = found = 0
    cases = variants()
    for text, raw, key in cases:
        numbers = doc_number.find(text)
        found += len(numbers)
        right += any(n.key == key and n.raw == raw for n in numbers)
    assert right / len(cases) >= 0.97
    assert right / found >= 0.99


@pytest.mark.parametrize(
    "text",
    [
        "在2008年的12号文件里",
        "依照第十二条第3项",
        "电话：010-62881234",
        "国家自然科学基金（71203001）",
        "GB/T 9704-2012",
        "国家自然科学基金项目[71203001]",
        "熊彼特（1912）提出3号假说",
        "陈劲等（2008）3号样本",
        "（2008）一中民初字第770号",
        "全国政协提案〔2004〕第2741号",
        "创新系统[2008]12 页",
        "参见文献[12]第3号",
        "该市（2010）5号线开通",
        "专利（2008）10012345号",
        "王某（2011）认为，12家企业",
        "表（2012）3",
        "第331号提案",
        "2010年第3号飓风",
        "政府令人满意第1号",
    ],
)
def test_what_only_looks_like_a_number_is_none(text):
    assert doc_number.find(text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("中华人民共和国国务院令第331号", "国务院令第331号"),
        ("国务院第331号令", "国务院令第331号"),
        ("中华人民共和国主席令（第四号）", "主席令第4号"),
        ("2000年8月15日临江省人民政府令第316号公布", "临江省人民政府令第316号"),
        ("科学技术部公告 2010 年第 3 号", "科学技术部公告2010年第3号"),
        ("科技部2010年第3号公告", "科技部公告2010年第3号"),
        ("财政部 国家税务总局公告2010年第3号", "财政部国家税务总局公告2010年第3号"),
        ("日照市人民政府令第12号", "日照市人民政府令第12号"),
        ("临江省人民代表大会常务委员会公告第9号", "临江省人民代表大会常务委员会公告第9号"),
        ("国家发展改革委令2008年第5号", "国家发展改革委令2008年第5号"),
        ("〔1996〕武司字第82号", "武司字〔1996〕82号"),
        ("国发（85）12号", "国发〔1985〕12号"),
        ("沪府发（二〇一〇）十五号", "沪府发〔2010〕15号"),
        ("国科发政[2008]770", "国科发政〔2008〕770号"),
        ("国 办 发 ［２００８］ 第 ３ 号", "国办发〔2008〕3号"),
    ],
)
def test_orders_announcements_and_old_forms_have_their_own_keys(text, key):
    assert doc_number.canonical(text) == key


def test_two_numbers_joined_by_and_are_two():
    keys = [n.key for n in doc_number.find("依据国办发〔1998〕1号和国办发〔1999〕2号文件")]
    assert keys == ["国办发〔1998〕1号", "国办发〔1999〕2号"]


def test_what_is_no_number_stays_as_it_is():
    assert doc_number.canonical("  无 文号 ") == "无 文号"


@given(st.text(alphabet="国科发政〔2008〕[]（）770号令第公告年 、\n字甲", max_size=80))
def test_spans_are_what_was_printed_and_canonical_forms_are_stable(text):
    last = 0
    for number in doc_number.find(text):
        assert text[number.start : number.end] == number.raw
        assert number.start >= last
        last = number.end
        assert doc_number.canonical(number.key) == number.key


@pytest.mark.parametrize(
    "piece", ["〔2008〕", "国", "国发〔2008", "第1号", "令（ ", "2008年第3号公告"]
)
def test_a_megabyte_of_hostile_text_takes_seconds(piece):
    text = piece * (1_000_000 // len(piece))
    begin = time.process_time()
    doc_number.find(text)
    assert time.process_time() - begin < 5


@pytest.mark.skipif(DATA is None, reason="TEXTMINE_DATA is not set")
def test_the_numbers_of_real_pages_are_found_in_their_text():
    path = Path(str(DATA)) / "policy" / "state-council-pages" / "truth.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [r["doc_no"] in {n.key for n in doc_number.find(r["text"])} for r in rows]
    assert len(rows) == 35
    assert all(found)
