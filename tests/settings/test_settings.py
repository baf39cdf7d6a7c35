import re
from pathlib import Path

import pytest

from textmine.errors import SettingsError
from textmine.settings import Settings, SourceSettings, find_root, load_settings, parse_settings

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "textmine" / "cli" / "starter" / "textmine.toml"


def test_the_starter_file_shows_every_key_with_its_default() -> None:
    text = STARTER.read_text(encoding="utf-8")
    shown = parse_settings(re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE))
    assert shown == Settings()
    for part in {*Settings.model_fields} - {"source"}:
        for key in type(getattr(Settings(), part)).model_fields:
            assert re.search(rf"^# {key} = ", text, re.MULTILINE), f"{part}.{key}"


def test_the_starter_s_source_shows_every_key_of_a_source() -> None:
    text = STARTER.read_text(encoding="utf-8")
    block = text[text.index("# [[source]]") : text.index("[segment]")]
    (source,) = parse_settings(re.sub(r"^#\s+", "", block, flags=re.MULTILINE)).source
    shown = source.model_dump()
    given = {"name": "x", "kind": shown["kind"], "at": shown["at"]}
    assert {**shown, "name": "x"} == SourceSettings(**given).model_dump()
    assert all(f"#   {key} = " in block for key in shown)


def test_two_sources_of_one_name_are_refused() -> None:
    one = '[[source]]\nname = "a"\nkind = "folder"\nat = "x"\n'
    with pytest.raises(SettingsError, match="the same name"):
        parse_settings(one + one.replace('"a"', '"A"'))


def test_the_repository_is_a_workspace() -> None:
    assert find_root(ROOT / "tests" / "settings") == ROOT
    assert load_settings(ROOT / "textmine.toml").workspace.language == "zh"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[topics]\nk = 1", "topics.k"),
        ("[topics]\nclusters = 5", "topics.clusters: there is no such key"),
        ("[segment]\nengine = 'fast'", "segment.engine"),
        ("[topics\nk = 1", "not valid TOML"),
        ("[evolution]\nconfidence = 95", "less than 1"),
    ],
)
def test_an_error_names_the_file_the_key_and_the_remedy(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, source="my/textmine.toml")
    assert said in caught.value.message
    assert "my/textmine.toml" in caught.value.message
    assert caught.value.remedy


def test_a_fingerprint_follows_the_values_only() -> None:
    assert parse_settings("").topics.fingerprint() == Settings().topics.fingerprint()
    assert parse_settings("[topics]\nk = 7").topics.fingerprint() != Settings().topics.fingerprint()


def test_without_a_workspace_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="textmine init"):
        find_root(tmp_path)
