import itertools

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from textmine.citations import (
    DIFFUSION_COLUMNS,
    Edge,
    Work,
    acyclic,
    diffusion,
    direction,
    main_path,
    roots,
    search_path_counts,
    uptake,
)


def policy(name: str, year: int, level: str, region: str = "") -> Work:
    return Work(name, "policy", name, year=year, level=level, region=region)


CENTRAL = policy("c", 2008, "central")
EAST = policy("e", 2009, "provincial", "东省")
WEST = policy("w", 2012, "provincial", "西省")
CITY = policy("m", 2010, "municipal", "东市")
PAPER = Work("p", "paper", "p", year=2011)
WORKS = {work.id: work for work in (CENTRAL, EAST, WEST, CITY, PAPER)}


def test_policies_travel_down_up_and_sideways() -> None:
    assert direction(CENTRAL, EAST) == "down"
    assert direction(EAST, CENTRAL) == "up"
    assert direction(EAST, WEST) == "peer"
    assert direction(EAST, EAST) == "same place"


def test_diffusion_counts_adopters_places_and_years() -> None:
    edges = [Edge("e", "c"), Edge("w", "c"), Edge("m", "c"), Edge("p", "c"), Edge("w", "c")]
    row = dict(zip(DIFFUSION_COLUMNS, diffusion(edges, WORKS, last=2017)[0], strict=True))
    assert (row["intensity"], row["breadth"], row["down"]) == (3, 3, 3)
    assert (row["first_lag"], row["median_lag"]) == (1, 2.0)
    assert (row["years_watched"], row["per_year"]) == (10, 0.3)


def test_papers_take_policies_up_with_a_lag() -> None:
    rows = uptake([Edge("p", "c"), Edge("p", "e"), Edge("e", "c")], WORKS, last=2017)
    assert [(row[0], row[4], row[6]) for row in rows] == [("c", 1, 3), ("e", 1, 2)]


def test_a_year_that_stands_out_is_a_root() -> None:
    rows = roots([(1990, "a")] * 6 + [(1991, "b"), (1989, "d"), (1993, "c")])
    best = max(rows, key=lambda row: row[3])
    assert best[0] == 1990
    assert best[4] == "a (6)"
    assert [row[0] for row in rows] == list(range(1989, 1994))
    assert roots([]) == []


DAGS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda e: e[0] < e[1]), max_size=14
)


@given(DAGS)
def test_search_path_counts_are_the_paths_that_run_over_a_link(pairs) -> None:
    graph = nx.DiGraph([(f"n{a}", f"n{b}") for a, b in pairs])
    counts = search_path_counts(graph)
    brute = dict.fromkeys(graph.edges, 0)
    ends = [n for n in graph if graph.out_degree(n) == 0]
    for source in (n for n in graph if graph.in_degree(n) == 0):
        for path in nx.all_simple_paths(graph, source, ends):
            for link in itertools.pairwise(path):
                brute[link] += 1
    assert counts == brute


@given(DAGS)
def test_no_path_weighs_more_than_the_main_path(pairs) -> None:
    graph = nx.DiGraph([(f"n{a}", f"n{b}") for a, b in pairs])
    counts = search_path_counts(graph)
    path = main_path(graph)
    weight = sum(counts[link] for link in itertools.pairwise(path))
    for a, b in itertools.permutations(graph, 2):
        for other in nx.all_simple_paths(graph, a, b):
            assert sum(counts[link] for link in itertools.pairwise(other)) <= weight


def test_works_that_cite_each_other_are_no_path() -> None:
    graph = acyclic(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]))
    assert sorted(graph.edges) == [("b", "c")]
    assert main_path(graph) == ["b", "c"]
    assert main_path(nx.DiGraph()) == []
