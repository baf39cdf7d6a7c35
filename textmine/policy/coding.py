"""Coding policies clause by clause, by a scheme that a scholar writes.

A clause is a sentence, or a part of one that ends in a semicolon. It gets every code of which a
cue stands in it: the unit and the rules are those of content analysis by hand (Krippendorff
2018, Content Analysis), so that two people and the program can be compared on the same sheet.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from textmine.errors import SettingsError
from textmine.policy import cues
from textmine.records import Section
from textmine.segment import sentences

Model = TypeVar("Model", bound=BaseModel)
Name = dict[str, str]
Text = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """A part of a coding file: no unknown key, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Group(Entry):
    """A kind of instrument."""

    id: Text
    name: Name


class Code(Entry):
    """A code with its cues; `…` in a cue is a short gap within the clause."""

    id: Text
    group: Text
    name: Name
    cues: Annotated[tuple[Text, ...], Field(min_length=1)]
    exclude: tuple[Text, ...] = ()


class CodingScheme(Entry):
    """Codes in groups."""

    id: Text
    title: Name
    groups: tuple[Group, ...]
    codes: tuple[Code, ...]


class Coded(NamedTuple):
    """A clause with a code: `text[start:end]` is the clause, `cue` what gave the code."""

    start: int
    end: int
    group: str
    code: str
    cue: str


def parse_coding(text: str, *, source: str = "instruments.toml") -> CodingScheme:
    """Read a coding scheme from TOML.

    Raises
    ------
    SettingsError
        When it is no TOML, a key is missing or unknown, or a code names no group of the scheme.
    """
    raw = read_toml(text, source)
    head = {"groups": raw.get("group", ()), "codes": raw.get("code", ())}
    scheme = checked(CodingScheme, {**table(raw, "scheme"), **head}, source)
    known = {group.id for group in scheme.groups}
    for code in scheme.codes:
        if code.group not in known:
            raise SettingsError(
                f"{source}: code {code.id}: there is no group {code.group}.",
                remedy=f"Groups: {', '.join(sorted(known))}.",
            )
    return scheme


def read_toml(text: str, source: str) -> dict[str, object]:
    """The content of a TOML file of the user's."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{source}: not valid TOML: {error}", remedy="Mend the line."
        ) from error


def table(raw: Mapping[str, object], key: str) -> dict[str, object]:
    """A table of a TOML file; empty where there is none, for the check of its keys to name."""
    value = raw.get(key)
    return dict(value) if isinstance(value, Mapping) else {}


def checked(model: type[Model], values: object, source: str) -> Model:
    """Values as a model, or an error that names the first wrong key."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        wrong = error.errors()[0]
        place = ".".join(str(part) for part in wrong["loc"])
        raise SettingsError(
            f"{source}: {place}: {wrong['msg']}",
            remedy="The keys are explained at the top of the file of that name in corpus/coding.",
        ) from error


class Coder:
    """Codes texts by a scheme. Time is linear in the text for a given scheme."""

    def __init__(self, scheme: CodingScheme) -> None:
        self.scheme = scheme
        self._patterns: list[tuple[Code, re.Pattern[str]]] = [
            (code, cues.pattern(code.cues, code.exclude)) for code in scheme.codes
        ]

    def clauses(self, text: str, sections: Sequence[Section]) -> list[tuple[int, int]]:
        """The clauses of body and attachments; headings are clauses, too."""
        spans = [(s.start, s.end) for s in sections if s.role in ("body", "attachment")]
        return [
            (start + a, start + b)
            for start, end in spans or [(0, len(text))]
            for a, b in sentences(text[start:end])
        ]

    def code(self, text: str, sections: Sequence[Section] = ()) -> list[Coded]:
        """Every clause that has a code, once for each of its codes, in order."""
        found = []
        for start, end in self.clauses(text, sections):
            for code, pattern in self._patterns:
                cue = cues.first(pattern, text, start, end)
                if cue:
                    found.append(Coded(start, end, code.group, code.id, cue))
        return found
