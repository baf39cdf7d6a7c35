"""Files made on the spot: what the tests read is written by the tests."""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pylopdf_fonts_zh_cn import sans_path

Piece = tuple[float, float, float, str]
"""Left edge, baseline, size in points, text."""


@cache
def _font() -> bytes:
    return sans_path().read_bytes()


@pytest.fixture(scope="session")
def make_pdf() -> Callable[[Sequence[Sequence[Piece]]], bytes]:
    """A function that sets pieces of text on A4 pages with a Chinese font."""

    def make(pages: Sequence[Sequence[Piece]]) -> bytes:
        document = pypdfium2.PdfDocument.new()
        data = _font()
        buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        font = pdfium.FPDFText_LoadFont(
            document.raw, buffer, len(data), pdfium.FPDF_FONT_TRUETYPE, True
        )
        for pieces in pages:
            page = document.new_page(595, 842)
            for left, y, size, text in pieces:
                _place(document, page, font, left, y, size, text)
            page.gen_content()
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


def _place(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, font: object,
    left: float, y: float, size: float, text: str,
) -> None:  # fmt: skip
    item = pdfium.FPDFPageObj_CreateTextObj(document.raw, font, size)
    encoded = (text + "\0").encode("utf-16-le")
    buffer = ctypes.create_string_buffer(encoded)
    pdfium.FPDFText_SetText(item, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, left, y)
    pdfium.FPDFPage_InsertObject(page.raw, item)


@pytest.fixture(scope="session")
def make_zip() -> Callable[[dict[str, bytes]], bytes]:
    """A function that packs members, given by name, into a ZIP container."""

    def make(members: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
            for name, data in members.items():
                container.writestr(name, data)
        return out.getvalue()

    return make
