"""Definitions of the samples, and what the concept scheme might take."""

import json

from typer.testing import CliRunner

from textmine.cli.app import app


def test_definitions_are_told_with_suggestions_and_entries(sample_workspace) -> None:
    words = ["definitions", "-w", str(sample_workspace.root)]
    told = CliRunner().invoke(app, [*words, "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert any(row["relation"] == "definition" for row in found["definitions"])
    with sample_workspace.catalogue() as catalogue:
        for row in found["definitions"]:
            text = catalogue.document(row["document"]).text
            assert " ".join(text[row["start"] : row["end"]].split()) == row["quote"]
    new = [row["term"] for row in found["concept_suggestions"] if not row["known"]]
    if new:
        entry = CliRunner().invoke(app, [*words, "--entry", new[0]])
        assert f'zh = "{new[0]}"' in entry.stdout
