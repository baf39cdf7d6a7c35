"""The site builds without a warning and without the network; both languages say the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ENGLISH = sorted(p for p in DOCS.rglob("*.md") if not p.name.endswith(".zh.md"))
CODE = re.compile(r"^```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(folder)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


def test_the_site_has_every_page_in_both_languages(site: Path) -> None:
    pages = {p.relative_to(site / "zh") for p in (site / "zh").rglob("*.html")}
    assert len(pages) > 20
    assert all((site / page).exists() for page in pages)


def test_the_reference_holds_every_command_setting_and_column(site: Path) -> None:
    commands = (site / "reference" / "commands.html").read_text("utf-8")
    assert 'id="bursts"' in commands
    assert "min_cooccurrence" in (site / "reference" / "settings.html").read_text("utf-8")
    assert "term_bursts.csv" in (site / "zh" / "reference" / "outputs.html").read_text("utf-8")


def test_no_page_asks_another_machine_for_anything(site: Path) -> None:
    fetched = re.compile(r'<(?:script|img|iframe)[^>]+src="?https?:|<link[^>]+href="?https?:')
    for page in site.rglob("*.html"):
        found = [tag for tag in fetched.findall(page.read_text("utf-8")) if "canonical" not in tag]
        assert found == [], page.name


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: str(page.relative_to(DOCS)))
def test_a_page_has_the_same_sections_and_commands_in_chinese(page: Path) -> None:
    other = page.with_name(page.name.replace(".md", ".zh.md"))
    assert other.exists(), f"{other.name} is missing"
    english, chinese = page.read_text("utf-8"), other.read_text("utf-8")
    assert len(re.findall(r"[\u4e00-\u9fff]", chinese)) > 80
    assert re.findall(r"^#+", chinese, re.M) == re.findall(r"^#+", english, re.M)
    assert [without_comments(c) for c in CODE.findall(chinese)] == [
        without_comments(c) for c in CODE.findall(english)
    ]


def without_comments(code: str) -> list[str]:
    lines = (re.sub(r"\s*#\s.*", "", line) for line in code.splitlines())
    return [line for line in lines if line]
