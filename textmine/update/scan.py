"""What lies in the documents folder, without opening a file."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textmine.records import Failure


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the documents folder: path relative to it, size in bytes, time in nanoseconds."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What a scan saw.

    Attributes
    ----------
    files
        By path.
    closed
        Folders, relative and with `/` at the end, that could not be listed: nothing is known of
        what is in them.
    failures
        What could not be looked at, and why.
    """

    files: tuple[Found, ...]
    closed: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


def scan(folder: Path, ignore: Sequence[str]) -> Seen:
    """List the files below a folder.

    Links that lead out of the folder, links to folders, hidden files, what is no regular file,
    and names that match `ignore` are left out.

    Raises
    ------
    OSError
        When the folder itself cannot be listed.
    """
    ignored = re.compile("|".join(fnmatch.translate(pattern) for pattern in ignore) or r"(?!)")
    root = folder.resolve()
    files: list[Found] = []
    closed: list[str] = []
    failures: list[Failure] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(_entries(root, below))
        except OSError as error:
            if not below:
                raise
            closed.append(below)
            failures.append(_unlisted(below, error))
            continue
        for entry, path in entries:
            if not _storable(path):
                failures.append(_misnamed(path))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path + "/")
            elif not ignored.match(entry.name) and _is_inside(entry, root):
                stat = entry.stat()
                files.append(Found(path, stat.st_size, stat.st_mtime_ns))
    by_path = sorted(files, key=lambda f: f.path)
    return Seen(tuple(by_path), tuple(sorted(closed)), tuple(failures))


def _entries(root: Path, below: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    with os.scandir(root / below) as entries:
        for entry in entries:
            if not (entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)):
                yield entry, below + entry.name


def _is_inside(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether an entry is a regular file of this folder; links are followed once, at the scan."""
    try:
        if not entry.is_symlink():
            return entry.is_file(follow_symlinks=False)
        return entry.is_file() and Path(entry.path).resolve().is_relative_to(root)
    except OSError:
        return False


def _storable(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _misnamed(path: str) -> Failure:
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return Failure(
        shown, "scan", "the name is no valid UTF-8", remedy="Rename it; its content is not lost."
    )


def _unlisted(below: str, error: OSError) -> Failure:
    return Failure(
        below,
        "scan",
        f"the folder cannot be listed: {error.strerror}",
        remedy="Check its permissions; what is known of its files is kept until then.",
    )
