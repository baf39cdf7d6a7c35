"""Marks of reviewers: kept by the place of the words, taken account of in every count."""

import pandas as pd
import pytest

from textmine import pipeline
from textmine.errors import UsageError
from textmine.pipeline import claim_marks
from textmine.update import bring_up_to_date


@pytest.fixture(scope="module")
def workspace(make_workspace):
    made = make_workspace(["policy/2009*", "policy/2010*"])
    bring_up_to_date(made, workers=1)
    return made


def claims(workspace) -> tuple[pipeline.Corpus, pipeline.Analysis]:
    with workspace.catalogue() as catalogue:
        corpus = pipeline.load(workspace, catalogue)
        return corpus, pipeline.claims(corpus, catalogue)


def test_a_claim_marked_wrong_counts_nowhere_and_is_kept_over_updates(workspace) -> None:
    corpus, before = claims(workspace)
    sheet = pipeline.marking_sheet(before.tables["claims"], 12, seed=1)
    assert len(sheet) == 12
    sheet["mark"] = ["错", "wrong"] + ["对"] * 10
    path = workspace.output / "sheet.csv"
    path.parent.mkdir(exist_ok=True)
    sheet.to_csv(path, index=False, encoding="utf-8-sig")
    kept = pipeline.keep_marks(corpus, pipeline.read_marks(path))
    assert len(kept) == 12
    _, after = claims(workspace)
    assert (
        after.tables["claim_pairs"]["claims"].sum() < before.tables["claim_pairs"]["claims"].sum()
    )
    assert (after.tables["claims"]["mark"] == "wrong").sum() == 2
    found = after.tables["claim_precision"].set_index("relation").loc["all"]
    assert (found["marked"], found["right"]) == (12, 10)
    assert found["low"] < 10 / 12 < found["high"]
    claim_marks.marks_file(corpus).unlink()


def test_a_newer_mark_takes_the_place_of_an_older_one(workspace) -> None:
    corpus, analysis = claims(workspace)
    sheet = pipeline.marking_sheet(analysis.tables["claims"], 1, seed=1)
    columns = claim_marks.MARK_COLUMNS
    pipeline.keep_marks(corpus, sheet.assign(mark="wrong")[columns])
    kept = pipeline.keep_marks(corpus, sheet.assign(mark="right")[columns])
    assert kept["mark"].tolist() == ["right"]
    claim_marks.marks_file(corpus).unlink()


def test_a_reclassified_claim_counts_under_its_new_relation(workspace) -> None:
    _, analysis = claims(workspace)
    table = analysis.tables["claims"].drop(columns="mark")
    one = table[table["relation"] == "promotes"].head(1)
    mark = one.assign(mark="right", right_relation="requires", note="")[claim_marks.MARK_COLUMNS]
    changed = claim_marks.marked(table, mark)
    assert (changed["relation"] == "requires").sum() == (table["relation"] == "requires").sum() + 1
    assert claim_marks.precision(mark).set_index("relation").loc["all", "right"] == 0
    assert len(changed) == len(table)


@pytest.mark.parametrize(
    ("values", "named"),
    [({"mark": "maybe"}, "line 2: maybe"), ({"right_relation": "likes"}, "likes")],
)
def test_a_wrong_mark_is_named_with_its_row(tmp_path, values: dict, named: str) -> None:
    row = dict.fromkeys(claim_marks.MARK_COLUMNS, "1") | {"mark": "对", "right_relation": ""}
    path = tmp_path / "sheet.csv"
    pd.DataFrame([row | values]).to_csv(path, index=False)
    with pytest.raises(UsageError, match=named):
        pipeline.read_marks(path)
