"""Government work reports: head, imprint, doubles, glossaries, missing dates."""

from textmine.parse.policy import parse_policy
from textmine.records import RawText

BODY = (
    "各位代表：\n　　现在，我代表市人民政府向大会报告工作，请予审议。\n"
    "一、2023年工作回顾\n　　过去一年，集群发展很快。\n"
)
HEAD = "政府工作报告\n——2024年1月16日在云州市第五届人民代表大会第三次会议上\n云州市市长　张三\n"


def report(text: str, source: str = "report.txt", **metadata: str):
    return parse_policy(RawText(text, "text", source, metadata=metadata))


def test_the_head_gives_day_and_government():
    d = report(HEAD + BODY)
    assert (d.title, d.doc_type, d.date) == ("政府工作报告", "工作报告", "2024-01-16")
    assert (d.issuers, d.level, d.region) == (("云州市人民政府",), "municipal", "云州市")
    assert d.headings == (("一", "2023年工作回顾"),)
    assert "张三" not in d.text


def test_a_glued_head_with_wide_and_parted_figures_is_read():
    d = report(
        "1998年政府工作报告——1 9 9 8 年３ 月5 日在第九届全国人民代表大会第一次会议上\n"
        "国务院总理李四各位代表：\n我代表国务院报告工作。"
    )
    assert (d.title, d.date, d.issuers) == ("政府工作报告", "1998-03-05", ("国务院",))


def test_a_missing_date_is_inferred_from_the_review_and_told():
    d = report(BODY, "三亚.txt")
    assert (d.year, d.date, d.issuers) == (2024, "", ("三亚市人民政府",))
    assert any("reviews 2023" in w for w in d.warnings)
    assert any("file's name" in w for w in d.warnings)


def test_the_file_name_is_the_last_resort_for_the_year():
    d = report("各位代表：\n我代表国务院报告工作。\n过去五年成就巨大。", "2008年政府工作报告.txt")
    assert d.year == 2008
    assert any("file's name" in w for w in d.warnings)


def test_the_imprint_dates_the_print_and_a_far_day_is_told():
    d = report(
        "1954年政府工作报告——1954年5月23日在全国人民代表大会会议上\n"
        "各位代表：\n我代表国务院报告工作。（《人民日报》1 9 5 4 0 9 2 4 第1版）"
    )
    assert d.published == "1954-09-24"
    assert any("1954-05-23" in w and "1954-09-24" in w for w in d.warnings)
    assert "人民日报" not in d.text


def test_a_report_that_stands_twice_is_read_once():
    long = "过去一年，全市上下同心同德，推动产业集群和创新体系建设迈上了新的台阶，成绩来之不易，值得倍加珍惜。"
    text = HEAD + BODY + "".join(f"　　{long}{i}\n" for i in range(9))
    d = report(text + text)
    assert d.text.count("2023年工作回顾") == 1
    assert any("twice" in w for w in d.warnings)


def test_a_glossary_is_an_attachment():
    d = report(HEAD + BODY + "名词解释：\n1.云计算：是指一种服务。\n")
    assert (d.sections[-1].role, d.attachments) == ("attachment", ("名词解释",))
    assert d.headings == (("一", "2023年工作回顾"),)
