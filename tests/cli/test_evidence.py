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
