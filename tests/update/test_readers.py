"""Readers in processes of their own, through the API and the command line, while updates run."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from textmine.store import Workspace
from textmine.store.indexing import current_index, rebuild_index
from textmine.update import bring_up_to_date
from textmine.update.whole import concepts_of

FILES = 12
ROUNDS = 4
READER = """
import json, sys, time
from pathlib import Path
from textmine.store import Workspace
from textmine.store.index import SearchIndex

space, stop = Workspace.find(sys.argv[1]), Path(sys.argv[2])
seen, wrong, looks = set(), [], 0
with space.catalogue() as catalogue:
    index = SearchIndex(space, catalogue)
    print("ready", flush=True)
    while not stop.exists():
        found = index.search("版次", limit=50)
        same = found.generation
        counts = [index.search(w, limit=50, generation=same).total for w in ("甲版", "乙版")]
        if found.total != FILES or sorted(counts) != [0, FILES]:
            wrong.append(["index", found.total, *counts])
        with catalogue.snapshot():
            texts = [text for _, text in catalogue.texts()]
        versions = {"甲版" in text for text in texts}
        if len(texts) != FILES or len(versions) != 1:
            wrong.append(["catalogue", len(texts), len(versions)])
        seen.add((same, tuple(counts)))
        looks += 1
        time.sleep(0.02)
print(json.dumps({"looks": looks, "seen": sorted(seen), "wrong": wrong[:5]}))
""".replace("FILES", str(FILES))


def write(workspace: Workspace, version: str) -> None:
    for n in range(FILES):
        text = f"第{n}号通知\n{version}版，版次说明，第{n}号，共{'产业集群' * (n + 1)}。"
        (workspace.documents / f"{n}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def workspace(make_workspace) -> Workspace:
    workspace = make_workspace([])
    write(workspace, "甲")
    bring_up_to_date(workspace, workers=1)
    return workspace


def test_readers_see_the_old_or_the_new_and_never_a_mixture(workspace, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", READER, str(workspace.root), str(stop)]
    readers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "ready\n"
        searched = []
        for n in range(ROUNDS):
            write(workspace, "乙甲"[n % 2])
            bring_up_to_date(workspace, workers=1)
            with workspace.writing(), workspace.catalogue(create=True) as catalogue:
                rebuild_index(workspace, catalogue, concepts=lambda d: concepts_of(workspace, d))
            if n == 1:
                searched.append(search_by_command(workspace))
            time.sleep(0.1)
    finally:
        stop.touch()
        ends = [reader.communicate(timeout=60) for reader in readers]
    assert searched == [FILES]
    for out, errors in ends:
        assert not errors, errors
        told = json.loads(out)
        assert told["wrong"] == []
        assert told["looks"] > ROUNDS
        assert {tuple(counts) for _, counts in told["seen"]} == {(FILES, 0), (0, FILES)}
    pointer = current_index(workspace)
    assert pointer is not None
    assert int(pointer.folder.name) == ROUNDS + 1


def search_by_command(workspace: Workspace) -> int:
    command = [sys.executable, "-m", "textmine", "search", "版次", "--json", "-w"]
    done = subprocess.run([*command, str(workspace.root)], capture_output=True, check=True)
    return int(json.loads(done.stdout)["total"])


def update_by_command(workspace: Workspace, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "textmine", "update", "-w", str(workspace.root), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_second_writer_leaves_with_a_message_or_waits(workspace: Workspace) -> None:
    with workspace.writing():
        told = update_by_command(workspace)
        _, errors = told.communicate(timeout=60)
        assert told.returncode == 3
        assert "process" in errors
        assert "--wait" in errors
        waits = update_by_command(workspace, "--wait", "60")
        time.sleep(1)
        assert waits.poll() is None
    waits.communicate(timeout=60)
    assert waits.returncode == 0


def test_the_lock_of_a_killed_writer_is_stale_and_no_hindrance(workspace: Workspace) -> None:
    script = (
        "import sys, time; from textmine.store import Workspace\n"
        "with Workspace.find(sys.argv[1]).writing():\n"
        "    print('held', flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", script, str(workspace.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    assert (workspace.state / "writer.json").exists()
    done = update_by_command(workspace)
    done.communicate(timeout=60)
    assert done.returncode == 0
    assert not (workspace.state / "writer.json").exists()
