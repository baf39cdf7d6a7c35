"""The concept scheme: concepts with labels in Chinese and English, and what is broader than what.

The words are those of SKOS (W3C 2009, Simple Knowledge Organization System Reference): prefLabel,
altLabel, hiddenLabel, broader, related. Ours are `exclude`, strings that hold a label and are no
mention, and `shortLabel`, labels that a text uses after a full name (see `named_in_full`). Reads
TOML text; files are opened elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from textmine.concepts.folding import fold_characters
from textmine.errors import SettingsError, UsageError


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept. `pref` and `alt` are by language (`zh`, `en`); the rest as in SKOS."""

    id: str
    pref: Mapping[str, str]
    alt: Mapping[str, tuple[str, ...]]
    hidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    group: str = ""
    definition: str = ""
    scope_note: str = ""
    short: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that is matched: preferred, alternative, hidden, short, in file order."""
        alternatives = [label for labels in self.alt.values() for label in labels]
        return (*self.pref.values(), *alternatives, *self.hidden, *self.short)

    def name(self, language: str = "zh") -> str:
        """The preferred label in a language, or in the other one where it has none."""
        return self.pref.get(language) or next(iter(self.pref.values()))


@dataclass(frozen=True)
class Scheme:
    """Concepts in file order, with the hierarchy resolved.

    `labels` maps each label, with width and case folded, to the id of its concept; `exclusions`
    are the folded strings that are no mention; `fingerprint` changes with any content of the
    scheme.
    """

    concepts: tuple[Concept, ...]
    labels: Mapping[str, str]
    exclusions: tuple[str, ...]
    fingerprint: str
    id: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    _by_id: Mapping[str, Concept] = field(default_factory=dict, repr=False, compare=False)
    _ancestors: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __getitem__(self, concept_id: str) -> Concept:
        if concept_id not in self._by_id:
            raise UsageError(
                f"The concept scheme has no concept {concept_id!r}.",
                remedy="It has: " + ", ".join(self._by_id),
            )
        return self._by_id[concept_id]

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self._by_id

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in file order."""
        return tuple(self._by_id)

    def ancestors(self, concept_id: str) -> tuple[str, ...]:
        """All broader concepts, the nearest first (ties in file order)."""
        return self._ancestors[self[concept_id].id]

    def narrower(self, concept_id: str) -> tuple[str, ...]:
        """All narrower concepts, over any number of steps, in file order."""
        wanted = self[concept_id].id
        return tuple(c.id for c in self.concepts if wanted in self._ancestors[c.id])


