"""What the documents tell a user to type runs; what they link to is there."""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from textmine import pipeline
from textmine.cli.app import COMMANDS, app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
RUN = [p for p in PAGES if not p.name.endswith(".zh.md") and p.parent.name != "tutorials"]
"""A Chinese page has the commands of the English one; tutorials are run as a whole elsewhere."""
MADE = {ROOT / "docs" / "reference" / f"{n}.md" for n in ("commands", "settings", "outputs")}
"""Pages that the site is built with, made from the program."""
BLOCK = re.compile(r"^(<!-- not run: .+ -->\n)?```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
ELSEWHERE = ("serve", "init", "run", "report", "update")
"""Commands with tests of their own that would change, or wait for, the shared workspace."""


def blocks(language: str) -> list:
    found = []
    for page in RUN:
        for n, (skipped, kind, code) in enumerate(BLOCK.findall(page.read_text("utf-8"))):
            if kind == language and not skipped:
                found.append(pytest.param(code, id=f"{page.relative_to(ROOT)}-{n}"))
    return found


@pytest.fixture(scope="module")
def workspace(make_workspace) -> Path:
    """All samples, the scripts, and files of the names that the documents use."""
    from textmine.update import bring_up_to_date

    made = make_workspace(["policy/*.*", "papers/*.*"])
    bring_up_to_date(made, workers=2)
    with made.catalogue() as catalogue:
        pipeline.save(pipeline.evolution(pipeline.load(made, catalogue)), made.output)
    for name in ("scripts", "docs", "models"):
        shutil.copytree(ROOT / name, made.root / name, dirs_exist_ok=True)
    shutil.copy(made.documents / "2004-区域创新系统构成与评价指标.txt", made.root / "paper.txt")
    shutil.copy(made.documents / "2009-临江省联盟管理办法试行.txt", made.root / "notice.txt")
    return made.root


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_of_the_project(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        found = (page.parent / target).resolve()
        assert found.exists() or found in MADE, f"{page.name} links to {target}"


@pytest.mark.parametrize("code", blocks("python"))
def test_python_of_the_documents_runs(code: str, workspace: Path, monkeypatch) -> None:
    monkeypatch.chdir(workspace)
    exec(compile(code, "document", "exec"), {"__name__": "document"})


@pytest.mark.parametrize("code", blocks("sh"))
def test_commands_of_the_documents_run(code: str, workspace: Path, monkeypatch) -> None:
    monkeypatch.chdir(workspace)
    for line in code.replace("\\\n", " ").splitlines():
        words = shlex.split(line.split(">")[0].split("|")[0], comments=True)
        if not words or Path(words[0]).name != "textmine":
            continue
        assert words[1] in (*COMMANDS, "--help", "--version"), line
        if words[1] not in ELSEWHERE:
            result = CliRunner().invoke(app, words[1:], env=dict(os.environ))
            assert result.exit_code in (0, 1), f"{line}\n{result.output}\n{result.exception!r}"
