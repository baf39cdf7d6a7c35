"""The ready files for schedulers are well-formed and call commands with options that there are."""

import re
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner

from textmine.cli.app import COMMANDS, app

DEPLOY = Path(__file__).parents[2] / "deploy"
CALL = re.compile(r"(?:/bin/textmine|textmine\.exe</Command>\s*<Arguments>)\s*([^<\n]+)")


def calls() -> list:
    found = []
    for path in sorted(DEPLOY.iterdir()):
        text = path.read_text(encoding="utf-8")
        found += [pytest.param(words, id=f"{path.name}: {words}") for words in CALL.findall(text)]
    return found


def test_every_scheduler_has_a_call() -> None:
    named = {str(case.id).split(":")[0] for case in calls()}
    assert named == {"textmine.cron", "textmine.service", "textmine-task.xml"}
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert 'CMD ["update", "--workspace", "/workspace", "--wait", "600"]' in text


@pytest.mark.parametrize("words", calls())
def test_commands_and_options_exist(words: str) -> None:
    verb, *rest = shlex.split(words)
    assert verb in COMMANDS
    told = CliRunner().invoke(app, [verb, "--help"], env={"COLUMNS": "200"}).output
    options = [word for word in rest if word.startswith("--")]
    assert options
    assert all(option in told for option in options)


def test_the_task_is_xml_and_the_timer_starts_the_service() -> None:
    root = ET.parse(DEPLOY / "textmine-task.xml").getroot()
    assert root.tag.endswith("Task")
    assert "OnCalendar=" in (DEPLOY / "textmine.timer").read_text(encoding="utf-8")
    service = (DEPLOY / "textmine.service").read_text(encoding="utf-8")
    assert "SuccessExitStatus=1" in service


def test_lines_of_cron_have_five_fields_and_a_command() -> None:
    text = (DEPLOY / "textmine.cron").read_text(encoding="utf-8")
    jobs = [line for line in text.splitlines() if line[:1].isdigit()]
    assert len(jobs) >= 4
    for line in jobs:
        fields = line.split(maxsplit=5)
        assert all(re.fullmatch(r"[\d*/,-]+", field) for field in fields[:5])
        assert fields[5].startswith("/")
        # cron ends a command at a percent sign.
        assert "%" not in line
