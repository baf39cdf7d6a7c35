"""The report as values, and the one HTML file made of them.

The page opens offline: styles and figures stand in the file, links lead only to the tables beside
it. Everything that comes from documents is escaped; only the figures' SVG, which we render
ourselves from escaped text, goes in as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from textmine import __version__
from textmine.figures import font_face

FONT_MARK = "/* font */"


@dataclass(frozen=True, slots=True)
class Link:
    """A file beside the report."""

    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its caption and the files that hold its data."""

    svg: Markup
    caption: str
    files: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as shown; `href` leads to the whole of it."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document around the words that count."""

    before: str
    hit: str
    after: str
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences behind a number; `count` says how many there are in all."""

    title: str
    count: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One part of the report; empty parts of it are not shown."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def render(title: str, lead: str, sections: Sequence[ReportSection], *, lang: str) -> str:
    """The report as one HTML document."""
    environment = Environment(
        loader=PackageLoader("textmine.report"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = resources.files("textmine.report").joinpath("templates", "style.css").read_text("utf-8")
    page = environment.get_template("report.html").render(
        title=title,
        lead=lead,
        sections=sections,
        lang=lang,
        version=__version__,
        style=Markup(style),
        words={"contents": "目录" if lang == "zh" else "Contents"},
    )
    # The glyphs of the whole page, so that it reads right on a machine without Chinese fonts.
    return page.replace(FONT_MARK, font_face(page), 1)
