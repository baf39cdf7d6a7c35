"""The sweep over numbers of topics, in parallel, and resumed where it was stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import joblib

from textmine import topics as modelling
from textmine.matrices import DocTerm
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus, Progress, quiet
from textmine.pipeline.topic_fit import units
from textmine.pipeline.topic_models import make_model
from textmine.settings import TopicSettings
from textmine.store.files import write_whole
from textmine.store.fingerprints import source_fingerprint

Row = dict[str, Any]


def topic_sweep(
    corpus: Corpus,
    ks: Sequence[int],
    recipe: TopicSettings | None = None,
    *,
    runs: int = 10,
    workers: int = 1,
    progress: Progress = quiet,
) -> Analysis:
    """Measure a range of numbers of topics, and recommend one.

    Table: topic_sweep (`textmine.topics.SWEEP_COLUMNS`). The first note is the recommendation.
    Each number of topics is kept as soon as it is measured, so a stopped sweep goes on where it
    was; `workers` processes change nothing but the time.

    Raises
    ------
    TooFewData
        When the corpus cannot hold the largest number of topics.
    """
    settings = recipe or corpus.workspace.settings.topics
    rows, owners = units(corpus, settings)
    of_row = dict(zip(rows.doc_ids, owners, strict=True))
    make = partial(_with_k, make_model(corpus, settings, 2, owners=of_row))
    words = [corpus.workspace.segmenter.terms(text) for text in corpus.texts]
    table = modelling.sweep(
        make,
        rows,
        ks,
        texts=words,
        runs=runs,
        top=settings.top,
        seed=settings.seed,
        mapper=_Remembering(_folder(corpus, rows, settings, runs), workers, progress),
    )
    advice = modelling.recommend(table)
    counted = {"tried": len(table), "runs": runs, "recommended": advice.k}
    made = manifest(corpus, "topics", seed=settings.seed, **counted)
    made = replace(made, stage="topic_sweep", settings=settings.fingerprint())
    return Analysis(made, {"topic_sweep": table}, notes=(Note(advice.zh, advice.en),))


def _with_k(template: modelling.TopicModel, k: int) -> modelling.TopicModel:
    return template.with_parameters(k=k)


def _folder(corpus: Corpus, rows: DocTerm, settings: TopicSettings, runs: int) -> Path:
    """Where the measures of this corpus, model and code are kept."""
    counts = rows.counts
    digest = hashlib.sha256(source_fingerprint("topics").encode())
    digest.update(corpus.workspace.segmenter.fingerprint.encode())
    digest.update(corpus.workspace.lexicon.vocabulary.encode())
    digest.update(repr((settings.model_dump(exclude={"k", "stability_runs"}), runs)).encode())
    digest.update("\0".join((*rows.doc_ids, "", *rows.terms)).encode())
    for part in (counts.indptr, counts.indices, counts.data):
        digest.update(part.astype("<i8").tobytes())
    return corpus.workspace.state / "sweeps" / digest.hexdigest()[:16]


class _Remembering:
    """Maps a function over numbers of topics: what was measured before is read, not repeated."""

    def __init__(self, folder: Path, workers: int, progress: Progress) -> None:
        self._folder = folder
        self._workers = workers
        self._progress = progress

    def __call__(self, measure: Callable[[int], Row], ks: Iterable[int]) -> Iterator[Row]:
        wanted = list(ks)
        missing = [k for k in wanted if not self._path(k).exists()]
        done = len(wanted) - len(missing)
        parallel = joblib.Parallel(n_jobs=self._workers, return_as="generator_unordered")
        for row in parallel(joblib.delayed(measure)(k) for k in missing):
            write_whole(self._path(row["k"]), json.dumps(row))
            done += 1
            self._progress("topics", done, len(wanted))
        return (json.loads(self._path(k).read_text("utf-8")) for k in wanted)

    def _path(self, k: int) -> Path:
        return self._folder / f"{k}.json"
