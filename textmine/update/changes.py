"""The change reports of a workspace: JSON, a page, and an entry of an Atom feed for each.

Every update that changed or refused something leaves `NNNNNN-TIME.json` and `.html` in the
`changes` folder of the output, named by generation; `feed.atom` there lists the newest. A run of
the analyses adds to the report of its generation what the results now say that they did not.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from textmine.records import Failure
from textmine.store import Change, Workspace
from textmine.store.files import write_whole
from textmine.update.change_page import feed, page
from textmine.update.telling import VERBS

FOLDER = "changes"
FEED_ENTRIES = 50
# A first build lists a hundred thousand documents; people read the first of them.
LISTED = 1000


@dataclass(frozen=True, slots=True)
class QueryHits:
    """New or changed documents that a saved query finds and nobody has looked at yet."""

    name: str
    query: str
    documents: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What one update changed.

    Attributes
    ----------
    generation
        Of the catalogue after it.
    at
        When it ended, in UTC.
    counts
        Documents added, changed, removed; inputs refused in all; documents indexed.
    changes
        What became of each document.
    refused
        What is refused now and was not before.
    admitted
        What was refused before and is no longer.
    queries
        Saved queries with new hits.
    """

    generation: int
    at: str
    counts: dict[str, int]
    changes: tuple[Change, ...] = ()
    refused: tuple[Failure, ...] = ()
    admitted: tuple[Failure, ...] = ()
    queries: tuple[QueryHits, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.changes or self.refused or self.admitted)

    def as_plain(self) -> dict[str, Any]:
        """JSON-ready values; at most `LISTED` documents of each kind are named."""
        by_verb = {
            verb: [asdict(c) for c in self.changes if c.verb == verb][:LISTED] for verb, _ in VERBS
        }
        return {
            "generation": self.generation,
            "at": self.at,
            "counts": self.counts,
            "documents": by_verb,
            "refused": [asdict(failure) for failure in self.refused],
            "no_longer_refused": [failure.source for failure in self.admitted],
            "queries": [
                {**asdict(one), "documents": [asdict(c) for c in one.documents[:LISTED]]}
                for one in self.queries
            ],
        }


def write_changes(workspace: Workspace, report: ChangeReport) -> Path | None:
    """Write the report of an update and renew the feed; None when there is nothing to tell."""
    return None if report.is_empty else _write(workspace, report.as_plain())


def add_findings(
    workspace: Workspace, findings: dict[str, Any], *, generation: int, at: str
) -> Path:
    """Add what the results say anew to the report of their generation.

    Where that has findings already, or there is none because the documents did not change, a
    report of its own is made.

    Parameters
    ----------
    findings
        See `textmine.update.findings.compare`.
    at
        The time, in UTC, as `2026-01-31T02:00:00Z`.
    """
    last = next((plain for _, plain in reports(workspace, newest=1)), None)
    if last is None or last["generation"] != generation or last.get("findings"):
        unchanged = dict.fromkeys(("added", "changed", "removed", "refused", "indexed"), 0)
        last = ChangeReport(generation, at, unchanged).as_plain()
    return _write(workspace, {**last, "updated": at, "findings": findings})


def reports(
    workspace: Workspace, *, since: str = "", newest: int | None = None
) -> list[tuple[Path, dict[str, Any]]]:
    """The reports of updates that ended at or after a time (ISO 8601, UTC), the newest first.

    Parameters
    ----------
    newest
        Read only so many of them; default: all.
    """
    found = []
    for path in sorted((workspace.output / FOLDER).glob("*.json"), reverse=True)[:newest]:
        try:
            plain = json.loads(path.read_text(encoding="utf-8"))
            if plain["at"] >= since:
                found.append((path, plain))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda pair: (pair[1]["at"], pair[0].name), reverse=True)


def _write(workspace: Workspace, plain: dict[str, Any]) -> Path:
    folder = workspace.output / FOLDER
    name = workspace.settings.workspace.name
    # Two updates may leave the same generation, when only refusals changed.
    stamp = str(plain["at"]).translate({ord(c): None for c in "-:"})
    stem = f"{plain['generation']:06}-{stamp}"
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    write_whole(folder / f"{stem}.json", text + "\n")
    written = write_whole(folder / f"{stem}.html", page(name, plain))
    listed = [(path.stem, one) for path, one in reports(workspace, newest=FEED_ENTRIES)]
    write_whole(folder / "feed.atom", feed(name, listed))
    return written
