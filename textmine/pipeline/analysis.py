"""The result of an analysis: tables, files, notes, and the manifest of what it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textmine import markup
from textmine.pipeline.corpus import Corpus
from textmine.records import RunManifest
from textmine.store.files import write_csv, write_whole

LIBRARIES = {
    "topics": ("scikit-learn", "gensim"),
    "network": ("networkx", "graspologic-native"),
    "evolution": ("pandas",),
    "bursts": ("pandas",),
    "claims": ("pyahocorasick",),
    "citations": ("networkx",),
    "policy": ("pandas",),
    "definitions": ("pyahocorasick",),
}


class Note(NamedTuple):
    """Something a reader should know before trusting a result, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Analysis:
    """The result of one analysis.

    Attributes
    ----------
    tables
        By name; each is written as CSV.
    files
        Other files by name, such as GraphML.
    notes
        What a reader should know before trusting it.
    """

    manifest: RunManifest
    tables: Mapping[str, pd.DataFrame]
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def name(self) -> str:
        """The name of the stage."""
        return self.manifest.stage

    def _repr_html_(self) -> str:
        parts: list[str] = [markup.paragraph(f"{note.zh} {note.en}") for note in self.notes]
        for name, table in self.tables.items():
            parts.append(markup.paragraph(f"{name}: {len(table)}"))
            parts.append(table.head().to_html(escape=True, index=False))
        return "".join(parts)


def manifest(corpus: Corpus, stage: str, *, seed: int | None = None, **rows: int) -> RunManifest:
    """What a result of this corpus was made from."""
    workspace = corpus.workspace
    part = getattr(workspace.settings, stage, None)
    names = ("textmine", "jieba", "numpy", "scipy", *LIBRARIES[stage])
    return RunManifest(
        stage,
        corpus.generation,
        part.fingerprint() if part is not None else "",
        {
            "segmenter": workspace.segmenter.fingerprint,
            "vocabulary": workspace.lexicon.vocabulary,
            "concepts": workspace.scheme.fingerprint,
            "terms": workspace.settings.terms.fingerprint(),
            **({"query": corpus.query} if corpus.query else {}),
        },
        {name: version(name) for name in names},
        seed,
        {"documents": len(corpus.documents), **rows},
    )


def save(analysis: Analysis, folder: Path) -> list[Path]:
    """Write an analysis's tables, files and manifest into a folder; returns what was written."""
    written = [write_csv(folder / f"{name}.csv", t) for name, t in analysis.tables.items()]
    written += [write_whole(folder / name, content) for name, content in analysis.files.items()]
    plain = json.dumps(asdict(analysis.manifest), ensure_ascii=False, indent=1, sort_keys=True)
    written.append(write_whole(folder / f"{analysis.name}.manifest.json", plain + "\n"))
    return written
