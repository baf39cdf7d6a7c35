"""Force by kind and level, and how strongly a text is put."""

import math
from pathlib import Path

import pytest

from textmine.errors import SettingsError
from textmine.policy import ForceScheme, parse_force

SCHEME = Path(__file__).parents[2] / "corpus" / "coding" / "force.toml"


@pytest.fixture(scope="module")
def scheme() -> ForceScheme:
    return parse_force(SCHEME.read_text("utf-8"))


@pytest.mark.parametrize(
    ("doc_type", "level", "force"),
    [
        ("法律", "central", 5),
        ("条例", "central", 4),
        ("条例", "provincial", 3),
        ("意见", "central", 3),
        ("意见", "municipal", 2),
        ("通知", "central", 1),
        ("", "", 1),
    ],
)
def test_force_goes_by_kind_and_level(scheme, doc_type: str, level: str, force: int) -> None:
    assert scheme.force(doc_type, level) == force


def test_degree_words_are_counted_and_averaged(scheme: ForceScheme) -> None:
    found = scheme.degrees("必须严格。" * 3 + "积极推进。" * 2 + "鼓励探索。")
    assert (found.strong, found.moderate, found.weak) == (6, 4, 2)
    assert found.mean == pytest.approx((6 * 3 + 4 * 2 + 2) / 12)
    assert found.low < found.mean < found.high


def test_few_degree_words_give_no_mean(scheme: ForceScheme) -> None:
    assert math.isnan(scheme.degrees("必须严格。").mean)


def test_a_force_out_of_range_is_named() -> None:
    with pytest.raises(SettingsError, match="force"):
        parse_force("[[rank]]\nforce = 9\n[degree]\nstrong=['必须']\nmoderate=[]\nweak=[]")
