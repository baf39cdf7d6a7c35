import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine import parse
from textmine.claims import default_grammar, extract, package_rules, parse_grammar
from textmine.concepts import Matcher, parse_scheme
from textmine.errors import SettingsError
from textmine.records import Claim, Section

DATA = os.environ.get("TEXTMINE_DATA")
GOLDEN = Path(__file__).parent / "golden" / "random-sentences.jsonl"
SCHEME = parse_scheme(
    (Path(__file__).parents[2] / "corpus" / "concepts.toml").read_text(encoding="utf-8")
)
MATCHER = Matcher(SCHEME)


def claims_in(text: str) -> list[Claim]:
    return extract(text, MATCHER.mentions(text), scheme=SCHEME)


def triples(text: str) -> set[tuple[str, str, str]]:
    return {(c.subject, c.relation, c.object) for c in claims_in(text)}


def only(text: str) -> Claim:
    (claim,) = claims_in(text)
    return claim


PIECES = st.sampled_from(
    [
        *(
            "产业集群",
            "产业联盟",
            "企业",
            "政府",
            "区域创新",
            "创新体系",
            "促进",
            "推动了",
            "不",
            "应当",
        ),
        *(
            "有利于",
            "是",
            "的",
            "关键",
            "对",
            "在",
            "中",
            "发挥",
            "作用",
            "通过",
            "以",
            "为",
            "基础",
        ),
        *(
            "由",
            "组成",
            "使之成为",
            "鼓励",
            "，",
            "。",
            "；",
            "、",
            "和",
            "\n",
            " ",
            "[3]",
            "“",
            "(例如)",
        ),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_evidence_is_the_text_at_its_place(text):
    for claim in claims_in(text):
        assert text[claim.start : claim.end] == claim.evidence
        assert "。" not in claim.evidence
        assert claim.subject != claim.object


def test_what_is_built_first_is_no_demand_on_what_follows():
    claim = only("积极推动产业联盟的构建，有助于产业集群的发展。")
    assert (claim.subject, claim.object, claim.modality) == ("alliance", "cluster", "asserted")


@given(st.lists(PIECES, max_size=30).map("".join))
def test_claims_of_two_texts_are_those_of_each(text):
    alone = {(c.subject, c.relation, c.object, c.evidence) for c in claims_in(text)}
    twice = {
        (c.subject, c.relation, c.object, c.evidence)
        for c in claims_in(f"{text}。\n无关。\n{text}")
    }
    assert alone <= twice


@given(st.text())
def test_any_text_is_read(text):
    assert isinstance(claims_in(text), list)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("产业联盟促进产业集群。", "asserted"),
        ("产业联盟可能促进产业集群。", "possible"),
        ("如果产业联盟促进产业集群，就应试点。", "possible"),
        ("政府必须促进产业集群。", "required"),
        ("产业联盟的主要成员促进产业集群，产业联盟的应用促进了区域创新。", None),
        ("假设H1：产业联盟促进产业集群。", "hypothesis"),
        ("产业联盟是否促进产业集群？", "question"),
        ("产业联盟如何推动产业集群？", "question"),
        ("某学者[4]认为，产业联盟促进产业集群。", "reported"),
        ("本文认为，产业联盟促进产业集群。", "asserted"),
        ("鼓励企业积极推动区域创新。", "required"),
    ],
)
def test_the_modality_is_read_from_the_words_around(text, modality):
    found = {claim.modality for claim in claims_in(text)}
    assert found == ({modality} if modality else {"asserted"} & found)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("产业联盟促进产业集群。", "positive"),
        ("产业联盟不能促进产业集群。", "negative"),
        ("产业联盟尚未促进产业集群。", "negative"),
        ("产业联盟没有推动产业集群发展。", "negative"),
        ("产业联盟不断促进产业集群。", "positive"),
        ("产业联盟不仅促进产业集群。", "positive"),
        ("产业联盟不能不促进产业集群。", "positive"),
    ],
)
def test_denials_are_told_from_words_that_only_look_like_them(text, polarity):
    assert only(text).polarity == polarity


