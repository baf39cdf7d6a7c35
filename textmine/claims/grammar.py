"""The rules as data: TOML files with word lists, building blocks and patterns.

A pattern is a regular expression in verbose form (white space does not count) in which `<name>`
stands for a word list or block of words.toml, and `<A>`, `<B>`, `<N>`, `<LAST>` for noun phrases
that hold concepts. See `textmine/claims/rules/promotes.toml` for the form of a rule.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from textmine.claims.sentences import CONCEPT, PHRASE, chunker
from textmine.errors import SettingsError
from textmine.records import Modality, Relation

_REFERENCE = re.compile(r"(?<!\?P)<(\w+)>")

# The slots. A rule for a denied or demanded statement needs no pattern of its own: what stands in
# the first <gap> is looked at afterwards.
_SLOTS = {
    "A": f"(?P<A>{PHRASE})",
    "B": f"(?P<B>{PHRASE})",
    "B2": f"(?P<B2>{PHRASE})",
    # Both in one phrase: the head is the subject, its owner the object (产业集群的联盟).
    "BA": f"(?P<BA>{PHRASE})",
    # An object that has an owner by 的 (产学研相结合的技术创新体系).
    "OWNED": f"(?P<OWNED>(?P<B>{PHRASE}))",
    "N": PHRASE,
    # The subject within the block `topic`, by either of two ways to find it.
    "S": f"(?P<S>{PHRASE})",
    "S1": f"(?P<S1>{PHRASE})",
    "concept": CONCEPT,
    # The last phrase of the clause before: the antecedent of 使之.
    "LAST": f"(?P<A>{PHRASE})[^{PHRASE}，。；：]{{0,10}}，",
}

# The slot A at the beginning of a pattern, where it is the subject of what follows. No subject is
# what a preposition governs (与企业…), or what shares its verb with the next (推动企业发展并提升…).
_SUBJECT = f"(?<![与对向在从于])(?<!(?<!认)为)(?P<A>{PHRASE})(?!并(?![不未非没])|且|而且|从而|进而|来|再|后)"

# In place of a subject, at the beginning of a clause: a pronoun or nothing.
_PRONOUN = "(?:它们|它|其(?![他它中次余实])|这(?![种个些类样项里])|此举)"
_CARRIED = f"(?P<A>{_PRONOUN}?)"


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the claims that must come out of it, in the short form of the rule files."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means. `carried` is the pattern with the subject left out."""

    id: str
    relation: Relation
    pattern: re.Pattern[str]
    carried: re.Pattern[str] | None
    modality: Modality | None
    about: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Rules in the order in which they are tried, and the blocks that the engine itself uses.

    `phrase` is a noun phrase; `topic` a clause with a subject (group `S`), `open` one without,
    `follows` one that says what follows from the clause before it.
    """

    rules: tuple[Rule, ...]
    phrase: re.Pattern[str]
    topic: re.Pattern[str]
    open: re.Pattern[str]
    follows: re.Pattern[str]


class _ExampleEntry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    claims: tuple[str, ...]


class _RuleEntry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    relation: Relation
    pattern: str
    about: str = ""
    modality: Modality | None = None
    carry: bool = True
    examples: Annotated[tuple[_ExampleEntry, ...], Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, tuple[Annotated[str, Field(min_length=1)], ...]] = {}
    blocks: dict[str, str] = {}
    rule: tuple[_RuleEntry, ...] = ()


def package_rules() -> dict[str, str]:
    """The package's own rule files, by name.

    To add rules: `parse_grammar(package_rules() | {"mine.toml": text})`.
    """
    folder = importlib.resources.files("textmine.claims") / "rules"
    return {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


@functools.cache
def default_grammar() -> Grammar:
    """The package's own rules, compiled once."""
    return parse_grammar(package_rules())


