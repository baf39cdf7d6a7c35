import json

from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace


def test_citations_write_their_tables_and_network(sample_workspace: Workspace) -> None:
    root = str(sample_workspace.root)
    shown = CliRunner().invoke(app, ["citations", "-w", root])
    assert shown.exit_code == 0, shown.output
    assert "770" in shown.stdout
    for name in ("citations.csv", "unresolved.csv", "cited_elsewhere.csv", "citations.graphml"):
        assert (sample_workspace.output / name).stat().st_size > 100
    printed = CliRunner().invoke(app, ["citations", "--json", "-w", root])
    made = json.loads(printed.stdout)
    assert made["manifest"]["stage"] == "citations"
    assert all(row["cited"] != row["citing"] for row in made["citations"])
    assert all(row["reason"] for row in made["unresolved"])


def test_claims_between_two_concepts_are_told_year_by_year(sample_workspace: Workspace) -> None:
    root = str(sample_workspace.root)
    asked = ["claims", "--subject", "alliance", "--object", "cluster", "-w", root]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0, shown.output
    assert "claim_timeline" in shown.stdout
    found = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    wanted = {"cluster", *sample_workspace.scheme.narrower("cluster")}
    assert found
    assert {row["object"] for row in found} <= wanted
    years = [row["year"] for row in found if row["year"] is not None]
    assert years == sorted(years)


def test_an_unknown_concept_is_refused_with_the_way_out(sample_workspace: Workspace) -> None:
    asked = ["claims", "--subject", "nothing", "-w", str(sample_workspace.root)]
    refused = CliRunner().invoke(app, asked)
    assert refused.exit_code != 0
    assert "concepts.toml" in refused.output + refused.stderr
