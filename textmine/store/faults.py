"""What a disk does to a program, in words: full, read-only, locked, damaged, and the way out."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from textmine.errors import StoreError, TextmineError

FREE_SPACE = "Free some disk space and run the command again; what was committed is kept."
PERMISSIONS = "Check the permissions of the folder and that the disk is mounted for writing."
REPAIR = "Run `textmine verify --repair`."
AGAIN = "Run the command again; what was committed is kept."

# How SQLite puts it: the start of its messages.
_OF_SQLITE = {
    "database or disk is full": FREE_SPACE,
    "attempt to write a readonly database": PERMISSIONS,
    "unable to open database file": PERMISSIONS,
    "database is locked": "Wait until the other program has ended, and run the command again.",
    "database disk image is malformed": REPAIR,
    "file is not a database": REPAIR,
}
_OF_SYSTEM = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FREE_SPACE),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), PERMISSIONS),
}


@contextmanager
def explained_faults(doing: str) -> Iterator[None]:
    """Turn what the disk or a database raises into a `StoreError` with a remedy.

    Parameters
    ----------
    doing
        What fails, as the start of a sentence: "Writing the catalogue".
    """
    try:
        yield
    except TextmineError:
        raise
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{doing} failed: {error}", remedy=remedy_for(error)) from error


def remedy_for(error: OSError | sqlite3.Error) -> str:
    """What to do about a fault of a disk or a database."""
    if isinstance(error, OSError):
        return _OF_SYSTEM.get(error.errno or 0, AGAIN)
    return next((r for start, r in _OF_SQLITE.items() if str(error).startswith(start)), AGAIN)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether a database error says that the file itself is damaged."""
    return remedy_for(error) == REPAIR
