"""PDF with a text layer: characters with their boxes from pdfium, laid out by `pdf_layout`.

Pages are separated by a form feed. A PDF without text layer, or whose fonts name no characters,
is refused with the advice to run OCR.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from math import hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from textmine.errors import ReadError
from textmine.read.pdf_layout import Char, Page, page_texts
from textmine.read.source import Source
from textmine.records import RawText
from textmine.settings import ReadSettings

NAME = "pdf"

_OCR = "Run OCR first, e.g. `ocrmypdf -l chi_sim+eng in.pdf out.pdf` (--force-ocr for bad fonts)."
_UNMAPPED = 0.3
"""Share of characters without meaning (private use, U+FFFD) from which a text layer is garbage."""


def matches(source: Source) -> bool:
    """The header stands within the first kilobyte, as the standard allows."""
    return b"%PDF-" in source.data[:1024]


def read(source: Source, limits: ReadSettings) -> list[RawText]:
    """The text of a PDF, pages between form feeds, furniture removed."""
    document = _opened(source.data)
    try:
        if len(document) > limits.max_pages:
            raise ReadError(
                f"the PDF has {len(document)} pages, more than {limits.max_pages}",
                remedy="Split it, or raise read.max_pages in textmine.toml.",
            )
        pages = [_page(document, number) for number in range(len(document))]
        metadata = {k.lower(): v for k, v in document.get_metadata_dict(skip_empty=True).items()}
    finally:
        document.close()
    _refuse_without_text(pages)
    blank = [str(n) for n, page in enumerate(pages, 1) if not page.chars]
    warnings = (f"no text on page {', '.join(blank)}: scanned?",) if blank else ()
    text = "\f".join(page_texts(pages))
    return [RawText(text, NAME, source.path, metadata=metadata, warnings=warnings)]


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                "the PDF is encrypted", remedy="Save a copy without a password."
            ) from error
        raise ReadError(
            f"the PDF is damaged: {error}", remedy="Get it again, or print it to a new PDF."
        ) from error


def _page(document: Any, number: int) -> Page:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return Page(0.0, 0.0, [])
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        return Page(width, height, list(_chars(textpage.raw)))
    finally:
        textpage.close()
        page.close()


def _chars(textpage: Any) -> Iterator[Char]:
    """The characters on the page, with the spaces (not the line ends) that pdfium infers."""
    box, matrix, size = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), 0.0
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        text = _character(pdfium.FPDFText_GetUnicode(textpage, index))
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            if text == " ":
                yield Char(" ", box.right, box.right, y.value, size)
            continue
        # The loose box is as wide as the font says, not as the glyph's ink.
        if text and pdfium.FPDFText_GetLooseCharBox(textpage, index, box):
            pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
            pdfium.FPDFText_GetMatrix(textpage, index, matrix)
            size = pdfium.FPDFText_GetFontSize(textpage, index) * hypot(matrix.c, matrix.d)
            yield Char(text, box.left, box.right, y.value, size or box.top - box.bottom)


_HYPHENS = "\u00ad\u2010\u2011\x02"
"""Soft, real and unbreakable hyphen, and pdfium's mark for one at a line's end."""

_LOOKALIKES = dict(
    zip(
        "➀➁➂➃➄➅➆➇➈➉⺎⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "①②③④⑤⑥⑦⑧⑨⑩兀母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
"""Signs that stand for usual characters. Fonts map glyphs that look alike to either, so PDF gives
"⻓" for "长" and "➀" for "①"; Unicode's own folding (NFKC) knows the Kangxi radicals only."""


def _character(code: int) -> str:
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    char = chr(code)
    if char in _HYPHENS:
        return "-"
    if char in "\r\n":
        return ""
    if char in _LOOKALIKES:
        return _LOOKALIKES[char]
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    if char.isspace():
        return "\u3000" if char == "\u3000" else " "
    return char if code >= 32 else ""


def _refuse_without_text(pages: list[Page]) -> None:
    total = sum(1 for page in pages for char in page.chars if not char.text.isspace())
    if not total:
        raise ReadError("the PDF has no text layer: its pages are pictures", remedy=_OCR)
    strange = sum(
        1
        for page in pages
        for char in page.chars
        if char.text == "\ufffd" or "\ue000" <= char.text <= "\uf8ff"
    )
    if strange > _UNMAPPED * total:
        raise ReadError("the PDF's fonts do not say which characters they show", remedy=_OCR)
    glyphs = "".join(char.text for page in pages for char in page.chars)
    if 5 * 7 * glyphs.count("(cid:") > total:
        raise ReadError("the PDF's text is glyph numbers such as (cid:123)", remedy=_OCR)
