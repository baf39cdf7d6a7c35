from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.errors import StoreError
from textmine.records import Citation, Document, Failure, Reference, Section, document_id
from textmine.store.catalogue import Catalogue, FileRow, Parsed


def paper(text: str = "产业集群与联盟", *, source: str = "a.txt", doi: str = "") -> Document:
    return Document(
        kind="paper",
        text=text,
        title="集群",
        year=2009,
        doi=doi,
        source=source,
        sections=(Section("body", "1", "引言", 1, 0, len(text)),),
        references=(Reference(1, "甲. 乙[J]. 丙, 2008.", authors=("甲",), year=2008),),
        citations=(Citation(("1",), 0, 2),),
    )


def parsed(path: str, *documents: Document, failures: tuple[Failure, ...] = ()) -> Parsed:
    return Parsed(FileRow(path, 1, 2, "hash", "parser"), documents, failures)


@pytest.fixture
def catalogue(tmp_path: Path):
    with Catalogue(tmp_path / "c.sqlite", create=True) as catalogue:
        yield catalogue


def put(catalogue: Catalogue, *files: Parsed, removed: tuple[str, ...] = ()):
    generation = catalogue.begin_update()
    catalogue.write(files, removed, generation)
    return catalogue.finish_update(generation)


def test_a_document_comes_back_as_it_went_in(catalogue: Catalogue) -> None:
    document = paper()
    put(catalogue, parsed("a.txt", document))
    assert list(catalogue.documents()) == [(document_id(document), document)]
    assert catalogue.document(document_id(document)) == document
    assert catalogue.document("no such id") is None


def test_counts_of_an_update_are_of_documents(catalogue: Catalogue) -> None:
    assert put(catalogue, parsed("a.txt", paper(doi="10.1/a"))).added == 1
    row = put(catalogue, parsed("a.txt", paper("集群改了", doi="10.1/a")))
    assert (row.added, row.changed, row.removed) == (0, 1, 0)
    row = put(catalogue, removed=("a.txt",))
    assert (row.added, row.changed, row.removed) == (0, 0, 1)
    assert catalogue.document_ids() == []


def test_an_update_that_changes_nothing_leaves_no_generation(catalogue: Catalogue) -> None:
    put(catalogue, parsed("a.txt", paper()))
    put(catalogue, parsed("a.txt", paper()))
    assert catalogue.generation == 1
    assert catalogue.changed_since(1) == []


def test_the_fullest_of_several_copies_is_shown_and_the_next_takes_over(catalogue) -> None:
    short, full = paper("摘要", doi="10.1/x"), paper("摘要和全文", source="b.txt", doi="10.1/x")
    put(catalogue, parsed("a.txt", short), parsed("b.txt", full))
    assert catalogue.same_works() == [(document_id(full), ("b.txt", "a.txt"))]
    assert [d.text for _, d in catalogue.documents()] == ["摘要和全文"]
    put(catalogue, removed=("b.txt",))
    assert [d.text for _, d in catalogue.documents()] == ["摘要"]


def test_refusals_are_kept_with_their_remedy_until_the_file_changes(catalogue: Catalogue) -> None:
    failure = Failure("x.pdf", "read", "no text layer", "page 1", "Run OCR.")
    put(catalogue, parsed("x.pdf", failures=(failure,)))
    assert catalogue.failures() == [failure]
    put(catalogue, parsed("x.pdf", paper()))
    assert catalogue.failures() == []


def test_a_failing_batch_leaves_everything_as_it_was(catalogue: Catalogue) -> None:
    put(catalogue, parsed("a.txt", paper()))
    generation = catalogue.begin_update()
    twice = parsed("b.txt", paper("甲"), paper("乙"))
    with pytest.raises(Exception, match="UNIQUE"):
        catalogue.write([twice], ["a.txt"], generation)
    assert [d.text for _, d in catalogue.documents()] == [paper().text]
    assert list(catalogue.files()) == ["a.txt"]


def test_a_missing_newer_or_foreign_database_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="textmine update"):
        Catalogue(tmp_path / "none.sqlite")
    (tmp_path / "foreign").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="verify --repair"):
        Catalogue(tmp_path / "foreign")
    with Catalogue(tmp_path / "c.sqlite", create=True) as catalogue:
        catalogue._db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer"):
        Catalogue(tmp_path / "c.sqlite")


names = st.sampled_from(["a", "b", "c", "d"])
versions = st.integers(0, 3)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(names, st.one_of(st.none(), versions)), max_size=12))
def test_any_order_of_changes_ends_in_the_same_rows(tmp_path_factory, steps) -> None:
    folder = tmp_path_factory.mktemp("order")
    final: dict[str, int | None] = {}
    with (
        Catalogue(folder / "one", create=True) as one,
        Catalogue(folder / "two", create=True) as two,
    ):
        for name, version in steps:
            final[name] = version
            document = paper("文" * (version or 0) + "本", source=name, doi="10.1/same")
            if version is None:
                put(one, removed=(name,))
            else:
                put(one, parsed(name, document))
        left = [
            parsed(name, paper("文" * version + "本", source=name, doi="10.1/same"))
            for name, version in sorted(final.items())
            if version is not None
        ]
        put(two, *left)
        assert list(one.documents()) == list(two.documents())
        assert one.table().equals(two.table())
        assert one.same_works() == two.same_works()
