"""Bring a workspace's catalogue and index up to date, as a nightly job would.

    python scripts/update_corpus.py [WORKSPACE]

Exit code 1 when some files were refused; each is named with its reason and remedy.
"""

import sys
from pathlib import Path

from textmine import pipeline
from textmine.store import Workspace
from textmine.store.indexing import update_index
from textmine.update import update


def main(folder: str = ".") -> int:
    """Update, and return the exit code."""
    space = Workspace.find(Path(folder))
    changes = update(space)
    with space.writing(), space.catalogue() as catalogue, space.derived() as derived:
        indexed = update_index(
            space,
            catalogue,
            concepts=lambda documents: pipeline.concept_ids(space, derived, documents),
        )
        refused = catalogue.failures()
    print(f"新增 added {changes.added}  变更 changed {changes.changed}  "
          f"移除 removed {changes.removed}  入索引 indexed {indexed}")  # fmt: skip
    for failure in refused:
        print(f"拒收 refused {failure.source}: {failure.reason} → {failure.remedy}")
    return 1 if refused else 0


if __name__ == "__main__":  # readers run in processes of their own, which import this file
    sys.exit(main(*sys.argv[1:]))
