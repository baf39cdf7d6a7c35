"""What every kind of source gives: files that are new or changed since it was last asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from textmine.records import Failure
from textmine.settings import SourceSettings

Mark = Mapping[str, str]
"""What a source remembers of an item so as to tell whether it has changed; JSON-ready."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """An item of a source.

    Attributes
    ----------
    key
        What the source knows it by: a path or an address.
    mark
        To be handed back when the source is asked again.
    name
        The file below the source's folder, with `/`; empty when there is only a mark to keep.
    data
        Its bytes.
    """

    key: str
    mark: Mark
    name: str = ""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Asked:
    """A source being asked.

    Attributes
    ----------
    settings
        Of the source.
    root
        The workspace's folder, which paths are relative to.
    known
        Marks of what it has delivered before, by key.
    now
        The time, in UTC.
    """

    settings: SourceSettings
    root: Path
    known: Mapping[str, Mark]
    now: datetime


Offer = Callable[[Asked], Iterator[Delivery | Failure]]
"""A kind of source: yields what is new or changed, and what could not be had."""


def refusal(asked: Asked, key: str, reason: str, remedy: str) -> Failure:
    """What could not be had from a source."""
    return Failure(f"{asked.settings.name}: {key}", "fetch", reason, remedy=remedy)