def parse_grammar(files: Mapping[str, str]) -> Grammar:
    """Read rules from the texts of TOML files.

    Parameters
    ----------
    files
        Text by file name. Word lists and blocks of all files hold for all; rules are tried in the
        order of `ORDER`, files not named there after those, by name.

    Raises
    ------
    SettingsError
        When a file is no TOML, a key is unknown, a name is used but not given, a rule's id is
        given twice, or a pattern is no regular expression or has no slot for subject and object.
    """
    read = {name: _read(files[name], name) for name in sorted(files, key=_order)}
    blocks = _blocks(read)
    rules: dict[str, Rule] = {}
    for name, file in read.items():
        for entry in file.rule:
            if entry.id in rules:
                raise SettingsError(
                    f"{name}: rule {entry.id!r} is given twice.", remedy="Rename one of the two."
                )
            rules[entry.id] = _rule(entry, blocks, name)

    def block(name: str) -> str:
        return _expand(f"<{name}>", blocks, "words.toml")

    return Grammar(
        tuple(rules.values()),
        phrase=chunker(block("tail"), block("member")),
        **{name: _compile(block(name), "words.toml") for name in ("topic", "open", "follows")},
    )


# What says more comes first: "是…的一种形式" is no mere copula, "受…制约" no promotion.
ORDER = ("is_a.toml", "part_of.toml", "inhibits.toml", "requires.toml", "promotes.toml")


def _order(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def _read(text: str, source: str) -> _File:
    try:
        return _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{source}: not valid TOML: {error}", remedy="Mend the line."
        ) from error
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"])
        raise SettingsError(
            f"{source}: {place}: {problem['msg']}",
            remedy="The form of a rule is explained in textmine/claims/rules/promotes.toml.",
        ) from error


def _blocks(read: Mapping[str, _File]) -> dict[str, str]:
    """Word lists as alternatives, the longest first, and blocks as written."""
    words: dict[str, tuple[str, ...]] = {}
    blocks: dict[str, str] = {}
    for file in read.values():
        for name, entries in file.words.items():
            words[name] = (*words.get(name, ()), *entries)
        blocks.update(file.blocks)
    return blocks | {name: alternatives(entries) for name, entries in words.items()}


def alternatives(words: tuple[str, ...]) -> str:
    """Any of some words, the longest first, as a pattern."""
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


def _rule(entry: _RuleEntry, blocks: Mapping[str, str], source: str) -> Rule:
    place = f"{source}: rule {entry.id!r}"
    led, rest = _led(entry.pattern)
    pattern = _compile((_SUBJECT if led else "") + _expand(rest, blocks, place), place)
    if not ({"A", "B"} <= pattern.groupindex.keys() or "BA" in pattern.groupindex):
        raise SettingsError(
            f"{place}: the pattern has no <A> or no <B>, nor <BA>.",
            remedy="Name subject and object.",
        )
    carried = None
    if entry.carry and led:
        carried = _compile(
            _CARRIED + _expand(rest.replace("<some>", "<gap>"), blocks, place), place
        )
    examples = tuple(Example(e.text, e.claims) for e in entry.examples)
    return Rule(entry.id, entry.relation, pattern, carried, entry.modality, entry.about, examples)


def _led(pattern: str) -> tuple[bool, str]:
    """Whether a pattern begins with its subject, and the pattern without it."""
    rest = pattern.lstrip()
    return rest.startswith("<A>"), rest.removeprefix("<A>")


def _expand(pattern: str, blocks: Mapping[str, str], place: str) -> str:
    """Replace every `<name>`; the gaps become groups, gap1 and so on, for polarity."""
    gaps = iter(range(1, 10))

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        if name in _SLOTS:
            return _SLOTS[name]
        if name not in blocks:
            raise SettingsError(
                f"{place}: <{name}> is neither a word list nor a block.",
                remedy="It has: " + ", ".join(sorted([*_SLOTS, *blocks])),
            )
        inner = _REFERENCE.sub(replace, blocks[name])
        return f"(?P<gap{next(gaps)}>{inner})" if name in ("gap", "some", "adverbs") else inner

    return _REFERENCE.sub(replace, pattern)


def _compile(pattern: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.VERBOSE)
    except re.error as error:
        raise SettingsError(
            f"{place}: the pattern cannot be used: {error}", remedy="Check its brackets."
        ) from error
