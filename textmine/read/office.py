"""Legacy office files (DOC, WPS, RTF, ODT) through LibreOffice, where it is installed.

The only external program that textmine runs: in a folder of its own that is removed afterwards,
with a profile of its own, without macros, and with a time limit. The converted DOCX is then read
as any other.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from textmine.errors import ReadError
from textmine.read import archive, docx
from textmine.read.source import Source
from textmine.records import RawText
from textmine.settings import ReadSettings

NAME = "office"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECONDS = 120
"""LibreOffice starts in up to 20 seconds and converts a book of 500 pages in another 30."""

_ADVICE = "Install LibreOffice, or save the file as DOCX in Word or WPS."


def matches(source: Source) -> bool:
    """An OLE container without workbook, RTF, or an OpenDocument text (its type stands first)."""
    if source.data.startswith((_OLE, b"{\\rtf")):
        return True
    if not archive.is_zip(source.data) or "content.xml" not in archive.names(source.data):
        return False
    return b"opendocument.text" in source.data[:100]


def read(source: Source, limits: ReadSettings) -> list[RawText]:
    """The text of a legacy document, converted to DOCX by LibreOffice."""
    if "EncryptedPackage".encode("utf-16-le") in source.data:
        raise ReadError("the document is encrypted", remedy="Save a copy without a password.")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError("a legacy office file; LibreOffice is not installed", remedy=_ADVICE)
    converted = Source(source.path, _convert(program, source))
    text = docx.read(converted, limits)[0]
    return [RawText(text.text, NAME, source.path, metadata=text.metadata, warnings=text.warnings)]


def _convert(program: str, source: Source) -> bytes:
    with tempfile.TemporaryDirectory(prefix="textmine-") as name:
        folder = Path(name)
        # The name is ours, not the file's: nothing of a document goes into a command line.
        suffix = source.suffix if source.suffix in (".doc", ".wps", ".rtf", ".odt") else ".doc"
        original = folder / f"document{suffix}"
        original.write_bytes(source.data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--norestore", "--convert-to", "docx", "--outdir", str(folder / "out"), str(original),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise ReadError(
                f"LibreOffice did not convert it within {_SECONDS} seconds", remedy=_ADVICE
            ) from error
        result = folder / "out" / "document.docx"
        if not result.is_file():
            raise ReadError("LibreOffice could not convert it", remedy=_ADVICE)
        return result.read_bytes()
