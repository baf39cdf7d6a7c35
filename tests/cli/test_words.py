import csv
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace


def run(workspace: Workspace, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "-w", str(workspace.root)])
    assert result.exit_code == code, result.output + result.stderr
    return result.stdout


@pytest.fixture
def workspace(sample_workspace: Workspace, tmp_path: Path) -> Workspace:
    """A copy, for a decision changes the lexicon."""
    shutil.copytree(sample_workspace.root, tmp_path / "copy")
    return Workspace.find(tmp_path / "copy")


def proposed(workspace: Workspace, *words: str) -> dict[str, dict]:
    rows = json.loads(run(workspace, "terms", "--top", "999", "--json", *words))
    return {row["term"]: row for row in rows}


def test_candidates_stand_in_the_documents_that_they_name(workspace: Workspace) -> None:
    found = proposed(workspace)
    assert found
    with workspace.catalogue() as catalogue:
        texts = dict(catalogue.texts())
    for term, row in found.items():
        assert term not in {entry.word for entry in workspace.lexicon.entries}
        for source in row["sources"].split():
            assert term in texts[source].replace("＋", "+")
        assert f"【{term}】" in row["contexts"]


def test_since_leaves_out_what_stood_in_the_corpus_before(workspace: Workspace) -> None:
    late = proposed(workspace, "--since", "2008")
    assert late
    assert all(row["first_year"] >= 2008 for row in late.values())
    assert len(late) < len(proposed(workspace))


def test_accepted_words_are_cut_whole_and_rejected_ones_not_proposed(workspace: Workspace) -> None:
    good, bad = list(proposed(workspace))[:2]
    before = workspace.segmenter.fingerprint
    assert "1" in run(workspace, "terms", "--accept", good, "--reject", bad)
    after = Workspace.find(workspace.root)
    assert good in after.segmenter.words(f"支持{good}。")
    assert after.segmenter.fingerprint != before
    assert not {good, bad} & set(proposed(after))
    assert "0" in run(after, "terms", "--accept", good, "--reject", bad)
    assert (after.root / "corpus/lexicon/rejected.txt").read_text("utf-8") == f"{bad}\n"


@pytest.mark.parametrize(
    "words", [("--accept", "。"), ("--accept", "词 5"), ("--reject", "产业集群")]
)
def test_decisions_that_cannot_be_are_refused(workspace: Workspace, words: tuple[str, str]) -> None:
    before = (workspace.root / "corpus/lexicon/terms.txt").read_bytes()
    run(workspace, "terms", *words, code=2)
    assert (workspace.root / "corpus/lexicon/terms.txt").read_bytes() == before


def test_the_lexicon_command_tells_what_each_entry_does(sample_workspace: Workspace) -> None:
    rows = json.loads(run(sample_workspace, "lexicon", "--all", "--json"))
    verdicts = {row["term"]: row["verdict"] for row in rows}
    assert len(verdicts) == len({entry.word for entry in sample_workspace.lexicon.entries})
    assert verdicts["区域创新体系"] == "wins"
    assert "absent" in verdicts.values()
    assert "wins" in run(sample_workspace, "lexicon", "--all", "--lang", "en")


def test_keyness_compares_years_and_kinds(sample_workspace: Workspace) -> None:
    found = json.loads(
        run(sample_workspace, "keyness", "2008..2013", "--against", "..2007", "--json")
    )
    assert min(found["documents"]) >= 2
    assert found["terms"][0]["g2"] > 0 > found["terms"][-1]["g2"]
    with (sample_workspace.output / "keyness.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) >= len(found["terms"])
    assert "log-ratio" in run(sample_workspace, "keyness", "2008..")


@pytest.mark.parametrize(("part", "code"), [("..", 2), ("novel", 2), ("1850", 3)])
def test_parts_that_name_nothing_are_refused(
    sample_workspace: Workspace, part: str, code: int
) -> None:
    run(sample_workspace, "keyness", part, code=code)


def test_bilingual_keywords_are_those_of_the_papers(make_workspace) -> None:
    workspace = make_workspace(["papers/*"])
    run(workspace, "update")
    rows = json.loads(run(workspace, "bilingual", "--json", "--top", "999"))
    pairs = {row["zh"]: row["en"].casefold() for row in reversed(rows)}
    assert pairs["产业集群"] in ("industrial cluster", "industrial clusters")
    assert "→" in run(workspace, "bilingual", "--min-papers", "2")


def test_short_names_stand_in_the_documents_that_define_them(sample_workspace: Workspace) -> None:
    rows = json.loads(run(sample_workspace, "abbreviations", "--json"))
    assert rows
    with sample_workspace.catalogue() as catalogue:
        texts = dict(catalogue.texts())
    for row in rows:
        assert row["full"] in texts[row["source"]]
        assert row["short"] in row["context"]
    assert rows[0]["short"] in run(sample_workspace, "abbreviations")
