from pathlib import Path

import pytest

from textmine.concepts import parse_scheme
from textmine.errors import SettingsError, UsageError

SCHEME = Path(__file__).parents[2] / "corpus" / "concepts.toml"

SMALL = """
[[concept]]
id = "system"
prefLabel = { zh = "创新系统", en = "innovation system" }
altLabel = { zh = ["创新体系"] }

[[concept]]
id = "regional"
prefLabel = { zh = "区域创新系统" }
broader = ["system"]

[[concept]]
id = "urban"
prefLabel = { zh = "城市创新系统" }
broader = ["regional"]
"""


def concept(id: str, **keys: object) -> str:
    label = keys.pop("label", f"标签{id}")
    lines = [f'[[concept]]\nid = "{id}"\nprefLabel = {{ zh = "{label}" }}']
    return "\n".join([*lines, *(f"{key} = {value}" for key, value in keys.items())]) + "\n"


def test_hierarchy_is_resolved_over_several_steps():
    scheme = parse_scheme(SMALL)
    assert scheme.ancestors("urban") == ("regional", "system")
    assert scheme.narrower("system") == ("regional", "urban")
    assert scheme.narrower("urban") == ()


def test_labels_name_their_concept_and_prefer_a_language():
    scheme = parse_scheme(SMALL)
    assert scheme.labels["创新体系"] == "system"
    assert scheme["system"].name("en") == "innovation system"
    assert scheme["urban"].name("en") == "城市创新系统"


def test_fingerprint_follows_the_content_not_the_layout():
    same = SMALL.replace("\n\n", "\n\n# a remark\n")
    other = SMALL.replace("创新体系", "创新制度")
    assert parse_scheme(SMALL).fingerprint == parse_scheme(same).fingerprint
    assert parse_scheme(SMALL).fingerprint != parse_scheme(other).fingerprint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (concept("a", broader='["b"]'), ["'a'", "'b'", "no concept"]),
        (concept("a", related='["b"]'), ["'a'", "related", "'b'"]),
        (concept("a") + concept("a", label="别的"), ["'a'", "twice"]),
        (concept("a", label="联盟") + concept("b", label="联盟"), ["'b'", "联盟", "'a'"]),
        (concept("a", label="ＩＰＲ") + concept("b", label="ipr"), ["'b'", "ipr"]),
        (concept("a", broader='["b"]') + concept("b", broader='["a"]'), ["'a'", "circle"]),
        (concept("a", broader='["a"]'), ["'a'", "broader than itself"]),
        (concept("a", colour='"red"'), ["'a'", "colour", "no such key"]),
        (concept("a", broader='"b"'), ["'a'", "broader"]),
        (concept("a", label="联盟", exclude='["集群式"]'), ["'a'", "集群式", "holds none"]),
        (
            concept("a", label="联盟", exclude='["联盟链"]') + concept("b", label="联盟链"),
            ["联盟链", "'b'"],
        ),
        (concept("a", label="联盟 "), ["'a'", "white space"]),
        (concept("Not An Id"), ["id"]),
        ("[[concept]\n", ["TOML"]),
    ],
)
def test_errors_name_the_file_and_the_concept(text, says):
    with pytest.raises(SettingsError) as caught:
        parse_scheme(text, source="my/concepts.toml")
    assert "my/concepts.toml" in caught.value.message
    assert all(word in str(caught.value) for word in says)
    assert caught.value.remedy


def test_an_unknown_concept_is_answered_with_the_known_ones():
    with pytest.raises(UsageError, match="urban"):
        parse_scheme(SMALL)["rural"]


def test_an_empty_scheme_is_a_scheme():
    assert parse_scheme("").ids == ()


def test_the_scheme_of_the_workspace_holds_what_the_analyses_name():
    scheme = parse_scheme(SCHEME.read_text(encoding="utf-8"), source="corpus/concepts.toml")
    assert {"rd_alliance", "standards_alliance", "chain_alliance", "market_alliance"} <= set(
        scheme.narrower("alliance")
    )
    assert {"national_innovation_system", "regional_innovation_system"} <= set(
        scheme.narrower("innovation_system")
    )
    assert {"enterprise", "university", "research_institute"} <= set(
        scheme.narrower("innovation_actor")
    )
    assert 50 <= len(scheme) <= 90


def test_every_concept_of_the_workspace_is_explained_in_both_languages():
    scheme = parse_scheme(SCHEME.read_text(encoding="utf-8"))
    for entry in scheme:
        assert set(entry.pref) == {"zh", "en"}
        assert entry.definition or entry.scope_note
        assert entry.group
