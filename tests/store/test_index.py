"""The index through updates: what came is found, what went is not, whatever happened in between."""

import json
import subprocess
import sys

import pytest

from textmine import pipeline, update
from textmine.errors import StoreError
from textmine.store import Workspace
from textmine.store.index import SearchIndex
from textmine.store.indexing import current_index, index_problems, rebuild_index, update_index


def write(workspace: Workspace, name: str, text: str) -> None:
    (workspace.documents / name).write_text(f"关于{name}的通知\n\n{text}。\n", encoding="utf-8")


def bring(workspace: Workspace) -> None:
    update.bring_up_to_date(workspace, workers=1)


def found(workspace: Workspace, query: str) -> int:
    with workspace.catalogue() as catalogue:
        return len(SearchIndex(workspace, catalogue).ids(query))


@pytest.fixture
def workspace(make_workspace) -> Workspace:
    made = make_workspace([])
    for n in range(3):
        write(made, f"{n}.txt", f"第{n}个产业集群的发展情况")
    bring(made)
    return made


def test_an_update_replays_what_changed_came_and_went(workspace: Workspace) -> None:
    write(workspace, "0.txt", "改为技术联盟")
    write(workspace, "9.txt", "新的产业集群")
    (workspace.documents / "1.txt").unlink()
    bring(workspace)
    assert (found(workspace, "产业集群"), found(workspace, "技术联盟")) == (2, 1)
    with workspace.catalogue() as catalogue:
        assert index_problems(workspace, catalogue) == []


def test_pages_go_on_in_the_state_that_they_began_in(workspace: Workspace) -> None:
    with workspace.catalogue() as catalogue:
        index = SearchIndex(workspace, catalogue)
        first = index.search("产业集群", limit=2)
        write(workspace, "7.txt", "产业集群，产业集群，产业集群")
        bring(workspace)
        second = index.search("产业集群", limit=2, offset=2, generation=first.generation)
        assert (second.total, second.generation) == (3, first.generation)
        assert len({hit.id for hit in first.hits + second.hits}) == 3
        assert index.search("产业集群").total == 4


def test_a_rebuilt_index_answers_as_the_replayed_one(workspace: Workspace) -> None:
    write(workspace, "0.txt", "改为技术联盟与产业集群")
    bring(workspace)
    queries = ("产业集群", "联盟", "第", "year:2000..", "")
    with workspace.catalogue() as catalogue, workspace.derived() as derived:
        before = [sorted(SearchIndex(workspace, catalogue).ids(q)) for q in queries]
        folder = current_index(workspace).folder
        rebuild_index(
            workspace,
            catalogue,
            concepts=lambda pairs: pipeline.concept_ids(workspace, derived, pairs),
        )
        assert current_index(workspace).folder != folder
        assert [sorted(SearchIndex(workspace, catalogue).ids(q)) for q in queries] == before


def test_an_index_of_another_version_is_refused_with_the_way_out(workspace: Workspace) -> None:
    pointer = workspace.state / "index" / "current.json"
    plain = json.loads(pointer.read_text(encoding="utf-8"))
    plain["made_from"]["schema"] = "0"
    pointer.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        found(workspace, "联盟")
    assert "textmine update" in caught.value.remedy
    bring(workspace)
    assert found(workspace, "产业集群") == 3


KILLED = """
import os, sys
from pathlib import Path
from textmine import pipeline
from textmine.store import Workspace
from textmine.store.indexing import update_index
space = Workspace.find(Path(sys.argv[1]))
with space.catalogue(create=True) as catalogue, space.derived() as derived, space.writing():
    update_index(
        space, catalogue,
        concepts=lambda pairs: pipeline.concept_ids(space, derived, pairs),
        progress=lambda done, total, doc_id: os._exit(9) if done == 2 else None,
    )
"""


def test_an_index_update_that_is_killed_is_made_up_for_by_the_next(workspace: Workspace) -> None:
    for n in range(4, 8):
        write(workspace, f"{n}.txt", "后来的技术联盟")
    update.update(workspace, workers=1)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(workspace.root)], check=False)
    assert killed.returncode == 9
    assert found(workspace, "技术联盟") == 0
    with workspace.catalogue() as catalogue, workspace.derived() as derived:
        count = update_index(
            workspace,
            catalogue,
            concepts=lambda pairs: pipeline.concept_ids(workspace, derived, pairs),
        )
        assert count == 4
        assert index_problems(workspace, catalogue) == []
    assert found(workspace, "技术联盟") == 4
