"""Policies of the sample corpus and of real collections, field by field."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from textmine.parse import doc_number, issuers
from textmine.parse.policy import looks_like_policy, parse_policy
from textmine.parse.policy_links import links
from textmine.read import read
from textmine.records import Document, RawFile, RawText, fold
from textmine.settings import ReadSettings

DATA = os.environ.get("TEXTMINE_DATA")
ROOT = Path(__file__).parents[2]
TRUTH = ROOT / "tests" / "corpus_truth" / "policies.jsonl"
needs_data = pytest.mark.skipif(DATA is None, reason="TEXTMINE_DATA is not set")


def raw_text(path: Path) -> RawText:
    """The first text of a file, under its name alone."""
    (raw, *_) = read(RawFile(path.name, path.read_bytes()), ReadSettings())
    assert isinstance(raw, RawText)
    return raw


def samples() -> list[tuple[dict, Document]]:
    rows = [json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines()]
    folder = ROOT / "corpus" / "documents"
    return [(row, parse_policy(raw_text(folder / row["file"]))) for row in rows]


def fields(d: Document) -> dict[str, object]:
    return {
        "title": fold(d.title), "issuers": [issuers.full_name(n) for n in d.issuers],
        "doc_number": d.doc_number, "date": d.date, "year": d.year, "doc_type": d.doc_type,
        "recipients": "，".join(d.recipients), "level": d.level, "region": d.region,
        "attachments": list(d.attachments), "effective_date": d.effective_date,
        "headings": [(s.number, fold(s.title)) for s in d.sections if s.number],
    }  # fmt: skip


def expected(row: dict) -> dict[str, object]:
    number = row["doc_number"]
    return {
        **{k: row.get(k, "") for k in ("date", "year", "doc_type", "recipients", "level", "region")},
        "attachments": row["attachments"], "effective_date": row.get("effective_date", ""),
        "title": fold(row["title"]), "issuers": [issuers.full_name(n) for n in row["issuers"]],
        "doc_number": doc_number.canonical(number) if number else "",
        "headings": [(n, fold(t)) for n, t in row["headings"]],
    }  # fmt: skip


@pytest.mark.skipif(not TRUTH.exists(), reason="the sample corpus is not here")
def test_the_samples_parse_as_they_were_written():
    right: Counter[str] = Counter()
    wrong = []
    parsed = samples()
    for row, d in parsed:
        want = expected(row)
        for name, value in fields(d).items():
            right[name] += value == want[name]
            wrong += [] if value == want[name] else [(row["file"], name)]
    assert sum(right.values()) >= 0.99 * len(parsed) * len(right), wrong
    assert min(right.values()) >= 0.95 * len(parsed), wrong


@pytest.mark.skipif(not TRUTH.exists(), reason="the sample corpus is not here")
def test_what_the_samples_cite_is_found():
    for row, d in samples():
        found = links(d.text)
        named = {x.doc_number for x in found} | {x.title for x in found}
        assert {doc_number.canonical(c) for c in row["cites"]} <= named, row["file"]


@needs_data
@pytest.mark.parametrize("with_table", [True, False])
def test_the_fields_of_state_council_pages(with_table):
    folder = Path(str(DATA)) / "policy" / "state-council-pages"
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    right = total = 0
    for row in map(json.loads, lines):
        raw = raw_text(folder / Path(row["file"]).name)
        d = parse_policy(raw if with_table else RawText(raw.text, raw.format))
        got = {
            "title": d.title,
            "issuer": "、".join(d.issuers),
            "doc_no": d.doc_number,
            "date_written": d.date,
        }
        if with_table:
            got |= {"index_no": d.index_number, "date_published": d.published}
        right += sum(fold(value) == fold(row[name]) for name, value in got.items())
        total += len(got)
        assert d.recipients
        assert looks_like_policy(raw) >= 0.5
    assert right >= 0.97 * total


@needs_data
def test_central_work_reports_have_title_kind_and_year():
    paths = sorted((Path(str(DATA)) / "policy" / "central-work-reports").glob("[12]*.txt"))
    assert len(paths) == 53
    for path in paths:
        raw = raw_text(path)
        d = parse_policy(raw)
        assert (d.title, d.doc_type, d.issuers) == ("政府工作报告", "工作报告", ("国务院",))
        assert d.year == int(path.name[:4])
        assert looks_like_policy(raw) >= 0.5
        if path.name.startswith(("1959", "1991")):
            assert any("twice" in w for w in d.warnings)


@needs_data
def test_provincial_reports_are_dated_and_placed():
    for path in sorted((Path(str(DATA)) / "policy" / "provincial-work-reports-2026").glob("*.csv")):
        d = parse_policy(raw_text(path))
        assert (d.year, d.level, d.region) == (2026, "provincial", path.name.split("_")[1])
        assert len(d.date) == 10
        assert not any(w in d.text for w in ("打印本", "分享到", "【字"))


@needs_data
def test_laws_have_articles_and_a_day_in_force():
    folder = Path(str(DATA)) / "policy"
    raws = read(
        RawFile("laws.jsonl", (folder / "laws-innovation.jsonl").read_bytes()), ReadSettings()
    )
    laws = [parse_policy(raw) for raw in raws if isinstance(raw, RawText)]
    assert len(laws) == 137
    assert sum(bool(d.effective_date) for d in laws) >= 130
    assert sum(d.year is not None for d in laws) >= 135
    assert sum(any(s.number.endswith("条") for s in d.sections) for d in laws) >= 134


@needs_data
def test_database_copies_of_local_policies():
    for path in sorted((Path(str(DATA)) / "policy" / "pkulaw-txt").glob("*.txt")):
        d = parse_policy(raw_text(path))
        assert d.issuers
        assert d.doc_number
        assert d.date
        assert d.level in ("provincial", "municipal")
        assert "法宝" not in d.text
        assert d.recipients


@needs_data
def test_papers_are_no_policies():
    papers = sorted((Path(str(DATA)) / "papers" / "chinaxiv").glob("*.md"))[::8]
    assert sum(looks_like_policy(raw_text(path)) >= 0.45 for path in papers) == 0
