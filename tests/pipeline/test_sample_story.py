"""The sample corpus shows what its README tells: rise, burst, meeting and parting."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from textmine import pipeline
from textmine.store import Workspace
from textmine.update import bring_up_to_date

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    folder = tmp_path_factory.mktemp("samples")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copy(ROOT / "textmine.toml", folder / "textmine.toml")
    workspace = Workspace.find(folder)
    bring_up_to_date(workspace, workers=2)
    with workspace.catalogue() as catalogue:
        return pipeline.evolution(pipeline.load(workspace, catalogue)).tables


def share(tables: dict[str, pd.DataFrame], concept: str, first: int, last: int) -> float:
    """The share of the documents of these years that mention the concept."""
    rows = tables["concept_shares"]
    rows = rows[(rows["concept"] == concept) & rows["year"].between(first, last)]
    return float(rows["with_concept"].sum() / rows["documents"].sum())


def test_the_corpus_has_sixty_documents_over_twenty_years(tables) -> None:
    per_year = tables["documents_per_year"]
    assert per_year["documents"].sum() >= 60
    assert per_year["year"].max() - per_year["year"].min() >= 20


def test_alliances_appear_in_2005_burst_and_fade(tables) -> None:
    assert share(tables, "alliance", 1998, 2004) == 0
    assert share(tables, "alliance", 2009, 2013) > 0.9
    assert share(tables, "alliance", 2022, 2025) < 0.2
    bursts = tables["concept_bursts"]
    (alliance,) = bursts[bursts["concept"] == "alliance"].itertuples()
    assert (alliance.first, alliance.last) == (2008, 2013)


def test_clusters_fall_quiet_and_return(tables) -> None:
    assert share(tables, "cluster", 2002, 2010) > share(tables, "cluster", 1998, 2001)
    assert share(tables, "cluster", 2014, 2016) < share(tables, "cluster", 2017, 2025)


def test_consortia_take_over_from_alliances(tables) -> None:
    assert share(tables, "innovation_consortium", 1998, 2017) == 0
    assert share(tables, "innovation_consortium", 2021, 2025) > share(
        tables, "alliance", 2021, 2025
    )


def test_alliances_and_clusters_meet_and_part(tables) -> None:
    meetings = tables["concept_meetings"]
    pair = meetings[(meetings["a"] == "alliance") & (meetings["b"] == "cluster")]
    pair = pair.set_index("period")
    together = pair["together"] / pair["documents"]
    assert pair.loc["十二五", "low"] > 0  # oftener together than apart, chance excluded
    assert together["十二五"] > 0.6 > 0.3 > together["十四五"]
