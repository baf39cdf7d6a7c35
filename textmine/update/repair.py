"""Put right what `verify` found: from a backup where there is one, otherwise from the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textmine.errors import StoreError
from textmine.store import Workspace
from textmine.store.backup import CATALOGUE, DERIVED, backups, check, restore, set_aside
from textmine.store.indexing import rebuild_index
from textmine.store.verify import Problem
from textmine.update.whole import Outcome, Progress, bring_up_to_date, concepts_of


def repair(
    workspace: Workspace, problems: Sequence[Problem], *, progress: Progress
) -> tuple[list[str], Outcome]:
    """Mend damaged stores and bring the workspace up to date.

    Returns
    -------
    done
        What was done, a line each.
    outcome
        Of the update that follows.
    """
    stores = {problem.store for problem in problems}
    done = []
    if "catalogue" in stores:
        done.append(_renew_catalogue(workspace))
    if "cache" in stores:
        with workspace.writing():
            done.append(f"moved the damaged cache to {set_aside(workspace.state / DERIVED).name}")
    if "documents" in stores:
        done.append(_read_again(workspace, [p.what for p in problems if p.store == "documents"]))
    if "index" in stores and "catalogue" not in stores:
        with workspace.writing(), workspace.catalogue(create=True) as catalogue:
            rebuild_index(
                workspace, catalogue, concepts=lambda documents: concepts_of(workspace, documents)
            )
        done.append("built the index anew")
    return done, bring_up_to_date(workspace, progress=progress)


def _renew_catalogue(workspace: Workspace) -> str:
    with workspace.writing():
        aside = set_aside(workspace.state / CATALOGUE)
    for candidate in reversed(backups(workspace)):
        try:
            if not check(candidate.path):
                restore(workspace, candidate.path)
                return (
                    f"moved the damaged catalogue to {aside.name}; restored {candidate.path.name}"
                )
        except StoreError:
            continue
    return f"moved the damaged catalogue to {aside.name}; the documents are read anew"


def _read_again(workspace: Workspace, paths: Sequence[str]) -> str:
    with workspace.writing(), workspace.catalogue(create=True) as catalogue:
        known = catalogue.files()
        catalogue.touch(replace(known[path], mtime_ns=0) for path in paths)
    return f"marked {len(paths)} changed files to be read again"
