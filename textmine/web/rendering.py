"""Pages from templates: everything escaped, everything in one language, nothing inline."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from urllib.parse import urlencode

import pylopdf_fonts_zh_cn
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request

from textmine import __version__
from textmine.figures.theme import Lang
from textmine.messages import said
from textmine.web.documents import document_address
from textmine.web.language import value_name, words
from textmine.web.searching import pieces

STATIC = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "network.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "han.otf": "font/otf",
}
# A browser asks for it only where the machine has no font for Han characters.
FONT = "han.otf"
MENU = (
    ("/", "search"),
    ("/concordance", "concordance"),
    ("/topics", "topics"),
    ("/network", "network"),
    ("/evolution", "evolution"),
    ("/claims", "claims"),
    ("/review", "review"),
    ("/updates", "updates"),
)


def static_files() -> dict[str, bytes]:
    """The files that pages refer to, read once."""
    folder = resources.files("textmine.web").joinpath("static")
    files = {name: folder.joinpath(name).read_bytes() for name in STATIC if name != FONT}
    return {**files, FONT: Path(pylopdf_fonts_zh_cn.sans_path()).read_bytes()}


class Pages:
    """The templates, with what every page needs.

    Parameters
    ----------
    key
        What forms must carry; empty where nothing can be changed, and no form is shown.
    """

    def __init__(self, files: Mapping[str, bytes], name: str, *, key: str = "") -> None:
        self._environment = Environment(
            loader=PackageLoader("textmine.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # A new version of a file gets a new address, so that it can be kept for ever.
        digest = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:10]
        self._environment.globals.update(
            {
                "menu": MENU,
                "site": name,
                "key": key,
                "version": __version__,
                "digest": digest,
                "pieces": pieces,
                "document_address": document_address,
            }
        )

    def render(self, template: str, request: Request, lang: Lang, **values: object) -> str:
        """One page as HTML."""
        pairs = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
        address = urlencode([*pairs, ("lang", "en" if lang == "zh" else "zh")])
        return self._environment.get_template(template).render(
            lang=lang,
            t=words(lang),
            named=lambda value: value_name(str(value), lang),
            said=lambda text: said(text, lang),
            path=request.url.path,
            other_language=f"{request.url.path}?{address}",
            **values,
        )
