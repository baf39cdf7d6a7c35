"""Which documents a changed lexicon cuts otherwise, so that only these are indexed anew.

The index keeps the lexicon that it was cut with. Cutting everything twice and comparing takes a
small part of the time that writing the index takes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from textmine.records import Document
from textmine.segment import Entry, Lexicon, Segmenter
from textmine.store.files import write_whole
from textmine.store.workspace import Workspace

FILE_NAME = "lexicon.json"
BATCH = 200  # documents cut at a time: bounds the memory


def keep_lexicon(folder: Path, workspace: Workspace) -> None:
    """Write down beside an index what its words were cut with."""
    lexicon = workspace.lexicon
    rows = [(e.word, e.frequency, e.tag) for e in lexicon.entries]
    write_whole(folder / FILE_NAME, json.dumps({"entries": rows, "labels": lexicon.labels}))


def kept_segmenter(folder: Path, workspace: Workspace, fingerprint: str) -> Segmenter | None:
    """The segmenter that an index was cut with; None when it cannot be had again.

    It cannot when more than the lexicon has changed: settings, jieba, our own normalisation.
    """
    try:
        plain = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        entries = tuple(Entry(*row) for row in plain["entries"])
        lexicon = Lexicon(entries, labels=tuple(plain["labels"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    segmenter = Segmenter(lexicon, **workspace.settings.segment.model_dump())
    return segmenter if segmenter.fingerprint == fingerprint else None


def cut_otherwise(
    documents: Iterable[tuple[str, Document]], before: Segmenter, after: Segmenter
) -> Iterator[str]:
    """The ids of the documents whose words differ between two segmenters."""
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        texts = [
            "\n\n".join(
                (
                    d.text,
                    d.title,
                    d.title_en,
                    d.abstract,
                    d.abstract_en,
                    *d.keywords,
                    *d.keywords_en,
                )
            )
            for _, d in batch
        ]
        old, new = before.cut(texts), after.cut(texts)
        for n, (doc_id, _) in enumerate(batch):
            if not np.array_equal(old.ends(n), new.ends(n)):
                yield doc_id
