import os
import shutil
from pathlib import Path

import pytest

from textmine import pipeline
from textmine.store import Workspace
from textmine.update import bring_up_to_date, explain


@pytest.fixture(scope="module")
def workspace(make_workspace) -> Workspace:
    workspace = make_workspace(["policy/200[3-5]*"])
    for path in workspace.documents.iterdir():
        os.utime(path, (1e9, 1e9))
    bring_up_to_date(workspace, workers=1)
    with workspace.catalogue() as catalogue:
        corpus = pipeline.load(workspace, catalogue)
    pipeline.save(pipeline.network(corpus), workspace.output)
    return workspace


def steps(workspace: Workspace) -> set[tuple[str, str, str]]:
    fresh = Workspace.find(workspace.root)
    return {(reason.step, reason.subject, reason.why) for reason in explain(fresh)}


def test_nothing_is_said_when_everything_is_up_to_date(workspace: Workspace) -> None:
    assert steps(workspace) == set()


def test_a_new_file_is_read_and_carries_index_and_analyses_with_it(workspace) -> None:
    path = workspace.documents / "新.txt"
    path.write_text("产业集群。", encoding="utf-8")
    assert steps(workspace) == {
        ("add", "新.txt", "new file"),
        ("carry on", "index", "files have changed"),
        ("analyse", "network", "changed since: documents"),
    }
    path.unlink()


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        (
            "corpus/lexicon/terms.txt",
            "未来产业先导区\n",
            {
                ("rebuild", "index", "the lexicon or the segmenter has changed"),
                ("analyse", "network", "changed since: lexicon"),
            },
        ),
        (
            "corpus/concepts.toml",
            '\n[[concept]]\nid = "moon"\nprefLabel = { zh = "月宫", en = "moon" }\n',
            {
                ("rebuild", "index", "the lexicon or the segmenter has changed"),
                ("rebuild", "index", "the concept scheme or its matcher has changed"),
                ("redo", "mentions", "the concept scheme or its matcher has changed"),
                ("analyse", "network", "changed since: lexicon, concepts"),
            },
        ),
        (
            "textmine.toml",
            "resolution = 1.1\n",
            {("analyse", "network", "changed since: settings")},
        ),
    ],
)
def test_what_changed_redoes_what_depends_on_it(workspace, name, line, expected) -> None:
    path: Path = workspace.root / name
    before = path.read_text(encoding="utf-8")
    path.write_text(before.rstrip("\n") + "\n" + line, encoding="utf-8")
    found = steps(workspace)
    path.write_text(before, encoding="utf-8")
    assert found == expected
    assert steps(workspace) == set()


def test_without_a_catalogue_everything_is_new(workspace: Workspace, tmp_path: Path) -> None:
    shutil.copytree(workspace.root, tmp_path / "copy")
    copy = Workspace.find(tmp_path / "copy")
    shutil.rmtree(copy.state)
    assert {reason.step for reason in explain(copy)} == {"catalogue", "add"}
    assert not copy.state.exists()
