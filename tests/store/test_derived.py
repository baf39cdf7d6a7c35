from pathlib import Path

from textmine.records import Document
from textmine.store.derived import DerivedStore


def run(
    path: Path, settings: str, texts: dict[str, str]
) -> tuple[list[tuple[str, int]], list[str]]:
    computed: list[str] = []

    def length(doc_id: str, document: Document) -> int:
        computed.append(doc_id)
        return len(document.text)

    documents = [(doc_id, Document("other", text)) for doc_id, text in texts.items()]

    with DerivedStore(path) as store:
        return list(store.each("length", settings, documents, length)), computed


def test_only_new_or_changed_texts_are_computed_again(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    assert run(path, "s", {"a": "集群", "b": "联盟"}) == ([("a", 2), ("b", 2)], ["a", "b"])
    assert run(path, "s", {"a": "集群", "b": "联盟体"}) == ([("a", 2), ("b", 3)], ["b"])


def test_other_settings_compute_everything_again(tmp_path: Path) -> None:
    run(tmp_path / "d.sqlite", "s", {"a": "集群"})
    assert run(tmp_path / "d.sqlite", "t", {"a": "集群"})[1] == ["a"]


def test_a_damaged_cache_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    path.write_bytes(b"garbage" * 1000)
    assert run(path, "s", {"a": "集群"})[1] == ["a"]


def test_results_of_removed_documents_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    run(path, "s", {"a": "集群", "b": "联盟"})
    with DerivedStore(path) as store:
        store.forget_others(["a"])
    assert run(path, "s", {"a": "集群", "b": "联盟"})[1] == ["b"]
