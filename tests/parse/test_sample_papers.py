"""The sample papers parse as they were written."""

import json
from pathlib import Path

import pytest

from textmine import parse, read
from textmine.records import RawFile, RawText, as_record
from textmine.settings import ReadSettings

ROOT = Path(__file__).parents[2]
TRUTH = ROOT / "tests" / "corpus_truth" / "papers.jsonl"
ROWS = [json.loads(line) for line in TRUTH.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def papers():
    def understand(name):
        data = (ROOT / "corpus" / "documents" / name).read_bytes()
        [raw] = read.read(RawFile(name, data), ReadSettings())
        assert isinstance(raw, RawText)
        return as_record(parse.document(raw))

    return {row["file"]: understand(row["file"]) for row in ROWS}


def plain(value):
    return [plain(v) for v in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_fields_are_read_as_written(papers, row):
    found = papers[row["file"]]
    wanted = {k: v for k, v in row.items() if k not in ("file", "issue", "references")}
    wanted.pop("reference_count", None)
    got = {field: plain(found.get(field, type(want)())) for field, want in wanted.items()}
    if "——" not in wanted["title"]:
        # A subtitle belongs to the title; the truth may leave it out.
        got["title"] = got["title"].split("——")[0]
    assert got == wanted
    # The article id prints the issue with two figures, the table of contents with one.
    assert found.get("issue", "").lstrip("0") == str(row.get("issue", "")).lstrip("0")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_references_are_read_as_written(papers, row):
    found = papers[row["file"]].get("references", [])
    assert len(found) == row.get("reference_count", len(row["references"]))
    for want, got in zip(row["references"], found, strict=False):
        # Lists by author and year have no numbers; numbers of patents and of documents have
        # their own field.
        want = {k: v for k, v in want.items() if k != "n"}
        if got.get("doc_number"):
            want["title"] = want["title"].replace(got["doc_number"], "").strip(" :：")
        assert {k: plain(got.get(k, type(v)())) for k, v in want.items()} == want
