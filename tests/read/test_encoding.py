"""Encodings: decided, recorded, and broken text told."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.errors import ReadError
from textmine.read.encoding import decode

DATA = os.environ.get("TEXTMINE_DATA")

SIMPLIFIED = "为推动产业集群的发展，各地应当支持企业、高校和院所建立技术创新联盟。\n"
TRADITIONAL = "為推動產業群聚的發展，各地應當支持企業、大學與研究機構建立技術創新聯盟。\n"


@pytest.mark.parametrize("times", [1, 30])
@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("Innovation systems.\n", "ascii", "utf-8"),
    ],
)
def test_each_encoding_is_recognised_and_named(text, encoding, named, times):
    found = decode((text * times).encode(encoding))
    assert found.text == text * times
    assert found.encoding == named
    assert found.warnings == ()


def test_big5_that_is_valid_gb18030_too_is_told_by_its_characters():
    data = ("創新系統與產業聯盟" * 3).encode("big5")
    data.decode("gb18030")  # valid there as well: nothing but plausibility decides
    assert decode(data).encoding == "big5hkscs"


def test_utf8_with_one_broken_place_stays_utf8_and_is_reported():
    data = (SIMPLIFIED * 20).encode()
    found = decode(data[:99] + b"\xff" + data[99:])
    assert found.encoding == "utf-8"
    assert "1 places are not valid" in found.warnings[0]


def test_utf8_cut_in_a_character_loses_only_that_character():
    found = decode(SIMPLIFIED.strip().encode()[:-1])
    assert found.encoding == "utf-8"
    assert found.text.startswith(SIMPLIFIED[:30])


def test_western_text_in_windows_1252_is_read():
    found = decode(
        ("The firm’s “cluster” – a naïve résumé of the café’s façade. " * 20).encode("cp1252")
    )
    assert "naïve" in found.text
    assert found.encoding == "cp1252"


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_text_that_was_decoded_wrongly_before_is_reported(wrong):
    broken = (SIMPLIFIED * 5).encode("utf-8").decode(wrong, errors="ignore")
    assert any("mojibake" in w for w in decode(broken.encode("utf-8")).warnings)


def test_binary_data_is_refused():
    with pytest.raises(ReadError):
        decode(bytes(range(256)) * 20)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_text_or_a_read_error(data):
    with contextlib.suppress(ReadError):
        assert isinstance(decode(data).text, str)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=50))
@settings(max_examples=60, deadline=None)
def test_utf8_comes_back_as_it_was(text):
    assert decode(text.encode()).text == text


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_the_clean_reports_have_no_warning_and_the_damaged_collection_has():
    folder = Path(DATA) / "policy/central-work-reports"
    for path in sorted(folder.glob("*年*.txt")):
        assert decode(path.read_bytes()).warnings == (), path.name
    assert decode((folder / "mojibake-1954-2019.txt").read_bytes()).warnings


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_every_report_is_recognised_in_every_encoding(encoding):
    for path in sorted((Path(DATA) / "policy/central-work-reports").glob("*年*.txt"))[::6]:
        text = path.read_text(encoding="utf-8")
        found = decode(text.encode(encoding))
        assert (found.encoding, found.text) == (encoding, text)
