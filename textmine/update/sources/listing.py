"""The links of a list page: RSS, RDF or Atom feeds, and HTML pages. Nothing is fetched here."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import etree

from textmine.errors import ReadError
from textmine.read.encoding import decode
from textmine.read.html import tree

FEEDS = ("rss", "RDF", "feed")


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a list names, with the date that a feed gives for it, as written."""

    url: str
    dated: str = ""


def links(data: bytes, base: str) -> list[Link]:
    """The addresses that a list page names, each once, in its order.

    Parameters
    ----------
    data
        The page, as fetched.
    base
        Its address, which relative links start from.
    """
    feed = _feed(data)
    found = _entries(feed) if feed is not None else _anchors(data)
    whole: dict[str, Link] = {}
    for link in found:
        url = _absolute(base, link.url)
        if url:
            whole.setdefault(url, Link(url, link.dated))
    return list(whole.values())


def _feed(data: bytes) -> etree._Element | None:
    """The root of a feed; None for whatever else. Entities are not resolved, nothing is asked."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if etree.QName(root).localname in FEEDS else None


def _entries(root: etree._Element) -> list[Link]:
    found = []
    for entry in root.iter("{*}item", "{*}entry"):
        dates = [e.text or "" for e in entry.iter("{*}updated", "{*}pubDate", "{*}date")]
        dated = dates[0].strip() if dates else ""
        for element in entry.iterchildren("{*}link", "{*}enclosure"):
            if element.get("rel", "alternate") in ("alternate", "enclosure"):
                address = element.get("href") or element.get("url") or element.text or ""
                found.append(Link(address, dated))
    return found


def _anchors(data: bytes) -> list[Link]:
    try:
        root = tree(decode(data).text)
    except (ReadError, etree.ParserError, ValueError):
        return []
    bases = root.xpath("//base/@href")
    start = str(bases[0]) if bases else ""
    return [Link(_joined(start, str(href))) for href in root.xpath("//a/@href")]


def _joined(start: str, href: str) -> str:
    try:
        return urljoin(start, href) if start else href
    except ValueError:
        return ""


def _absolute(base: str, address: str) -> str:
    """A whole http address without fragment; empty for what is none."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return urlunsplit(parts._replace(fragment=""))
