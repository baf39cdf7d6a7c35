"""What has to be done about each file, and why: a pure function of what is seen and known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textmine.store import FileRow
from textmine.update.scan import Found

Verb = Literal["add", "change", "reparse", "remove"]


@dataclass(frozen=True, slots=True)
class Step:
    """What will be done about a file, and why."""

    verb: Verb
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who would read the files now.

    Attributes
    ----------
    code
        Fingerprint of the readers and parsers.
    limits
        Fingerprint of the limits under which they read.
    """

    code: str
    limits: str = ""

    @property
    def under_limits(self) -> str:
        """The mark of a file of which something was refused: other limits may let it in."""
        return f"{self.code}+{self.limits}"


def plan(
    found: Iterable[Found],
    known: Mapping[str, FileRow],
    reader: Reader,
    *,
    closed: Sequence[str] = (),
) -> list[Step]:
    """Decide what to do about each file; files that need nothing are left out.

    Parameters
    ----------
    found
        What the folder holds now.
    known
        What the catalogue knows, by path.
    reader
        Who would read the files now.
    closed
        Folders that could not be listed: what is known of their files stays.
    """
    steps = []
    here = set()
    for file in found:
        here.add(file.path)
        step = _step(file, known.get(file.path), reader)
        if step is not None:
            steps.append(step)
    kept = tuple(closed)
    gone = (path for path in known if path not in here and not path.startswith(kept or "\0"))
    steps += [Step("remove", path, "no longer there") for path in gone]
    return sorted(steps, key=lambda step: step.path)


def _step(file: Found, row: FileRow | None, reader: Reader) -> Step | None:
    if row is None:
        return Step("add", file.path, "new file")
    if not row.parser:
        return Step("reparse", file.path, "could not be opened last time")
    if row.parser not in (reader.code, reader.under_limits):
        limits_only = row.parser.startswith(reader.code + "+")
        changed = "limits" if limits_only else "readers or parsers"
        return Step("reparse", file.path, f"the {changed} have changed")
    if row.size != file.size:
        return Step("change", file.path, f"size {row.size} → {file.size} bytes")
    if not row.mtime_ns:
        return Step("change", file.path, "written too shortly before the last update to be sure")
    if row.mtime_ns != file.mtime_ns:
        return Step("change", file.path, "modified since the last update")
    return None
