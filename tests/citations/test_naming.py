from textmine import parse
from textmine.citations import namings

POLICY = """松江省科学技术厅关于印发《松江省联盟管理办法》的通知

松科发〔2013〕139号

各市科学技术局：
现将《松江省联盟管理办法》印发给你们，请遵照执行。《松江省联盟管理办法（试行）》（松科发〔2009〕47号）同时废止。

松江省科学技术厅
2013年11月21日
"""


def test_a_policy_repeals_another_and_does_not_cite_what_it_issues() -> None:
    document = parse.document(POLICY)
    found = [(n.relation, n.doc_number) for n in namings(document)]
    assert found == [("repeals", "松科发〔2009〕47号")]


def test_a_mention_points_at_its_words() -> None:
    document = parse.document(POLICY)
    naming = namings(document)[0]
    start, end = naming.places[0]
    assert document.text[start:end] == naming.raw
    assert "松科发〔2009〕47号" in naming.raw


PAPER = """联盟与集群

林舟

摘要：联盟推动集群。
关键词：联盟；集群

1 引言
联盟推动集群[1]。《松江省联盟管理办法》规定了条件[2]。集群又推动联盟[1]。

参考文献
[1] 方舟. 集群的形成[J]. 松江学刊, 2009(3): 1-9.
[2] 松江省科学技术厅. 松江省联盟管理办法: 松科发〔2013〕139号[Z]. 2013.
"""


def test_a_reference_knows_every_place_that_points_at_it() -> None:
    document = parse.document(PAPER)
    first, second, mention = namings(document)
    assert [document.text[p.start : p.end] for p in first.places] == ["[1]", "[1]"]
    assert (second.doc_number, second.is_policy) == ("松科发〔2013〕139号", True)
    assert (mention.way, mention.title) == ("text", "松江省联盟管理办法")
