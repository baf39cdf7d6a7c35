"""Academic papers: the text of an article to a Document with all its front matter.

`zones` parts the lines, the functions here find one field each, `stored_text` lays the text that
all offsets refer to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from textmine.parse import byline
from textmine.parse import references as reference_list
from textmine.parse.captions import caption, is_table_row
from textmine.parse.citations import find_citations
from textmine.parse.dates import first_date
from textmine.parse.headings import Numbering, heading, in_sequence
from textmine.parse.journals import article_id, doi_says, journal_of
from textmine.parse.layout import rejoin, tidy_spaces
from textmine.parse.reference_entry import parse_reference
from textmine.parse.stored_text import Paragraph, lay
from textmine.parse.zones import Line, Zones, part
from textmine.records import Document, RawText, Reference


def parse_paper(raw: RawText) -> Document:
    """Understand the text of a paper.

    Parameters
    ----------
    raw
        The text of one article; Markdown headings and "\\f" between pages are understood.

    Returns
    -------
    Document
        Fields that the text does not have are empty; what was not found and would be missed is
        told in `warnings`.
    """
    zones = part(raw.text)
    head, own = byline.masthead(zones.byline)
    top = byline.chinese(own)
    title_en, authors_en = byline.english([*own, *zones.english])
    title = top.title or title_en or raw.metadata.get("title", "")
    abstract = _abstract(zones.first("abstract"))
    paragraphs, figures = body_paragraphs(zones.body)
    text, sections = lay(title, abstract, paragraphs)
    cited = tuple(parse_reference(r, n) for n, r in reference_list.entries(zones.references))
    printed_id, says = article_id(" ".join(zones.fields.get("article_id", [])))
    doi = find_doi(zones)
    doi_issn, doi_year, doi_issue = doi_says(doi)
    issn = says.issn if says else doi_issn
    first = top.affiliations[0] if top.affiliations else None
    printed = _how_to_cite(zones)
    stated = (says.year if says else doi_year) or printed.year or head.year
    year, doubts = _year(zones, stated)
    return Document(
        kind="paper",
        text=text,
        sections=sections,
        language=_language(title, text),
        title=title,
        title_en=title_en if top.title else "",
        authors=top.authors or (authors_en if not top.title else ()),
        authors_en=authors_en if top.title else (),
        affiliations=tuple(dict.fromkeys(a.name for a in top.affiliations)),
        city=first.city if first else "",
        postcode=first.postcode if first else "",
        abstract=abstract,
        abstract_en=_abstract(zones.first("abstract_en")),
        keywords=keywords(zones.first("keywords")),
        keywords_en=keywords(_HAN_TAIL.sub("", zones.first("keywords_en"))),
        doi=doi,
        issn=issn,
        journal=journal_of(issn) or printed.journal or head.journal,
        clc=classes(zones.first("clc")),
        document_code=_document_code(zones.first("document_code")),
        article_id=printed_id,
        year=year,
        volume=printed.volume or head.volume,
        issue=(says.issue if says else doi_issue) or printed.issue or head.issue,
        page_first=says.page_first if says else _page(printed.pages, 0),
        page_last=_page(printed.pages, -1),
        page_count=says.page_count if says else None,
        received=first_date(zones.first("received")),
        revised=first_date(zones.first("revised")),
        published=first_date(zones.first("published")),
        funding=funding(zones.fields.get("funding", [])),
        author_notes=tuple(dict.fromkeys(v for v in zones.fields.get("author_notes", []) if v)),
        editor=_person(zones.first("editor")),
        figures=figures,
        citations=find_citations(text, cited),
        references=cited,
        warnings=(*raw.warnings, *doubts),
        source=raw.source,
        item=raw.item,
        format=raw.format,
    )


def looks_like_paper(raw: RawText) -> float:
    """How much a text looks like a paper, from 0 to 1: which of its usual parts are there."""
    text = raw.text[:6_000] + "\n" + raw.text[-12_000:]
    return min(1.0, sum(weight for weight, sign in _SIGNS if sign.search(text)))


def _how_to_cite(zones: Zones) -> Reference:
    """What the paper says on how to cite it (引用格式：…), or an empty reference."""
    lines = [*zones.fields.get("citing", []), *(line.text for line in zones.byline)]
    for line in lines:
        found = parse_reference(line)
        if found.year and found.journal and (found.volume or found.issue):
            return found
    return Reference(None, "")


def _year(zones: Zones, stated: int | None) -> tuple[int | None, list[str]]:
    """The year of publication; failing all else, that of receipt, with a warning."""
    if stated:
        return stated, []
    for name in ("published", "accepted", "revised", "received"):
        date = first_date(zones.first(name))
        if date:
            doubt = [] if name == "published" else ["no year of publication; took that of receipt"]
            return int(date[:4]), doubt
    return None, ["no year was found"]


def _page(pages: str, which: int) -> int | None:
    """The first (0) or last (-1) page of a range."""
    figures = re.findall(r"\d{1,6}", pages)
    return int(figures[which]) if len(figures) > 1 or (figures and which == 0) else None


_SIGNS = (
    (0.3, re.compile(r"^[#\s【\[［（(]{0,4}摘\s*要", re.MULTILINE)),
    (0.3, re.compile(r"^[#\s【\[［（(]{0,4}关\s*键\s*[词字]", re.MULTILINE)),
    (0.2, re.compile(r"中图分类号|分类号[】\]］:：]|文献标[识志]码|文章编号")),
    (0.3, re.compile(r"^[#\s【\[［]{0,4}参\s?考\s?文\s?献", re.MULTILINE)),
    (0.2, re.compile(r"\[(?:J|M|D|C|N|R|EB/OL|J/OL)\]|[［【][JMDC][］】]")),
    (0.2, re.compile(r"^[#\s\[［【]{0,4}(?:Abstract|ABSTRACT|Key\s?words)", re.MULTILINE)),
    (0.1, re.compile(r"基金项目|作者简介|收稿日期")),
    (0.1, re.compile(r"\[\d{1,2}\]")),
)


def _abstract(text: str) -> str:
    return tidy_spaces(" ".join(text.split())).strip(" :：")


_HAN_TAIL = re.compile(r"[(（]?[\u3400-\u9fff].*", re.DOTALL)
"""What OCR runs into English keywords from the lines below: notes on the authors."""
_KEYWORD_MARKS = re.compile(r"\s*[;；,，、|/]\s*|\s{2,}|\u3000+")


def keywords(text: str) -> tuple[str, ...]:
    """Keywords, by whatever parts them: ; ； , ， 、 wide blanks, or single blanks.

    Single blanks part Chinese words only where no other mark does, and never Latin ones.
    """
    bare = " ".join(text.split("\n")).strip(" .。;；:：")
    items = [item for item in _KEYWORD_MARKS.split(bare) if item]
    if len(items) == 1 and re.search(r"[\u3400-\u9fff]", bare):
        items = re.split(r"(?<=[\u3400-\u9fff”》）)])\s+|\s+(?=[\u3400-\u9fff“《（(])", bare)
    cleaned = (" ".join(item.strip(" .。*\\").split()) for item in items)
    return tuple(dict.fromkeys(item for item in cleaned if item))


_CLASS = re.compile(r"[A-Z]{1,2}\d{0,4}(?:[.-]\d{1,4}){0,2}(?:[=(/+][\w.]{1,10}\)?)?")


def classes(text: str) -> tuple[str, ...]:
    """The codes of the Chinese Library Classification (F062.9; G250.7)."""
    return tuple(dict.fromkeys(m.group() for m in _CLASS.finditer(text[:60]) if m.group()))


def find_doi(zones: Zones) -> str:
    """The paper's DOI."""
    for value in zones.fields.get("doi", []):
        found = re.search(r"10\.\d{4,9}/[^\s，。；;]{2,120}", value)
        if found:
            return found.group().rstrip(".,)]】")
    return ""


