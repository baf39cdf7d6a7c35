from pathlib import Path

import pytest

from textmine.claims import default_grammar, extract
from textmine.concepts import Matcher, parse_scheme
from textmine.records import Claim

SCHEME = parse_scheme(
    (Path(__file__).parents[2] / "corpus" / "concepts.toml").read_text(encoding="utf-8")
)
MATCHER = Matcher(SCHEME)
EXAMPLES = [
    pytest.param(rule.id, example, id=f"{rule.id}-{number}")
    for rule in default_grammar().rules
    for number, example in enumerate(rule.examples)
]


def short(claim: Claim) -> str:
    """A claim as the rule files write it: subject, relation, object, modality."""
    denied = "!" if claim.polarity == "negative" else ""
    tail = "" if claim.modality == "asserted" else f" ({claim.modality})"
    return f"{claim.subject} {denied}{claim.relation} {claim.object}{tail}"


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_each_example_of_a_rule_gives_its_claims(rule, example):
    claims = extract(example.text, MATCHER.mentions(example.text), scheme=SCHEME)
    assert sorted(map(short, claims)) == sorted(example.claims)


@pytest.mark.parametrize("rule", default_grammar().rules, ids=lambda rule: rule.id)
def test_each_rule_is_the_one_that_finds_one_of_its_examples(rule):
    found = {
        claim.rule
        for example in rule.examples
        for claim in extract(example.text, MATCHER.mentions(example.text), scheme=SCHEME)
    }
    assert rule.id in found