class _Entry(BaseModel):
    """A `[[concept]]` as written in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    prefLabel: Annotated[dict[str, Annotated[str, Field(min_length=1)]], Field(min_length=1)]
    altLabel: dict[str, tuple[Annotated[str, Field(min_length=1)], ...]] = {}
    hiddenLabel: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    exclude: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    group: str = ""
    definition: str = ""
    scopeNote: str = ""
    shortLabel: tuple[Annotated[str, Field(min_length=1)], ...] = ()

    def concept(self) -> Concept:
        return Concept(
            self.id,
            MappingProxyType(self.prefLabel),
            MappingProxyType(self.altLabel),
            self.hiddenLabel,
            self.broader,
            self.related,
            self.exclude,
            self.group,
            self.definition,
            self.scopeNote,
            self.shortLabel,
        )


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: dict[str, Any] = {}
    concept: tuple[_Entry, ...] = ()


def parse_scheme(text: str, *, source: str = "concepts.toml") -> Scheme:
    """Read a concept scheme from TOML text.

    Parameters
    ----------
    text
        A `[scheme]` table (optional) and `[[concept]]` entries.
    source
        The file's name, for messages.

    Raises
    ------
    SettingsError
        When the text is no TOML, a key is unknown or of the wrong kind, an id or a label is given
        twice, `broader` or `related` names no concept, or `broader` runs in a circle. The message
        names the file and the concept.
    """
    read = _read(text, source)
    concepts = tuple(entry.concept() for entry in read.concept)
    by_id = _by_id(concepts, source)
    ancestors = _resolve(by_id, source)
    labels = _labels(concepts, source)
    exclusions = _exclusions(concepts, labels, source)
    content = json.dumps(read.model_dump(mode="json"), sort_keys=True, ensure_ascii=True)
    return Scheme(
        concepts,
        MappingProxyType(labels),
        exclusions,
        hashlib.sha256(content.encode()).hexdigest()[:12],
        id=str(read.scheme.get("id", "")),
        title=dict(read.scheme.get("title", {})),
        _by_id=MappingProxyType(by_id),
        _ancestors=MappingProxyType(ancestors),
    )


def _read(text: str, source: str) -> _File:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{source}: not valid TOML: {error}", remedy="Mend the line."
        ) from error
    try:
        return _File.model_validate(raw)
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_explain(source, raw, problem) for problem in error.errors()),
            remedy="The keys of a concept are explained at the top of corpus/concepts.toml.",
        ) from error


def _explain(source: str, raw: Mapping[str, Any], problem: Any) -> str:
    """One validation problem in words: where in the file, and what."""
    where = list(problem["loc"])
    place = ".".join(str(part) for part in where)
    if len(where) > 1 and where[0] == "concept" and isinstance(where[1], int):
        entry = raw["concept"][where[1]]
        name = entry.get("id", "?") if isinstance(entry, dict) else "?"
        place = f"concept {name!r} (number {where[1] + 1}): " + ".".join(map(str, where[2:]))
    if problem["type"] == "extra_forbidden":
        return f"{source}: {place}: there is no such key"
    return f"{source}: {place}: {problem['msg']}"


def _by_id(concepts: Iterable[Concept], source: str) -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for concept in concepts:
        if concept.id in found:
            raise SettingsError(
                f"{source}: concept {concept.id!r} is given twice.", remedy="Join the two entries."
            )
        found[concept.id] = concept
    for concept in concepts:
        for key, ids in (("broader", concept.broader), ("related", concept.related)):
            for other in ids:
                if other not in found:
                    raise SettingsError(
                        f"{source}: concept {concept.id!r}: {key} names {other!r}, "
                        "which is no concept.",
                        remedy=f"Add a [[concept]] with id {other!r}, or correct the name.",
                    )
    return found


def _resolve(by_id: Mapping[str, Concept], source: str) -> dict[str, tuple[str, ...]]:
    """The ancestors of every concept, breadth first."""
    resolved: dict[str, tuple[str, ...]] = {}
    for concept in by_id.values():
        seen: dict[str, None] = {}
        layer = list(concept.broader)
        while layer:
            seen.update(dict.fromkeys(layer))
            layer = [b for name in layer for b in by_id[name].broader if b not in seen]
        if concept.id in seen:
            raise SettingsError(
                f"{source}: concept {concept.id!r} is broader than itself, by way of "
                + ", ".join(repr(name) for name in seen if name != concept.id),
                remedy="Remove one `broader` of the circle.",
            )
        resolved[concept.id] = tuple(seen)
    return resolved


def _labels(concepts: Iterable[Concept], source: str) -> dict[str, str]:
    owner: dict[str, str] = {}
    for concept in concepts:
        for label in concept.labels:
            if label != label.strip():
                raise SettingsError(
                    f"{source}: concept {concept.id!r}: label {label!r} begins or ends with white "
                    "space.",
                    remedy="Remove the white space.",
                )
            folded = fold_characters(label)
            if folded in owner:
                raise SettingsError(
                    f"{source}: concept {concept.id!r}: label {label!r} is already a label of "
                    f"{owner[folded]!r}.",
                    remedy="A label can stand for one concept only; remove one of the two.",
                )
            owner[folded] = concept.id
    return owner


def _exclusions(
    concepts: Iterable[Concept], labels: Mapping[str, str], source: str
) -> tuple[str, ...]:
    """Folded exclusions, each once; an exclusion that holds no label of its concept is a slip."""
    found: dict[str, None] = {}
    for concept in concepts:
        own = [fold_characters(label) for label in concept.labels]
        for text in concept.exclude:
            folded = fold_characters(text)
            if folded in labels:
                raise SettingsError(
                    f"{source}: concept {concept.id!r}: {text!r} is excluded and is also a label "
                    f"of {labels[folded]!r}.",
                    remedy="Remove the exclusion: the longer label wins by itself.",
                )
            if not any(label in folded for label in own):
                raise SettingsError(
                    f"{source}: concept {concept.id!r}: {text!r} is excluded but holds none of "
                    "its labels.",
                    remedy="Move it to the concept whose label it holds, or remove it.",
                )
            found[folded] = None
    return tuple(found)
