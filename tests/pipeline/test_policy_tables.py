"""The analysis of policies on the samples: the chain of measures on alliances, and the sheet."""

import pandas as pd
import pytest

from textmine import pipeline
from textmine.errors import TooFewData, UsageError
from textmine.update import bring_up_to_date


@pytest.fixture(scope="module")
def found(make_workspace) -> tuple[pipeline.Corpus, pipeline.Analysis]:
    workspace = make_workspace(["policy/*"])
    bring_up_to_date(workspace, workers=1)
    with workspace.catalogue() as catalogue:
        corpus = pipeline.load(workspace, catalogue)
        return corpus, pipeline.policies(corpus, catalogue)


def test_clauses_and_evidence_are_stretches_of_the_stored_text(found) -> None:
    corpus, analysis = found
    texts = dict(zip(corpus.documents["doc_id"], corpus.texts, strict=True))
    for name in ("policy_instruments", "policy_pmc_cells"):
        table = analysis.tables[name].dropna(subset=["start"])
        assert len(table) > 200
        for row in table.itertuples():
            written = texts[row.doc_id][int(row.start) : int(row.end)]
            assert " ".join(written.split()) == row.clause
            assert row.cue in written or row.cue in ("supply", "environment", "demand")


def test_the_measures_on_alliances_end_as_the_documents_say(found) -> None:
    validity = found[1].tables["policy_validity"].set_index("title")
    trial = validity.loc["关于印发《临江省产业技术创新战略联盟管理办法（试行）》的通知"]
    assert (trial["status"], trial["repealed"][:4]) == ("repealed", "2013")
    revised = validity[validity.index.str.endswith("战略联盟管理办法》的通知")].iloc[0]
    assert (revised["status"], revised["expiry"]) == ("expired", "2018-12-31")
    drafts = validity[validity.index.str.contains("征求意见稿")]
    assert set(drafts["status"]) == {"draft"}


def test_a_notice_that_issues_a_plan_has_the_force_of_a_plan(found) -> None:
    force = found[1].tables["policy_force"].set_index("title")["force"]
    plans = force[force.index.str.contains("印发.*规划.*的通知")]
    assert len(plans) >= 2
    assert (plans >= 2).all()
    assert force["临江省科技创新促进条例"] == 3


def test_the_mix_counts_what_the_clauses_say(found) -> None:
    instruments, mix = (found[1].tables[n] for n in ("policy_instruments", "policy_mix"))
    assert mix["clauses"].sum() == instruments["year"].notna().sum()
    assert mix.groupby(["period", "level"])["share"].sum().round(9).eq(1).all()


def test_a_sheet_holds_coded_and_uncoded_clauses_and_gives_kappa(found) -> None:
    corpus, analysis = found
    sheet = pipeline.coding_sheet(analysis, corpus, 40, seed=1)
    assert sheet.equals(pipeline.coding_sheet(analysis, corpus, 40, seed=1))
    codes = analysis.tables["policy_clauses"].set_index(["doc_id", "start", "end"])["codes"]
    given = [codes[tuple(place)] for place in sheet[["doc_id", "start", "end"]].to_numpy()]
    assert 15 <= sum(map(bool, given)) <= 25
    sheet["coder_1"] = [code or "-" for code in given]
    sheet["coder_2"] = ["", *sheet["coder_1"][1:]]
    agreed = pipeline.sheet_agreement(sheet, analysis)
    assert set(zip(agreed["first"], agreed["second"], strict=True)) == {
        ("coder_1", "coder_2"),
        ("coder_1", "program"),
        ("coder_2", "program"),
    }
    assert agreed["kappa"].dropna().eq(1).all()
    assert agreed.loc[agreed["second"] == "coder_2", "clauses"].eq(39).all()


def test_an_empty_or_foreign_sheet_is_named(found) -> None:
    corpus, analysis = found
    with pytest.raises(UsageError, match="coded"):
        pipeline.sheet_agreement(pipeline.coding_sheet(analysis, corpus, 4, seed=1), analysis)
    with pytest.raises(UsageError, match="doc_id"):
        pipeline.sheet_agreement(pd.DataFrame({"a": [1]}), analysis)


def test_a_corpus_without_policies_is_refused(make_workspace) -> None:
    workspace = make_workspace(["papers/2002*"])
    bring_up_to_date(workspace, workers=1)
    with workspace.catalogue() as catalogue:
        corpus = pipeline.load(workspace, catalogue)
        with pytest.raises(TooFewData, match="no policy"):
            pipeline.policies(corpus, catalogue)