def funding(values: Sequence[str]) -> tuple[str, ...]:
    """The grants as printed, footnotes that ran into them off."""
    grants = (re.split(r"\s*(?:\\?[*＊]){1,2}\s*", value)[0].strip() for value in values)
    return tuple(dict.fromkeys(grant for grant in grants if grant))


def _document_code(text: str) -> str:
    found = re.match(r"\s*([A-EＡ-Ｅ])", text)
    return found[1] if found else ""


def _person(text: str) -> str:
    found = re.match(r"[\s:：]*([\u3400-\u9fff]{2,4}|[\u3400-\u9fff]\s[\u3400-\u9fff])", text)
    return "".join(found[1].split()) if found else ""


def _language(title: str, text: str) -> str:
    sample = title + text[:2_000]
    return "zh" if len(re.findall(r"[\u3400-\u9fff]", sample)) * 5 > len(sample) else "en"


def body_paragraphs(lines: Sequence[Line]) -> tuple[list[Paragraph], tuple[str, ...]]:
    """The paragraphs of the body, and the captions that stood between them."""
    figures: list[str] = []
    kept: list[Line] = []
    in_table = False
    for line in lines:
        found = caption(line.text)
        if found:
            figures.append(found)
        elif not is_table_row(line.text, after_caption=in_table):
            kept.append(line)
            in_table = False
            continue
        in_table = in_table or found.startswith(("表", "Tab"))
    accepted: list[Numbering] = []
    heads: dict[str, Paragraph] = {}
    for line in kept:
        head = heading(line.text, marked=line.marked)
        if head is None:
            continue
        if head.numbering and not line.marked and not in_sequence(accepted, head.numbering):
            continue
        if head.numbering:
            accepted.append(head.numbering)
        heads[line.text] = Paragraph(tidy_spaces(line.text), head)
    whole = rejoin(_stripped(kept), stands_alone=lambda text: text in heads)
    return [heads.get(p) or Paragraph(tidy_spaces(p)) for p in whole], tuple(figures)


def _stripped(lines: Sequence[Line]) -> list[str]:
    """The lines with the blank lines between them put back."""
    out: list[str] = []
    for line in lines:
        if line.gap:
            out.append("")
        out.append(line.text)
    return out
