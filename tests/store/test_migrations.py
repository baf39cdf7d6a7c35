import sqlite3
from pathlib import Path

import pytest

from textmine.errors import StoreError
from textmine.store import Catalogue
from textmine.store.migrations import LATEST, script


def made_by(version: int, path: Path) -> None:
    """A catalogue as the version of this schema left it, with one file and one document."""
    with sqlite3.connect(path) as db:
        for step in range(1, version + 1):
            db.executescript(script(step))
        db.execute(f"PRAGMA user_version = {version}")
        record = (
            '{"kind": "other", "title": "集群", "year": 2009, "date": "", "level": "",'
            ' "region": "", "sections": [], "citations": [], "references": []}'
        )
        db.execute("INSERT INTO files VALUES ('a.txt', 1, 2, 'hash', 'parser')")
        db.execute("INSERT INTO items VALUES ('a.txt', 0, 'd1', '产业集群', ?)", (record,))
        db.execute(
            "INSERT INTO documents VALUES ('d1', 'a.txt', 0, 'other', '集群', 2009, '', '', '')"
        )
        if version == 1:
            db.executemany("INSERT INTO changes VALUES (?, ?)", [("d1", 1), ("gone", 2)])
        db.execute("INSERT INTO updates (generation, finished, added) VALUES (1, 1, 1)")
    db.close()


def schema_of(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    db.close()
    return rows


@pytest.mark.parametrize("version", range(1, LATEST))
def test_an_older_catalogue_is_brought_forward_and_kept_beside(tmp_path: Path, version) -> None:
    path = tmp_path / "catalogue.sqlite"
    made_by(version, path)
    with Catalogue(path, create=True) as catalogue:
        assert [(i, d.text) for i, d in catalogue.documents()] == [("d1", "产业集群")]
        assert catalogue.changed_since(0) == ["d1", "gone"]
        assert catalogue.generation == 2
    Catalogue(tmp_path / "new.sqlite", create=True).close()
    assert schema_of(path) == schema_of(tmp_path / "new.sqlite")
    assert (tmp_path / f"catalogue.schema-{version}.sqlite").is_file()


def test_a_reader_leaves_an_older_catalogue_as_it_is(tmp_path: Path) -> None:
    made_by(1, tmp_path / "c.sqlite")
    before = (tmp_path / "c.sqlite").read_bytes()
    with pytest.raises(StoreError, match="older textmine"):
        Catalogue(tmp_path / "c.sqlite")
    assert (tmp_path / "c.sqlite").read_bytes() == before


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    made_by(1, tmp_path / "c.sqlite")
    with sqlite3.connect(tmp_path / "c.sqlite") as db:
        db.execute("CREATE TABLE history (x)")
    db.close()
    before = schema_of(tmp_path / "c.sqlite")
    with pytest.raises(StoreError, match="history"):
        Catalogue(tmp_path / "c.sqlite", create=True)
    assert schema_of(tmp_path / "c.sqlite") == before
