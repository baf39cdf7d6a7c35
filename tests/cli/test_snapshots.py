"""The numbers of a paper, computed again from the backup of their generation."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace
from textmine.store.backup import LIBRARIES


def run(folder: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "-w", str(folder)])
    assert result.exit_code == code, result.output + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def paper(make_workspace) -> tuple[Workspace, dict[str, bytes]]:
    """A workspace whose lexicon, settings and documents went on after a paper was written."""
    workspace = make_workspace(["policy/200*"])
    run(workspace.root, "update")
    run(workspace.root, "evolution")
    written = tables(workspace.root)
    run(workspace.root, "backup")
    (workspace.documents / "新.txt").write_text("2009年\n产业联盟与产业集群。", encoding="utf-8")
    terms = workspace.root / "corpus" / "lexicon" / "terms.txt"
    terms.write_text(terms.read_text(encoding="utf-8") + "未来产业先导区\n", encoding="utf-8")
    with (workspace.root / "textmine.toml").open("a", encoding="utf-8") as file:
        file.write("\n[evolution]\nconfidence = 0.9\n")
    run(workspace.root, "update")
    run(workspace.root, "backup")
    return workspace, written


def tables(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / "output").glob("*.csv"))}


def test_a_new_workspace_computes_the_same_bytes_from_the_backup(paper, tmp_path: Path) -> None:
    workspace, written = paper
    run(workspace.root, "evolution")
    assert tables(workspace.root) != written
    (source,) = (workspace.root / "backups").glob("g000001-*.zip")
    again = tmp_path / "again"
    result = CliRunner().invoke(app, ["init", str(again)])
    assert result.exit_code == 0, result.output
    run(again, "restore", str(source), "--files", "--yes")
    run(again, "evolution")
    assert tables(again) == written
    made = json.loads((again / "output" / "evolution.manifest.json").read_text(encoding="utf-8"))
    assert made["generation"] == 1


def test_a_backup_lists_the_libraries_that_the_numbers_were_made_with(paper) -> None:
    workspace, _ = paper
    newest = max((workspace.root / "backups").glob("*.zip"))
    with zipfile.ZipFile(newest) as archive:
        lines = archive.read(LIBRARIES).decode().splitlines()
    named = dict(line.split("==") for line in lines)
    made = json.loads((workspace.root / "output" / "evolution.manifest.json").read_text())
    assert made["versions"].items() <= named.items()


def test_a_generation_is_restored_by_its_number(paper, tmp_path: Path) -> None:
    workspace, _ = paper
    shutil.copytree(workspace.root, tmp_path / "copy")
    told = run(tmp_path / "copy", "restore", "--generation", "1", "--yes", "--lang", "en")
    assert "generation 1" in told
    run(tmp_path / "copy", "restore", "--generation", "77", "--yes", code=2)
    run(tmp_path / "copy", "restore", "--yes", code=2)
