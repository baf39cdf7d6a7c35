"""Sources on a disk: a folder, a folder of dated drops, a folder of ZIP files.

ZIP files are taken whole: the readers unpack them, in memory and under their limits.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from textmine.records import Failure
from textmine.update.scan import Found, scan
from textmine.update.sources.contract import Asked, Delivery, Mark, refusal

# 2026-01-31, 20260131, 2026_01_31, 2026.01.31, alone or in front of more.
DATED = re.compile(r"(?P<y>(?:19|20)\d\d)[-_.]?(?P<m>[01]\d)[-_.]?(?P<d>[0-3]\d)(?!\d)")
HIDDEN = (".*", "~$*", "*.part", "*.tmp", "*.crdownload", "Thumbs.db", "desktop.ini")


def folder(asked: Asked) -> Iterator[Delivery | Failure]:
    """The files below a folder, such as a share that others write to."""
    for file in _listed(_place(asked)):
        yield from _taken(asked, _place(asked), file, key=file.path, since="")


def drops(asked: Asked) -> Iterator[Delivery | Failure]:
    """The files of dated folders; of files with the same path the newest drop's counts."""
    place = _place(asked)
    newest: dict[str, tuple[str, Found]] = {}
    for drop in sorted((p for p in place.iterdir() if DATED.match(p.name)), key=_date):
        if drop.is_dir() and not drop.is_symlink():
            newest |= {file.path: (drop.name, file) for file in _listed(drop)}
    for path, (drop_name, file) in sorted(newest.items()):
        yield from _taken(asked, place / drop_name, file, key=path, since=drop_name)


def zips(asked: Asked) -> Iterator[Delivery | Failure]:
    """The ZIP files of a folder, each once it is whole."""
    place = _place(asked)
    for file in _listed(place):
        if not file.path.lower().endswith(".zip"):
            continue
        try:
            # A file that is still being copied lacks its end, where the list of members stands.
            zipfile.ZipFile(place / file.path).close()
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            reason = f"the ZIP file is damaged, or not yet whole: {error}"
            yield refusal(asked, file.path, reason, "It is tried again; or deliver it again.")
            continue
        yield from _taken(asked, place, file, key=file.path, since="")


def _place(asked: Asked) -> Path:
    return (asked.root / asked.settings.at).resolve()


def _date(drop: Path) -> tuple[str, str]:
    found = DATED.match(drop.name)
    assert found is not None
    return f"{found['y']}{found['m']}{found['d']}", drop.name


def _listed(place: Path) -> tuple[Found, ...]:
    """Regular files below a folder, by path; links that lead out of it are left out."""
    return scan(place, HIDDEN).files


def _taken(
    asked: Asked, place: Path, file: Found, *, key: str, since: str
) -> Iterator[Delivery | Failure]:
    """A file, unless it is as it was or not asked for."""
    mark: Mark = {"drop": since, "size": str(file.size), "mtime_ns": str(file.mtime_ns)}
    if asked.known.get(key) == mark or not fnmatch(file.path, asked.settings.match):
        return
    limit = asked.settings.max_file_mb
    if file.size > limit * 2**20:
        reason = f"the file has {file.size / 2**20:.0f} MB, the limit is {limit}"
        yield refusal(asked, key, reason, "Raise max_file_mb of the source in textmine.toml.")
        return
    try:
        yield Delivery(key, mark, file.path, (place / file.path).read_bytes())
    except OSError as error:
        reason = f"cannot be opened: {error.strerror}"
        yield refusal(asked, key, reason, "Check its permissions; it is tried again.")
