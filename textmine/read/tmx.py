"""TMX translation memories: the Chinese side as text, one segment a line."""

from __future__ import annotations

from lxml import etree

from textmine.errors import ReadError
from textmine.read.source import Source
from textmine.records import RawText
from textmine.settings import ReadSettings

NAME = "tmx"

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def matches(source: Source) -> bool:
    """Text with the root element of a translation memory."""
    return "<tmx" in source.head[:2000]


def read(source: Source, limits: ReadSettings) -> list[RawText]:
    """The Chinese segments; the other languages are named in the metadata."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, encoding="utf-8"
    )
    root = etree.fromstring(source.text.encode("utf-8", "replace"), parser)
    if root is None:
        raise ReadError("not readable as TMX", remedy="Export it again.")
    languages: dict[str, list[str]] = {}
    for variant in root.iter("tuv"):
        language = (variant.get(_LANG) or variant.get("lang") or "").lower()
        text = " ".join("".join(s.itertext()).strip() for s in variant.iterchildren("seg"))
        languages.setdefault(language, []).append(text)
    chinese = next((name for name in languages if name.startswith("zh")), None)
    if chinese is None:
        raise ReadError("no Chinese side in it", remedy="Leave it out with `ignore`.")
    others = ", ".join(name for name in languages if name != chinese)
    decoded = source.decoded
    text = "\n".join(line for line in languages[chinese] if line)
    metadata = {"languages": others} if others else {}
    return [RawText(text, NAME, source.path, 0, decoded.encoding, metadata, decoded.warnings)]
