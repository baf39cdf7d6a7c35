"""The steps from one schema of the catalogue to the next, as numbered SQL files.

A new catalogue runs through all of them, so that an old one that is brought forward and a new one
cannot differ. A step that was released is never edited; a change is a further file.
"""

from __future__ import annotations

import sqlite3
from importlib import resources
from pathlib import Path

__all__ = ["LATEST", "migrate", "script"]


def script(version: int) -> str:
    """The SQL that makes a schema of this version from the one before."""
    return resources.files(__name__).joinpath(f"{version:04}.sql").read_text("utf-8")


def _latest() -> int:
    names = (child.name for child in resources.files(__name__).iterdir())
    return max(int(name.removesuffix(".sql")) for name in names if name.endswith(".sql"))


LATEST = _latest()


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring an open database to the latest schema, one transaction a step.

    A catalogue that holds something is copied beside itself first, as
    `catalogue.schema-1.sqlite` for one of version 1. The caller holds the writer's lock.
    """
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if 0 < version < LATEST:
        with sqlite3.connect(path.with_suffix(f".schema-{version}.sqlite")) as copy:
            db.backup(copy)
        copy.close()
    for step in range(version + 1, LATEST + 1):
        try:
            db.executescript(
                f"BEGIN IMMEDIATE; {script(step)}; PRAGMA user_version = {step}; COMMIT;"
            )
        except sqlite3.Error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