def test_a_reported_claim_carries_the_references_it_cites():
    assert only("某学者^[2,5-7]认为，产业联盟促进产业集群。").cites == ("2", "5", "6", "7")


def test_the_subject_is_carried_over_clauses_and_sentences():
    text = "产业联盟是一种新型组织，有利于共享信息；有利于促进技术创新。它推动产业集群发展。"
    assert triples(text) == {
        ("alliance", "promotes", "technological_innovation"),
        ("alliance", "promotes", "cluster"),
    }


def test_a_pronoun_reaches_back_one_sentence_of_the_same_line():
    assert triples("产业联盟是新型组织。它推动产业集群发展。") != set()
    assert triples("产业联盟是新型组织。\n它推动产业集群发展。") == set()
    assert triples("产业联盟是新型组织。天气很好。它推动产业集群发展。") == set()


def test_a_clause_with_a_subject_of_its_own_ends_the_carrying():
    assert triples("产业联盟是一种新型组织，市场规模扩大，促进产业集群发展。") == set()


def test_a_demand_without_subject_is_nobodys_claim():
    assert triples("推动产业集群发展，促进区域创新。") == set()


def test_coordination_gives_every_pair():
    assert triples("企业和大学促进区域创新与产业升级。") == {
        (subject, "promotes", object)
        for subject in ("enterprise", "university")
        for object in ("regional_innovation", "industrial_upgrading")
    }


def test_owners_that_share_a_head_are_no_objects():
    assert triples("产业联盟提升产业集群和企业的竞争力。") == {
        ("alliance", "promotes", "competitiveness")
    }


def test_a_heading_is_read_without_its_number_and_names_its_section():
    text = "2.3 产业联盟促进区域创新\n正文。"
    section = Section("body", "2.3", "产业联盟促进区域创新", 2, 0, len(text))
    (claim,) = extract(text, MATCHER.mentions(text), sections=[section], scheme=SCHEME)
    assert (claim.section, claim.evidence) == ("2.3", "产业联盟促进区域创新")


def test_claims_do_not_cross_lines():
    assert triples("产业联盟\n促进产业集群") == set()


@pytest.mark.parametrize(
    "unit",
    [
        "联盟",
        "联盟，",
        "联盟促进",
        "在中",
        "联盟在集群中",
        "通过联盟",
        "联盟、",
        "促进",
        "联盟的",
        "不",
        "以联盟为",
    ],
)
def test_time_is_linear_on_repetitions(unit):
    text = unit * (30_000 // len(unit))
    mentions = MATCHER.mentions(text)
    before = time.process_time()
    extract(text, mentions, scheme=SCHEME)
    # The usual time is under a second; backtracking would take minutes.
    assert time.process_time() - before < 20


def test_a_scholar_can_add_a_rule():
    mine = """
        [words]
        beget = ["生出"]

        [[rule]]
        id = "beget"
        relation = "promotes"
        pattern = "<A> <gap> <beget> <aspect> <near> <B> <end>"
        examples = [ { text = "联盟生出了集群。", claims = ["alliance promotes cluster"] } ]
    """
    grammar = parse_grammar(package_rules() | {"mine.toml": mine})
    text = "联盟是新型组织，也生出了许多集群。"
    (claim,) = extract(text, MATCHER.mentions(text), grammar=grammar)
    assert (claim.subject, claim.object, claim.rule) == ("alliance", "cluster", "beget")


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ('pattern = "<A> <nothing> <B>"', "<nothing>"),
        ('pattern = "<A> 促进"', "<B>"),
        ('pattern = "<A> (促进 <B>"', "cannot be used"),
        ('patern = "<A> <B>"', "pattern"),
    ],
)
def test_a_faulty_rule_is_named_with_its_file(rule, says):
    text = (
        f'[[rule]]\nid = "mine"\nrelation = "promotes"\n{rule}\nexamples = [{{text="", claims=[]}}]'
    )
    with pytest.raises(SettingsError) as caught:
        parse_grammar(package_rules() | {"mine.toml": text})
    assert "mine.toml" in str(caught.value)
    assert says in str(caught.value)


