"""Each script runs on the sample workspace as a scholar would run it."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from textmine.store import Workspace

SCRIPTS = Path(__file__).parents[2] / "scripts"


def run(workspace: Workspace, name: str, *words: str, code: int = 0) -> str:
    command = [sys.executable, "-X", "utf8", str(SCRIPTS / name), str(workspace.root), *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.py")), ids=lambda path: path.name)
def test_a_script_is_short_and_tried_here(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 50
    assert f'"{path.name}"' in Path(__file__).read_text(encoding="utf-8")


def test_an_update_with_nothing_new_names_what_was_refused(sample_workspace: Workspace) -> None:
    said = run(sample_workspace, "update_corpus.py", code=1)
    assert "added 0" in said
    assert "broken.pdf" in said


def test_segmenting_keeps_the_terms_of_the_field_whole(sample_workspace: Workspace) -> None:
    lines = run(sample_workspace, "segment_corpus.py").splitlines()
    with sample_workspace.catalogue() as catalogue:
        assert [line.split()[0] for line in lines] == list(catalogue.document_ids())
    assert any("产业技术创新战略联盟" in line.split() for line in lines)


def test_topics_of_several_sizes_are_compared(sample_workspace: Workspace) -> None:
    lines = run(sample_workspace, "build_topics.py", "2", "3").splitlines()
    assert lines[0] == "k\tNPMI"
    assert [line.split("\t")[0] for line in lines[1:3]] == ["2", "3"]


def test_the_network_lists_a_word_s_neighbours(sample_workspace: Workspace) -> None:
    said = run(sample_workspace, "build_network.py", "企业")
    assert "→ network.gexf" in said


def test_chosen_concepts_are_tracked(sample_workspace: Workspace) -> None:
    said = run(sample_workspace, "track_concepts.py", "alliance", "cluster")
    assert "alliance" in said.splitlines()[0]
    assert "innovation_system" not in said


def test_claims_of_a_pair_come_with_their_sentences(sample_workspace: Workspace) -> None:
    said = run(sample_workspace, "extract_claims.py", "alliance", "cluster")
    assert "promotes" in said


def test_all_hits_of_a_query_go_to_a_table(sample_workspace: Workspace) -> None:
    rows = list(csv.DictReader(run(sample_workspace, "query_index.py", "集群").splitlines()))
    with sample_workspace.catalogue() as catalogue:
        holding = {doc_id for doc_id, text in catalogue.texts() if "集群" in text}
    assert {row["id"] for row in rows} >= holding
