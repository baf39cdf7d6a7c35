"""What became of the topics since an earlier fit."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import numpy as np

from textmine import topics as modelling
from textmine.errors import UsageError
from textmine.pipeline.analysis import Analysis, Note

EVENTS = {
    "kept": "延续",
    "grew": "增长",
    "shrank": "收缩",
    "split": "分裂",
    "merged": "合并",
    "born": "新生",
    "died": "消失",
}


def read_fit(data: bytes, *, source: str) -> modelling.TopicFit:
    """The fit kept in a topics.npz.

    Raises
    ------
    UsageError
        When it is no such file.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            terms, ids = (tuple(arrays[name].tolist()) for name in ("terms", "doc_ids"))
            fit = modelling.TopicFit(
                arrays["topic_word"], arrays["doc_topic"], terms, ids, "", {}, 0
            )
            if "numbers" not in arrays:  # as files before these were kept
                return fit
            numbers = tuple(arrays["numbers"].tolist())
            return replace(fit, numbers=numbers, highest=int(arrays["highest"]))
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise UsageError(
            f"{source} holds no topics: {error}",
            remedy="Give the topics.npz that an earlier `textmine topics` wrote.",
        ) from error


def compare_topics(analysis: Analysis, before: modelling.TopicFit) -> Analysis:
    """A topic analysis with the table topic_changes (`textmine.topics.CHANGE_COLUMNS`) and a note."""
    data = analysis.files["topics.npz"]
    assert isinstance(data, bytes)
    table = modelling.changes(before, read_fit(data, source="topics.npz"))
    labels = analysis.tables["topics"].set_index("topic")["label"]
    table["label"] = [labels.get(n, "") for n in table["after"]]
    counts = table["event"].value_counts()
    told = [(event, int(counts[event])) for event in EVENTS if event in counts]
    note = Note(
        "与此前的主题相比：" + "，".join(f"{EVENTS[event]} {n}" for event, n in told),
        "Against the earlier topics: " + ", ".join(f"{n} {event}" for event, n in told),
    )
    tables = {**analysis.tables, "topic_changes": table}
    return replace(analysis, tables=tables, notes=(*analysis.notes, note))
