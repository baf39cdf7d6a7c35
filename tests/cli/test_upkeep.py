import json
import os
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace
from textmine.update.changes import reports
from textmine.update.health import read_health

ATOM = "{http://www.w3.org/2005/Atom}"


def run(workspace: Workspace, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "-w", str(workspace.root)])
    assert result.exit_code == code, result.output + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def workspace(make_workspace) -> Workspace:
    """A workspace after three nights: first build, one change with hostile names, nothing."""
    workspace = make_workspace(["policy/2003*"])
    settings = workspace.root / "textmine.toml"
    with settings.open("a", encoding="utf-8") as file:
        file.write('\n[update]\nlog = ".textmine/update.log"\nlog_format = "json"\n')
    run(workspace, "update")
    (workspace.documents / "新.txt").write_text(
        "<script>alert(1)</script>\n产业集群。", encoding="utf-8"
    )
    (workspace.documents / "坏<b>.pdf").write_bytes(b"%PDF-1.7 nothing")
    run(workspace, "update", code=1)
    run(workspace, "update", code=1)
    return Workspace.find(workspace.root)


def test_each_update_that_changed_something_leaves_a_report(workspace: Workspace) -> None:
    found = reports(workspace)
    assert len(found) == 2
    newest = found[0][1]
    assert newest["counts"]["added"] == 1
    assert [d["path"] for d in newest["documents"]["added"]] == ["新.txt"]
    assert [f["source"] for f in newest["refused"]] == ["坏<b>.pdf"]
    page = found[0][0].with_suffix(".html").read_text(encoding="utf-8")
    assert "坏&lt;b&gt;.pdf" in page
    assert "<script" not in page


def test_the_feed_is_valid_atom_with_an_entry_per_report(workspace: Workspace) -> None:
    feed = ET.parse(workspace.output / "changes" / "feed.atom").getroot()
    entries = feed.findall(ATOM + "entry")
    assert len(entries) == 2
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(set(ids)) == 2
    for node in (feed, *entries):
        assert all(node.findtext(ATOM + name) for name in ("id", "title", "updated"))
    for entry in entries:
        link = entry.find(ATOM + "link")
        assert link is not None
        assert (workspace.output / "changes" / link.attrib["href"]).is_file()


def test_the_log_is_json_lines_and_health_says_how_it_ended(workspace: Workspace) -> None:
    text = (workspace.state / "update.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["message"] for line in lines].count("started") == 3
    assert any("坏<b>.pdf" in line["message"] for line in lines if line["level"] == "warning")
    health = read_health(workspace)
    assert health["outcome"] == "some refused"
    assert health["last_success"] == health["ended"]


def test_status_tells_the_changes_since_a_day(workspace: Workspace) -> None:
    assert "新.txt" in run(workspace, "status", "--since", "7d")
    updates = json.loads(run(workspace, "status", "--since", "2000-01-01", "--json"))["updates"]
    assert len(updates) == 2
    assert json.loads(run(workspace, "status", "--since", "2999-01-01", "--json"))["updates"] == []
    run(workspace, "status", "--since", "yesterday", code=2)


def test_a_failed_update_says_so_and_calls_for_help(workspace: Workspace, tmp_path: Path) -> None:
    shutil.copytree(workspace.root, tmp_path / "copy")
    copy = Workspace.find(tmp_path / "copy")
    shutil.rmtree(copy.documents)
    script = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    help_file = tmp_path / "help.json"
    words = [Path(sys.executable).as_posix(), "-c", f'"{script}"', help_file.as_posix()]
    run(copy, "update", "--on-failure", " ".join(words), code=2)
    assert "cannot be listed" in json.loads(help_file.read_text(encoding="utf-8"))["error"]
    health = read_health(copy)
    assert (health["outcome"], health["failures_in_a_row"]) == ("failed", 1)
    assert health["last_success"]


def test_explain_reads_nothing_and_says_why(workspace: Workspace) -> None:
    for path in workspace.documents.iterdir():
        os.utime(path, (1e9, 1e9))
    reasons = json.loads(run(workspace, "update", "--explain", "--json"))
    assert {r["why"] for r in reasons if r["step"] == "change"} <= {
        "modified since the last update",
        "written too shortly before the last update to be sure",
    }
    assert "step" in run(workspace, "update", "--explain", "--lang", "en")


def test_backup_verify_and_restore_from_the_command_line(workspace: Workspace) -> None:
    (made,) = json.loads(run(workspace, "backup", "--json"))
    assert Path(made["path"]).is_file()
    assert made["documents"] == 3
    run(workspace, "verify", "--backup", made["path"])
    assert "everything is whole" in run(workspace, "verify", "--lang", "en")
    run(workspace, "restore", made["path"], "--yes")
    assert json.loads(run(workspace, "verify", "--json"))["left"] == []
    assert len(json.loads(run(workspace, "backup", "--list", "--json"))) == 1
    (workspace.state / "index" / "current.json").unlink()
    run(workspace, "update", code=1)
    pointer = json.loads((workspace.state / "index" / "current.json").read_text())
    store = next((workspace.state / "index" / pointer["folder"]).glob("*.store"))
    store.write_bytes(store.read_bytes()[:-20])
    run(workspace, "verify", code=3)
    run(workspace, "verify", "--repair")
    run(workspace, "verify")


def test_a_second_update_is_told_who_is_running(workspace: Workspace) -> None:
    with workspace.writing():
        result = CliRunner().invoke(app, ["update", "-w", str(workspace.root)])
    assert result.exit_code == 3
    assert f"process {os.getpid()}" in result.stderr
