"""The workspace that faults are tried on, and everything it holds as one comparable value."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import tantivy

from textmine.store import Workspace
from textmine.store.indexing import current_index, index_problems, indexed_ids

ROOT = Path(__file__).parents[2]
SUBJECTS = ("产业集群", "产业技术创新联盟", "区域创新系统", "创新网络", "知识溢出", "成果转化")
OLD = 1_600_000_000


def make(root: Path) -> Workspace:
    """A workspace with twenty-four documents, a broken one, and one that lies in two files."""
    (root / "corpus" / "documents").mkdir(parents=True)
    (root / "textmine.toml").write_text("", encoding="utf-8")
    shutil.copytree(ROOT / "corpus" / "lexicon", root / "corpus" / "lexicon")
    for name in ("concepts.toml", "periods.toml"):
        shutil.copy(ROOT / "corpus" / name, root / "corpus" / name)
    workspace = Workspace.find(root)
    for n in range(24):
        _write(workspace, f"{n:02}.txt", notice(n, "2010"))
    _write(workspace, "copy.txt", notice(3, "2010"))
    _write(workspace, "broken.pdf", "%PDF-1.7 nothing more")
    return workspace


def edit(workspace: Workspace) -> None:
    """A night's changes: eight added, six changed, four gone, one moved, one mended."""
    for n in range(24, 32):
        _write(workspace, f"{n:02}.txt", notice(n, "2011"))
    for n in range(0, 12, 2):
        _write(workspace, f"{n:02}.txt", notice(n, "2012"))
    for n in (3, 13, 14, 15):
        (workspace.documents / f"{n:02}.txt").unlink()
    (workspace.documents / "16.txt").rename(workspace.documents / "moved.txt")
    _write(workspace, "broken.pdf", "现在是文本：产业集群。")
    _write(workspace, "worse.docx", "PK\x03\x04 nothing more")


def untouched() -> list[str]:
    """Files that `edit` leaves alone: what they hold must be there at every moment."""
    return [f"{n:02}.txt" for n in (1, 5, 7, 9, 11, 12, *range(17, 24))]


def _write(workspace: Workspace, name: str, text: str) -> None:
    path = workspace.documents / name
    path.write_text(text, encoding="utf-8")
    # Old enough for the time to be trusted.
    os.utime(path, (OLD, OLD))


def notice(n: int, year: str) -> str:
    one, other = SUBJECTS[n % 6], SUBJECTS[(n * 5 + 1) % 6]
    body = f"{one}推动{other}的发展，是第{n}号事项。要支持{other}建设。" * 20
    return f"关于第{n}号事项的通知\n临科发〔{year}〕{n}号\n各有关单位：\n{body}\n{year}年5月1日"


def contents(workspace: Workspace) -> dict[str, object]:
    """Everything that must be equal to a build from nothing, by store."""
    with sqlite3.connect(workspace.state / "catalogue.sqlite") as db:
        tables = {
            "files": "SELECT path, size, sha256, parser FROM files",
            "items": "SELECT * FROM items",
            "documents": "SELECT * FROM documents",
            "failures": "SELECT * FROM failures",
        }
        rows = {name: sorted(map(repr, db.execute(query))) for name, query in tables.items()}
    db.close()
    with workspace.catalogue() as catalogue:
        ids = catalogue.document_ids()
        problems = index_problems(workspace, catalogue)
    return {
        **rows,
        "index": _postings(workspace),
        "problems": problems,
        "mentions": _cached(workspace, ids),
    }


def _postings(workspace: Workspace) -> list[str]:
    """For every word and pair of the corpus, the documents that hold it, as one hash per field."""
    pointer = current_index(workspace)
    if pointer is None:
        return []
    index = tantivy.Index.open(str(pointer.folder))
    searcher = index.searcher()
    parts = [repr(indexed_ids(index))]
    for field, words in _vocabulary(workspace):
        digest = hashlib.sha256()
        for word in words:
            query = tantivy.Query.term_query(index.schema, field, word)
            hits = searcher.search(query, limit=1000, count=False).hits
            found = sorted(searcher.doc(address)["doc_id"][0] for _, address in hits)
            digest.update(f"{word}:{found}".encode())
        parts.append(f"{field}:{digest.hexdigest()}")
    return parts


def _vocabulary(workspace: Workspace) -> Iterator[tuple[str, Iterable[str]]]:
    text = "".join(notice(n, year) for n in range(32) for year in ("2010", "2011", "2012"))
    yield "body_words", sorted(set(workspace.segmenter.words(text)))
    yield "all_grams", sorted({text[i : i + 2] for i in range(len(text) - 1)})
    yield "concept_facet", sorted(concept.id for concept in workspace.scheme)


def _cached(workspace: Workspace, ids: list[str]) -> list[str]:
    path = workspace.state / "derived.sqlite"
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT stage, doc_id, value FROM results").fetchall()
    db.close()
    known = {*ids}
    return sorted(json.dumps(row) for row in rows if row[1] in known)
