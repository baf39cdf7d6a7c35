"""OFD, the fixed-layout format of Chinese offices (GB/T 33190): pages of text objects in a ZIP.

The characters are laid out like those of a PDF. Signatures, pictures and annotations are left
out; an OFD that holds pictures only is refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from lxml import etree

from textmine.errors import ReadError
from textmine.read import archive
from textmine.read.pdf_layout import Char, Page, page_texts
from textmine.read.source import Source
from textmine.records import RawText
from textmine.settings import ReadSettings

NAME = "ofd"

_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?|g")


def matches(source: Source) -> bool:
    """A ZIP container with the root file of an OFD."""
    return archive.is_zip(source.data) and "OFD.xml" in archive.names(source.data)


def read(source: Source, limits: ReadSettings) -> list[RawText]:
    """The text of an OFD, pages between form feeds."""
    archive.check(source.data, limits)
    root = _xml(source, "OFD.xml", limits)
    metadata = {
        name.lower(): value
        for name in ("Title", "Author", "Subject", "CreationDate")
        if (value := _text(root, name))
    }
    pages: list[Page] = []
    for place in _pages(source, root, limits):
        if len(pages) >= limits.max_pages:
            raise ReadError(
                f"the OFD has more than {limits.max_pages} pages",
                remedy="Split it, or raise read.max_pages in textmine.toml.",
            )
        pages.append(_page(_xml(source, place, limits)))
    if not any(page.chars for page in pages):
        raise ReadError(
            "the OFD holds no text, only pictures or damaged pages",
            remedy="Export it as PDF from an OFD reader and run OCR.",
        )
    return [RawText("\f".join(page_texts(pages)), NAME, source.path, metadata=metadata)]


def _xml(source: Source, name: str, limits: ReadSettings) -> Any:
    data = archive.part(source.data, name.lstrip("/"), limits)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser) if data else None
    if root is None:
        raise ReadError("a part of the OFD is missing", place=name, remedy="Get the file again.")
    return root


def _named(root: Any, name: str) -> Iterator[Any]:
    """Elements by local name: the namespace differs between versions."""
    return (e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname == name)


def _text(root: Any, name: str) -> str:
    found = next(_named(root, name), None)
    return (found.text or "").strip() if found is not None else ""


def _pages(source: Source, root: Any, limits: ReadSettings) -> Iterator[str]:
    for doc_root in _named(root, "DocRoot"):
        place = (doc_root.text or "").strip().lstrip("/")
        document = _xml(source, place, limits)
        for page in _named(document, "Page"):
            location = page.get("BaseLoc") or ""
            folder = "" if location.startswith("/") else posixpath.dirname(place)
            yield posixpath.join(folder, location.lstrip("/"))


def _page(root: Any) -> Page:
    """A page's characters; OFD counts millimetres from the top, `Page` points from the bottom."""
    area = _numbers(_text(root, "PhysicalBox")) or [0.0, 0.0, 210.0, 297.0]
    width, height = (*area, 210.0, 297.0)[2:4]
    chars = [char for item in _named(root, "TextObject") for char in _chars(item, height)]
    return Page(width, height, chars)


def _chars(item: Any, height: float) -> Iterator[Char]:
    box = (_numbers(item.get("Boundary")) + [0.0] * 4)[:4]
    size = (_numbers(item.get("Size")) or [4.0])[0]
    for code in _named(item, "TextCode"):
        text = (code.text or "").strip("\r\n")
        left = box[0] + (_numbers(code.get("X")) or [0.0])[0]
        y = height - box[1] - (_numbers(code.get("Y")) or [0.0])[0]
        steps = (_deltas(code.get("DeltaX"), len(text)) + [size] * len(text))[: len(text)]
        starts = accumulate(steps, initial=left)
        for char, start, step in zip(text, starts, steps, strict=False):
            yield Char(" " if char.isspace() else char, start, start + min(step, size), y, size)


def _numbers(value: str | None) -> list[float]:
    return [float(n) for n in _NUMBER.findall(value or "") if n != "g"]


def _deltas(value: str | None, count: int) -> list[float]:
    """The steps between characters: "g 3 4.2" stands for three steps of 4.2."""
    found = _NUMBER.findall(value or "")
    steps: list[float] = []
    index = 0
    while index < len(found) and len(steps) < count:
        if (
            found[index] == "g"
            and index + 2 < len(found)
            and "g" not in found[index + 1 : index + 3]
        ):
            times = min(int(float(found[index + 1])), count - len(steps))
            steps += [float(found[index + 2])] * max(times, 0)
            index += 3
        else:
            steps += [float(found[index])] if found[index] != "g" else []
            index += 1
    return steps
