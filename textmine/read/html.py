"""HTML pages, above all those of government sites: metadata table and main text.

The metadata table (索引号, 发文机关, …) and the `<meta>` tags become metadata; navigation, scripts
and page furniture are left out; of the rest the part with most running text is the document.
Nothing is fetched, ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from textmine.errors import ReadError
from textmine.read.encoding import Decoded, decode
from textmine.read.source import Source
from textmine.records import RawText
from textmine.settings import ReadSettings

NAME = "html"

LABELS = frozenset((
    "索引号", "发文机关", "发布机构", "发文机构", "制发机关", "公文种类", "成文日期", "标题",
    "名称", "发文字号", "文号", "发布日期", "生成日期", "发文日期", "印发日期", "主题分类",
    "主题词", "组配分类", "体裁分类", "实施日期", "生效日期", "施行日期", "废止日期", "失效日期",
    "有效性", "时效性", "来源", "信息来源", "公开日期", "公开方式", "公开形式", "发布单位",
    "所属主题", "关键词",
))  # fmt: skip
"""Labels of the metadata tables of gov.cn, ministries and provinces, without spaces and colon."""

_LABEL = re.compile(
    r"(?<!\w)[\[【]?\s*(?P<label>"
    + "|".join(r"\s*".join(label) for label in sorted(LABELS, key=len, reverse=True))
    + r")\s*[\]】]?\s*[：:]\s*[\]】]?"
)
"""A label with its colon, its characters often set wide (标　　题：)."""

_START = re.compile(
    r"(?:\s|<!--[^>]*>|<\?[^>]*>)*<(?:!doctype\s+html|html|head|body|table|div|meta)\b", re.I
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.I)
_SPACES = re.compile(r"[ \xa0\u3000\u2002\u2003\u200b]+")
_WHITE = str.maketrans("\n\r\t", "   ")

_DROPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "nav",
    "footer", "form", "button", "select", "input", "textarea", "audio", "video", "canvas",
    "dialog", "head",
))  # fmt: skip
_FURNITURE = re.compile(
    r"""(?:^|[-_ ])
    (?: nav | navbar | menu | breadcrumb | crumbs? | footer | foot | copyright | share | sharing
      | toolbar | sidebar | related | recommend | pagination | comment | advert | ads? | qrcode
      | login | search )
    (?:$|[-_ \d])""",
    re.VERBOSE | re.IGNORECASE,
)
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
))  # fmt: skip
_MAIN = (
    "//*[@id='UCAP-CONTENT']",
    "//*[@id='zoom' or @id='Zoom']",
    "//*[contains(concat(' ', @class, ' '), ' TRS_Editor ')]",
    "//*[contains(concat(' ', @class, ' '), ' pages_content ')]",
    "//*[@id='js_content']",
    "//article",
    "//main",
)
"""Where the systems behind Chinese government sites (UCAP, TRS) and others keep the main text."""


def matches(source: Source) -> bool:
    """Text that starts as HTML does."""
    return _START.match(source.head) is not None


def read(source: Source, limits: ReadSettings) -> list[RawText]:
    """The main text of a page with what its metadata table and meta tags say."""
    found = decoded(source)
    root = tree(found.text)
    metadata = _meta_tags(root) | _labelled(root)
    main = _main(root)
    text = _text_of(main)
    if not text:
        raise ReadError(
            "the page holds no text of its own",
            remedy="It may be filled by a script: save it from the browser as complete page.",
        )
    return [RawText(text, NAME, source.path, 0, found.encoding, metadata, found.warnings)]


def decoded(source: Source) -> Decoded:
    """The page's text: a byte order mark or valid UTF-8 first, then what the page declares."""
    declared = _CHARSET.search(source.data[:4096])
    if declared and source.decoded.encoding not in ("utf-8", "utf-16", "utf-32"):
        name = declared.group(1).decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80") else name
        try:
            return Decoded(source.data.decode(name), name)
        except (LookupError, UnicodeError):
            return decode(source.data)
    return source.decoded


def tree(text: str) -> Any:
    """The page as a tree; libxml2's own bounds on depth and size stay on."""
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    data = text.encode("utf-8", "replace").replace(b"\0", b"")
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError(f"not readable as HTML: {error}", remedy="Save the page again.") from error
    return root


