"""Policies: fields, headings and stored text, on written examples."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.parse.policy import DRAFT_WARNING, looks_like_policy, parse_policy
from textmine.records import RawText

NOTICE = """临江省科学技术厅文件

临科发〔2008〕134号

临江省科学技术厅　临江省财政厅
关于印发《临江省产业联盟管理办法（试行）》的通知
各市科技局、财政局，各有关单位：
　　现将《临江省产业联盟管理办法（试行）》印发给你们，请遵照执行。
　　附件：1.临江省产业联盟管理办法（试行）
　　2.申请书格式
　　　　　　　临江省科学技术厅
　　　　　　　临江省财　政　厅
　　　　　　　二○○八年十二月三十日
附件1
临江省产业联盟管理办法（试行）
第一章　总则
第一条　为规范产业联盟管理，制定本办法。
第二条　产业联盟由企业牵头组建。
第二章　附则
第三条　本办法自2009年2月1日起施行，有效期三年。《联盟暂行规定》（临科发〔2003〕9号）同时废止。
（此件公开发布）
打印本页
"""


def policy(text: str, **metadata: str):
    return parse_policy(RawText(text, "text", "sample.txt", metadata=metadata))


def test_header_and_signature_become_fields():
    d = policy(NOTICE)
    assert (
        d.title == "临江省科学技术厅　临江省财政厅关于印发《临江省产业联盟管理办法（试行）》的通知"
    )
    assert d.issuers == ("临江省科学技术厅", "临江省财政厅")
    assert (d.doc_number, d.date, d.year) == ("临科发〔2008〕134号", "2008-12-30", 2008)
    assert (d.doc_type, d.level, d.region) == ("通知", "provincial", "临江省")
    assert d.recipients == ("各市科技局、财政局", "各有关单位")
    assert d.attachments == ("临江省产业联盟管理办法（试行）", "申请书格式")


def test_days_in_force_are_stated_or_counted():
    d = policy(NOTICE)
    assert (d.effective_date, d.expiry_date) == ("2009-02-01", "2012-01-31")


@pytest.mark.parametrize(
    ("clause", "effective", "expiry"),
    [
        ("本办法自公布之日起施行。", "2010-05-06", ""),
        ("本意见自印发之日起实施，有效期5年。", "2010-05-04", "2015-05-03"),
        ("自二〇一〇年七月一日起施行", "2010-07-01", ""),
        ("本规定自2010年7月1日起施行，有效期至2015年6月30日。", "2010-07-01", "2015-06-30"),
        ("本措施自2023年　月　日起施行。", "", ""),
        ("项目有效期为两年。", "", ""),
    ],
)
def test_force_is_read_from_the_closing_clause(clause, effective, expiry):
    d = policy(
        f"云州市人民政府关于联盟的意见\n各区人民政府：\n　　现提出意见。\n　　{clause}",
        成文日期="2010年5月4日", 发布日期="2010年5月6日",
    )  # fmt: skip
    assert (d.effective_date, d.expiry_date) == (effective, expiry)


def test_text_is_title_and_body_without_header_signature_and_furniture():
    d = policy(NOTICE)
    assert d.text.startswith(d.title + "\n现将")
    for gone in ("临科发〔2008〕134号", "各有关单位：", "二○○八年", "打印本页", "公开发布"):
        assert gone not in d.text
    assert d.text.endswith("同时废止。")


def test_sections_tile_the_body_and_number_articles():
    d = policy(NOTICE)
    numbered = [(s.number, s.title) for s in d.sections if s.number]
    assert numbered == [
        ("第一章", "总则"), ("第一条", ""), ("第二条", ""), ("第二章", "附则"), ("第三条", ""),
    ]  # fmt: skip
    assert d.headings == (("第一章", "总则"), ("第二章", "附则"))
    assert all(a.end + 1 == b.start for a, b in zip(d.sections, d.sections[1:], strict=False))
    assert d.sections[-1].end == len(d.text)


def test_run_in_headings_give_their_title():
    d = policy(
        "云州市人民政府关于发展产业集群的意见\n各区人民政府：\n一、总体要求\n"
        "（一）指导思想。以企业为主体，推动集群发展。\n（二）发展目标。到2010年，产值翻番。\n"
        "二、保障措施\n（一）建立会商机制，协调解决问题。\n（二）财政投入逐年增加，纳入预算。\n"
    )
    numbered = [(s.number, s.title, s.level) for s in d.sections if s.number]
    assert numbered == [
        ("一", "总体要求", 1), ("（一）", "指导思想", 2), ("（二）", "发展目标", 2),
        ("二", "保障措施", 1), ("（一）", "", 2), ("（二）", "", 2),
    ]  # fmt: skip


def test_opening_sentences_that_siblings_lack_are_no_titles():
    d = policy(
        "云州市人民政府关于发展产业集群的意见\n各区人民政府：\n1.联盟是重要组织。要加强引导。\n"
        "2.支持企业牵头，联合高校，并在资金、土地、人才等方面给予优先安排和持续支持。\n3.加大投入；落实责任。\n"
    )
    assert [s.title for s in d.sections if s.number] == ["", "", ""]


def test_lines_broken_at_a_margin_are_made_whole():
    d = policy(
        "云州市人民政府关于加快培育和发展新兴产业的\n决定\n云政发〔2010〕32号\n"
        "各区、县人民政府，市政府各部门、各直属单位和有关大专院\n校：\n"
        "　　新兴产业是引导本市未来经济社会发展的重要力量，各国都把\n发展新兴产业作为抢占新一轮科技"
        "发展制高点的一项重大战略，\n本市正处在转变发展方式的关键时期，必须抓住机遇，明确方向，\n突出重点。\n"
        "　　一、抓住机遇，加快培育新兴产业\n　　新兴产业以重大技术突破和重大发展需求为基础，对全市经济和\n"
        "社会长远发展有引领带动作用，知识技术密集、物质资源消耗\n少、成长潜力大、综合效益好。\n"
        "　　（一）培育新兴产业是全市建设小康社会和实现可持续发展的必\n然选择。本市人口多、资源少、生态"
        "环境脆弱，又处在工业化的\n时期，靠增加投入的老路难以为继，"
        "只有靠科技进步来优化升级产\n业结构。\n— 1 —\n云州市人民政府\n二○一○年十月十日"
    )
    assert d.title == "云州市人民政府关于加快培育和发展新兴产业的决定"
    assert d.recipients == ("各区、县人民政府", "市政府各部门、各直属单位和有关大专院校")
    assert d.headings[0] == ("一", "抓住机遇，加快培育新兴产业")
    assert "必然选择" in d.headings[1][1]
    assert "必须抓住机遇，明确方向，突出重点。" in d.text
    assert "— 1 —" not in d.text


def test_red_head_and_colophon_become_fields():
    d = policy(
        "临江省科学技术厅\n临江省财政厅\n文件\n临科发〔2008〕7号　　签发人：李某\n关于印发《联盟意见》的通知\n"
        "各市科技局：\n　　现印发给你们。\n二○○八年十二月三十日\n主题词：科技　联盟　通知\n抄送：省政府办公厅\n"
        "临江省科学技术厅办公室　　2009年1月5日印发"
    )
    assert d.issuers == ("临江省科学技术厅", "临江省财政厅")
    assert (d.title, d.subject) == ("关于印发《联盟意见》的通知", "科技 联盟 通知")
    assert (d.date, d.text) == ("2008-12-30", "关于印发《联盟意见》的通知\n现印发给你们。")


def test_an_announcement_may_have_its_number_on_two_lines():
    d = policy("科学技术部 财政部公告\n2019年 第3号\n关于发布名单的公告\n现予公布。\n2019年6月20日")
    assert d.doc_number == "科学技术部财政部公告2019年第3号"
    assert (d.title, d.issuers) == ("关于发布名单的公告", ("科学技术部", "财政部"))


def test_the_note_under_a_law_names_the_congress():
    d = policy(
        "临江省科技进步条例\n（2018年9月28日临江省第十三届人民代表大会常务委员会第五次会议通过）\n第一条　为推动进步。"
    )
    assert d.issuers == ("临江省人民代表大会常务委员会",)
    assert d.date == "2018-09-28"


def test_a_table_of_contents_is_left_out():
    chapters = "第一章　总则\n第二章　管理\n第三章　附则\n"
    text = "临江省联盟条例\n目　录\n" + chapters
    for number, chapter in enumerate(chapters.split("\n")[:3], 1):
        text += f"{chapter}\n第{'一二三'[number - 1]}条　应当遵守规定。\n"
    d = policy(text)
    assert [s.number for s in d.sections if s.number.endswith("章")] == [
        "第一章",
        "第二章",
        "第三章",
    ]


def test_metadata_goes_before_the_lines():
    d = policy(
        "网站首页\n关于联盟的通知\n云科〔2010〕3号\n各单位：\n　　请执行。\n云州市科技局\n2010年3月2日",
        标题="云州市科技局关于联盟的通知", 发文机关="云州市科技局、云州市财政局", 发文字号="云科［2010］3号",
        成文日期="2010年03月01日", 发布日期="2010-03-05", 索引号="001/2010-1", 主题分类="科技、教育\\科技",
    )  # fmt: skip
    assert d.issuers == ("云州市科技局", "云州市财政局")
    assert (d.date, d.published, d.doc_number) == ("2010-03-01", "2010-03-05", "云科〔2010〕3号")
    assert (d.index_number, d.subject) == ("001/2010-1", "科技、教育\\科技")
    assert any("2010-03-02" in warning for warning in d.warnings)


def test_labels_in_the_text_count_as_metadata():
    d = policy(
        "索引号：001/2009-7\n发布日期：2009-08-01\n云州市人民政府关于集群的意见\n各区：\n　　请办理。"
    )
    assert (d.index_number, d.published) == ("001/2009-7", "2009-08-01")


def test_orders_are_dated_by_the_note_under_the_title():
    d = policy(
        "临江省科技园区办法\n临江省人民政府令第316号\n"
        "（2000年8月9日省人民政府第46次会议通过，2000年8月15日公布）\n第一条　为加强管理，制定本办法。"
    )
    assert (d.doc_number, d.date) == ("临江省人民政府令第316号", "2000-08-15")
    assert (d.issuers, d.doc_type) == (("临江省人民政府",), "办法")


def test_a_database_copy_loses_its_furniture_and_its_second_title():
    title = "云州市人民政府办公室关于印发《云州市数据办法》的通知"
    d = policy(
        f"    【法宝引证码】 CLI.12.1\n原文链接：https://example.org/a.html\n{title}\n{title}\n云政办〔2022〕3号\n"
        "各区人民政府：\n　　现将办法印发给你们。\n2022年4月14日\n　云州市数据办法\n"
        "　第一章　总则　　第一条\u2002　为推进数据共享，制定本办法。"
    )
    assert (d.title, d.date) == (title, "2022-04-14")
    assert d.text.count(title) == 1
    assert [s.number for s in d.sections if s.number] == ["第一章", "第一条"]


def test_drafts_for_comment_are_told():
    d = policy(
        "关于征求《临江省联盟办法（征求意见稿）》意见的函\n临科函〔2008〕112号\n各市科技局：\n　　请提意见。"
    )
    assert DRAFT_WARNING in d.warnings
    assert d.doc_type == "函"


def test_annexes_of_an_independent_notice_are_attachments():
    d = policy(
        "云州市科技局关于申报联盟的通知\n各区科技局：\n一、申报条件\n　　企业均可申报。\n附件：申报书\n"
        "云州市科技局\n2012年3月1日\n附件\n申报书\n一、基本情况\n"
    )
    assert [s.role for s in d.sections][-1] == "attachment"
    assert d.headings == (("一", "申报条件"),)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于印发《联盟管理办法》的通知", "通知"),
        ("云州市集群发展规划（2005—2010年）", "规划"),
        ("中华人民共和国专利法", "法律"),
        ("联盟管理办法", "办法"),
        ("关于备案问题的复函", "函"),
        ("临江省技术市场条例（修订）", "条例"),
        ("集群的形成机理研究", ""),
    ],
)
def test_the_title_names_the_kind(title, kind):
    d = policy(f"{title}\n第一条　为推动发展，制定本文件。")
    assert d.doc_type == kind


def test_policies_are_told_from_papers_and_news():
    paper = "产业联盟的演化\n王某\n摘要：本文讨论联盟。\n关键词：联盟；集群\n1 引言\n联盟是组织。\n参考文献\n[1] 李某."
    news = "本报讯（记者 李某）日前，云州市召开会议，讨论产业集群的发展，据悉，与会者三百人。"
    assert looks_like_policy(RawText(NOTICE, "text")) >= 0.9
    assert looks_like_policy(RawText(paper, "text")) < 0.2
    assert looks_like_policy(RawText(news, "text")) < 0.2
    assert looks_like_policy(RawText("", "text")) == 0


PIECES = st.sampled_from(
    ["国务院关于", "的通知", "\n", "国发〔2008〕1号", "各单位：", "一、", "（一）",
     "第一条 ", "附件：", "附件1", "《", "》",
     "2008年12月30日", "自", "起施行", "有效期", "年", "各位代表：", "政府工作报告",
     "我代表市人民政府报告工作", "。", "，", "（", "）",
     "目录", "\f", "　", "科技部", "0", "二〇〇八年", "名词解释", "《人民日报》1 9 5 4 0 9 9 9"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=60))
def test_any_text_gives_a_document_whose_sections_lie_in_it(pieces):
    d = policy("".join(pieces))
    assert 0.0 <= looks_like_policy(RawText("".join(pieces), "text")) <= 1.0
    last = 0
    for section in d.sections:
        assert last <= section.start <= section.end <= len(d.text)
        last = section.end
