"""OFD, TMX, legacy office files, and formats that are refused with advice."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from textmine.read import read, sniff
from textmine.records import Failure, RawFile, RawText

DATA = os.environ.get("TEXTMINE_DATA")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

OFD = "http://www.ofdspec.org/2016"


def ofd_page(*lines):
    texts = "".join(
        f'<ofd:TextObject Boundary="20 {y} 170 6" Size="5"><ofd:TextCode X="0" Y="5" '
        f'DeltaX="g {len(text) - 1} 5">{text}</ofd:TextCode></ofd:TextObject>'
        for y, text in lines
    )
    layer = f"<ofd:Content><ofd:Layer>{texts}</ofd:Layer></ofd:Content>"
    return f'<ofd:Page xmlns:ofd="{OFD}">{layer}</ofd:Page>'


def ofd(make_zip, *pages):
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:DocBody><ofd:DocInfo><ofd:Title>通知'
        "</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{OFD}"><ofd:Pages>{listed}</ofd:Pages>'
        "</ofd:Document>",
    }
    parts |= {f"Doc_0/Pages/{n}.xml": page for n, page in enumerate(pages)}
    return make_zip({name: text.encode() for name, text in parts.items()})


def test_ofd_text_comes_line_by_line_from_the_top(make_zip):
    first = ofd_page((40, "第二行的话。"), (20, "某省人民政府文件"))
    data = ofd(make_zip, first, ofd_page((20, "次页。")))
    file = RawFile("a.ofd", data)
    (item,) = read(file)
    assert sniff(file) == "ofd"
    assert item.text == "某省人民政府文件\n第二行的话。\f次页。"
    assert item.metadata == {"title": "通知"}


def test_ofd_without_text_is_refused(make_zip):
    (failure,) = read(RawFile("a.ofd", ofd(make_zip, ofd_page())))
    assert isinstance(failure, Failure)
    assert "OCR" in failure.remedy


def test_the_chinese_side_of_a_translation_memory_is_the_text():
    tmx = (
        '<?xml version="1.0" encoding="UTF-8"?><tmx version="1.4"><body><tu>'
        '<tuv xml:lang="zh-CN"><seg>发展集群。</seg></tuv>'
        '<tuv xml:lang="en-US"><seg>Grow.</seg></tuv></tu>'
        '<tu><tuv xml:lang="zh-CN"><seg>建立联盟。</seg></tuv></tu></body></tmx>'
    )
    (item,) = read(RawFile("a.tmx", tmx.encode()))
    assert (item.text, item.metadata) == ("发展集群。\n建立联盟。", {"languages": "en-us"})


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        ("a.caj", b"CAJ\0" + b"x" * 50, "CAJViewer"),
        ("a.kdh", b"KDH 2.00" + b"x" * 50, "CAJViewer"),
        ("a.nh", b"unknown" * 9, "CAJViewer"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "OCR"),
        ("a.rar", b"Rar!\x1a\x07\0" + b"x" * 20, "ZIP"),
        ("a.bin", bytes(range(256)) * 4, "ignore"),
        ("a.txt", b"", "again"),
        ("cid.txt", b"(cid:12)(cid:99)(cid:7) " * 30, "OCR"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(name, data, advice):
    (failure,) = read(RawFile(name, data))
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage) == (name, "read")
    assert advice in failure.remedy


def test_legacy_office_files_are_recognised_and_refused_without_libreoffice(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    for name, data in (("a.doc", OLE + b"\0" * 600), ("a.rtf", b"{\\rtf1 text}")):
        assert sniff(RawFile(name, data)) == "office"
        (failure,) = read(RawFile(name, data))
        assert isinstance(failure, Failure)
        assert "LibreOffice" in failure.remedy


@pytest.mark.skipif(not (shutil.which("soffice") or shutil.which("libreoffice")),
                    reason="LibreOffice is not installed")  # fmt: skip
def test_rtf_is_converted_where_libreoffice_is_installed():
    (item,) = read(RawFile("a.rtf", rb"{\rtf1\ansi Innovation systems grow.\par}"))
    assert item.text.strip() == "Innovation systems grow."


def test_an_encrypted_office_file_is_refused_as_such():
    data = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    (failure,) = read(RawFile("a.docx", data))
    assert "encrypted" in failure.reason


def test_a_file_beyond_the_limit_is_refused_unread():
    from textmine.settings import ReadSettings

    (failure,) = read(RawFile("a.txt", b"x" * (2**20 + 1)), ReadSettings(max_file_mb=1))
    assert "more than 1 MB" in failure.reason


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_real_translation_memories_give_their_chinese_side():
    for path in sorted((Path(DATA) / "policy/bilingual-tmx").glob("*.tmx")):
        data = path.read_bytes()
        (item,) = read(RawFile(path.name, data))
        assert isinstance(item, RawText)
        assert "各位代表" in item.text
        lines = item.text.count("\n") + 1
        assert lines >= 0.98 * data.count(b'<tuv xml:lang="zh-CN"><seg>')
