"""HTML: metadata tables, main text, encodings, furniture."""

from __future__ import annotations

import base64
import json
import os
import re
from pathlib import Path

import pytest

from textmine.read import read, sniff
from textmine.records import Failure, RawFile, RawText

DATA = os.environ.get("TEXTMINE_DATA")

BODY = "".join(f"<p>第{n}段：各地要支持产业集群和创新联盟的建设与发展。</p>" for n in "一二三四五")


def item_of(html, encoding="utf-8", path="a.html"):
    (item,) = read(RawFile(path, html.encode(encoding)))
    return item


def test_cells_of_the_metadata_table_are_named_by_their_bare_labels():
    item = item_of(
        "<html><body><table><tr><td>索 引 号：</td><td>X/2019-1</td><td>主题分类：</td>"
        "<td>科技</td></tr><tr><td>标　　题：</td><td colspan=3>关于联盟的通知</td></tr></table>"
        f"<div id='UCAP-CONTENT'>{BODY}</div></body></html>"
    )
    assert item.metadata == {"索引号": "X/2019-1", "主题分类": "科技", "标题": "关于联盟的通知"}


@pytest.mark.parametrize(
    "markup",
    [
        "<li>发文字号：省府发〔2020〕3号</li>",
        "<li><strong>发文字号：</strong>省府发〔2020〕3号</li>",
        "<td><b>发文字号：</b></td><td>省府发〔2020〕3号</td>",
        "<dl><dt>发文字号</dt><dd>省府发〔2020〕3号</dd></dl>",
        "<div><span>发文字号:</span><em>省府发〔2020〕3号</em></div>",
        "<p><span>[ 发文字号 ]</span> <span>省府发〔2020〕3号</span></p>",
    ],
)
def test_a_label_is_found_in_whatever_markup_it_stands(markup):
    markup = f"<table><tr>{markup}</tr></table>" if markup.startswith("<td") else markup
    item = item_of(f"<html><body><ul>{markup}</ul><div id=zoom>{BODY}</div></body></html>")
    assert item.metadata["发文字号"] == "省府发〔2020〕3号"


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li>索引号：X/2020-1</li><li>发文字号：省府发〔2020〕3号</li></ul>",
        "<p>索 引 号：X/2020-1 发文字号：省府发〔2020〕3号</p>",
        "<p><b>索引号：</b>X/2020-1<br><b>发文字号：</b>省府发〔2020〕3号</p>",
    ],
)
def test_a_value_ends_where_the_next_label_begins(markup):
    item = item_of(f"<html><body><div>{markup}</div><div id=zoom>{BODY}</div></body></html>")
    assert item.metadata["索引号"] == "X/2020-1"
    assert item.metadata["发文字号"] == "省府发〔2020〕3号"


def test_meta_tags_are_kept_under_their_names():
    item = item_of(
        '<html><head><meta name="ArticleTitle" content="关于集群的意见">'
        f'<meta name="PubDate" content="2020-01-02"></head><body>{BODY}</body></html>'
    )
    assert item.metadata["ArticleTitle"] == "关于集群的意见"
    assert item.metadata["PubDate"] == "2020-01-02"


def test_navigation_scripts_and_furniture_are_left_out():
    item = item_of(
        "<html><body><div class='nav'><a href=/>首页</a><a href=/zc>政策</a></div>"
        f"<script>alert('x')</script><style>p{{}}</style><div><div>{BODY}</div></div>"
        "<div class='footer'>版权所有 网站标识码</div></body></html>"
    )
    assert item.text.split("\n") == [
        f"第{n}段：各地要支持产业集群和创新联盟的建设与发展。" for n in "一二三四五"
    ]


def test_a_page_that_declares_gbk_is_read_as_such():
    item = item_of(
        f'<html><head><meta charset="gb2312"></head><body>{BODY}</body></html>', "gb18030"
    )
    assert item.encoding == "gb18030"
    assert "创新联盟" in item.text


def test_table_cells_are_parted_by_tabs_and_breaks_by_lines():
    item = item_of(
        "<html><body><div id=zoom>" + BODY + "<table><tr><td>甲</td><td>乙</td></tr></table>"
        "上行<br>下行</div></body></html>"
    )
    assert item.text.endswith("甲\t乙\n上行\n下行")


def test_a_page_without_text_is_refused():
    item = item_of("<html><body><div id=app></div><script>load()</script></body></html>")
    assert isinstance(item, Failure)
    assert "script" in item.remedy


def test_a_page_nested_very_deeply_neither_crashes_nor_hangs():
    item = item_of("<html><body>" + "<div>" * 20_000 + "深处的话" + "</div>" * 20_000)
    assert isinstance(item, (RawText, Failure))


def test_a_page_saved_as_mhtml_is_read_as_a_page():
    page = base64.encodebytes(f"<html><body>{BODY}</body></html>".encode()).decode()
    mhtml = (
        'From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
        "--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        f"{page}\n--x--\n"
    )
    item = item_of(mhtml, path="a.mht")
    assert item.format == "mhtml"
    assert "创新联盟" in item.text


def truth():
    folder = Path(DATA) / "policy/state-council-pages"
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        path = folder / Path(record["file"]).name
        yield RawFile(path.name, path.read_bytes()), record


LABELS = {
    "index_no": "索引号", "title": "标题", "issuer": "发文机关", "doc_no": "发文字号",
    "date_written": "成文日期", "date_published": "发布日期", "topic": "主题分类",
    "subject_words": "主题词",
}  # fmt: skip


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_every_field_of_the_state_council_pages_is_found():
    for file, record in truth():
        (item,) = read(file)
        for name, label in LABELS.items():
            value = item.metadata.get(label, "")
            if name.startswith("date"):
                value = "-".join(re.findall(r"\d+", value))
            assert "".join(value.split()) == "".join((record[name] or "").split()), file.path


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_the_text_of_the_state_council_pages_is_the_known_one():
    for file, record in truth():
        (item,) = read(file)
        # The known texts end in a line of the page's furniture.
        known = "".join(record["text"].split()).removesuffix("扫一扫在手机打开当前页-->")
        assert "".join(item.text.split()) == known, file.path


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_the_main_text_is_found_without_the_name_of_its_element():
    for file, record in truth():
        data = file.data.replace(b"UCAP-CONTENT", b"x").replace(b"b12c", b"y")
        (item,) = read(RawFile(file.path, data))
        known = "".join(record["text"].split()).removesuffix("扫一扫在手机打开当前页-->")
        found = "".join(item.text.split())
        assert known in found
        assert len(found) < 1.1 * len(known) + 200, file.path
        assert sniff(file) == "html"
