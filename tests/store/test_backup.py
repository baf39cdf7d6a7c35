import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from textmine.errors import StoreError, UsageError
from textmine.store import Workspace
from textmine.store.backup import backup, backups, check, prune, restore
from textmine.store.index import SearchIndex
from textmine.store.indexing import current_index
from textmine.store.verify import verify
from textmine.update import bring_up_to_date
from textmine.update.repair import repair

AT = "2026-01-31T02:00:00Z"


@pytest.fixture(scope="module")
def original(make_workspace) -> Workspace:
    workspace = make_workspace(["policy/200[3-5]*"])
    bring_up_to_date(workspace, workers=1)
    return workspace


@pytest.fixture
def workspace(original: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(original.root, tmp_path / "workspace")
    copy = Workspace.find(tmp_path / "workspace")
    # The same lexicon and scheme; loading them again takes a second.
    vars(copy).update({name: getattr(original, name) for name in ("segmenter", "matcher")})
    return copy


def rows(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace.catalogue() as catalogue:
        return list(catalogue.texts())


def hits(workspace: Workspace, query: str) -> int:
    with workspace.catalogue() as catalogue:
        return len(SearchIndex(workspace, catalogue).ids(query))


def mend(workspace: Workspace) -> list[str]:
    return repair(workspace, verify(workspace, files=True), progress=lambda *_: None)[0]


def test_a_backup_brings_back_what_was_there_and_the_index_follows(workspace) -> None:
    made = backup(workspace, at=AT)
    assert (made.generation, made.documents) == (1, len(rows(workspace)))
    before = rows(workspace)
    (workspace.documents / "新.txt").write_text("未来产业先导区。", encoding="utf-8")
    bring_up_to_date(workspace, workers=1)
    assert hits(workspace, '"未来产业先导区"') == 1
    (workspace.documents / "新.txt").unlink()
    restore(workspace, made.path)
    assert rows(workspace) == before
    assert bring_up_to_date(workspace, workers=1).indexed == len(rows(workspace))
    assert [d for d, t in rows(workspace) if "未来产业先导区" in t] == []
    assert hits(workspace, '"未来产业先导区"') == 0
    assert verify(workspace) == []


def test_a_backup_holds_what_people_wrote_and_puts_it_back_when_asked(workspace) -> None:
    made = backup(workspace, at=AT)
    terms = workspace.root / "corpus" / "lexicon" / "terms.txt"
    before = terms.read_bytes()
    terms.write_text("别的\n", encoding="utf-8")
    restore(workspace, made.path)
    assert terms.read_text(encoding="utf-8") == "别的\n"
    restore(workspace, made.path, files=True)
    assert terms.read_bytes() == before


def test_a_backup_is_never_overwritten_and_old_ones_go_on_request(workspace) -> None:
    made = [backup(workspace, at=AT.replace("31", day)) for day in ("01", "02", "03")]
    with pytest.raises(UsageError, match="exists"):
        backup(workspace, made[0].path, at=AT)
    assert [b.path for b in backups(workspace)] == [b.path for b in made]
    assert prune(workspace, 1) == [made[0].path, made[1].path]
    assert [b.path for b in backups(workspace)] == [made[2].path]


def test_a_damaged_or_foreign_backup_changes_nothing(workspace: Workspace) -> None:
    made = backup(workspace, at=AT)
    data = bytearray(made.path.read_bytes())
    with zipfile.ZipFile(made.path) as archive:
        info = archive.getinfo("state/catalogue.sqlite")
    data[info.header_offset + 100] ^= 0xFF
    made.path.write_bytes(data)
    assert check(made.path)
    before = rows(workspace)
    with pytest.raises(StoreError, match="damaged"):
        restore(workspace, made.path)
    (workspace.root / "x.zip").write_bytes(b"no archive")
    with pytest.raises(StoreError, match="no backup"):
        restore(workspace, workspace.root / "x.zip")
    assert rows(workspace) == before


def test_a_whole_workspace_has_no_problems(workspace: Workspace) -> None:
    assert verify(workspace, files=True) == []


def spoil(path: Path, at: float = 0.5) -> None:
    data = bytearray(path.read_bytes())
    middle = int(len(data) * at)
    data[middle : middle + 64] = bytes(64 - len(data[middle : middle + 64])) + b"\xa5" * 64
    path.write_bytes(data)


@pytest.mark.parametrize("ending", ["store", "idx", "pos", "term", "fast"])
def test_a_damaged_file_of_the_index_is_found_and_built_again(workspace, ending) -> None:
    pointer = current_index(workspace)
    assert pointer is not None
    spoil(next(pointer.folder.glob(f"*.{ending}")))
    (problem,) = verify(workspace)
    assert problem.store == "index"
    assert mend(workspace) == ["built the index anew"]
    assert verify(workspace) == []
    assert hits(workspace, "产业集群") > 0


def test_an_index_without_some_document_is_found(workspace: Workspace) -> None:
    import tantivy

    pointer = current_index(workspace)
    assert pointer is not None
    writer = tantivy.Index.open(str(pointer.folder)).writer(15_000_000, 1)
    writer.delete_documents_by_term("doc_id", rows(workspace)[0][0])
    writer.commit()
    writer.wait_merging_threads()
    assert "1 documents are missing" in verify(workspace)[0].what


def test_a_lost_meta_file_is_healed_by_the_next_update(workspace: Workspace) -> None:
    pointer = current_index(workspace)
    assert pointer is not None
    (pointer.folder / "meta.json").write_text("{")
    assert bring_up_to_date(workspace, workers=1).indexed == len(rows(workspace))
    assert verify(workspace) == []


@pytest.mark.parametrize("with_backup", [True, False])
def test_a_damaged_catalogue_comes_back_from_a_backup_or_the_documents(
    workspace: Workspace, with_backup: bool
) -> None:
    before = rows(workspace)
    if with_backup:
        backup(workspace, at=AT)
    spoil(workspace.state / "catalogue.sqlite", 0.0)
    assert verify(workspace)[0].store == "catalogue"
    (line,) = mend(workspace)
    assert ("restored" in line) == with_backup
    assert rows(workspace) == before
    assert verify(workspace) == []


def test_a_document_that_does_not_read_back_is_found(workspace: Workspace) -> None:
    with sqlite3.connect(workspace.state / "catalogue.sqlite") as db:
        db.execute("UPDATE items SET record = '{}' WHERE rowid = 1")
    db.close()
    assert "cannot be read back" in verify(workspace)[0].what


def test_a_file_that_changed_under_the_same_size_and_time_is_found(workspace) -> None:
    import os

    path = next(workspace.documents.glob("*.txt"))
    os.utime(path, (1e9, 1e9))
    bring_up_to_date(workspace, workers=1)
    data = path.read_bytes()
    path.write_bytes(data.replace("集群".encode(), "积群".encode(), 1))
    os.utime(path, (1e9, 1e9))
    assert verify(workspace) == []
    assert [p.what for p in verify(workspace, files=True)] == [path.name]
    mend(workspace)
    assert verify(workspace, files=True) == []
    assert any("积群" in text for _, text in rows(workspace))
