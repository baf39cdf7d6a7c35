"""Bring a workspace's catalogue and index up to date, as a nightly job would.

    python scripts/update_corpus.py [WORKSPACE]

Exit code 1 when some files were refused; each is named with its reason and remedy.
"""

import sys
from pathlib import Path

from textmine.store import Workspace
from textmine.update import bring_up_to_date


def main(folder: str = ".") -> int:
    """Update, and return the exit code."""
    space = Workspace.find(Path(folder))
    outcome = bring_up_to_date(space)
    print("  ".join(f"{name} {number}" for name, number in outcome.counts.items()))
    with space.catalogue() as catalogue:
        refused = catalogue.failures()
    for failure in refused:
        print(f"拒收 refused {failure.source}: {failure.reason} → {failure.remedy}")
    return 1 if refused else 0


if __name__ == "__main__":  # readers run in processes of their own, which import this file
    sys.exit(main(*sys.argv[1:]))
