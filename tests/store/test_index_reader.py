"""The index as a reader has it, over the sample workspace: sorting, paging, sets of other stores."""

from collections import Counter

import pytest

from textmine import pipeline
from textmine.errors import UsageError
from textmine.store import Workspace
from textmine.store.collections import Collections
from textmine.store.index import SearchIndex
from textmine.store.similar import similar


@pytest.fixture(scope="module")
def catalogue(sample_workspace: Workspace):
    with sample_workspace.catalogue() as opened:
        yield opened


@pytest.fixture(scope="module")
def index(sample_workspace: Workspace, catalogue) -> SearchIndex:
    return SearchIndex(sample_workspace, catalogue)


def test_every_query_of_one_word_finds_what_a_scan_of_all_fields_finds(index, catalogue) -> None:
    for word in ("联盟", "集群", "创新体系", "科", "欧洲"):
        scan = [
            doc_id
            for doc_id, d in catalogue.documents()
            if word in "\n".join((d.text, *d.keywords, *d.authors, d.title_en, d.abstract_en))
        ]
        assert sorted(index.ids(word)) == scan


def test_pages_put_together_are_all_hits_in_order(index) -> None:
    for sort in ("relevance", "newest", "oldest", "title"):
        whole = index.ids("创新", sort=sort)
        pages = [
            hit.id
            for offset in range(0, len(whole), 7)
            for hit in index.search("创新", limit=7, offset=offset, sort=sort).hits
        ]
        assert pages == whole


def test_hits_sort_by_date_and_by_title(index) -> None:
    years = [hit.year for hit in index.search("创新", limit=50, sort="newest").hits]
    assert years == sorted(years, reverse=True)
    titles = [hit.title for hit in index.search("创新", limit=50, sort="title").hits]
    assert titles == sorted(titles)


def test_facets_count_all_hits_not_those_of_the_page(index) -> None:
    found = index.search("联盟", limit=1)
    assert sum(count for _, count in found.facets["kind"]) == found.total > 1
    for name, rows in found.facets.items():
        for value, count in rows[:3]:
            query = f'联盟 {name}:="{value}"' if name != "year" else f"联盟 year:{value}"
            if name not in ("source", "kind", "level", "concept"):
                assert index.search(query, limit=0).total >= count


def test_a_concept_is_asked_for_by_label_with_its_narrower_ones(index, sample_workspace) -> None:
    by_id = index.ids("concept:alliance")
    label = sample_workspace.scheme["alliance"].name()
    assert by_id == index.ids(f"concept:{label}")
    for narrower in sample_workspace.scheme.narrower("alliance"):
        assert set(index.ids(f"concept:{narrower}")) <= set(by_id)


def test_topics_and_claims_of_the_last_run_can_be_asked_for(index, sample_workspace) -> None:
    with sample_workspace.catalogue() as catalogue:
        corpus = pipeline.load(sample_workspace, catalogue)
        fit = pipeline.topics(corpus)
        found = pipeline.claims(corpus, catalogue)
    pipeline.save(fit, sample_workspace.output)
    topics = [index.ids(f"topic:{n}") for n in range(1, 5)]
    assert 0 < len({i for ids in topics for i in ids}) == sum(map(len, topics)) <= len(index)
    assert sorted(index.ids("has:claim")) == sorted(set(found.tables["claims"]["document"]))
    with pytest.raises(UsageError, match="no topic 99"):
        index.ids("topic:99")


def test_a_collection_can_be_asked_for_and_narrowed(index, sample_workspace) -> None:
    found = index.ids("联盟")
    with Collections(sample_workspace.state) as kept:
        kept.add("综述", found, source="联盟")
        kept.decide("综述", found[0], "exclude", stage="screened")
    assert sorted(index.ids("collection:综述")) == sorted(found[1:])
    assert set(index.ids("collection:综述 year:2008")) < set(found[1:])
    with pytest.raises(UsageError, match="综述"):
        index.ids("collection:无")


def test_similar_documents_share_what_they_are_said_to_share(sample_workspace, catalogue) -> None:
    asked = SearchIndex(sample_workspace, catalogue).ids("产业联盟")[0]
    found = similar(sample_workspace, catalogue, asked, limit=5)
    assert len(found) == 5
    assert asked not in {one.id for one in found}
    for one in found:
        other = catalogue.document(one.id)
        assert one.words
        assert all(w in f"{other.title}{other.text}".casefold() for w in one.words)
        assert 0 <= one.overlap <= 1
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    with pytest.raises(UsageError):
        similar(sample_workspace, catalogue, "nothing")


@pytest.fixture
def cited(sample_workspace: Workspace, index) -> dict[str, int]:
    """Who is cited how often by whom, as the analysis of citations writes it."""
    found = index.ids("创新")
    pairs = [(a, b) for n, b in enumerate(found[3:9]) for a in found[9 : 10 + n // 2]]
    lines = ["citing,cited,way", *(f"{a},{b},reference" for a, b in pairs)]
    lines.append(f"{pairs[0][0]},{pairs[0][1]},name")  # the same document, in another way
    path = sample_workspace.output / "citations.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    yield Counter(b for _, b in pairs)
    path.unlink()


def test_hits_sort_by_the_documents_that_cite_them_then_by_relevance(index, cited) -> None:
    by_relevance = index.ids("创新")
    expected = sorted(by_relevance, key=lambda i: (-cited[i], by_relevance.index(i)))
    assert index.ids("创新", sort="cited") == expected
    pages = [
        hit
        for offset in range(0, len(expected), 4)
        for hit in index.search("创新", limit=4, offset=offset, sort="cited").hits
    ]
    assert [(hit.id, hit.score) for hit in pages] == [(i, cited[i]) for i in expected]
    assert {*index.ids("集群", sort="cited")} == {*index.ids("集群")}


def test_without_resolved_citations_it_is_said_how_to_get_them(index, sample_workspace) -> None:
    (sample_workspace.output / "citations.csv").unlink(missing_ok=True)
    with pytest.raises(UsageError) as told:
        index.search("创新", sort="cited")
    assert "textmine citations" in told.value.remedy
