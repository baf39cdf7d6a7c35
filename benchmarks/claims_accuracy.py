"""How many claims of labelled random sentences are found, and how many found are right.

    TEXTMINE_DATA=… python -m benchmarks.claims_accuracy

The labels stand in tests/claims/golden, each with the place of its sentence in the real corpora.
Samples 1 to 5 were labelled before they were run, and rules were changed after each; sample 6 was
labelled before it was run, and nothing has been changed since: it alone is an estimate.

Sample 6 was read twice, the second time in another order and without the first labels, but by
one who knew the rules: κ tells how far the labels hold, the second row of figures is no estimate.
"""

from __future__ import annotations

import itertools
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textmine import claims, policy
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


def records(path: Path) -> list[dict[str, Any]]:
    """The labels of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def claimed_pairs(record: dict[str, Any]) -> set[tuple[str, ...]]:
    """Subject and object of each labelled claim."""
    return {tuple(claim.split()[::2]) for claim in record["claims"]}


def agreement(one: Path, two: Path, data: Path) -> Iterator[str]:
    """κ of two readings of the same sentences, by sentence and by ordered pair of its concepts.

    No interval for pairs: those of one sentence are no independent draws.
    """
    matcher = Matcher(parse_scheme((ROOT / "corpus" / "concepts.toml").read_text("utf-8")))
    read = [
        (claimed_pairs(a), claimed_pairs(b))
        for a, b in zip(records(one), records(two), strict=True)
    ]
    sentences = [[_given(bool(said)) for said in both] for both in read]
    pairs = []
    for record, both in zip(records(one), read, strict=True):
        named = sorted({m.concept for m in matcher.mentions(sentence(data, record))})
        pairs += [[_given(p in said) for said in both] for p in itertools.permutations(named, 2)]
    for unit, marked in (("sentence", sentences), ("pair of concepts", pairs)):
        (k,) = policy.agreement([m[0] for m in marked], [m[1] for m in marked], ["claim"])
        interval = f" [{k.low:.2f}–{k.high:.2f}]" if unit == "sentence" else ""
        yield f"{unit}: n {k.clauses}, marked {k.one} and {k.two}, κ {k.kappa:.2f}{interval}"


def _given(is_claim: bool) -> set[str]:
    return {"claim"} if is_claim else set()


def share(part: int, whole: int) -> str:
    """A share with Wilson's interval."""
    low, high = wilson(part, whole)
    return f"{100 * part / whole:.0f} % [{100 * float(low):.0f}–{100 * float(high):.0f}]"


def main() -> None:
    """Print one row a file of labels."""
    data = Path(os.environ["TEXTMINE_DATA"])
    print("| sample | sentences | right | wrong | missed | precision | recall |")
    print("|---|---:|---:|---:|---:|---|---|")
    second = GOLDEN / "second-reading" / "held-out-sentences.jsonl"
    for path in (*sorted(GOLDEN.glob("*.jsonl")), second):
        c = count(path, data)
        right, wrong, missed = c["right"], c["wrong"], c["missed"]
        rates = f"{share(right, right + wrong)} | {share(right, right + missed)}"
        name = path.relative_to(GOLDEN).with_suffix("").as_posix()
        print(f"| {name} | {c['sentences']} | {right} | {wrong} | {missed} | {rates} |")
    for line in agreement(GOLDEN / second.name, second, data):
        print(line)


if __name__ == "__main__":
    main()
