import os
import shutil
import sys
from pathlib import Path

import pytest

from textmine.errors import StoreError, UsageError
from textmine.store import FileRow, Workspace
from textmine.update import Found, Reader, Step, look, perform, plan, scan, update

ROOT = Path(__file__).parents[2]
OLD = 1_600_000_000_000_000_000


def known(path: str, size: int = 1, mtime: int = OLD, parser: str = "p") -> dict[str, FileRow]:
    return {path: FileRow(path, size, mtime, "hash", parser)}


@pytest.mark.parametrize(
    ("found", "rows", "verb"),
    [
        (Found("a", 1, OLD), {}, "add"),
        (Found("a", 1, OLD), known("a"), None),
        (Found("a", 2, OLD), known("a"), "change"),
        (Found("a", 1, OLD + 1), known("a"), "change"),
        (Found("a", 1, OLD), known("a", mtime=0), "change"),
        (Found("a", 1, OLD), known("a", parser="q"), "reparse"),
        (None, known("a"), "remove"),
    ],
)
def test_each_file_gets_the_step_it_needs(found, rows, verb) -> None:
    steps = plan([found] if found else [], rows, Reader("p", "l"))
    assert [step.verb for step in steps] == ([verb] if verb else [])
    assert all(step.reason for step in steps)


def test_steps_come_in_the_order_of_paths() -> None:
    steps = plan([Found("b", 1, 1), Found("a", 1, 1)], known("c"), Reader("p"))
    assert [step.path for step in steps] == ["a", "b", "c"]
    assert steps[2] == Step("remove", "c", "no longer there")


