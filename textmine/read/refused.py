"""Formats that no permissive library reads: refused at once, each with the way out."""

from __future__ import annotations

from typing import NoReturn

from textmine.errors import ReadError
from textmine.read.source import Source
from textmine.settings import ReadSettings

NAME = "refused"

_CAJ = "Open it in CAJViewer and print it to PDF, or download the PDF from CNKI instead."
_OCR = "Run OCR on it first, e.g. `ocrmypdf --image-dpi 300 -l chi_sim in.png out.pdf`."
_UNPACK = "Unpack it, or pack the files as ZIP."

_KINDS: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    ((b"CAJ\0", b"HN\0\0", b"KDH ", b"TEB\0", b"\xc8\0\0\0"), "a CAJ, KDH or NH file", _CAJ),
    ((b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8"), "a picture", _OCR),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), "an archive but no ZIP", _UNPACK),
)  # fmt: skip
"""First bytes, what they stand for, and the remedy."""

_SUFFIXES = {".caj": _CAJ, ".kdh": _CAJ, ".nh": _CAJ, ".caa": _CAJ}


def matches(source: Source) -> bool:
    """Whether the file starts as one of these does, or is named as CNKI's own formats are."""
    return _remedy(source) is not None


def read(source: Source, limits: ReadSettings) -> NoReturn:
    """Refuse the file with the advice to convert it."""
    what, remedy = _remedy(source) or ("the file", _CAJ)
    raise ReadError(f"{what} cannot be read", remedy=remedy)


def _remedy(source: Source) -> tuple[str, str] | None:
    for starts, what, remedy in _KINDS:
        if source.data.startswith(starts):
            return what, remedy
    # A PDF that CNKI's viewer has saved keeps its name, but is a PDF.
    if source.suffix in _SUFFIXES and b"%PDF-" not in source.data[:1024]:
        return "a CAJ, KDH or NH file", _CAJ
    return None
