import pytest

from textmine.errors import UsageError
from textmine.store.collections import Collections


@pytest.fixture
def kept(tmp_path):
    with Collections(tmp_path) as opened:
        yield opened


def test_a_saved_query_tells_what_was_not_there_at_the_last_look(kept) -> None:
    kept.save_query("a", "联盟", note="n")
    assert kept.unseen("a", ["1", "2"]) == ["1", "2"]
    kept.mark_seen("a", ["1", "2"])
    assert kept.unseen("a", ["3", "1"]) == ["3"]
    assert [(q.name, q.query, q.seen) for q in kept.queries()] == [("a", "联盟", 2)]
    kept.save_query("a", "集群")
    assert kept.unseen("a", ["1"]) == ["1"]
    kept.forget_query("a")
    assert kept.queries() == []


def test_a_document_found_twice_is_one_with_its_decision_and_counts_as_duplicate(kept) -> None:
    assert kept.add("r", ["1", "2", "3"], source="q1") == 3
    kept.decide("r", "2", "exclude", stage="screened", reason="off topic")
    assert kept.add("r", ["2", "4"], source="q2") == 1
    assert kept.add("r", ["2", "4"], source="q2") == 0
    counts = kept.prisma("r")
    assert counts.identified == (("q1", 3), ("q2", 2))
    assert (counts.duplicates, counts.to_screen) == (1, 4)
    assert (counts.screened, counts.excluded_in_screening) == (1, 1)


def test_the_counts_of_the_flow_add_up(kept) -> None:
    kept.add("r", [str(n) for n in range(6)])
    for doc_id in "012":
        kept.decide("r", doc_id, "include", stage="screened")
    kept.decide("r", "3", "exclude", stage="screened")
    kept.decide("r", "0", "include", stage="assessed")
    kept.decide("r", "1", "exclude", stage="assessed", reason="no data")
    counts = kept.prisma("r")
    assert counts.to_screen == counts.screened + 2
    assert counts.screened == counts.to_assess + counts.excluded_in_screening
    excluded = sum(n for _, n in counts.excluded_in_assessment)
    assert counts.assessed == counts.included + excluded == 2
    assert counts.excluded_in_assessment == (("no data", 1),)
    assert kept.kept("r") == ["0", "2", "4", "5"]


def test_a_decision_can_be_taken_back_and_to_assess_is_to_have_passed(kept) -> None:
    kept.add("r", ["1"])
    kept.decide("r", "1", "exclude", stage="assessed", reason="x")
    assert (kept.documents("r")[0].screened, kept.documents("r")[0].assessed) == (
        "include",
        "exclude",
    )
    kept.decide("r", "1", "", stage="screened")
    kept.annotate("r", "1", "读过")
    (one,) = kept.documents("r")
    assert (one.screened, one.assessed, one.reason, one.note) == ("", "", "", "读过")


def test_what_is_not_there_is_named_with_what_is(kept) -> None:
    kept.add("有", ["1"])
    for ask in (
        lambda: kept.documents("无"),
        lambda: kept.decide("有", "9", "include", stage="screened"),
        lambda: kept.query("无"),
        lambda: kept.add("", ["1"]),
        lambda: kept.add("a\nb", ["1"]),
    ):
        with pytest.raises(UsageError):
            ask()
    with pytest.raises(UsageError, match="有"):
        kept.documents("无")


def test_everything_is_there_after_closing_and_two_may_write(tmp_path) -> None:
    with Collections(tmp_path) as one, Collections(tmp_path) as other:
        one.add("r", ["1"])
        other.add("r", ["2"])
        other.remove("r", "1")
    with Collections(tmp_path) as again:
        assert again.kept("r") == ["2"]
        again.forget("r")
        assert again.collections() == []