def test_hidden_ignored_and_outside_files_are_not_seen(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    for name in ("a.txt", ".hidden", "README.md", "~$a.docx", "sub/b.txt", ".git/c.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    (tmp_path / "secret.txt").write_text("x")
    os.symlink(tmp_path / "secret.txt", folder / "link.txt")
    os.symlink(folder / "a.txt", folder / "inside.txt")
    found = scan(folder, (".*", "~$*", "README*"))
    assert [f.path for f in found.files] == ["a.txt", "inside.txt", "sub/b.txt"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name in ("textmine.toml", "corpus/concepts.toml", "corpus/periods.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "corpus" / "lexicon", tmp_path / "corpus" / "lexicon")
    documents = tmp_path / "corpus" / "documents"
    documents.mkdir()
    (documents / "甲.txt").write_text("产业集群的发展离不开创新。", encoding="utf-8")
    (documents / "乙.txt").write_bytes("产业联盟推动产业集群发展。".encode("gb18030"))
    (documents / "丙.pdf").write_bytes(b"%PDF-1.7 broken")
    return Workspace.find(tmp_path)


def texts(workspace: Workspace) -> dict[str, str]:
    with workspace.catalogue() as catalogue:
        return {d.source: d.text for _, d in catalogue.documents()}


def test_an_update_reads_the_good_and_lists_the_bad(workspace: Workspace) -> None:
    row = update(workspace, workers=1)
    assert (row.added, row.refused) == (2, 1)
    assert "产业联盟推动产业集群发展" in texts(workspace)["乙.txt"]
    with workspace.catalogue() as catalogue:
        (failure,) = catalogue.failures()
    assert failure.source == "丙.pdf"
    assert failure.remedy


def test_a_second_update_does_nothing_and_says_so(workspace: Workspace) -> None:
    update(workspace, workers=1)
    row = update(workspace, workers=1)
    assert (row.added, row.changed, row.removed, row.refused) == (0, 0, 0, 1)
    with workspace.catalogue() as catalogue:
        assert catalogue.generation == 1


def test_changes_additions_and_removals_end_as_a_rebuild_would(workspace: Workspace) -> None:
    update(workspace, workers=1)
    (workspace.documents / "甲.txt").write_text("区域创新体系建设。", encoding="utf-8")
    (workspace.documents / "乙.txt").unlink()
    (workspace.documents / "丁.txt").write_text("技术创新联盟。", encoding="utf-8")
    row = update(workspace, workers=2)
    assert row.added + row.changed + row.removed == 4  # a text of its own is a document of its own
    incremental = texts(workspace)
    shutil.rmtree(workspace.state)
    update(workspace, workers=1)
    assert texts(workspace) == incremental


def test_a_change_that_keeps_size_and_time_is_not_missed_right_after_an_update(workspace) -> None:
    path = workspace.documents / "甲.txt"
    update(workspace, workers=1)
    stat = path.stat()
    path.write_text("产业集群的发展离不开人才。", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    update(workspace, workers=1)
    assert "人才" in texts(workspace)["甲.txt"]


def test_a_second_writer_is_told_to_wait(workspace: Workspace) -> None:
    with workspace.writing(), pytest.raises(StoreError, match="running"):
        update(workspace)


def test_files_of_a_folder_that_cannot_be_listed_are_kept() -> None:
    rows = known("closed/a") | known("open/b")
    steps = plan([], rows, Reader("p"), closed=["closed/"])
    assert [(step.verb, step.path) for step in steps] == [("remove", "open/b")]


def test_a_refused_file_is_tried_again_under_other_limits_and_a_good_one_is_not() -> None:
    good, bad = Found("a", 1, OLD), Found("b", 1, OLD)
    rows = known("a") | known("b", parser="p+old")
    assert [s.path for s in plan([good, bad], rows, Reader("p", "old"))] == []
    (step,) = plan([good, bad], rows, Reader("p", "new"))
    assert (step.path, step.reason) == ("b", "the limits have changed")


def test_a_file_that_cannot_be_opened_keeps_its_documents_until_it_can(workspace) -> None:
    update(workspace, workers=1)
    path = workspace.documents / "甲.txt"
    text = path.read_bytes()
    path.unlink()
    path.symlink_to(workspace.documents / "gone.txt")  # seen at the scan only when it resolves
    (workspace.documents / "gone.txt").write_bytes(text)
    with workspace.catalogue(create=True) as catalogue:
        agenda = look(workspace, catalogue)
        (workspace.documents / "gone.txt").unlink()
        perform(workspace, catalogue, agenda, workers=1)
        reasons = {f.source: f.stage for f in catalogue.failures()}
    assert reasons["甲.txt"] == "open"
    assert "集群" in texts(workspace)["甲.txt"]


def test_an_emptied_folder_does_not_empty_the_catalogue_unasked(workspace: Workspace) -> None:
    update(workspace, workers=1)
    for path in workspace.documents.iterdir():
        path.unlink()
    with pytest.raises(UsageError, match="not mounted"):
        update(workspace)
    assert len(texts(workspace)) == 2
    assert update(workspace, allow_empty=True).removed == 2


def test_a_missing_folder_is_a_wrong_setting(workspace: Workspace) -> None:
    shutil.rmtree(workspace.documents)
    with pytest.raises(UsageError, match="cannot be listed"):
        update(workspace)


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="names are bytes")
def test_names_with_line_ends_are_read_and_names_of_no_encoding_are_listed(workspace) -> None:
    (workspace.documents / "a\nb\x1b[31m.txt").write_text("集群的名称。", encoding="utf-8")
    broken = os.fsencode(workspace.documents) + b"/\xff\xfe.txt"
    with open(broken, "wb") as file:
        file.write(b"x")
    row = update(workspace, workers=1)
    assert (row.added, row.refused) == (3, 2)
    with workspace.catalogue() as catalogue:
        assert {f.source for f in catalogue.failures()} == {"丙.pdf", "\\xff\\xfe.txt"}
    (workspace.documents / "a\nb\x1b[31m.txt").unlink()
    os.unlink(broken)
    assert update(workspace, workers=1).refused == 1


def test_a_document_that_moved_in_one_update_is_changed_and_not_lost(workspace) -> None:
    update(workspace, workers=1)
    (workspace.documents / "甲.txt").rename(workspace.documents / "子.txt")
    row = update(workspace, workers=1)
    assert (row.added, row.changed, row.removed) == (0, 1, 0)
