import pytest
from scipy import stats

from textmine.networks import EGO_COLUMNS, ego
from textmine.records import Period

PERIODS = [Period("早", 2001, 2005), Period("晚", 2006, 2010)]


@pytest.fixture(scope="module")
def table(doc_term):
    early = ["集群 网络"] * 12 + ["政策"] * 12
    late = ["集群 平台"] * 12 + ["政策 网络"] * 12
    years = [2002] * 24 + [2008] * 24
    held = doc_term([*early, *late])
    present = {held.doc_ids[i] for i in (*range(12), *range(24, 36))}
    return ego(held, present, years, PERIODS, without={"集群"})


def test_neighbours_are_those_above_chance_in_each_period(table) -> None:
    assert list(table.columns) == list(EGO_COLUMNS)
    linked = table[table["linked"]]
    assert dict(zip(linked["period"], linked["term"], strict=True)) == {"早": "网络", "晚": "平台"}
    row = linked.iloc[0]
    assert row["p"] == pytest.approx(stats.hypergeom.sf(11, 24, 12, 12))
    assert (row["together"], row["documents"], row["ego_documents"], row["units"]) == (
        12,
        12,
        12,
        24,
    )
    assert row["weight"] == pytest.approx(24 * 12 / (12 * 12))


def test_changes_between_periods_are_named(table) -> None:
    late = table[table["period"] == "晚"].set_index("term")["change"].to_dict()
    assert late == {"平台": "new", "网络": "gone"}
    assert "集群" not in set(table["term"])


def test_documents_without_a_year_belong_to_no_period(doc_term) -> None:
    held = doc_term(["a b", "a b"])
    found = ego(held, set(held.doc_ids), [None, 2002], PERIODS, without={"a"})
    assert found["units"].tolist() in ([], [1])
