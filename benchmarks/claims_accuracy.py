"""How many claims of labelled random sentences are found, and how many found are right.

    TEXTMINE_DATA=… python -m benchmarks.claims_accuracy

The labels stand in tests/claims/golden, each with the place of its sentence in the real corpora.
Samples 1 to 5 were labelled before they were run, and rules were changed after each; sample 6 was
labelled before it was run, and nothing has been changed since: it alone is an estimate.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

from textmine import claims
from textmine.concepts import Matcher, parse_scheme
from textmine.evolution import wilson

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "claims" / "golden"


def sentence(data: Path, record: dict[str, object]) -> str:
    """The labelled sentence."""
    text = (data / str(record["file"])).read_text("utf-8", errors="ignore")
    if "record" in record:
        text = json.loads(text.split("\n")[int(str(record["record"]))])["text"]
    return text[int(str(record["start"])) : int(str(record["end"]))].strip()


def count(path: Path, data: Path) -> Counter[str]:
    """Sentences, and claims right, wrong and missed; debatable ones count neither way."""
    scheme = parse_scheme((ROOT / "corpus" / "concepts.toml").read_text("utf-8"))
    matcher, counted = Matcher(scheme), Counter[str]()
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        text = sentence(data, record)
        found = {
            f"{c.subject} {c.relation} {c.object}"
            for c in claims.extract(text, matcher.mentions(text), scheme=scheme)
        }
        wanted, debatable = set(record["claims"]), set(record.get("debatable", ()))
        counted["sentences"] += 1
        counted["right"] += len(found & wanted)
        counted["wrong"] += len(found - wanted - debatable)
        counted["missed"] += len(wanted - found)
    return counted


def share(part: int, whole: int) -> str:
    """A share with Wilson's interval."""
    low, high = wilson(part, whole)
    return f"{100 * part / whole:.0f} % [{100 * float(low):.0f}–{100 * float(high):.0f}]"


def main() -> None:
    """Print one row a file of labels."""
    data = Path(os.environ["TEXTMINE_DATA"])
    print("| sample | sentences | right | wrong | missed | precision | recall |")
    print("|---|---:|---:|---:|---:|---|---|")
    for path in sorted(GOLDEN.glob("*.jsonl")):
        c = count(path, data)
        right, wrong, missed = c["right"], c["wrong"], c["missed"]
        rates = f"{share(right, right + wrong)} | {share(right, right + missed)}"
        print(f"| {path.stem} | {c['sentences']} | {right} | {wrong} | {missed} | {rates} |")


if __name__ == "__main__":
    main()
