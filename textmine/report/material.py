"""What a report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from textmine.concepts import Scheme
from textmine.figures.theme import Lang
from textmine.pipeline import Analysis, Corpus
from textmine.records import Failure
from textmine.store import Catalogue


@dataclass(frozen=True)
class Material:
    """What the report is made of. `analyses` holds the ones that could be run, by name."""

    corpus: Corpus
    catalogue: Catalogue
    analyses: Mapping[str, Analysis]
    failures: tuple[Failure, ...]
    skipped: tuple[str, ...]
    lang: Lang

    @property
    def scheme(self) -> Scheme:
        """The concept scheme."""
        return self.corpus.workspace.scheme

    def names(self) -> dict[str, str]:
        """Concept ids with their labels in the report's language."""
        return {concept.id: concept.name(self.lang) for concept in self.scheme}

    def table(self, analysis: str, name: str) -> pd.DataFrame | None:
        """A table of an analysis, or None where it was not run or came out empty."""
        found = self.analyses.get(analysis)
        table = None if found is None else found.tables.get(name)
        return None if table is None or table.empty else table

    def notes(self, analysis: str) -> tuple[str, ...]:
        """The notes of an analysis in the report's language."""
        return tuple(getattr(note, self.lang) for note in self.analyses[analysis].notes)
