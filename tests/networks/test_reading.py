"""What is written reads back the same, and other readers open it."""

import networkx as nx
import pandas as pd
import pytest

from textmine.errors import ReadError
from textmine.networks import (
    Recipe,
    cooccurrence,
    from_gexf,
    from_graphml,
    from_pajek,
    from_tables,
    graph,
    incidence,
    layout,
    to_gexf,
    to_graphml,
    to_pajek,
    to_pajek_partition,
)

NAMES = [["集群", "联盟 <甲>&"], ["集群", "联盟 <甲>&", "innovation system"], ["集群", "x,y;z"]]


@pytest.fixture(scope="module")
def made() -> nx.Graph:
    counts = cooccurrence(incidence("xyz", NAMES), counting="fractional")
    return graph(counts, Recipe(measure="salton"))


def plain(made: nx.Graph) -> tuple[dict, dict]:
    nodes = {n: dict(d) for n, d in made.nodes(data=True)}
    return nodes, {frozenset(e[:2]): dict(e[2]) for e in made.edges(data=True)}


@pytest.mark.parametrize(("write", "read"), [(to_graphml, from_graphml), (to_gexf, from_gexf)])
def test_every_attribute_comes_back(made, write, read) -> None:
    assert plain(read(write(made))) == plain(made)


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_other_programs_show_the_names_of_nodes(made, write) -> None:
    text = write(made).decode()
    assert 'label="集群"' in text or '<data key="label">集群</data>' in text
    assert "community_label" in text


def test_pajek_comes_back_with_communities_and_places(made) -> None:
    places = layout(made)
    back = from_pajek(to_pajek(made, places), to_pajek_partition(made))
    assert sorted(back) == sorted(made)
    for a, b, data in made.edges(data=True):
        assert back.edges[a, b]["weight"] == data["weight"]
    for node, data in back.nodes(data=True):
        assert data["community"] == made.nodes[node]["community"]
        assert data["x"] == pytest.approx((places[node][0] + 1) / 2, abs=1e-6)


def test_networkx_opens_the_pajek_file(made) -> None:
    other = nx.parse_pajek(to_pajek(made, layout(made)))
    assert {frozenset(e[:2]) for e in other.edges()} == {frozenset(e) for e in made.edges()}


def test_tables_come_back(made) -> None:
    nodes = pd.DataFrame([{"term": n, **d} for n, d in made.nodes(data=True)])
    edges = pd.DataFrame([{"a": a, "b": b, **d} for a, b, d in made.edges(data=True)])
    assert plain(from_tables(nodes, edges)) == plain(made)


@pytest.mark.parametrize("read", [from_graphml, from_gexf])
@pytest.mark.parametrize("data", [b"", b"<a/>", b"id,label\n1,2"])
def test_what_is_no_network_is_refused_with_the_way_out(read, data) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text", ['*Vertices 1\n1 "a"\n*Edges\n1 2 1\n', "nonsense\n", "*Vertices 1\nx y\n"]
)
def test_a_broken_pajek_file_names_the_line(text) -> None:
    with pytest.raises(ReadError) as caught:
        from_pajek(text)
    assert caught.value.place.startswith("line")


def test_tables_that_do_not_fit_are_refused() -> None:
    nodes = pd.DataFrame({"term": ["a"]})
    with pytest.raises(ReadError, match="names a node"):
        from_tables(nodes, pd.DataFrame({"a": ["a"], "b": ["c"]}))
    with pytest.raises(ReadError, match="no column"):
        from_tables(nodes, pd.DataFrame({"a": ["a"]}))
