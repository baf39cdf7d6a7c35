"""BibTeX and BibLaTeX: entries with braces, quotes, abbreviations (@string) and `#`.

An entry that breaks off is kept as far as it goes, with a warning; reading goes on at the next
`@` that opens a line. TeX accents in values are left as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textmine.read.source import Source
from textmine.records import RawRecord
from textmine.settings import ReadSettings

NAME = "bibtex"

_ENTRY = re.compile(r"^[ \t]{0,8}@[ \t]{0,4}(?P<type>[A-Za-z]{2,30})\s{0,8}[{(]", re.MULTILINE)
_FIELD = re.compile(r"[\s,]{0,200}(?P<name>[A-Za-z][\w:.+-]{0,40})\s{0,40}=\s{0,40}")
_KEY = re.compile(r"\s{0,40}(?P<key>[^,=\s{}\"]{0,200})\s{0,40}(?:,|(?=[})]))")
_KINDS = frozenset((
    "article", "book", "booklet", "collection", "comment", "conference", "dataset", "electronic",
    "inbook", "incollection", "inproceedings", "legislation", "manual", "mastersthesis", "misc",
    "mvbook", "newspaper", "online", "other", "patent", "periodical", "phdthesis", "preamble",
    "proceedings", "reference", "report", "software", "standard", "string", "techreport", "thesis",
    "unpublished", "www",
))  # fmt: skip
_NO_RECORDS = frozenset(("string", "comment", "preamble"))
_SPACE = re.compile(r"\s+")


def matches(source: Source) -> bool:
    """Whether an entry of a known kind opens a line first."""
    match = _ENTRY.search(source.head)
    return match is not None and match["type"].lower() in _KINDS


def read(source: Source, limits: ReadSettings) -> list[RawRecord]:
    """All entries of a file; the kind of entry is the field `ENTRYTYPE`, its key `ID`."""
    text, decoded = source.text, source.decoded
    starts = list(_ENTRY.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    strings: dict[str, str] = {}
    records: list[RawRecord] = []
    line, counted = 1, 0
    for match, end in zip(starts, ends, strict=True):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        kind = match["type"].lower()
        if kind in _NO_RECORDS:
            if kind == "string":
                found = _fields(text, match.end(), end, strings)
                strings |= {field.name.lower(): field.value for field in found}
            continue
        fields, warnings = _entry(text, match.end(), end, strings, line)
        records.append(
            RawRecord(
                {"ENTRYTYPE": (kind,), **fields},
                NAME,
                source.path,
                len(records),
                line,
                decoded.encoding,
                (*decoded.warnings, *warnings),
            )
        )
    return records


def _entry(
    text: str, start: int, end: int, strings: dict[str, str], line: int
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The fields of one entry and what is broken in it."""
    fields: dict[str, list[str]] = {}
    warnings = []
    key = _KEY.match(text, start, end)
    if key:
        fields["ID"] = [key["key"]]
        start = key.end()
    for field in _fields(text, start, end, strings):
        start = field.end
        fields.setdefault(field.name, []).append(field.value.strip())
        if not field.closed:
            warnings.append(f"line {line}: the field {field.name} is not closed")
    if not warnings and not any(mark in text[start:end] for mark in "})"):
        warnings.append(f"line {line}: the entry is not closed")
    kept = {name: tuple(filter(None, values)) for name, values in fields.items() if any(values)}
    return kept, warnings


class _Field(NamedTuple):
    name: str
    value: str
    closed: bool
    end: int


def _fields(text: str, start: int, end: int, strings: dict[str, str]) -> Iterator[_Field]:
    """The fields between two places, white space made single."""
    position = start
    while match := _FIELD.match(text, position, end):
        value, position, closed = _value(text, match.end(), end, strings)
        yield _Field(match["name"], _SPACE.sub(" ", value), closed, position)
        # Go on behind the comma; what stands before it belongs to a value that was not closed.
        position = text.find(",", position, end)
        if position < 0:
            return


def _value(text: str, start: int, end: int, strings: dict[str, str]) -> tuple[str, int, bool]:
    """A value with its parts joined (`#`), the position behind it, and whether it was closed."""
    parts, position, whole = [], start, True
    while position < end:
        char = text[position]
        if char in '{"':
            part, position, whole = _quoted(text, position, end)
            parts.append(part)
        else:
            stop = min((i for c in ",}\n#" if (i := text.find(c, position, end)) >= 0), default=end)
            word = text[position:stop].strip()
            parts.append(strings.get(word.lower(), word))
            position = stop
        after = _skip_spaces(text, position, end)
        if not whole or after >= end or text[after] != "#":
            break
        position = _skip_spaces(text, after + 1, end)
    return "".join(parts), position, whole


def _skip_spaces(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


_DELIMITER = re.compile(r'\\.|[{}"]', re.DOTALL)


def _quoted(text: str, start: int, end: int) -> tuple[str, int, bool]:
    """What stands between braces or quotes; inner braces stay, for they group names."""
    depth, quote = 0, text[start] == '"'
    for match in _DELIMITER.finditer(text, start, end):
        char = match.group()
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        closed = char == "}" if not quote else char == '"' and match.start() > start
        if closed and depth == 0:
            return text[start + 1 : match.start()], match.end(), True
    return text[start + 1 : end].rstrip(" \n}"), end, False
