"""Which saved queries find documents that an update brought."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from textmine.errors import QueryError
from textmine.store import Catalogue, Change, Workspace
from textmine.store.collections import FILE, Collections
from textmine.store.index import SearchIndex
from textmine.update.changes import QueryHits

logger = logging.getLogger(__name__)


def new_hits(
    workspace: Workspace, catalogue: Catalogue, changes: Sequence[Change]
) -> tuple[QueryHits, ...]:
    """The saved queries that find new or changed documents which nobody has looked at yet.

    A query that can no longer be understood is left out, with a line in the log.
    """
    here = {change.doc_id: change for change in changes if change.verb != "removed"}
    if not here or not (workspace.state / FILE).is_file():
        return ()
    found = []
    with Collections(workspace.state) as kept:
        queries = kept.queries()
        index = SearchIndex(workspace, catalogue) if queries else None
        for one in queries:
            assert index is not None
            try:
                ids = index.ids(one.query)
            except QueryError as error:
                logger.warning("saved query %s: %s", one.name, error.message)
                continue
            fresh = [here[doc_id] for doc_id in kept.unseen(one.name, ids) if doc_id in here]
            if fresh:
                found.append(QueryHits(one.name, one.query, tuple(fresh)))
    return tuple(found)
