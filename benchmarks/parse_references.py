"""How many fields of cited references are read right, per standard, style and field.

Run: TEXTMINE_DATA=<folder of test data> python benchmarks/parse_references.py [--wrong N]
The pairs hold reference strings with the fields they were printed from; a field counts if the
string shows it. Prints one table; with --wrong, the first N wrong fields as well.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from textmine import parse
from textmine.records import Reference

FILES = {"2015": "gbt7714-2015-pairs.jsonl", "2025": "gbt7714-2025-pairs.jsonl"}
FIELDS = ("authors", "title", "journal", "place", "publisher", "year", "volume", "issue", "pages",
          "doi", "url", "accessed", "language")  # fmt: skip


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wrong", type=int, default=0, help="show this many wrong fields")
    wrong = options.parse_args().wrong
    folder = os.environ.get("TEXTMINE_DATA")
    if not folder:
        sys.exit("set TEXTMINE_DATA to the folder of test data")
    for name, right, seen, misses in scores(Path(folder) / "references"):
        total, hit = sum(seen.values()), sum(right.values())
        print(
            f"{name:16} {hit / total:7.2%} of {total}  "
            + "  ".join(f"{f} {right[f]}/{seen[f]}" for f in FIELDS if seen[f])
        )
        for miss in misses[:wrong]:
            print("   ", *miss, sep=" | ")
    throughput(Path(folder) / "references")


Score = tuple[str, Counter[str], Counter[str], list[tuple[str, str, str, str]]]


def scores(folder: Path) -> Iterator[Score]:
    """Per standard and style: right and seen fields, and what was wrong."""
    for standard, file in FILES.items():
        rows = [json.loads(line) for line in (folder / file).read_text("utf-8").splitlines()]
        for style in ("numeric", "authoryear"):
            right, seen = Counter[str](), Counter[str]()
            misses: list[tuple[str, str, str, str]] = []
            for row in rows:
                found = parse.parse_reference(row[style])
                for name, want in expected(row["fields"], row[style], style).items():
                    got = value(found, name)
                    seen[name] += 1
                    if same(name, want, got):
                        right[name] += 1
                    else:
                        misses.append((name, want, got, row[style]))
            yield f"{standard} {style}", right, seen, misses


def value(found: Reference, name: str) -> str:
    """A field as one string."""
    got = getattr(found, name)
    return " ; ".join(got) if isinstance(got, tuple) else "" if got is None else str(got)


def expected(fields: Mapping[str, str], shown: str, style: str) -> dict[str, str]:
    """The fields of a pair under our names, those only that the printed string shows."""
    names = {"journal": "journal", "address": "place", "publisher": "publisher", "year": "year",
             "volume": "volume", "number": "issue", "pages": "pages", "doi": "doi", "url": "url",
             "urldate": "accessed", "title": "title", "school": "publisher",
             "institution": "publisher", "booktitle": "journal"}  # fmt: skip
    want = {ours: fields[theirs] for theirs, ours in names.items() if theirs in fields}
    people = fields.get("holder") or fields.get("author") or fields.get("editor")
    if people and not (("author" not in fields) and "booktitle" in fields):
        want["authors"] = people
    if "number" in fields and "journal" not in fields:
        del want["issue"]
    if "holder" in fields:
        # The country of a patent is not printed, it only begins its number.
        want.pop("place", None)
    return {name: text for name, text in want.items() if is_shown(name, text, shown)}


def is_shown(name: str, text: str, shown: str) -> bool:
    """Whether the printed string has the value at all (styles leave some out)."""
    if name == "authors":
        first = plain(re.split(r",| and ", text)[0])
        return plain(shown).startswith(first[:8])
    if name == "title":
        return plain(text)[:6] in plain(shown)
    if name == "year":
        found = re.search(r"\d{4}", text)
        return found is not None and found.group() in shown
    return plain(text)[:12] in plain(shown)


def plain(text: str) -> str:
    """Letters and figures only, width and case folded; LaTeX taken off."""
    text = re.sub(r"\\[a-z]+|\\&", " ", text)
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if c.isalnum())


def same(name: str, want: str, got: str) -> bool:
    """Whether a field is right: marks, width and case aside; authors by number and surname."""
    if name == "authors":
        wanted = [plain(re.split(r",", person)[0]) for person in want.split(" and ")]
        gotten = got.split(" ; ")
        shown = min(3, len(wanted)) if len(wanted) > 3 else len(wanted)
        ok = len(gotten) in (shown, len(wanted))
        return ok and all(
            plain(g).startswith(w[:40]) or w in plain(g)
            for g, w in zip(gotten, wanted, strict=False)
        )
    if name == "year":
        found = re.search(r"\d{4}", want)
        return found is not None and got == found.group()
    if name in ("volume", "issue", "place"):
        return plain(got) == plain(want) or plain(got) == re.sub(r"[第卷册期]", "", plain(want))
    return plain(got) == plain(want)


def throughput(folder: Path) -> None:
    """Print entries read in a second."""
    lines = (folder / FILES["2015"]).read_text("utf-8").splitlines()
    shown = [json.loads(line)["numeric"] for line in lines] * 5
    start = time.perf_counter()
    for entry in shown:
        parse.parse_reference(entry)
    print(f"{len(shown) / (time.perf_counter() - start):.0f} references a second")


if __name__ == "__main__":
    main()
