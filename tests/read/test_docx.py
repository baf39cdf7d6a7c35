"""DOCX: order, tables, footnotes, text boxes, properties, attacks."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import docx
import pytest

from textmine.read import read, sniff
from textmine.records import Failure, RawFile, RawText

DATA = os.environ.get("TEXTMINE_DATA")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def item_of(data):
    (item,) = read(RawFile("a.docx", data))
    return item


def with_part(data, name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def test_paragraphs_headings_and_tables_come_in_the_order_of_the_document():
    document = docx.Document()
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("支持产业集群发展。")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["指标", "数值", "联盟", "12"], strict=True):
        cell.text = text
    document.add_paragraph("表后的一段。")
    item = item_of(saved(document))
    assert item.text.split("\n") == [
        "一、总体要求", "支持产业集群发展。", "指标\t数值", "联盟\t12", "表后的一段。",
    ]  # fmt: skip
    assert item.format == "docx"


def test_core_properties_become_metadata():
    document = docx.Document()
    document.add_paragraph("正文。")
    document.core_properties.title = "关于集群的意见"
    document.core_properties.author = "某厅"
    metadata = item_of(saved(document)).metadata
    assert metadata["title"] == "关于集群的意见"
    assert metadata["author"] == "某厅"


def test_deleted_text_is_gone_and_line_breaks_are_kept():
    document = docx.Document()
    paragraph = document.add_paragraph("留下的话")
    paragraph.add_run().add_break()
    paragraph.add_run("下一行")
    deleted = paragraph._p.makeelement(f"{{{W}}}del", {})
    run = deleted.makeelement(f"{{{W}}}r", {})
    text = run.makeelement(f"{{{W}}}delText", {})
    text.text = "删掉的话"
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    assert item_of(saved(document)).text == "留下的话\n下一行"


def test_footnotes_stand_apart_at_the_end():
    document = docx.Document()
    document.add_paragraph("正文一句。")
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>脚注的话。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    data = with_part(saved(document), "word/footnotes.xml", notes)
    assert item_of(data).text == "正文一句。\n\n[1] 脚注的话。"


def test_text_boxes_are_read_once():
    document = docx.Document()
    paragraph = document.add_paragraph("框外的话。")
    box = docx.oxml.parse_xml(
        f'<w:r xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框里的话。</w:t>"
        "</w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(box)
    assert item_of(saved(document)).text == "框外的话。\n框里的话。"


def test_entities_are_refused():
    document = docx.Document()
    document.add_paragraph("正文。")
    attack = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"/>'
    item = item_of(with_part(saved(document), "word/document.xml", attack))
    assert isinstance(item, Failure)
    assert "entities" in item.reason


def test_a_bomb_is_refused_before_it_is_unpacked():
    document = docx.Document()
    out = io.BytesIO(saved(document))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr("word/bomb.xml", b"0" * 300_000_000)
    item = item_of(out.getvalue())
    assert isinstance(item, Failure)
    assert "times its size" in item.reason


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_city_reports_say_what_their_text_files_say():
    paths = sorted((Path(DATA) / "policy/city-work-reports-2024").glob("*.docx"))
    assert len(paths) == 40
    for path in paths:
        file = RawFile(path.name, path.read_bytes())
        (item,) = read(file)
        truth = path.with_suffix(".txt").read_text(encoding="utf-8")
        assert sniff(file) == "docx"
        assert isinstance(item, RawText)
        assert "".join(item.text.split()) == "".join(truth.split()), path.name
