"""ZIP archives: members by name, bombs, nesting, tricks with names."""

from __future__ import annotations

import io
import zipfile

import pytest

from textmine.read import read, sniff
from textmine.records import Failure, RawFile, RawText
from textmine.settings import ReadSettings


def test_members_are_read_and_named_after_the_archive(make_zip):
    data = make_zip({"a/一.txt": "联盟。".encode(), "b.html": "<html><body>集群。</body>".encode()})
    file = RawFile("in/all.zip", data)
    assert sniff(file) == "zip"
    assert [(item.source, item.text, item.format) for item in read(file)] == [
        ("in/all.zip/a/一.txt", "联盟。", "text"),
        ("in/all.zip/b.html", "集群。", "html"),
    ]


def test_names_in_gbk_without_a_flag_are_read_as_chinese():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("XXXX.txt", "集群。".encode())
    data = out.getvalue().replace(b"XXXX", "文件".encode("gbk"))
    (item,) = read(RawFile("a.zip", data))
    assert item.source == "a.zip/文件.txt"


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt"])
def test_names_that_lead_out_of_the_archive_are_refused(make_zip, name):
    good, bad = read(RawFile("a.zip", make_zip({"ok.txt": b"good", name: b"bad"})))
    assert isinstance(good, RawText)
    assert isinstance(bad, Failure)
    assert "out of the archive" in bad.reason


def test_a_bomb_is_refused(make_zip):
    (failure,) = read(RawFile("a.zip", make_zip({"big.txt": b"0" * 50_000_000})))
    assert isinstance(failure, Failure)
    assert "bomb" in failure.reason


def test_the_limit_on_unpacked_size_holds_for_all_members_together(make_zip):
    noise = bytes(range(256)) * 4096
    data = make_zip({f"{n}.bin": noise for n in range(3)})
    (failure,) = read(RawFile("a.zip", data), ReadSettings(max_unpacked_mb=2))
    assert isinstance(failure, Failure)
    assert "more than 2 MB" in failure.reason


def test_a_member_that_lies_about_its_size_is_stopped_while_unpacking(make_zip):
    data = bytearray(make_zip({"a.txt": b"x" * 5_000_000}))
    lie = (100).to_bytes(4, "little")
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = lie
    items = read(RawFile("a.zip", bytes(data)), ReadSettings(max_unpacked_mb=1))
    assert all(isinstance(item, Failure) or len(item.text) <= 100 for item in items)


def test_an_archive_inside_an_archive_is_refused(make_zip):
    inner = make_zip({"x.txt": b"deep"})
    (failure,) = read(RawFile("a.zip", make_zip({"inner.zip": inner})))
    assert isinstance(failure, Failure)
    assert failure.source == "a.zip/inner.zip"


def test_a_damaged_member_does_not_take_the_others_with_it(make_zip):
    data = bytearray(make_zip({"a.txt": "联盟".encode() * 100, "b.txt": "集群。".encode()}))
    at = data.index(b"a.txt") + 8
    data[at : at + 4] = b"\xff\xff\xff\xff"
    first, second = read(RawFile("a.zip", bytes(data)))
    assert isinstance(first, Failure)
    assert second.text == "集群。"


def test_a_truncated_archive_is_a_failure(make_zip):
    data = make_zip({"a.txt": b"text" * 100})
    (failure,) = read(RawFile("a.zip", data[: len(data) // 2]))
    assert isinstance(failure, Failure)
    assert failure.remedy
