"""What a supervisor asks: when did it last run, how did it end, was it cut off.

`health.json` in the state folder is renewed whole at the end of each run, also of one that
failed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from textmine.store import Workspace
from textmine.store.files import write_whole

NAME = "health.json"


def write_health(
    workspace: Workspace,
    *,
    outcome: str,
    started: str,
    ended: str,
    counts: Mapping[str, int] | None = None,
    error: str = "",
) -> None:
    """Note how a run ended.

    Parameters
    ----------
    outcome
        "done", "some refused" or "failed".
    started, ended
        In UTC, ISO 8601.
    """
    before = read_health(workspace)
    good = ended if outcome != "failed" else before.get("last_success", "")
    plain = {
        "outcome": outcome,
        "started": started,
        "ended": ended,
        "last_success": good,
        "failures_in_a_row": before.get("failures_in_a_row", 0) + 1 if outcome == "failed" else 0,
        "counts": dict(counts or {}),
        "error": error,
        "process": os.getpid(),
    }
    write_whole(workspace.state / NAME, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")


def read_health(workspace: Workspace) -> dict[str, Any]:
    """What the last run noted; empty when there was none."""
    try:
        plain = json.loads((workspace.state / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return plain if isinstance(plain, dict) else {}