def _meta_tags(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name, content = meta.get("name") or meta.get("property"), meta.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip(), _SPACES.sub(" ", content).strip())
    title = root.findtext(".//title")
    if title and title.strip():
        found.setdefault("title", _SPACES.sub(" ", title).strip())
    return found


def _labelled(root: Any) -> dict[str, str]:
    """The metadata table: cells, list items or definition terms that hold a known label."""
    found: dict[str, str] = {}
    for element in root.iter("td", "th", "dt", "li", "b", "strong", "span", "p", "div"):
        if len(element) > 3:
            continue
        text = "".join(_pieces(element))
        if len(text) > 300:
            continue
        for label, value in _rows(text):
            if not value and element.tag in ("td", "th", "dt", "b", "strong", "span"):
                value = _beside(element)
            if value:
                found.setdefault(label, value)
    return found


def _rows(text: str) -> Iterator[tuple[str, str]]:
    """The labels of a text that begins with one, each with what stands up to the next."""
    bare = _squeeze(text).strip("[]【】：:")
    if bare in LABELS:
        yield bare, ""
        return
    marks = list(_LABEL.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        return
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        value = " ".join(text[mark.end() : end].split())
        yield _squeeze(mark["label"]), _SPACES.sub(" ", value).strip()


def _squeeze(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def _beside(element: Any) -> str:
    """The text of what follows a label: the next cell, or the rest of the label's own parent."""
    if element.tail and element.tail.strip():
        return " ".join(element.tail.split())
    following = element.getnext()
    if (
        following is None
        and element.tag in ("b", "strong", "span")
        and len(element.getparent()) == 1
    ):
        parent = element.getparent()
        following = parent.getnext() if parent.tag in ("td", "th", "dt") else None
    if following is None or following.tag not in ("td", "dd", "span", "em", "i", "p", "div"):
        return ""
    text = "".join(following.itertext())
    return " ".join(text.split()) if len(text) <= 300 else ""


def _main(root: Any) -> Any:
    """The element with the document in it."""
    body = root.find("body") if root.find("body") is not None else root
    for path in _MAIN:
        found = body.xpath(path)
        if found:
            best = max(found, key=lambda e: len(e.text_content()))
            if _han_or_words(best.text_content()) >= 20:
                return best
    return _densest(body)


def _han_or_words(text: str) -> int:
    return sum(1 for c in text if c.isalpha())


def _densest(body: Any) -> Any:
    """Follow the share of running text down the tree while one child holds most of it.

    A child is entered while it holds at least 70 % of its parent's text outside links: the
    furniture beside it is then at most 30 %, and a document in many equal paragraphs stops the
    descent at their parent.
    """
    weights: dict[Any, int] = {}
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag not in _DROPPED:
            weights[element] = _own_weight(element)
    for element in reversed(list(body.iter())):
        parent = element.getparent()
        if parent in weights and element in weights and element is not body:
            weights[parent] += weights[element]
    current = body
    while True:
        children = [c for c in current if c in weights and c.tag in _BLOCKS and c.tag != "p"]
        best = max(children, key=lambda c: weights[c], default=None)
        if best is None or weights[best] < 0.7 * weights[current]:
            return current
        current = best


def _own_weight(element: Any) -> int:
    """Characters of text directly in an element; text in links is furniture."""
    own = 0 if element.tag == "a" else len((element.text or "").strip())
    return own + sum(len((child.tail or "").strip()) for child in element)


def _text_of(main: Any) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(_pieces(main)).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(root: Any) -> Iterator[str]:
    """The text below an element, a line break around each block, a tab between cells."""
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element is not root and _is_furniture(element):
                events.skip_subtree()
                continue
            yield _opening(element)
            yield (element.text or "").translate(_WHITE)
        else:
            yield "\n" if element.tag in _BLOCKS and element.tag not in ("td", "th") else ""
            if element is not root:
                yield (element.tail or "").translate(_WHITE)


def _opening(element: Any) -> str:
    if element.tag == "br":
        return "\n"
    if element.tag in ("td", "th"):
        return "\t" if element.getprevious() is not None else ""
    return "\n" if element.tag in _BLOCKS else ""


def _is_furniture(element: Any) -> bool:
    if element.tag in _DROPPED:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style:
        return True
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    if not _FURNITURE.search(names):
        return False
    return len(element.text_content()) < 1000
