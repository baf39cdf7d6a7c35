import json

import pytest
from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace


def run(workspace: Workspace, *words: str) -> dict:
    result = CliRunner().invoke(app, ["network", *words, "--json", "-w", str(workspace.root)])
    assert result.exit_code == 0, result.output + result.stderr
    return json.loads(result.stdout)


def test_a_network_of_agencies_is_built_as_asked(sample_workspace: Workspace) -> None:
    words = ("--items", "issuers", "--counting", "fractional", "--measure", "count")
    found = run(sample_workspace, *words, "--method", "vos", "--min-community", "2")
    assert "发文机关" in found["notes"][0]["zh"]
    assert found["network_communities"]
    assert (sample_workspace.output / "network_vosviewer_map.txt").exists()
    assert "<canvas" in (sample_workspace.output / "network.html").read_text("utf-8")
    drawn = sample_workspace.output / "figures"
    for name in ("network_map", "network_overlay", "network_density"):
        assert {f"{name}.{kind}" for kind in ("svg", "png", "pdf", "csv")} <= {
            path.name for path in drawn.iterdir()
        }


def test_an_unknown_choice_is_refused_with_the_known_ones(sample_workspace: Workspace) -> None:
    result = CliRunner().invoke(
        app, ["network", "--measure", "cosine", "-w", str(sample_workspace.root)]
    )
    assert result.exit_code == 2
    assert "salton" in result.stderr


@pytest.mark.parametrize("words", [("--items", "references"), ("--across", "year", "--max-q", "1")])
def test_works_and_two_kinds_are_asked_for_by_name(sample_workspace: Workspace, words) -> None:
    found = run(sample_workspace, *words, "--min-cooccurrence", "1", "--layout", "timezone")
    assert found["network_edges"]
