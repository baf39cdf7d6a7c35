import json
import shutil
from pathlib import Path

import pytest

from textmine.store import Workspace
from textmine.store.index import SearchIndex
from textmine.store.indexing import current_index, reasons_to_rebuild
from textmine.update import bring_up_to_date


@pytest.fixture
def workspace(sample_workspace: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(sample_workspace.root, tmp_path / "copy")
    return Workspace.find(tmp_path / "copy")


def add(workspace: Workspace, line: str) -> Workspace:
    path = workspace.root / "corpus/lexicon/terms.txt"
    path.write_text(path.read_text("utf-8") + f"{line}\n", "utf-8")
    return Workspace.find(workspace.root)


def hits(workspace: Workspace, query: str) -> list[str]:
    with workspace.catalogue() as catalogue:
        return sorted(SearchIndex(workspace, catalogue).ids(query))


def indexed(workspace: Workspace) -> int:
    return bring_up_to_date(workspace).indexed


def test_a_new_term_indexes_only_the_documents_that_it_cuts_otherwise(workspace: Workspace) -> None:
    with workspace.catalogue() as catalogue:
        texts = dict(catalogue.texts())
    word = next(
        text[i : i + 5]
        for text in texts.values()
        for i in range(len(text) - 5)
        if text[i : i + 5].isalpha() and sum(text[i : i + 5] in t for t in texts.values()) == 1
        and text[i : i + 5] not in workspace.segmenter.words(text)
    )  # fmt: skip
    folder = current_index(workspace)
    changed = add(workspace, f"{word} 999999")
    number = indexed(changed)
    assert 1 <= number < len(texts)
    assert current_index(changed).folder == folder.folder
    holding = [doc_id for doc_id, text in texts.items() if word in text]
    assert hits(changed, f"={word}") == holding
    with changed.catalogue() as catalogue:
        assert reasons_to_rebuild(changed, catalogue) == []


def test_a_term_that_stands_nowhere_indexes_nothing(workspace: Workspace) -> None:
    assert indexed(add(workspace, "魑魅魍魉学")) == 0


def test_an_unfinished_change_is_made_up_for_by_building_anew(workspace: Workspace) -> None:
    path = workspace.state / "index" / "current.json"
    plain = json.loads(path.read_text("utf-8"))
    plain["made_from"]["segmenter"] = "unfinished"
    path.write_text(json.dumps(plain), "utf-8")
    with workspace.catalogue() as catalogue:
        total = len(catalogue.document_ids())
    assert indexed(workspace) == total
