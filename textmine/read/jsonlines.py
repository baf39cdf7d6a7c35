"""JSON: one object a line, or one list of objects; texts, records, or OpenAlex works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from textmine.errors import ReadError
from textmine.read import rows
from textmine.read.source import Source
from textmine.records import RawRecord, RawText
from textmine.settings import ReadSettings

NAME = "json"

OPENALEX = "openalex"
_WORK = "https://openalex.org/W"


def matches(source: Source) -> bool:
    """Text that opens an object or a list of objects, as a file of that name or by its form."""
    head = source.head
    if source.suffix in (".json", ".jsonl", ".ndjson"):
        return head[:1] in ("{", "[")
    return head.startswith(('{"', '[{"', "{\n", "[\n"))


def read(source: Source, limits: ReadSettings) -> list[RawText] | list[RawRecord]:
    """Texts or records, one an object."""
    objects = list(_objects(source.text))
    if not objects:
        raise ReadError("the file holds no objects", remedy="Nothing to do if that is meant.")
    encoding = source.decoded.encoding
    if all(str(value.get("id", "")).startswith(_WORK) for _, value in objects):
        return [
            RawRecord(_work(value), OPENALEX, source.path, item, line, encoding)
            for item, (line, value) in enumerate(objects)
        ]
    table = [rows.Row(line, _flat(value)) for line, value in objects]
    return rows.items(source, table, NAME, encoding=encoding)


def _objects(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file with their lines; of a list or of "results" all count as line 1."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(text)
        return
    if isinstance(whole, dict) and isinstance(whole.get("results"), list):
        whole = whole["results"]
    for value in whole if isinstance(whole, list) else [whole]:
        if isinstance(value, dict):
            yield 1, value


def _lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ReadError(
                f"not valid JSON: {error}",
                place=f"line {number}",
                remedy="Mend the line; each line must be one object.",
            ) from error
        if isinstance(value, dict):
            yield number, value


def _flat(value: dict[str, Any]) -> dict[str, str]:
    """Plain values by name: lists of plain values joined with ";", deeper things left out."""
    flat = {}
    for key, item in value.items():
        if isinstance(item, list):
            flat[key] = ";".join(str(v) for v in item if isinstance(v, (str, int, float)))
        elif item is not None and not isinstance(item, dict):
            flat[key] = str(item)
    return {key: item for key, item in flat.items() if item}


def _work(work: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """An OpenAlex work's values by dotted path; the inverted abstract set right again."""
    fields: dict[str, list[str]] = {}
    _collect(work, "", fields)
    abstract = work.get("abstract_inverted_index")
    if isinstance(abstract, dict):
        fields["abstract"] = [_uninverted(abstract)]
    return {path: tuple(values) for path, values in fields.items() if any(values)}


def _collect(value: Any, path: str, fields: dict[str, list[str]]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "abstract_inverted_index":
                _collect(item, f"{path}.{key}" if path else str(key), fields)
    elif isinstance(value, list):
        for item in value:
            _collect(item, path, fields)
    elif value is not None:
        fields.setdefault(path, []).append(str(value))


def _uninverted(index: dict[str, Any]) -> str:
    places = [
        (place, word)
        for word, where in index.items()
        if isinstance(where, list)
        for place in where
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(places))
