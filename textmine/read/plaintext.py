"""Plain text and Markdown: the decoded text as it is, for `parse` to understand."""

from __future__ import annotations

import re

from textmine.errors import ReadError
from textmine.read.source import Source
from textmine.records import RawText
from textmine.settings import ReadSettings

NAME = "text"

_CID = re.compile(r"\(cid:\d{1,6}\)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_MARKDOWN = {".md", ".markdown"}


def matches(source: Source) -> bool:
    """Any text is plain text: the last format asked."""
    return True


def read(source: Source, limits: ReadSettings) -> list[RawText]:
    """The text of a file in whatever encoding it is."""
    decoded = source.decoded
    text = source.text
    refuse_garbage(text)
    name = "markdown" if source.suffix in _MARKDOWN else NAME
    cleaned = _CONTROL.sub("", text)
    return [RawText(cleaned, name, source.path, 0, decoded.encoding, {}, decoded.warnings)]


def refuse_garbage(text: str) -> None:
    """Refuse text that a tool took from a PDF whose fonts name no characters, and binary data.

    Raises
    ------
    ReadError
        When glyph numbers such as "(cid:123)" or control characters make up a fifth of the text:
        what is left cannot be a document.
    """
    if not text.strip():
        raise ReadError("the file holds no text", remedy="Nothing to do if that is meant.")
    glyphs = sum(len(m.group()) for m in _CID.finditer(text))
    if 5 * glyphs > len(text):
        raise ReadError(
            "the text is glyph numbers such as (cid:123) instead of characters",
            remedy="Run OCR on the original PDF, e.g. `ocrmypdf --force-ocr -l chi_sim`.",
        )
    if 5 * len(_CONTROL.findall(text)) > len(text):
        raise ReadError(
            "not a text file, and no format that is known here",
            remedy="Convert it to PDF, DOCX or plain text, or leave it out with `ignore`.",
        )
