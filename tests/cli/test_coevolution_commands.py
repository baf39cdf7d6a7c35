import json

from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace


def run(workspace: Workspace, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "-w", str(workspace.root)])
    assert result.exit_code == 0, result.output + result.stderr
    return result.stdout


def test_the_story_is_told_in_the_language_asked_for(sample_workspace: Workspace) -> None:
    zh, en = (run(sample_workspace, "coevolution", "--lang", lang) for lang in ("zh", "en"))
    assert "首见于" in zh
    assert "first in" not in zh
    assert "first in" in en
    text = (sample_workspace.output / "coevolution.md").read_text(encoding="utf-8")
    assert "首见于" in text
    assert "first in" in text


def test_the_story_as_json_brings_its_tables(sample_workspace: Workspace) -> None:
    made = json.loads(run(sample_workspace, "coevolution", "--json"))
    assert made["story"]["zh"]
    assert made["story"]["en"]
    pairs = {(row["a"], row["b"]) for row in made["symbiosis"]}
    assert ("alliance", "cluster") in pairs
    assert {row["slicing"] for row in made["proximity"]} == {"named", "equal documents"}


def test_bursts_write_their_table_and_figure(sample_workspace: Workspace) -> None:
    made = json.loads(run(sample_workspace, "bursts", "--preset", "citespace", "--json"))
    assert made["manifest"]["stage"] == "bursts"
    assert made["term_bursts"]
    assert all(row["last"] > row["first"] for row in made["term_bursts"])
    for kind in ("svg", "png", "pdf"):
        assert (sample_workspace.output / "figures" / f"term_bursts.{kind}").stat().st_size > 1000
    assert (sample_workspace.output / "term_bursts.csv").is_file()
