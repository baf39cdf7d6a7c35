"""Institutions and regions of documents, from their address lines and issuers."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from textmine.parse.issuers import jurisdiction
from textmine.pipeline.corpus import Corpus

# A university stands for its schools (重庆大学经济与工商管理学院 counts as 重庆大学); other Chinese
# addresses end at the first comma or blank, where city and postcode begin, others at the first comma.
_UNIVERSITY = re.compile(r"^[^,，;；\s]*?大学(?!生|城|科技园)")
_HAN_NAME = re.compile(r"^[^,，;；\s]+")
_NAME = re.compile(r"^[^,，;；]+")
_HAN = re.compile("[\u3400-\u9fff]")
_PARTS = re.compile(r"[,，;；、\s]+")


def institution(affiliation: str) -> str:
    """The institution of an address line: the university, or the name before the place."""
    plain = affiliation.strip().lstrip("0123456789.、 ")
    name = _HAN_NAME if _HAN.search(plain) else _NAME
    found = _UNIVERSITY.match(plain) or name.match(plain)
    return found.group().strip() if found else plain


def regions(corpus: Corpus) -> list[set[str]]:
    """The provinces of each document: of its issuers, its own region, and its authors' addresses."""
    found = []
    rows = zip(
        corpus.documents["region"],
        corpus.carried["issuers"],
        corpus.carried["affiliations"],
        strict=True,
    )
    for region, issuers, addresses in rows:
        named = {province(str(name)) for name in (region, *issuers) if name}
        named |= {_of_address(address) for address in addresses}
        found.append(named - {""})
    return found


def _of_address(address: str) -> str:
    """The province of an address: of its last part that begins with a place, else of the name."""
    parts = [part for part in _PARTS.split(address) if part]
    return next((p for part in reversed(parts) if (p := province(part))), "")


@cache
def province(place: str) -> str:
    """The province-level region in which a place, or what begins with its name, lies; or ""."""
    region = jurisdiction(place).region
    if not region:
        return ""
    known = _provinces()
    return next((known[name] for name in known if region.startswith(name)), "")


@cache
def _provinces() -> dict[str, str]:
    """Provinces and prefectures, longest first, with the province that each lies in."""
    file = resources.files("textmine.parse") / "data" / "regions.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    found = {name: name for name in (*data["municipalities"], *data["special"])}
    for full, prefectures in data["provinces"].items():
        found[full] = full
        found |= dict.fromkeys(prefectures.split(), full)
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))
