"""A file being read: its bytes, and its text once somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Protocol

from textmine.read.encoding import Decoded, decode
from textmine.records import RawRecord, RawText
from textmine.settings import ReadSettings


@dataclass(frozen=True)
class Source:
    """A file's name and bytes, decoded at most once however many formats look at it."""

    path: str
    data: bytes

    @cached_property
    def decoded(self) -> Decoded:
        """The text with its encoding; raises ReadError when it is none."""
        return decode(self.data)

    @cached_property
    def text(self) -> str:
        """The text with line ends as `\\n`."""
        return self.decoded.text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def head(self) -> str:
        """The first characters, enough to tell a format by."""
        return self.text[:20_000].lstrip()

    @property
    def suffix(self) -> str:
        """The name's ending in lower case, with its dot."""
        return PurePosixPath(self.path).suffix.lower()


class Format(Protocol):
    """What a format's module offers."""

    NAME: str

    def matches(self, source: Source) -> bool:
        """Whether the content is of this format; must not raise for bytes it accepts to see."""
        ...

    def read(self, source: Source, limits: ReadSettings) -> list[RawText] | list[RawRecord]:
        """What the file holds; raises ReadError when it cannot be read."""
        ...
