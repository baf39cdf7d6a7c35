import csv
import io
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace


def run(workspace: Workspace, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "-w", str(workspace.root)])
    assert result.exit_code == code, result.output + result.stderr
    return result.stdout


@pytest.fixture
def sheet(sample_workspace: Workspace) -> list[dict[str, str]]:
    run(sample_workspace, "topics")
    run(sample_workspace, "intrusion")
    text = (sample_workspace.output / "intrusion_sheet.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def key_of(workspace: Workspace) -> list[dict]:
    return json.loads((workspace.output / "intrusion_key.json").read_text("utf-8"))


def filled(sheet: list[dict[str, str]], answers: list[str], encoding: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(sheet[0]))
    writer.writeheader()
    writer.writerows(row | {"odd_word": a} for row, a in zip(sheet, answers, strict=True))
    return out.getvalue().encode(encoding)


def test_the_sheet_is_the_same_each_time_and_holds_no_key(sample_workspace, sheet) -> None:
    names = ("intrusion_sheet.csv", "intrusion_sheet.xlsx", "intrusion_key.json")
    first = [(sample_workspace.output / name).read_bytes() for name in names]
    run(sample_workspace, "intrusion")
    assert first == [(sample_workspace.output / name).read_bytes() for name in names]
    assert {row["odd_word"] for row in sheet} == {""}
    assert "topic" not in sheet[0]
    book = openpyxl.load_workbook(sample_workspace.output / names[1])
    assert [c.value for c in book.worksheets[0][2]][1:7] == list(sheet[0].values())[1:7]


def test_filled_sheets_of_every_kind_are_scored(sample_workspace, sheet, tmp_path) -> None:
    key = key_of(sample_workspace)
    right = [str(q["intruder"]) for q in key]
    words = [q["words"][q["intruder"] - 1] for q in key]
    (tmp_path / "甲.csv").write_bytes(filled(sheet, right, "gb18030"))
    (tmp_path / "乙.csv").write_bytes(filled(sheet, [*words[:-1], ""], "utf-8-sig"))
    book = openpyxl.load_workbook(sample_workspace.output / "intrusion_sheet.xlsx")
    for row, question in zip(book.worksheets[0].iter_rows(min_row=2), key, strict=True):
        row[7].value = question["intruder"] % 6 + 1
    book.save(tmp_path / "丙.xlsx")
    paths = [str(tmp_path / name) for name in ("甲.csv", "乙.csv", "丙.xlsx")]
    found = json.loads(run(sample_workspace, "intrusion", *paths, "--json"))
    total = found["precision"][0]
    assert total["answers"] == 3 * len(key) - 1
    assert total["right"] == 2 * len(key) - 1
    kappa = {(row["one"], row["two"]): row["kappa"] for row in found["agreement"]}
    assert kappa["甲.csv", "乙.csv"] == pytest.approx(1)
    assert kappa["甲.csv", "丙.xlsx"] < 0
    assert "κ" in run(sample_workspace, "intrusion", *paths)


def test_a_sheet_that_does_not_belong_to_the_key_is_refused(
    sample_workspace, sheet, tmp_path
) -> None:
    path = tmp_path / "x.csv"
    for data in (
        b"nothing",
        b"PK\x03\x04 broken",
        filled(sheet, ["7"] * len(sheet), "utf-8"),
        filled([row | {"word_1": "别的"} for row in sheet], [""] * len(sheet), "utf-8"),
    ):
        path.write_bytes(data)
        run(sample_workspace, "intrusion", str(path), code=2)
    run(sample_workspace, "intrusion", str(tmp_path / "none.csv"), code=2)
