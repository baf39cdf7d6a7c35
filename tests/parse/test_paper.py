import pytest

from textmine import parse
from textmine.parse.paper import classes, keywords

PAPER = """科技管理论坛

联盟与集群的协同演化
——以长三角为例

王小明1，李建国2*，欧阳雪1

（1.东海大学 管理学院，江苏 南京 210000；2.云州科技发展研究院，云州 310000）

摘　要：产业联盟推动集群升级。本文提出一个框架。

关键词：产业联盟；产业集群；区域创新

中图分类号：F062.9；G322  文献标识码：A  文章编号：1001-7348(2012)03-0055-06

0 引言

联盟是企业间的合作组织[1-3]。集群在地理上
集中，二者相互促进（见图1）。

图1 联盟与集群的关系

1 理论基础

1.1 联盟

已有研究认为[2,4]联盟降低交易成本。

收稿日期：2011-05-06；修回日期：2011-09-12

基金项目：国家社会科学基金项目（10BGL099）

作者简介：王小明（1970—），男，江苏南京人，教授，研究方向为创新管理。

1.2 集群

集群的优势在于邻近。

2 结语

联盟与集群共同演化。

参考文献：

[1] 李建国.联盟论[M].北京：东海出版社，2001：3-9.
[2] 欧阳雪,王小明.集群的演化[J].区域研究,2005,12(3):
15-22. [3] 云州市人民政府.关于促进联盟发展的意见:云政发〔2009〕12号[Z].2009.
[4] Smith J, Brown K. Clusters and alliances[J]. Research Quarterly, 2003, 5(1): 1-9.

（责任编辑：赵一平）

Co-evolution of Alliances and Clusters

Wang Xiaoming1, Li Jianguo2, Ouyang Xue1

(1. School of Management, Donghai University, Nanjing 210000, China)

Abstract: Alliances promote clusters.

Key words: alliance; cluster; regional innovation
"""


@pytest.fixture(scope="module")
def paper():
    return parse.document(PAPER)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "paper"),
        ("title", "联盟与集群的协同演化——以长三角为例"),
        ("authors", ("王小明", "李建国", "欧阳雪")),
        ("affiliations", ("东海大学 管理学院", "云州科技发展研究院")),
        ("city", "江苏南京"),
        ("postcode", "210000"),
        ("abstract", "产业联盟推动集群升级。本文提出一个框架。"),
        ("keywords", ("产业联盟", "产业集群", "区域创新")),
        ("clc", ("F062.9", "G322")),
        ("document_code", "A"),
        ("article_id", "1001-7348(2012)03-0055-06"),
        ("issn", "1001-7348"),
        ("journal", "科技进步与对策"),
        ("year", 2012),
        ("issue", "03"),
        ("page_first", 55),
        ("page_count", 6),
        ("received", "2011-05-06"),
        ("revised", "2011-09-12"),
        ("funding", ("国家社会科学基金项目（10BGL099）",)),
        ("editor", "赵一平"),
        ("title_en", "Co-evolution of Alliances and Clusters"),
        ("authors_en", ("Wang Xiaoming", "Li Jianguo", "Ouyang Xue")),
        ("abstract_en", "Alliances promote clusters."),
        ("keywords_en", ("alliance", "cluster", "regional innovation")),
        ("figures", ("图1 联盟与集群的关系",)),
        ("language", "zh"),
    ],
)
def test_front_matter(paper, field, value):
    assert getattr(paper, field) == value


def test_headings_in_order(paper):
    numbers = [number for number, _ in paper.headings]
    assert numbers == ["0", "1", "1.1", "1.2", "2"]


def test_footnotes_captions_and_references_are_not_in_the_body(paper):
    for word in ("收稿日期", "基金项目", "作者简介", "图1 联盟", "参考文献", "东海出版社"):
        assert word not in paper.body
    assert "集群在地理上集中，二者相互促进（见图1）。" in paper.body


def test_references_on_one_line_and_over_two(paper):
    assert [r.n for r in paper.references] == [1, 2, 3, 4]
    assert paper.references[1].pages == "15-22"
    assert paper.references[2].is_policy
    assert paper.references[2].doc_number == "云政发〔2009〕12号"


def test_sections_tile_the_text(paper):
    assert paper.sections[0].role == "title"
    assert paper.sections[1].role == "abstract"
    assert all(
        a.end + 1 == b.start for a, b in zip(paper.sections, paper.sections[1:], strict=False)
    )
    assert paper.sections[-1].end == len(paper.text)
    for section in paper.sections:
        if section.title:
            assert paper.text[section.start : section.end].startswith(section.number)


def test_citations_name_their_references(paper):
    named = [(paper.text[c.start : c.end], c.targets) for c in paper.citations]
    assert named == [("[1-3]", ("1", "2", "3")), ("[2,4]", ("2", "4"))]


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("联盟；集群; 网络", ("联盟", "集群", "网络")),
        ("联盟，集群、网络", ("联盟", "集群", "网络")),
        ("联盟　集群　网络", ("联盟", "集群", "网络")),
        ("联盟 集群 网络", ("联盟", "集群", "网络")),
        ("industry alliance; cluster", ("industry alliance", "cluster")),
        ("", ()),
    ],
)
def test_keywords_by_whatever_parts_them(printed, words):
    assert keywords(printed) == words


def test_classes_of_the_chinese_library_classification():
    assert classes("F062.9；G322") == ("F062.9", "G322")


def test_markdown_headings_need_no_number():
    front = "# 联盟研究\n\n# 王小明\n\n摘要 联盟很多。\n\n关键词 联盟 集群\n\n"
    source = front + "# 引言\n\n联盟是组织。\n\n# 类型\n\n有三种。\n"
    found = parse.document(source)
    assert [title for _, title in found.headings] == ["引言", "类型"]
    assert found.authors == ("王小明",)


def test_an_unknown_text_is_still_a_document():
    found = parse.document("今天天气很好。\n我们去公园。")
    assert found.kind == "other"
    assert found.warnings
    assert "公园" in found.text


def test_the_head_of_the_journal_gives_its_name_and_issue():
    head = "区域观察\nRegional Watch\n2016年第3期（总第99期）\n"
    found = parse.document(
        head + "联盟的演化\n王小明\n摘要：甲。\n关键词：乙；丙\n1 引言\n联盟很多。\n"
    )
    assert (found.journal, found.year, found.issue) == ("区域观察", 2016, "3")
    assert (found.title, found.title_en) == ("联盟的演化", "")
