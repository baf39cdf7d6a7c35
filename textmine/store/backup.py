"""Backups: one ZIP with the catalogue and what people wrote, taken while others read and write.

A backup holds the catalogue (all texts, the history of updates), the other databases that people
fill, the settings, the lexicon, the concept scheme, the periods and the recipes, and lists the
installed libraries with their versions: enough to compute a generation's numbers again. What is
derived is left out, since it is built again; so are the documents themselves.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import distributions, version
from pathlib import Path, PurePosixPath
from typing import Any

from textmine.errors import StoreError, UsageError
from textmine.settings import FILE_NAME
from textmine.store.catalogue import Catalogue
from textmine.store.faults import explained_faults, is_damage
from textmine.store.files import PART, write_whole
from textmine.store.workspace import Workspace

CATALOGUE = "catalogue.sqlite"
DERIVED = "derived.sqlite"
MANIFEST = "backup.json"
# For `pip install -c`: the same numbers need the same libraries.
LIBRARIES = "libraries.txt"
FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: the generation and number of documents that it holds, and when it was made."""

    path: Path
    generation: int
    documents: int
    made_at: str


def backup(workspace: Workspace, target: Path | None = None, *, at: str) -> Backup:
    """Write a backup; updates and readers go on meanwhile.

    Parameters
    ----------
    target
        The file to write; default: one in the workspace's `backups` folder, named by generation
        and time.
    at
        The time, in UTC, as `2026-01-31T02:00:00Z`.

    Raises
    ------
    StoreError
        When there is no catalogue, or the disk fails; no half backup is left.
    """
    with workspace.catalogue() as catalogue, catalogue.snapshot():
        generation, documents = catalogue.generation, len(catalogue.document_ids())
    stamp = at.translate({ord(c): None for c in "-:"})
    path = target or workspace.root / FOLDER / f"g{generation:06}-{stamp}.zip"
    if path.exists():
        raise UsageError(f"{path} exists.", remedy="Name another file, or wait a second.")
    head = {
        "generation": generation,
        "documents": documents,
        "made_at": at,
        "textmine": version("textmine"),
    }
    part = path.with_name(path.name + PART)
    with explained_faults(f"Writing {path}"), tempfile.TemporaryDirectory() as folder:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(workspace, part, head, Path(folder))
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Backup(path, generation, documents, at)


def _write(workspace: Workspace, part: Path, head: dict[str, object], folder: Path) -> None:
    hashes = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        (folder / LIBRARIES).write_text(_libraries(), encoding="utf-8")
        for name, path in ((LIBRARIES, folder / LIBRARIES), *_members(workspace, folder)):
            with path.open("rb") as file:
                hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()
            archive.write(path, name)
        archive.writestr(MANIFEST, json.dumps({**head, "sha256": hashes}, indent=1))


def _members(workspace: Workspace, folder: Path) -> Iterator[tuple[str, Path]]:
    """Names in the backup with files to take: copies of databases, other files as they are."""
    for path in sorted(workspace.state.glob("*.sqlite")):
        if path.name != DERIVED and ".schema-" not in path.name:
            copy = folder / path.name
            with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(copy)) as still:
                live.backup(still)
            yield f"state/{path.name}", copy
    named = workspace.settings.workspace
    own = (named.lexicon, named.concepts, named.periods, named.models, named.coding)
    for name in (FILE_NAME, *own):
        place = workspace.root / name
        files = [place] if place.is_file() else sorted(place.rglob("*.*"))
        for path in files:
            if path.suffix in (".toml", ".txt", ".csv") and path.resolve().is_relative_to(
                workspace.root.resolve()
            ):
                yield f"files/{path.relative_to(workspace.root).as_posix()}", path


def _libraries() -> str:
    """Every installed library with its version, a line each."""
    found = {(d.metadata["Name"] or "").lower(): d.version for d in distributions()}
    return "".join(f"{name}=={found[name]}\n" for name in sorted(found) if name)


def backups(workspace: Workspace) -> list[Backup]:
    """The backups in the workspace's folder, the newest last; what is no backup is left out."""
    found = []
    for path in sorted((workspace.root / FOLDER).glob("*.zip")):
        try:
            found.append(read_head(path))
        except StoreError:
            continue
    return sorted(found, key=lambda b: (b.made_at, b.generation, b.path.name))


