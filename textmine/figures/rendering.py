"""Charts to SVG, PNG and PDF, offline, with the Chinese font that comes with the package.

An SVG names fonts and draws boxes where they are missing, so the glyphs that it uses are embedded
in it, or in the page that holds it.
"""

from __future__ import annotations

import base64
import html
import io
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import altair as alt
import pylopdf_fonts_zh_cn
import vl_convert
from fontTools import subset
from fontTools.ttLib import TTFont

FONT = "Noto Sans SC"
_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)


def svg(chart: alt.Chart) -> str:
    """The chart as SVG, for a page that brings the font (`font_face`)."""
    _register_fonts()
    return str(vl_convert.vegalite_to_svg(_spec(chart)))


def standalone(drawn: str) -> str:
    """An SVG with the glyphs that it needs embedded, for use on its own."""
    style = f"<style>{font_face(text_of(drawn))}</style>"
    return re.sub(r"(<svg\b[^>]*>)", lambda m: m[1] + style, drawn, count=1)


def png(drawn: str, *, scale: float = 2.0) -> bytes:
    """An SVG as PNG, by default at 144 dots an inch."""
    _register_fonts()
    return bytes(vl_convert.svg_to_png(drawn, scale=scale))


def pdf(drawn: str) -> bytes:
    """An SVG as PDF with embedded fonts, for print."""
    _register_fonts()
    return bytes(vl_convert.svg_to_pdf(drawn))


def text_of(drawn: str) -> str:
    """All characters that an SVG shows as text."""
    return html.unescape("".join(re.sub(r"<[^>]*>", "", t) for t in _TEXT.findall(drawn)))


def text_width(text: str, size: float) -> float:
    """How wide a text is set, in pixels, at a size in pixels."""
    advances, per_em = _advances()
    widest = per_em  # of a missing character: a square
    return sum(advances.get(ord(c), widest) for c in text) * size / per_em


@cache
def _advances() -> tuple[dict[int, int], int]:
    font = TTFont(_font_path(), lazy=True)
    widths = font["hmtx"].metrics
    found = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}
    return found, int(font["head"].unitsPerEm)


def missing_glyphs(text: str) -> set[str]:
    """Characters that the font cannot draw."""
    return {c for c in text if ord(c) not in _font_characters() and not c.isspace()}


def font_face(text: str) -> str:
    """A CSS @font-face rule that holds the glyphs of these characters."""
    return _font_face("".join(sorted(set(text))))


@lru_cache(maxsize=32)
def _font_face(characters: str) -> str:
    options = subset.Options(flavor="woff", layout_features=[], notdef_outline=True)
    # The time of making would make equal figures differ.
    options.recalc_timestamp = False
    font = TTFont(_font_path(), recalcTimestamp=False, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return f"@font-face{{font-family:'{FONT}';src:url(data:font/woff;base64,{data})}}"


def _font_path() -> Path:
    return Path(pylopdf_fonts_zh_cn.sans_path())


@cache
def _font_characters() -> frozenset[int]:
    return frozenset(TTFont(_font_path(), lazy=True).getBestCmap())


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(_font_path().parent))


def _spec(chart: alt.Chart) -> dict[str, Any]:
    # Altair names anonymous charts and data by counters; equal charts must give equal bytes.
    with alt.data_transformers.enable("default", consolidate_datasets=False, max_rows=None):
        spec: dict[str, Any] = chart.to_dict()
    return spec
