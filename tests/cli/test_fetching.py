import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace

SOURCE = """
[[source]]
name = "share"
kind = "folder"
at = "share"

[[source]]
name = "lost"
kind = "drops"
at = "nowhere"
"""


def run(workspace: Workspace, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "-w", str(workspace.root)])
    assert result.exit_code == code, result.output + result.stderr
    return result.output


@pytest.fixture
def workspace(make_workspace) -> Workspace:
    workspace = make_workspace(["policy/2003*"])
    with (workspace.root / "textmine.toml").open("a", encoding="utf-8") as file:
        file.write(SOURCE)
    (workspace.root / "share").mkdir()
    (workspace.root / "share" / "新.txt").write_text("产业集群的发展。", encoding="utf-8")
    return Workspace.find(workspace.root)


def test_fetch_brings_what_is_new_and_names_what_failed(workspace: Workspace) -> None:
    assert "+ share/新.txt" in run(workspace, "fetch", "share", "--lang", "en")
    told = json.loads(run(workspace, "fetch", "share", "--json"))
    assert told == [{"source": "share", "paths": [], "failures": []}]
    assert "nowhere" in run(workspace, "fetch", code=1)
    assert "There are: share, lost." in run(workspace, "fetch", "other", code=2)
    assert (workspace.documents / "share" / "新.txt").is_file()


def test_an_update_asks_those_that_are_due_unless_offline(workspace: Workspace) -> None:
    assert json.loads(run(workspace, "update", "--offline", "--json"))["added"] == 2
    counts = json.loads(run(workspace, "update", "--json", code=1))
    assert counts["added"] == 1
    assert [f["stage"] for f in counts["refusals"]] == ["fetch"]
    # Not due again: what failed stays listed until the source is asked again.
    assert json.loads(run(workspace, "update", "--json", code=1))["added"] == 0


def test_a_missing_documents_folder_is_not_made_by_a_source(workspace: Workspace) -> None:
    gone = workspace.documents.with_name("elsewhere")
    workspace.documents.rename(gone)
    run(workspace, "fetch", "share", code=2)
    assert not Path(workspace.documents).exists()
