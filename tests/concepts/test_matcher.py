import itertools
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.concepts import Matcher, Scheme, parse_scheme, roll_up
from textmine.concepts.folding import fold_characters

DATA = os.environ.get("TEXTMINE_DATA")
SCHEME = parse_scheme(
    (Path(__file__).parents[2] / "corpus" / "concepts.toml").read_text(encoding="utf-8")
)
MATCHER = Matcher(SCHEME)

# Labels that nest, chain, overlap by one and repeat, over an alphabet of four characters.
TINY = parse_scheme(
    """
[[concept]]
id = "x"
prefLabel = { zh = "甲乙" }
altLabel = { zh = ["乙甲", "甲乙丙丁"], en = ["ab"] }
exclude = ["丁甲乙", "甲乙乙"]

[[concept]]
id = "y"
prefLabel = { zh = "乙丙" }
altLabel = { zh = ["丙丁甲"], en = ["b c"] }
"""
)


def found(text: str) -> list[tuple[str, str]]:
    return [(m.concept, m.label) for m in MATCHER.mentions(text)]


def brute_force(scheme: Scheme, text: str) -> list[tuple[int, int, str]]:
    """Every occurrence by comparison at every place; then longest first, of equals the later."""
    folded = fold_characters(text)
    sought = {**dict.fromkeys(scheme.exclusions, ""), **scheme.labels}
    places = []
    for start in range(len(folded)):
        for label, concept in sought.items():
            end = start + len(label)
            before, after = folded[start - 1 : start], folded[end : end + 1]
            inside_word = (latin(label[0]) and latin(before)) or (latin(label[-1]) and latin(after))
            if folded[start:end] == label and not inside_word:
                places.append((start, end, concept))
    kept: list[tuple[int, int, str]] = []
    for start, end, concept in sorted(places, key=lambda p: (p[0] - p[1], -p[0])):
        if all(end <= s or start >= e for s, e, _ in kept):
            kept.append((start, end, concept))
    return sorted(place for place in kept if place[2])


def latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@given(st.text(alphabet="甲乙丙丁ABｂc 　，", max_size=60))
def test_mentions_are_those_of_a_brute_force_search(text):
    mentions = Matcher(TINY).mentions(text)
    assert [(m.start, m.end, m.concept) for m in mentions] == brute_force(TINY, text)


@given(st.text(max_size=200))
def test_mentions_are_spans_of_the_stored_text_in_order(text):
    mentions = MATCHER.mentions(text + "产业集群" + text)
    assert all((text + "产业集群" + text)[m.start : m.end] == m.label for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


@given(st.text())
def test_folding_moves_no_character(text):
    folded = fold_characters(text)
    assert len(folded) == len(text)
    assert fold_characters(folded) == folded


@pytest.mark.parametrize(
    "alias",
    [
        "产业技术创新联盟",
        "产业技术创新战略联盟",
        "产业创新联盟",
        "技术创新联盟",
        "技术创新战略联盟",
        "产业联盟",
        "产业技术联盟",
    ],
)
def test_each_name_of_the_alliance_is_found_whole(alias):
    assert found(f"各地的{alias}逐步建立") == [("alliance", alias)]


@pytest.mark.parametrize(
    "text",
    [
        "欧洲联盟",
        "东南亚国家联盟",
        "关税联盟",
        "图书馆联盟",
        "联盟链",
        "服务器集群",
        "Hadoop集群",
        "集群式",
        "数字集群",
    ],
)
def test_what_only_looks_like_a_label_is_no_mention(text):
    assert found(f"关于{text}的说明") == []


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        # The longest label stands alone; the concepts within are reached by roll-up.
        ("产业集群创新系统", [("cluster_innovation_system", "产业集群创新系统")]),
        ("创新生态系统", [("innovation_ecosystem", "创新生态系统")]),
        # A label may win over an exclusion by being longer.
        ("集群式发展", [("cluster", "集群式发展")]),
        # Of two equally long that overlap, the head of the compound.
        ("科技金融机构", [("financial_institution", "金融机构")]),
        ("企业技术创新联盟", [("enterprise", "企业"), ("alliance", "技术创新联盟")]),
        ("区域产业技术创新体系", [("regional_innovation_system", "区域产业技术创新体系")]),
        ("企业家精神", [("entrepreneur", "企业家精神")]),
    ],
)
def test_overlaps_are_settled_by_length_then_by_the_head(text, mentions):
    assert found(text) == mentions


@pytest.mark.parametrize(
    "text", ["SMEs", "ＳＭＥｓ", "smes", "R&D Alliance", "industrial CLUSTERS"]
)
def test_latin_labels_match_in_any_case_and_width(text):
    assert [label for _, label in found(f"扶持{text}的发展")] == [text]


def test_latin_labels_match_whole_words_only():
    assert found("a confirmation of bankruptcy and usership, usersx") == []
    assert found("firms, banks and users") != []


def test_roll_up_adds_every_broader_concept():
    mentions = MATCHER.mentions("产业集群创新系统")
    assert {m.concept for m in roll_up(mentions, SCHEME)} == {
        "cluster_innovation_system",
        "cluster",
        "innovation_system",
    }


def test_a_scheme_without_concepts_finds_nothing():
    assert Matcher(parse_scheme("")).mentions("产业集群") == []


@pytest.mark.parametrize("unit", ["合作创新", "联盟", "集群集", "甲", "a", "产业技术创新战略联盟"])
def test_time_is_linear_on_repetitions(unit):
    text = unit * (300_000 // len(unit))
    before = time.process_time()
    MATCHER.mentions(text)
    # A quadratic search would take minutes; the usual time is half a second.
    assert time.process_time() - before < 10


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_all_aliases_types_and_actors_of_a_real_paper_are_found():
    gold = json.loads(
        (Path(str(DATA)).parent / "gold" / "yang-liu-2011-alliance-cluster.json").read_text("utf-8")
    )
    # Line and page breaks split a few names; the parser joins them, here they are dropped.
    text = "".join((Path(str(DATA)).parent / gold["source_file"]).read_text("utf-8").split())
    labels = {m.label: m.concept for m in MATCHER.mentions(text)}
    assert {labels[alias] for alias in gold["alliance_aliases_in_text"]} == {"alliance"}
    assert len({labels[kind] for kind in gold["alliance_types"]}) == 5
    assert len({labels[actor] for actor in gold["innovation_system_actors"]}) == 6
    assert {c for claim in gold["claims"] for c in (claim["subject"], claim["object"])} <= set(
        SCHEME.ids
    )


@pytest.mark.skipif(not DATA, reason="TEXTMINE_DATA is not set")
def test_mentions_in_real_papers_are_those_of_a_brute_force_search():
    papers = sorted(Path(str(DATA), "papers", "chinaxiv").glob("*.md"))[:400:100]
    for paper in papers:
        text = paper.read_text("utf-8")[:4000]
        assert [(m.start, m.end, m.concept) for m in MATCHER.mentions(text)] == brute_force(
            SCHEME, text
        )
