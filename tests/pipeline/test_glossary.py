"""Every table and column that an analysis writes is explained, in both languages."""

import re

import pytest

from textmine import pipeline
from textmine.cli.analyses import STEPS
from textmine.errors import TooFewData
from textmine.pipeline import glossary
from textmine.store import Workspace


@pytest.fixture(scope="module")
def columns(sample_workspace: Workspace) -> dict[str, list[str]]:
    """The columns of all tables that the samples give."""
    found = {}
    with sample_workspace.catalogue() as catalogue:
        corpus = pipeline.load(sample_workspace, catalogue)
        for step in STEPS.values():
            try:
                analysis = step(corpus, catalogue, lambda stage, done, total: None)
            except TooFewData:
                continue
            found |= {name: list(map(str, t.columns)) for name, t in analysis.tables.items()}
    return found


def test_every_table_is_explained(columns: dict[str, list[str]]) -> None:
    assert len(columns) > 30
    assert set(columns) <= set(glossary.tables())


def test_every_column_is_explained(columns: dict[str, list[str]]) -> None:
    unexplained = [
        f"{table}.{name}"
        for table, names in columns.items()
        for name in names
        if glossary.column(table, name) is None
    ]
    assert unexplained == []


@pytest.mark.parametrize("meanings", [glossary.tables(), glossary.columns()])
def test_headings_are_short_and_meanings_in_their_language(meanings) -> None:
    for name, meaning in meanings.items():
        assert len(meaning.heading) <= 10, name
        assert not re.search("[\u4e00-\u9fff]", meaning.en), name


def test_verdicts_are_said_in_the_language_asked_for() -> None:
    assert glossary.value("rising", "zh") == "上升"
    assert glossary.value("rising", "en") == "rising"
    assert glossary.value("临江省", "zh") == "临江省"