def of_generation(workspace: Workspace, generation: int) -> Backup:
    """The newest backup of a generation in the workspace's folder.

    Raises
    ------
    UsageError
        When there is none; the message names the generations that there are.
    """
    found = [backup for backup in backups(workspace) if backup.generation == generation]
    if not found:
        known = sorted({backup.generation for backup in backups(workspace)})
        raise UsageError(
            f"There is no backup of generation {generation}.",
            remedy=f"There are: {', '.join(map(str, known)) or 'none'}.",
        )
    return found[-1]


def prune(workspace: Workspace, keep: int) -> list[Path]:
    """Delete the oldest backups of the workspace's folder so that `keep` are left."""
    surplus = [b.path for b in backups(workspace)[:-keep]]
    for path in surplus:
        path.unlink()
    return surplus


def read_head(path: Path) -> Backup:
    """What a backup says of itself.

    Raises
    ------
    StoreError
        When the file is no backup.
    """
    head = _head(path)
    return Backup(path, int(head["generation"]), int(head["documents"]), str(head["made_at"]))


def _head(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as archive:
            head = json.loads(archive.read(MANIFEST))
            if not isinstance(head["sha256"], dict):
                raise TypeError
            int(head["generation"]), int(head["documents"]), str(head["made_at"])
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise StoreError(
            f"{path} is no backup of a workspace, or damaged: {error}", remedy="Take another one."
        ) from error
    return dict(head)


def check(path: Path) -> list[str]:
    """What is wrong with a backup: members whose bytes are not those that were written."""
    hashes = _head(path)["sha256"]
    wrong = []
    with zipfile.ZipFile(path) as archive:
        for name, digest in sorted(hashes.items()):
            try:
                with archive.open(name) as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
            except (KeyError, zipfile.BadZipFile, zlib.error, OSError, ValueError):
                found = ""
            if found != digest:
                wrong.append(f"{path.name}: {name} is damaged")
    return wrong


def restore(workspace: Workspace, path: Path, *, files: bool = False) -> Backup:
    """Put the catalogue of a backup in the place of the present one, in one transaction.

    Readers see the old one until then. What was derived from the old one is built again by the
    next update, which also reads what has changed in the documents folder since the backup. A
    present catalogue that is damaged is moved aside first.

    Parameters
    ----------
    files
        Whether settings, lexicon, concepts, periods and recipes are put back too.

    Raises
    ------
    StoreError
        When the backup is damaged, or another program is writing; nothing is changed then.
    """
    wrong = check(path)
    if wrong:
        raise StoreError("\n".join(wrong), remedy="Take another backup.")
    with (
        workspace.writing(),
        explained_faults(f"Restoring {path}"),
        zipfile.ZipFile(path) as archive,
        tempfile.TemporaryDirectory(dir=workspace.state) as folder,
    ):
        for name in sorted(_head(path)["sha256"]):
            place = PurePosixPath(name)
            if place.parts[0] == "state" and len(place.parts) == 2:
                _put_database(archive, name, workspace.state / place.name, Path(folder))
            elif place.parts[0] == "files" and files:
                _put_file(archive, name, workspace.root)
    return read_head(path)


def _put_database(archive: zipfile.ZipFile, name: str, target: Path, folder: Path) -> None:
    still = folder / target.name
    with archive.open(name) as source, still.open("wb") as file:
        while block := source.read(2**20):
            file.write(block)
    if target.name == CATALOGUE:
        with Catalogue(still, create=True) as catalogue:
            catalogue.adopt_identity()
    try:
        _copy_into(still, target)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        set_aside(target)
        _copy_into(still, target)


def _copy_into(still: Path, live: Path) -> None:
    """Replace all that a database holds, for its readers in one moment."""
    with closing(sqlite3.connect(still)) as source, closing(sqlite3.connect(live)) as target:
        target.execute("PRAGMA journal_mode = WAL")
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target)


def set_aside(path: Path) -> Path:
    """Move a damaged database, with its log, out of the way; returns its new name."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    return aside


def _put_file(archive: zipfile.ZipFile, name: str, root: Path) -> None:
    target = (root / PurePosixPath(*PurePosixPath(name).parts[1:])).resolve()
    if not target.is_relative_to(root.resolve()):
        raise StoreError(f"{name} leads out of the workspace.", remedy="Take another backup.")
    write_whole(target, archive.read(name))
