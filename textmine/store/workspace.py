"""A workspace on disk: its settings, and the few files that a scholar edits by hand."""

from __future__ import annotations

import tomllib
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from textmine.concepts import Matcher, Scheme, parse_scheme
from textmine.errors import SettingsError, UsageError
from textmine.records import Event, Period
from textmine.segment import Lexicon, Segmenter
from textmine.settings import (
    FILE_NAME,
    Settings,
    TopicSettings,
    find_root,
    load_settings,
    parse_recipe,
)
from textmine.store.catalogue import Catalogue
from textmine.store.derived import DerivedStore
from textmine.store.lock import writer_lock

THESAURUS = "thesaurus.txt"


@dataclass(frozen=True)
class Workspace:
    """A folder with a textmine.toml, and what its settings point at."""

    root: Path
    settings: Settings

    @classmethod
    def find(cls, start: Path | str = ".") -> Workspace:
        """The workspace that holds a folder: the nearest textmine.toml upward.

        Raises
        ------
        SettingsError
            When there is none, or it cannot be used.
        """
        root = find_root(Path(start))
        return cls(root, load_settings(root / FILE_NAME))

    @property
    def documents(self) -> Path:
        """The folder that documents are read from."""
        return self.root / self.settings.workspace.documents

    @property
    def output(self) -> Path:
        """The folder that tables, figures and the report go to."""
        return self.root / self.settings.workspace.output

    @property
    def state(self) -> Path:
        """The folder of the catalogue and of everything derived."""
        return self.root / self.settings.workspace.state

    def catalogue(self, *, create: bool = False) -> Catalogue:
        """Open the catalogue; see `Catalogue`."""
        return Catalogue(self.state / "catalogue.sqlite", create=create)

    def derived(self) -> DerivedStore:
        """Open the cache of derived results."""
        return DerivedStore(self.state / "derived.sqlite")

    def writing(self, *, wait: float = 0) -> AbstractContextManager[None]:
        """Be the one writer of this workspace; see `textmine.store.lock.writer_lock`."""
        return writer_lock(self.state, wait=wait)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Domain terms, stop words, synonyms; every label of the concept scheme is a term too."""
        folder = self.root / self.settings.workspace.lexicon
        lexicon = Lexicon.parse(
            _read(folder / "terms.txt"),
            stop_words=_read(folder / "stopwords.txt"),
            thesaurus=_read(folder / THESAURUS) if (folder / THESAURUS).exists() else "",
            source=str(folder / "terms.txt"),
            thesaurus_source=str(folder / THESAURUS),
        )
        return lexicon.with_labels(
            label for c in self.scheme for label in (c.pref["zh"], *c.alt.get("zh", ()))
        )

    @cached_property
    def segmenter(self) -> Segmenter:
        """The segmenter with this workspace's lexicon."""
        segment = self.settings.segment
        return Segmenter(self.lexicon, **segment.model_dump())

    @cached_property
    def scheme(self) -> Scheme:
        """The concept scheme."""
        path = self.root / self.settings.workspace.concepts
        return parse_scheme(_read(path), source=str(path))

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher of the concept scheme."""
        return Matcher(self.scheme)

    def coding(self, name: str) -> tuple[str, str]:
        """A coding scheme of policies and where it stands; the one that `init` makes if there is none."""
        path = self.root / self.settings.workspace.coding / f"{name}.toml"
        if path.exists():
            return _read(path), str(path)
        given = resources.files("textmine").joinpath(f"cli/starter/corpus/coding/{name}.toml")
        return given.read_text("utf-8"), path.name

    def recipe(self, name: str) -> TopicSettings:
        """A model recipe of the models folder, by the name of its file without .toml.

        Raises
        ------
        UsageError
            When there is none of this name; the message lists those that there are.
        """
        folder = self.root / self.settings.workspace.models
        known = sorted(path.stem for path in folder.glob("*.toml"))
        if name not in known:
            raise UsageError(
                f"There is no recipe {name!r} in {folder}.",
                remedy=f"There are: {', '.join(known) or 'none'}.",
            )
        path = folder / f"{name}.toml"
        return parse_recipe(_read(path), source=str(path))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The named periods, in order of their first year."""
        path = self.root / self.settings.workspace.periods
        return parse_periods(_read(path), source=str(path))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The policy events beside the periods, in order of their year."""
        path = self.root / self.settings.workspace.periods
        return parse_events(_read(path), source=str(path))


def parse_periods(text: str, *, source: str = "periods.toml") -> tuple[Period, ...]:
    """Read named periods from TOML: `[[period]]` with name, first and last (years, inclusive).

    Raises
    ------
    SettingsError
        When a period lacks a key or ends before it begins.
    """
    try:
        rows = tomllib.loads(text).get("period", [])
        periods = [Period(str(r["name"]), int(r["first"]), int(r["last"])) for r in rows]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            f"{source}: a period cannot be read: {error}",
            remedy='Each [[period]] needs name = "…", first = YEAR and last = YEAR.',
        ) from error
    for period in periods:
        if period.last < period.first:
            raise SettingsError(
                f"{source}: period {period.name} ends in {period.last}, before {period.first}.",
                remedy="Swap first and last.",
            )
    return tuple(sorted(periods, key=lambda p: (p.first, p.last, p.name)))


def parse_events(text: str, *, source: str = "periods.toml") -> tuple[Event, ...]:
    """Read policy events from TOML: `[[event]]` with name, year and, if wanted, name_en.

    Raises
    ------
    SettingsError
        When an event lacks its name or its year.
    """
    try:
        rows = tomllib.loads(text).get("event", [])
        events = [Event(str(r["name"]), int(r["year"]), str(r.get("name_en", ""))) for r in rows]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            f"{source}: an event cannot be read: {error}",
            remedy='Each [[event]] needs name = "…" and year = YEAR.',
        ) from error
    return tuple(sorted(events, key=lambda e: (e.year, e.name)))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read: {error}",
            remedy="Save it as UTF-8 text, or copy the one that `textmine init` makes.",
        ) from error
