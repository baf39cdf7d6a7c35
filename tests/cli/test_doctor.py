import json
from pathlib import Path

from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace


def examine(*words: str) -> tuple[int, dict[str, dict[str, str]]]:
    result = CliRunner().invoke(app, ["doctor", "--json", *words])
    return result.exit_code, {f["subject"]: f for f in json.loads(result.stdout)}


def test_a_whole_installation_passes(sample_workspace: Workspace) -> None:
    code, found = examine("-w", str(sample_workspace.root))
    assert code == 0, [f for f in found.values() if f["verdict"] == "broken"]
    assert found["compiled segmenter"]["verdict"] == "ok"
    assert found["Chinese font"]["verdict"] == "ok"
    assert int(found["concepts"]["found"]) > 40


def test_what_is_broken_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "textmine.toml").write_text("")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "concepts.toml").write_text("[[concept]\n")
    code, found = examine("-w", str(tmp_path))
    assert code == 3
    assert found["concepts"]["verdict"] == "broken"
    assert found["concepts"]["remedy"]


def test_a_missing_office_program_is_no_fault(monkeypatch, sample_workspace: Workspace) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    code, found = examine("-w", str(sample_workspace.root))
    assert (code, found["LibreOffice"]["verdict"]) == (0, "optional")
