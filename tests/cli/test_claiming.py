"""textmine claims --sheet and --marks."""

import json

import pandas as pd
from typer.testing import CliRunner

from textmine.cli.app import app


def run(workspace, *words: str):
    return CliRunner().invoke(app, ["claims", "-w", str(workspace.root), *words])


def test_a_filled_sheet_gives_the_precision(sample_workspace) -> None:
    assert run(sample_workspace, "--sheet", "8").exit_code == 0
    path = sample_workspace.output / "claims_sheet.csv"
    sheet = pd.read_csv(path).assign(mark="right")
    sheet.to_csv(path, index=False, encoding="utf-8-sig")
    told = run(sample_workspace, "--marks", str(path), "--json")
    assert told.exit_code == 0, told.output
    whole = json.loads(told.stdout)[-1]
    assert (whole["relation"], whole["marked"], whole["precision"]) == ("all", 8, 1.0)
    (sample_workspace.root / "corpus" / "coding" / "claim_marks.csv").unlink()
