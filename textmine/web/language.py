"""The language of a page: what the address asks for, else what the reader chose, else prefers."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from textmine.figures.theme import Lang

COOKIE = "lang"


def language_of(request: Request, default: Lang) -> Lang:
    """The language for a request; `default` where it says nothing."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked == "zh" or asked == "en":
            return "zh" if asked == "zh" else "en"
    preferred = request.headers.get("accept-language", "").lower()
    if "zh" in preferred:
        return "zh"
    return "en" if preferred.startswith("en") else default


def words(lang: Lang) -> Mapping[str, str]:
    """Everything that the pages say, in one language."""
    return {key: pair[0 if lang == "zh" else 1] for key, pair in WORDS.items()}


WORDS: Mapping[str, tuple[str, str]] = {
    # The frame of every page
    "skip": ("跳到正文", "Skip to content"),
    "main_menu": ("主菜单", "Main menu"),
    "search": ("检索", "Search"),
    "concordance": ("语境", "Concordance"),
    "topics": ("主题", "Topics"),
    "network": ("网络", "Network"),
    "evolution": ("演化", "Evolution"),
    "claims": ("论断", "Claims"),
    "review": ("综述", "Review"),
    "updates": ("更新", "Updates"),
    "other_language": ("English", "中文"),
    "made_by": ("由 textmine 生成", "Made by textmine"),
    # Search
    "query": ("检索式", "Query"),
    "query_example": (
        "产业集群 创新　或　title:联盟 year:2006..2012",
        "产业集群 创新  or  title:联盟 year:2006..2012",
    ),
    "query_help": ("检索语法", "Query language"),
    "sort": ("排序", "Sort by"),
    "relevance": ("相关度", "relevance"),
    "newest": ("最新", "newest"),
    "oldest": ("最早", "oldest"),
    "title_order": ("题名", "title"),
    "cited": ("库内被引", "citations here"),
    "cited_times": ("库内被引 {n} 次", "cited by {n} here"),
    "documents": ("篇文献", "documents"),
    "no_hits": ("没有命中。", "Nothing was found."),
    "no_hits_hint": (
        "试试更短的词、去掉一个条件，或用 OR 列出同义词。",
        "Try a shorter word, drop a condition, or list synonyms with OR.",
    ),
    "relaxed": (
        "没有文献含有所查字串；下列文献与它有共同的词。",
        "No document holds this string; these share words with it.",
    ),
    "by_year": ("按年份", "By year"),
    "narrow": ("筛选", "Narrow down"),
    "to_filters": ("筛选 ↓", "Filters ↓"),
    "chosen": ("已选条件", "Conditions"),
    "remove": ("去掉", "Remove"),
    "more": ("更多", "more"),
    "pages": ("翻页", "Pages"),
    "previous": ("上一页", "Previous"),
    "next": ("下一页", "Next"),
    "page_of": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "this_set": ("对这一结果集：", "On these results:"),
    "export": ("导出", "Export"),
    "untitled": ("（无题名）", "(untitled)"),
    "year": ("年份", "Year"),
    "kind": ("类型", "Kind"),
    "level": ("级别", "Level"),
    "region": ("地区", "Region"),
    "issuer": ("发文机关", "Issuer"),
    "journal": ("刊名", "Journal"),
    "source": ("来源", "Source"),
    "author": ("作者", "Author"),
    "keyword": ("关键词", "Keyword"),
    "concept": ("概念", "Concept"),
    # Document
    "outline": ("目录", "Outline"),
    "text": ("正文", "Text"),
    "about": ("题录", "Record"),
    "concepts_in": ("文中概念", "Concepts in it"),
    "claims_in": ("文中论断", "Claims in it"),
    "references": ("参考文献", "References"),
    "in_collection": ("库内有", "in this collection"),
    "cited_by": ("引用本文的文献", "Documents that cite this"),
    "same_work": ("同一文献的其他出处", "The same work in other files"),
    "similar": ("相似文献", "Similar documents"),
    "similar_lead": (
        "按共有的特征词排列；每篇写明理由。",
        "Ordered by the characteristic words that both have; each with its reasons.",
    ),
    "none_similar": ("没有相似的文献。", "No document is like it."),
    "versions": ("同一文献的其他版本：", "Versions of the same work:"),
    "version_group": ("同文异本，或其中一部分", "Versions, or parts of the same text"),
    "shared_words": ("共有特征词", "shared words"),
    "shared_concepts": ("共有概念", "shared concepts"),
    "shared_keywords": ("共有关键词", "shared keywords"),
    "shared_references": ("共引", "both cite"),
    "shared_themes": ("主题相似度", "likeness of topics"),
    "warnings": ("解析提示", "Notes of the parser"),
    "legend": ("标记：", "Marks:"),
    "legend_hit": ("检索词", "query"),
    "legend_concept": ("概念", "concept"),
    "legend_claim": ("论断", "claim"),
    "back": ("回到检索结果", "Back to the results"),
    "file": ("文件", "File"),
    "times": ("次", "times"),
    # Analyses
    "no_results_yet": ("还没有这项分析的结果。", "There are no results of this analysis yet."),
    "run_first": ("请先运行：", "Run first:"),
    "stale": (
        "结果依据第 {made} 代文献库，现已到第 {now} 代；运行 textmine run 可更新。",
        "These results were made from generation {made} of the catalogue, which is now at {now};"
        " `textmine run` renews them.",
    ),
    "whole": ("全库", "the whole collection"),
    "of_set": ("结果集：", "Results of:"),
    "computed_now": (
        "刚才就此结果集算出，未作重抽样。",
        "Computed just now on these results, without resampling.",
    ),
    "words": ("主题词", "Words"),
    "share": ("份额", "Share"),
    "coherence": ("一致性", "Coherence"),
    "typical": ("代表文献", "Typical documents"),
    "all_of_topic": ("该主题的全部文献", "All documents of this topic"),
    "over_years": ("历年份额", "Share by year"),
    "network_lead": (
        "点一个词看含它的文献，点一条线看同时含两词的文献；滚轮缩放，拖动平移或移动节点。",
        "Click a word for its documents, a line for those that hold both; scroll to zoom, drag to"
        " move the map or a word.",
    ),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "whole_map": ("全图", "Whole map"),
    "find_word": ("找词", "Find a word"),
    "occurrences": ("篇数", "Documents"),
    "community": ("群", "Community"),
    "links": ("最强的联系", "Strongest links"),
    "term": ("词", "Term"),
    "as_table": ("以表格显示", "As a table"),
    "evolution_lead": (
        "提及各概念（含下位概念）的文献占当年文献的份额；色带为 Wilson 区间。点一个年份看其文献。",
        "Share of each year's documents that mention a concept or a narrower one; bands are Wilson"
        " intervals. Click a year for its documents.",
    ),
    "of_documents": ("{n} / {all} 篇", "{n} of {all} documents"),
    "claims_lead": (
        "多少篇文献作此论断；行为施事概念，列为受事概念。点一格看原句。",
        "How many documents say so; rows are subjects, columns objects. Click a cell for the"
        " sentences.",
    ),
    "relation": ("关系", "Relation"),
    "show": ("显示", "Show"),
    "subject": ("主体", "Subject"),
    "object": ("客体", "Object"),
    "quotes": ("原句", "Sentences"),
    "negative": ("否定", "denied"),
    "updates_lead": ("每次更新改变了什么、拒收了什么。", "What each update changed and refused."),
    "generation": ("代", "Generation"),
    "finished_at": ("完成时间（UTC）", "Finished (UTC)"),
    "added": ("新增", "Added"),
    "changed": ("变更", "Changed"),
    "removed": ("移除", "Removed"),
    "refused": ("拒收", "Refused"),
    "cut_off": ("中断", "cut off"),
    "last_changes": ("最近的变化", "Latest changes"),
    "reason": ("原因", "Reason"),
    "remedy": ("办法", "Remedy"),
    "none_refused": ("没有被拒收的文件。", "No file is refused."),
    "all": ("全部", "all"),
    "trend": ("趋势", "Trend"),
    "trends_rising": ("上升", "rising"),
    "trends_falling": ("下降", "falling"),
    "trends_none": ("未显示", "none shown"),
    "bursts": ("突现", "Bursts"),
    "abstract": ("摘要", "Abstract"),
    "attachment": ("附件", "Attachment"),
    # Names of a record's fields
    "field_kind": ("类型", "Kind"),
    "field_authors": ("作者", "Authors"),
    "field_affiliations": ("机构", "Affiliations"),
    "field_issuers": ("发文机关", "Issuers"),
    "field_doc_number": ("发文字号", "Document number"),
    "field_doc_type": ("文种", "Type of document"),
    "field_level": ("级别", "Level"),
    "field_region": ("地区", "Region"),
    "field_journal": ("刊名", "Journal"),
    "field_year": ("年份", "Year"),
    "field_date": ("日期", "Date"),
    "field_volume": ("卷", "Volume"),
    "field_issue": ("期", "Issue"),
    "field_pages": ("页码", "Pages"),
    "field_published": ("发布日期", "Published"),
    "field_effective_date": ("施行日期", "In force from"),
    "field_expiry_date": ("失效日期", "In force until"),
    "field_keywords": ("关键词", "Keywords"),
    "field_keywords_en": ("英文关键词", "English keywords"),
    "field_title_en": ("英文题名", "English title"),
    "field_authors_en": ("作者英文名", "Authors in English"),
    "field_doi": ("DOI", "DOI"),
    "field_issn": ("ISSN", "ISSN"),
    "field_clc": ("中图分类号", "CLC"),
    "field_funding": ("基金", "Funding"),
    "field_received": ("收稿日期", "Received"),
    "field_revised": ("修回日期", "Revised"),
    "field_recipients": ("主送", "Recipients"),
    "field_subject": ("主题分类", "Subject"),
    "field_attachments": ("附件", "Attachments"),
    "field_format": ("格式", "Format"),
    # Review
    "review_lead": (
        "已存的检索式与其新增文献，文献集与其 PRISMA 计数；用命令行保存与筛选。",
        "Saved queries with what is new, collections with their PRISMA counts; the commands save"
        " and decide.",
    ),
    "saved_queries": ("已存检索式", "Saved queries"),
    "collections": ("文献集", "Collections"),
    "name": ("名称", "Name"),
    "new_ones": ("新增", "New"),
    "none_yet": ("还没有。命令：", "None yet:"),
    "identified": ("检出", "Identified"),
    "duplicates": ("重复", "Duplicates"),
    "screened": ("已初筛", "Screened"),
    "assessed": ("已评全文", "Assessed"),
    "included": ("纳入", "Included"),
    # Concordance
    "concordance_lead": (
        "检索词在每一处的左右文；点一行看原文。",
        "Every place of the query's words with what stands left and right; click for the text.",
    ),
    "order_document": ("按文献", "by document"),
    "order_left": ("按左文", "by left context"),
    "order_right": ("按右文", "by right context"),
    "order_section": ("按章节", "by section"),
    "order_kind": ("按类型", "by kind"),
    "order_year": ("按年份", "by year"),
    "lines_in": ("{documents} 篇文献中的 {lines} 处", "{lines} places in {documents} documents"),
    "lines_cut": (
        "只显示最相关文献中的前 {lines} 处；命令行给出全部。",
        "Only the first {lines} places, of the most relevant documents; the command line gives all.",
    ),
    "section": ("章节", "Section"),
    # Errors and entry
    "error": ("出错了", "Something is wrong"),
    "at_character": ("第 {n} 个字符处", "at character {n}"),
    "token": ("令牌", "Token"),
    "enter": ("进入", "Enter"),
    "wrong_token": ("令牌不对。", "This is not the token."),
}

# Names of values, in both languages; others are shown as they are.
VALUES: Mapping[str, tuple[str, str]] = {
    "paper": ("论文", "paper"),
    "policy": ("政策", "policy"),
    "other": ("其他", "other"),
    "central": ("中央", "central"),
    "provincial": ("省级", "provincial"),
    "municipal": ("市级", "municipal"),
    "county": ("县级", "county"),
    "added": ("新增", "added"),
    "changed": ("变更", "changed"),
    "removed": ("移除", "removed"),
    "promotes": ("促进", "promotes"),
    "inhibits": ("抑制", "inhibits"),
    "requires": ("需要", "requires"),
    "is_a": ("是一种", "is a"),
    "part_of": ("属于", "is part of"),
    "affects": ("影响", "affects"),
    "asserted": ("断言", "asserted"),
    "possible": ("可能", "possible"),
    "required": ("要求", "required"),
    "hypothesis": ("假设", "hypothesis"),
    "question": ("疑问", "question"),
    "reported": ("转述", "reported"),
}


def value_name(value: str, lang: Lang) -> str:
    """What a value is called on the page."""
    names = VALUES.get(value)
    return value if names is None else names[0 if lang == "zh" else 1]
