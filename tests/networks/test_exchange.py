import json

import networkx as nx
import pytest

from textmine.errors import ReadError
from textmine.networks import (
    Recipe,
    cooccurrence,
    from_vosviewer,
    from_vosviewer_json,
    graph,
    incidence,
    layout,
    to_pajek,
    to_pajek_partition,
    to_vosviewer,
    to_vosviewer_json,
)

NAMES = [
    ["集群", '联盟 "甲"', "创新\t系统"],
    ["集群", '联盟 "甲"'],
    ["集群", "a,b"],
    ["a,b", "集群"],
]


@pytest.fixture(scope="module")
def made() -> nx.Graph:
    counts = cooccurrence(incidence("wxyz", NAMES), counting="fractional")
    return graph(counts, Recipe(measure="salton"))


def same_links(one: nx.Graph, two: nx.Graph) -> bool:
    links = {frozenset(e[:2]): e[2] for e in one.edges(data="links")}
    return links == {frozenset(e[:2]): pytest.approx(e[2]) for e in two.edges(data="links")}


def test_vosviewers_text_files_read_back_the_same(made: nx.Graph) -> None:
    places = layout(made)
    back = from_vosviewer(*to_vosviewer(made, places))
    assert sorted(back) == sorted(made)
    assert same_links(made, back)
    for node, data in back.nodes(data=True):
        assert data["community"] == made.nodes[node]["community"]
        assert data["occurrences"] == made.nodes[node]["occurrences"]
        assert (data["x"], data["y"]) == pytest.approx(places[node])


def test_vosviewers_json_reads_back_the_same(made: nx.Graph) -> None:
    text = to_vosviewer_json(made, layout(made))
    back = from_vosviewer_json(text)
    assert sorted(back) == sorted(made)
    assert same_links(made, back)
    item = next(i for i in json.loads(text)["network"]["items"] if i["label"] == "集群")
    # Documents: one of three names and three of two; each gives 集群 one link in all.
    assert item["weights"] == {"Links": 3, "Total link strength": 4, "Occurrences": 4}


def test_pajek_reads_back_through_networkx(made: nx.Graph) -> None:
    back = nx.Graph(nx.parse_pajek(to_pajek(made, layout(made))))
    assert len(back) == len(made)
    assert back.number_of_edges() == made.number_of_edges()
    weight = made.edges["集群", "a,b"]["weight"]
    assert float(back.edges["集群", "a,b"]["weight"]) == pytest.approx(weight)
    groups = to_pajek_partition(made).splitlines()
    assert groups[0] == f"*Vertices {len(made)}"
    assert [int(g) for g in groups[1:]] == [made.nodes[n]["community"] for n in sorted(made)]


def test_files_saved_by_vosviewer_are_read() -> None:
    map_text = "id\tlabel\tx\ty\tcluster\tweight<Links>\n7\tx\t0.1\t0.2\t1\t1\n9\ty\t0\t0\t2\t1\n"
    found = from_vosviewer("\ufeff" + map_text, "7\t9\t3\n")
    assert found.edges["x", "y"]["links"] == 3
    assert found.nodes["y"]["community"] == 2


@pytest.mark.parametrize("line", ["1\t3\t1", "1", "1\t2\tmany"])
def test_a_broken_network_file_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(ReadError) as error:
        from_vosviewer("id\tlabel\n1\ta\n2\tb\n", "1\t2\t1\n" + line)
    assert error.value.place == "line 2"


@pytest.mark.parametrize("text", ["", "{}", '{"network": {"items": [{}]}}', "[1]"])
def test_what_is_no_vosviewer_json_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        from_vosviewer_json(text)


def test_a_map_without_labels_is_refused() -> None:
    with pytest.raises(ReadError, match="label"):
        from_vosviewer("id\tname\n1\ta\n", "")


def test_years_and_citations_are_vosviewers_scores(made: nx.Graph) -> None:
    dated = made.copy()
    dated.nodes["集群"].update(mean_year=2011.5, citations=3.0)
    places = layout(dated)
    for back in (
        from_vosviewer(*to_vosviewer(dated, places)),
        from_vosviewer_json(to_vosviewer_json(dated, places)),
    ):
        assert back.nodes["集群"]["mean_year"] == 2011.5
        assert back.nodes["集群"]["citations"] == 3.0
        assert "mean_year" not in back.nodes["a,b"]
    assert "score<Avg. pub. year>" in to_vosviewer(dated, places)[0].splitlines()[0]
