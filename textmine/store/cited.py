"""Hits in the order of how many documents of the corpus cite them.

Who cites whom is what the last `textmine citations` found (`textmine run` does it too); documents
that came since count as not cited. Nothing is resolved here.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import tantivy
from tantivy import Occur, Query

from textmine.errors import UsageError
from textmine.store.workspace import Workspace

TABLE = "citations.csv"


def citation_counts(workspace: Workspace) -> Mapping[str, int]:
    """How many documents cite each document, those that nobody cites left out.

    Raises
    ------
    UsageError
        When citations were never resolved.
    """
    path = workspace.output / TABLE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, KeyError) as error:
        raise UsageError(
            "Citations were not resolved yet.", remedy="Run `textmine citations`."
        ) from error


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Mapping[str, int]:
    """The counts of one state of the table; `changed` tells the states apart."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        pairs = {(row["citing"], row["cited"]) for row in csv.DictReader(file)}
    return MappingProxyType(Counter(cited for _, cited in pairs))


def citations_resolved(workspace: Workspace) -> bool:
    """Whether hits can be sorted by citations."""
    return (workspace.output / TABLE).is_file()


def most_cited(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    counts: Mapping[str, int],
    *,
    limit: int,
    offset: int,
) -> list[tuple[tantivy.DocAddress, float]]:
    """One stretch of the hits, the most cited first, equals by relevance: (address, count).

    One query for each number of citations, so no hit outside the stretch is ever fetched.
    """
    groups: dict[int, list[str]] = defaultdict(list)
    for doc_id, count in counts.items():
        groups[count].append(doc_id)
    found: list[tuple[tantivy.DocAddress, float]] = []
    for count in (*sorted(groups, reverse=True), 0):
        ids = groups[count] if count else list(counts)
        those = Query.const_score_query(Query.term_set_query(schema, "doc_id", ids), 0.0)
        occur = Occur.Must if count else Occur.MustNot
        narrowed = Query.boolean_query([(Occur.Must, query), (occur, those)])
        part = searcher.search(narrowed, limit=limit - len(found), offset=offset)
        found += [(address, float(count)) for _, address in part.hits]
        if len(found) == limit:
            break
        offset = max(0, offset - (part.count or 0))
    return found
