"""textmine policy: tables, a coding sheet, and the agreement of a filled one."""

import json

import pandas as pd
from typer.testing import CliRunner

from textmine.cli.app import app


def run(workspace, *words: str):
    return CliRunner().invoke(app, ["policy", "-w", str(workspace.root), *words])


def test_policies_are_told_with_instruments_and_index(sample_workspace) -> None:
    shown = run(sample_workspace)
    assert shown.exit_code == 0, shown.output
    assert "PMC 指数" in shown.stdout
    assert (sample_workspace.output / "policy_instruments.csv").exists()
    found = json.loads(run(sample_workspace, "--json").stdout)
    assert found["policy_pmc"][0]["grade"] in ("perfect", "excellent", "acceptable", "poor")


def test_a_sheet_is_written_and_its_agreement_read(sample_workspace) -> None:
    written = run(sample_workspace, "--sheet", "20")
    assert written.exit_code == 0, written.output
    path = sample_workspace.output / "coding_sheet.csv"
    sheet = pd.read_csv(path)
    assert len(sheet) == 20
    sheet["coder_1"] = sheet["coder_2"] = "funding"
    sheet.to_csv(path, index=False, encoding="utf-8-sig")
    told = run(sample_workspace, "--agreement", str(path), "--json")
    assert told.exit_code == 0, told.output
    assert {row["second"] for row in json.loads(told.stdout)} == {"coder_2", "program"}


def test_a_sheet_that_cannot_be_read_is_named(sample_workspace) -> None:
    told = run(sample_workspace, "--agreement", "nowhere.csv")
    assert told.exit_code == 2
    assert "nowhere.csv" in told.stderr