def gold_paper() -> tuple[dict, str]:
    """The gold record, and the paper's stored text."""
    folder = Path(str(DATA)).parent
    gold = json.loads((folder / "gold" / "yang-liu-2011-alliance-cluster.json").read_text("utf-8"))
    return gold, parse.document((folder / gold["source_file"]).read_text("utf-8")).text


def agrees(claim: Claim, wanted: dict) -> bool:
    same = (claim.subject, claim.relation, claim.object) == (
        wanted["subject"],
        wanted["relation"],
        wanted["object"],
    )
    quote, found = "".join(wanted["evidence"].split()), "".join(claim.evidence.split())
    return same and any(quote[at : at + 8] in found for at in range(max(1, len(quote) - 7)))


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_the_claims_of_the_gold_paper_are_found():
    gold, text = gold_paper()
    claims = claims_in(text)
    found = [wanted for wanted in gold["claims"] if any(agrees(c, wanted) for c in claims)]
    # All 18 when this was written; 0.85 is what is asked.
    assert len(found) / len(gold["claims"]) >= 0.95


# What is claimed in the gold paper's gold sentences beside the gold claims, by a reader.
ALSO_CLAIMED = {
    ("alliance", "requires", "cluster"),
    ("alliance", "promotes", "regional_economy"),
    ("innovation_network", "affects", "regional_innovation"),
    ("alliance", "promotes", "regional_innovation"),
    ("alliance", "promotes", "industrial_development"),
}


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_what_is_found_in_the_gold_sentences_is_claimed_there():
    gold, text = gold_paper()
    quotes = ["".join(wanted["evidence"].split()) for wanted in gold["claims"]]
    near = [c for c in claims_in(text) if any(q in "".join(c.evidence.split()) for q in quotes)]
    right = [
        c
        for c in near
        if (c.subject, c.relation, c.object) in ALSO_CLAIMED
        or any(agrees(c, wanted) for wanted in gold["claims"])
    ]
    assert len(right) / len(near) >= 0.85


def labelled(record: dict) -> str:
    """The text of a labelled sentence."""
    path = Path(str(DATA), record["file"])
    text = path.read_text("utf-8", errors="ignore")
    if "record" in record:
        text = json.loads(text.split("\n")[record["record"]])["text"]
    return text[record["start"] : record["end"]]


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_precision_and_recall_on_labelled_random_sentences():
    """Sentences with two or more concepts, drawn at random; labelled before anything was run.

    Sample 1 is of all such sentences, samples 2 to 5 of those that also hold a word of relation.
    What a second reader might see or not is `debatable` and counts neither way. The rules have
    since been widened after each sample, so this guards against loss and is no estimate.
    """
    right = wrong = missed = 0
    for line in GOLDEN.read_text("utf-8").splitlines():
        record = json.loads(line)
        found = {" ".join(triple) for triple in triples(labelled(record).strip())}
        wanted, debatable = set(record["claims"]), set(record.get("debatable", ()))
        right += len(found & wanted)
        wrong += len(found - wanted - debatable)
        missed += len(wanted - found)
    assert right / (right + wrong) >= 0.8
    assert right / (right + missed) >= 0.6


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_evidence_in_real_papers_and_reports_is_the_text_at_its_place():
    papers = sorted(Path(str(DATA), "papers", "chinaxiv").glob("*.md"))[::15]
    reports = sorted(Path(str(DATA), "policy", "central-work-reports").glob("2*.txt"))
    for paths in (papers, reports):
        found = 0
        for path in paths:
            document = parse.document(path.read_text("utf-8"))
            text, sections = document.text, document.sections
            for claim in extract(text, MATCHER.mentions(text), sections=sections, scheme=SCHEME):
                assert text[claim.start : claim.end] == claim.evidence
                found += 1
        assert found


def test_every_rule_has_an_example():
    assert all(rule.examples for rule in default_grammar().rules)
