"""Ask the sources that are due, put what they deliver into the documents folder, remember it.

What is remembered lies in `sources.json` of the state folder. Lost, it costs asking for
everything once more.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from textmine.errors import SettingsError, UsageError
from textmine.records import Failure
from textmine.settings import SourceSettings, seconds
from textmine.store import Workspace
from textmine.store.files import write_whole
from textmine.update.sources.contract import Asked, Delivery, Mark, Offer, refusal
from textmine.update.sources.drops import drops, folder, zips

logger = logging.getLogger(__name__)

NAME = "sources.json"
ON_DISK: Mapping[str, Offer] = {"folder": folder, "drops": drops, "zips": zips}
# A nightly run starts some seconds earlier or later: a source of every day is due after 0.9 days.
SLACK = 0.9
# A long run that is cut off keeps what it had; each time is one small file written.
REMEMBERED_EVERY = 20


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source delivered: paths below the documents folder, and what could not be had."""

    source: str
    paths: tuple[str, ...]
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class _Memory:
    """What is remembered of a source: when it was asked, what it has delivered, what failed."""

    asked: str = ""
    known: dict[str, Mark] = field(default_factory=dict)
    failures: list[dict[str, Any]] = field(default_factory=list)


def due(workspace: Workspace, now: datetime | None = None) -> list[SourceSettings]:
    """The sources whose time has come, in the order of the settings."""
    now = now or datetime.now(UTC)
    memory = _remembered(workspace)
    return [s for s in workspace.settings.source if _is_due(s, memory.get(s.name), now)]


def fetch(
    workspace: Workspace, names: Sequence[str] | None = None, *, now: datetime | None = None
) -> list[Fetched]:
    """Ask sources and write what they deliver below the documents folder.

    The caller holds the writer's lock.

    Parameters
    ----------
    names
        Ask these, whatever their schedule; default: those that are due.
    now
        The time, in UTC; default: the clock's.

    Raises
    ------
    UsageError
        When there is no source of a name.
    SettingsError
        When a source's folder and the documents folder hold each other.
    OSError
        When the documents folder cannot be written.
    """
    now = now or datetime.now(UTC)
    asked = due(workspace, now) if names is None else [_named(workspace, n) for n in names]
    memory = _remembered(workspace)
    done = []
    for settings in asked:
        of_source = memory.setdefault(settings.name, _Memory())
        done.append(_fetch_one(workspace, settings, memory, of_source, now))
    known = {settings.name for settings in workspace.settings.source}
    if asked or {*memory} - known:
        _remember(workspace, {name: memory[name] for name in memory if name in known})
    return done


def left_failures(workspace: Workspace) -> list[Failure]:
    """What could not be had when each source was last asked."""
    memory = _remembered(workspace)
    names = [settings.name for settings in workspace.settings.source]
    return [Failure(**f) for name in names if name in memory for f in memory[name].failures]


def _fetch_one(
    workspace: Workspace,
    settings: SourceSettings,
    memory: dict[str, _Memory],
    of_source: _Memory,
    now: datetime,
) -> Fetched:
    target = workspace.documents / settings.name
    _check_apart(workspace, settings, target)
    request = Asked(settings, workspace.root, dict(of_source.known), now)
    paths: list[str] = []
    failures: list[Failure] = []
    for offered in _offers(request):
        if isinstance(offered, Failure):
            failures.append(offered)
            continue
        if offered.name:
            paths.append(_put(workspace.documents, target, offered))
        of_source.known[offered.key] = offered.mark
        if offered.name and len(paths) % REMEMBERED_EVERY == 0:
            _remember(workspace, memory)
    of_source.asked = now.isoformat(timespec="seconds")
    of_source.failures = [asdict(failure) for failure in failures]
    logger.info("source %s: %d files, %d failures", settings.name, len(paths), len(failures))
    return Fetched(settings.name, tuple(paths), tuple(failures))


def _offers(request: Asked) -> Iterator[Delivery | Failure]:
    """What a source offers; a folder that cannot be listed is a failure of the source alone."""
    settings = request.settings
    try:
        yield from _offer(settings.kind)(request)
    except OSError as error:
        reason = f"the source cannot be read: {error.strerror}"
        yield refusal(request, settings.at, reason, "Is a disk not mounted? It is tried again.")


def _offer(kind: str) -> Offer:
    if kind in ON_DISK:
        return ON_DISK[kind]
    # Only pages need the libraries of the web.
    from textmine.update.sources.page import page

    return page


def _put(documents: Path, target: Path, offered: Delivery) -> str:
    """Write a delivery; a name can only mean a place below the source's folder."""
    parts = PurePosixPath(offered.name).parts
    path = target.joinpath(*parts)
    if ".." in parts or not path.resolve().is_relative_to(target.resolve()):
        raise ValueError(f"{offered.name} leads out of {target}")
    write_whole(path, offered.data)
    return path.relative_to(documents).as_posix()


def _named(workspace: Workspace, name: str) -> SourceSettings:
    known = {settings.name: settings for settings in workspace.settings.source}
    if name not in known:
        raise UsageError(
            f"There is no source {name!r} in textmine.toml.",
            remedy=f"There are: {', '.join(known) or 'none'}.",
        )
    return known[name]


def _check_apart(workspace: Workspace, settings: SourceSettings, target: Path) -> None:
    """A source that lies in the folder it delivers to would feed on itself."""
    if settings.kind == "page":
        return
    place = (workspace.root / settings.at).resolve()
    documents = workspace.documents.resolve()
    if place.is_relative_to(documents) or target.resolve().is_relative_to(place):
        raise SettingsError(
            f"textmine.toml: source {settings.name}: {place} and the documents folder hold each"
            " other.",
            remedy="What lies in the documents folder is read without a source.",
        )


def _is_due(settings: SourceSettings, memory: _Memory | None, now: datetime) -> bool:
    if memory is None or not memory.asked:
        return True
    age = (now - datetime.fromisoformat(memory.asked)).total_seconds()
    # A clock that was set back must not silence a source for years.
    return age < 0 or age >= SLACK * seconds(settings.every)


def _remembered(workspace: Workspace) -> dict[str, _Memory]:
    try:
        plain = json.loads((workspace.state / NAME).read_text(encoding="utf-8"))
        return {name: _Memory(**memory) for name, memory in plain.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(workspace: Workspace, memory: Mapping[str, _Memory]) -> None:
    plain = {name: asdict(one) for name, one in sorted(memory.items())}
    write_whole(workspace.state / NAME, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
