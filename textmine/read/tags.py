"""What the tags of each export format mean: tables of tag to field, as data.

Field names are those of `records.Document`, with a few that need work: `pages` ("42-45"),
`page_first`, `page_last`, `volume_issue` (CSSCI: year, volume, issue and pages in one),
`reference` (a whole reference), `database` and others that only tell a format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_RIS = {
    "TI": "title", "T1": "title", "CT": "title", "ST": "title", "TT": "title_en",
    "AU": "authors", "A1": "authors", "AD": "affiliations",
    "T2": "journal", "JO": "journal", "JF": "journal", "JA": "journal", "J2": "journal",
    "PY": "year", "Y1": "year", "DA": "date", "VL": "volume", "IS": "issue", "SP": "pages",
    "EP": "page_last", "KW": "keywords", "AB": "abstract", "N2": "abstract", "DO": "doi",
    "SN": "issn", "LA": "language", "UR": "url", "TY": "type",
}  # fmt: skip

_ENDNOTE = {
    "0": "type", "T": "title", "A": "authors", "+": "affiliations", "J": "journal", "B": "journal",
    "D": "year", "8": "date", "V": "volume", "N": "issue", "P": "pages", "K": "keywords",
    "X": "abstract", "R": "doi", "@": "issn", "G": "language", "U": "url", "O": "title_en",
    "Q": "title_en",
}  # fmt: skip

_NOTEEXPRESS = {
    "Reference Type": "type", "Title": "title", "Translated Title": "title_en",
    "Author": "authors", "Translated Author": "authors_en", "Author Address": "affiliations",
    "Journal": "journal", "Secondary Title": "journal", "Year": "year", "Date": "date",
    "Volume": "volume", "Issue": "issue", "Pages": "pages", "Keywords": "keywords",
    "Translated Keywords": "keywords_en", "Abstract": "abstract",
    "Translated Abstract": "abstract_en", "DOI": "doi", "ISBN/ISSN": "issn", "ISSN": "issn",
    "Language": "language", "URL": "url", "Fund": "funding", "Subject": "clc",
}  # fmt: skip

_REFWORKS = {
    "RT": "type", "T1": "title", "TI": "title", "A1": "authors", "AU": "authors",
    "AD": "affiliations", "JF": "journal", "JO": "journal", "T2": "journal", "YR": "year",
    "FD": "date", "VO": "volume", "vo": "volume", "Vo": "volume", "IS": "issue", "OP": "pages",
    "SP": "page_first", "K1": "keywords", "AB": "abstract", "DO": "doi", "SN": "issn",
    "LA": "language", "LK": "url", "UL": "url",
}  # fmt: skip

_CSSCI = {
    "来源篇名": "title", "英文篇名": "title_en", "来源作者": "authors", "基金": "funding",
    "期刊": "journal", "机构名称": "affiliations", "中图类号": "clc", "年代卷期": "volume_issue",
    "关键词": "keywords", "参考文献": "references",
}  # fmt: skip

_WOS = {
    "PT": "type", "TI": "title", "AF": "authors", "AU": "authors", "C1": "affiliations",
    "SO": "journal", "PY": "year", "VL": "volume", "IS": "issue", "BP": "page_first",
    "EP": "page_last", "DE": "keywords", "AB": "abstract", "DI": "doi", "SN": "issn",
    "EI": "issn", "LA": "language", "FU": "funding", "CR": "references", "PG": "page_count",
}  # fmt: skip

_SCOPUS = {
    "Title": "title", "Author full names": "authors", "Authors": "authors",
    "Affiliations": "affiliations", "Source title": "journal", "Year": "year", "Volume": "volume",
    "Issue": "issue", "Page start": "page_first", "Page end": "page_last",
    "Author Keywords": "keywords", "Abstract": "abstract", "DOI": "doi", "ISSN": "issn",
    "Language of Original Document": "language", "Funding Details": "funding",
    "References": "references", "Link": "url", "EID": "database", "Page count": "page_count",
}  # fmt: skip

_BIBTEX = {
    "ENTRYTYPE": "type", "title": "title", "author": "authors", "journal": "journal",
    "journaltitle": "journal", "booktitle": "journal", "secondarytitle": "journal",
    "year": "year", "date": "date", "volume": "volume", "number": "issue", "issue": "issue",
    "pages": "pages", "keywords": "keywords", "keyword": "keywords", "abstract": "abstract",
    "doi": "doi", "issn": "issn", "language": "language", "langid": "language", "url": "url",
    "authoraddress": "affiliations", "affiliation": "affiliations", "address": "place",
    "location": "place", "school": "affiliations", "institution": "affiliations",
    "translatedtitle": "title_en", "translatedauthor": "authors_en",
    "translatedkeywords": "keywords_en", "translatedabstract": "abstract_en",
}  # fmt: skip

_OPENALEX = {
    "title": "title", "display_name": "title", "authorships.author.display_name": "authors",
    "authorships.raw_author_name": "authors", "authorships.institutions.display_name":
    "affiliations", "primary_location.source.display_name": "journal",
    "host_venue.display_name": "journal", "primary_location.source.issn_l": "issn",
    "host_venue.issn_l": "issn", "publication_year": "year", "publication_date": "date",
    "biblio.volume": "volume", "biblio.issue": "issue", "biblio.first_page": "page_first",
    "biblio.last_page": "page_last", "keywords.display_name": "keywords", "abstract": "abstract",
    "keywords.keyword": "keywords", "doi": "doi", "language": "language",
    "grants.funder_display_name": "funding", "referenced_works": "references", "id": "url",
}  # fmt: skip

_LABELS = {
    # CNKI: E-Study, custom export, and the tables it names .xls.
    "SrcDatabase-来源库": "database", "Title-题名": "title", "Author-作者": "authors",
    "Organ-单位": "affiliations", "Organ-机构": "affiliations", "Source-文献来源": "journal",
    "Source-刊名": "journal", "Source-来源": "journal", "Keyword-关键词": "keywords",
    "Summary-摘要": "abstract", "PubTime-发表时间": "date", "PubTime-出版时间": "date",
    "FirstDuty-第一责任人": "first_author", "Fund-基金": "funding", "Year-年": "year",
    "Volume-卷": "volume", "Roll-卷": "volume", "Period-期": "issue", "Page-页码": "pages",
    "PageCount-页数": "page_count", "PageCount-页码": "pages",
    "CLC-中图分类号": "clc", "ISSN-国际标准刊号": "issn", "URL-网址": "url", "DOI-DOI": "doi",
    "Link-链接": "url", "DataType": "type",
    # Chinese labels of VIP, Wanfang, CNKI and hand-made tables.
    "题名": "title", "篇名": "title", "标题": "title", "论文题名": "title", "文献题名": "title",
    "中文题名": "title", "论文标题": "title", "英文题名": "title_en", "英文篇名": "title_en",
    "英文标题": "title_en", "作者": "authors", "著者": "authors", "作者姓名": "authors",
    "英文作者": "authors_en", "机构": "affiliations", "单位": "affiliations",
    "作者单位": "affiliations", "作者机构": "affiliations", "作者简介": "author_notes",
    "刊名": "journal", "期刊": "journal", "文献来源": "journal", "来源": "journal",
    "期刊名称": "journal", "期刊名": "journal", "来源期刊": "journal", "出处": "journal",
    "中文刊名": "journal", "年": "year", "年份": "year", "出版年": "year", "发表年份": "year",
    "发表年": "year", "发表时间": "date", "出版时间": "date", "发表日期": "date",
    "出版日期": "date", "卷": "volume", "卷号": "volume", "期": "issue", "期号": "issue",
    "页码": "pages", "页": "pages", "起止页码": "pages", "页数": "page_count",
    "起始页": "page_first", "结束页": "page_last", "关键词": "keywords", "关键字": "keywords",
    "中文关键词": "keywords", "英文关键词": "keywords_en", "摘要": "abstract",
    "中文摘要": "abstract", "文摘": "abstract", "英文摘要": "abstract_en", "DOI": "doi",
    "ISSN": "issn", "中图分类号": "clc", "分类号": "clc", "基金": "funding",
    "基金项目": "funding", "资助基金": "funding", "基金资助": "funding", "语种": "language",
    "网址": "url", "链接": "url", "文章编号": "article_id", "参考文献": "references",
    "来源库": "database", "数据库": "database",
    # English column names of tables and JSON lines that people make themselves.
    "title": "title", "Title": "title", "title_en": "title_en", "author": "authors",
    "authors": "authors", "Author": "authors", "Authors": "authors",
    "affiliation": "affiliations", "affiliations": "affiliations", "Affiliation": "affiliations",
    "journal": "journal", "Journal": "journal", "source": "journal", "Source": "journal",
    "year": "year", "Year": "year", "date": "date", "Date": "date", "volume": "volume",
    "Volume": "volume", "issue": "issue", "Issue": "issue", "pages": "pages", "Pages": "pages",
    "keywords": "keywords", "Keywords": "keywords", "keyword": "keywords",
    "abstract": "abstract", "Abstract": "abstract", "abst": "abstract", "doi": "doi",
    "issn": "issn", "funding": "funding", "clc": "clc", "language": "language", "url": "url",
    "references": "references",
}  # fmt: skip

FIELDS: Mapping[str, Mapping[str, str]] = {
    "ris": _RIS,
    "endnote": _ENDNOTE,
    "noteexpress": _NOTEEXPRESS,
    "refworks": _REFWORKS,
    "cssci": _CSSCI,
    "wos": _WOS,
    "scopus": _SCOPUS,
    "bibtex": _BIBTEX,
    "openalex": _OPENALEX,
    "labelled": _LABELS,
    "table": _LABELS,
    "gbt7714": {"reference": "reference"},
}
"""For each record format, its tags in order of preference within a field."""


def field_of(form: str, tag: str) -> str:
    """The field that a tag of a format means, or an empty string."""
    table = FIELDS.get(form, {})
    return table.get(tag, "") or (table.get(tag.lower(), "") if form == "bibtex" else "")


def table_format(names: Iterable[str]) -> str:
    """The record format whose column names these are, or an empty string.

    Web of Science tables have tags for names; Scopus has EID; any other table of records needs a
    title and two more columns that are known.
    """
    found = set(names)
    if len(found & _WOS.keys()) >= 5 and {"AU", "TI"} <= found:
        return "wos"
    if "EID" in found and {"Title", "Authors"} & found:
        return "scopus"
    fields = {_LABELS[name] for name in found if name in _LABELS} - {"url", "type"}
    papers = fields & {"authors", "journal", "keywords", "abstract"}
    return "table" if "title" in fields and len(fields) >= 3 and papers else ""
