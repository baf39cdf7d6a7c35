from dataclasses import replace

import pandas as pd
import pytest

from textmine import pipeline
from textmine.errors import SettingsError
from textmine.pipeline.coevolution_tables import source_of
from textmine.pipeline.evolution_tables import _composition
from textmine.records import Period
from textmine.store import Workspace


@pytest.fixture(scope="module")
def corpus(sample_workspace: Workspace) -> pipeline.Corpus:
    with sample_workspace.catalogue() as catalogue:
        return pipeline.load(sample_workspace, catalogue)


def with_settings(corpus: pipeline.Corpus, **values: object) -> pipeline.Corpus:
    settings = corpus.workspace.settings
    part = settings.evolution.model_copy(update=values)
    changed = settings.model_copy(update={"evolution": part})
    return replace(corpus, workspace=Workspace(corpus.workspace.root, changed))


def test_documents_are_papers_central_or_local_policy() -> None:
    rows = [
        ("paper", ""),
        ("policy", "central"),
        ("policy", "municipal"),
        ("policy", ""),
        ("other", ""),
    ]
    table = pd.DataFrame(rows, columns=["kind", "level"])
    assert source_of(table).tolist() == ["papers", "central policy", "local policy", "", ""]


def test_one_source_can_be_followed_by_itself(corpus: pipeline.Corpus) -> None:
    whole = pipeline.evolution(corpus).tables["concept_shares"]
    local = pipeline.evolution(with_settings(corpus, source="local policy"))
    table = local.tables["concept_shares"]
    expected = (source_of(corpus.documents) == "local policy") & corpus.documents["year"].notna()
    one = table[table["concept"] == "cluster"]
    assert one["documents"].sum() == expected.sum() < len(corpus.documents)
    assert (
        one["with_concept"].sum() < whole.loc[whole["concept"] == "cluster", "with_concept"].sum()
    )
    assert "local policy only" in local.notes[0].en


def test_an_unknown_concept_is_refused_with_the_known_ones(corpus: pipeline.Corpus) -> None:
    with pytest.raises(SettingsError, match="no concept 'allliance'") as error:
        pipeline.evolution(with_settings(corpus, concepts=("allliance", "cluster")))
    assert "alliance" in error.value.remedy


def test_a_mixture_of_kinds_that_changes_is_warned_of() -> None:
    periods = [Period("early", 2000, 2009), Period("late", 2010, 2019)]
    mixed = pd.DataFrame(
        [
            (2000 + n % 20, "paper" if n % 2 else "policy", "" if n % 2 else "central")
            for n in range(99)
        ],
        columns=["year", "kind", "level"],
    )
    parted = mixed.assign(kind=["paper" if y < 2010 else "policy" for y in mixed["year"]])
    parted["level"] = parted["kind"].map({"paper": "", "policy": "central"})
    assert _composition(mixed, periods) == ()
    assert "Cramér" in _composition(parted, periods)[0].en


def test_terms_burst_with_their_chance(corpus: pipeline.Corpus) -> None:
    table = pipeline.evolution(corpus).tables["term_bursts"]
    assert len(table) > 0
    assert table["weight"].is_monotonic_decreasing
    assert set(table["term"]) <= set(corpus.doc_term.terms)
    assert (table["p"] <= table["q"]).all()
