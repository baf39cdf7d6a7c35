import csv
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from textmine import pipeline
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


def test_a_merge_is_previewed_accepted_used_everywhere_and_undone(workspace: Workspace) -> None:
    with workspace.catalogue() as catalogue:
        texts = dict(catalogue.texts())
    holding = [sum(word in text for text in texts.values()) for word in ("企业", "产业")]
    assert min(holding) > 0
    rows = json.loads(run(workspace, "thesaurus", "--preview", "企业=产业", "--json"))
    before, after = rows[:2], rows[2]
    assert [row["term"] for row in rows] == ["企业", "产业", "→ 企业"]
    assert after["occurrences"] == sum(row["occurrences"] for row in before)
    assert Workspace.find(workspace.root).lexicon.synonyms == ()
    found = [total(workspace, word) for word in ("企业", "产业", "企业 OR 产业")]
    run(workspace, "thesaurus", "--accept", "企业=产业")
    merged = Workspace.find(workspace.root)
    with merged.catalogue() as catalogue:
        terms = pipeline.load(merged, catalogue).doc_term
    assert "产业" not in terms.terms
    assert [total(workspace, word) for word in ("企业", "产业")] == [found[2], found[2]]
    run(workspace, "thesaurus", "--undo", "产业")
    assert [total(workspace, word) for word in ("企业", "产业")] == found[:2]
    run(workspace, "thesaurus", "--undo", "产业", code=2)


def total(workspace: Workspace, query: str) -> int:
    return int(json.loads(run(workspace, "search", query, "--json"))["total"])


def test_suggestions_are_words_of_the_corpus(workspace: Workspace) -> None:
    rows = json.loads(run(workspace, "thesaurus", "--json"))
    with workspace.catalogue() as catalogue:
        text = "".join(text for _, text in catalogue.texts()).casefold()
    assert all(row["preferred"] in text and row["other"] in text for row in rows)
    assert (workspace.output / "synonyms.csv").exists()


def test_keywords_of_a_document_and_of_the_corpus(workspace: Workspace) -> None:
    with workspace.catalogue() as catalogue:
        doc_id = catalogue.document_ids()[0]
    found = json.loads(run(workspace, "keywords", doc_id, "--top", "5", "--json"))
    assert all(row["methods"] > 0 for row in found["keywords"])
    assert all(0 <= share <= 1 for share in found["agreement"].values())
    corpus = json.loads(run(workspace, "keywords", "--json"))
    assert corpus["keywords"][0]["all"] >= corpus["keywords"][-1]["all"]
    assert (workspace.output / "keywords.csv").exists()
    assert found["keywords"][0]["term"] in run(workspace, "keywords", doc_id)
    run(workspace, "keywords", "nowhere", code=2)


def test_text_is_cut_with_parts_of_speech(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("企业加快创新。\n联盟成立。", "utf-8")
    lines = run(workspace, "segment", "--tags", str(path)).splitlines()
    assert lines[0].split()[:2] == ["企业/n", "加快/v"]
    assert len(lines) == 2
    pairs = json.loads(run(workspace, "segment", "--tags", "--json", str(path)))[0]
    assert pairs[0] == ["企业", "n"]
