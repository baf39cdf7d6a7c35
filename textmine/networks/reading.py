"""Networks that textmine or another program wrote as GraphML, GEXF, Pajek or tables, read again."""

from __future__ import annotations

import io
import re

import networkx as nx
import pandas as pd

from textmine.errors import ReadError


def from_graphml(data: bytes) -> nx.Graph:
    """Read GraphML; nodes by id, every attribute as it was.

    Raises
    ------
    ReadError
        When it is no GraphML.
    """
    try:
        return _relabelled(nx.read_graphml(io.BytesIO(data)))
    except Exception as error:  # the parser's, networkx's own, KeyError: all say it is none
        raise _refused("GraphML", error) from error


def from_gexf(data: bytes) -> nx.Graph:
    """Read GEXF; nodes by id, which here is the label; edges keep weight and attributes.

    Raises
    ------
    ReadError
        When it is no GEXF.
    """
    try:
        graph = nx.read_gexf(io.BytesIO(data))
    except Exception as error:
        raise _refused("GEXF", error) from error
    for *_, attributes in graph.edges(data=True):
        attributes.pop("id", None)
    return _relabelled(graph)


def _relabelled(graph: nx.Graph) -> nx.Graph:
    """The labels of communities again where `exchange` had put the names of nodes."""
    for _, attributes in graph.nodes(data=True):
        if "community_label" in attributes:
            attributes["label"] = attributes.pop("community_label")
    return graph


def _refused(kind: str, error: Exception) -> ReadError:
    return ReadError(f"This is no {kind}: {error}", remedy=f"Save the network as {kind} again.")


_VERTEX = re.compile(r'\s*(\d+)\s+(?:"([^"]*)"|(\S+))(.*)')


def from_pajek(net: str, clu: str = "") -> nx.Graph:
    """Read a Pajek .net file, and the communities of a .clu file.

    Nodes are the labels and carry x, y (in Pajek's [0, 1], downwards) where there are any, and
    community; edges carry weight.

    Raises
    ------
    ReadError
        When a line cannot be read, or the files do not fit each other.
    """
    graph = nx.Graph()
    label: dict[str, str] = {}
    part = ""
    for n, line in enumerate(net.lstrip("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("%"):
            continue
        if line.startswith("*"):
            part = line.split()[0].casefold()
        elif part == "*vertices" and (match := _VERTEX.match(line)):
            label[match[1]] = match[2] if match[2] is not None else match[3]
            graph.add_node(label[match[1]], **_position(match[4]))
        elif part in ("*edges", "*arcs") and _tied(graph, label, line.split()):
            pass
        else:
            raise ReadError(
                f"The Pajek file cannot be read: {line!r}",
                place=f"line {n}",
                remedy="It needs *Vertices with numbered labels, then *Edges or *Arcs.",
            )
    groups = [line for line in clu.splitlines() if line.strip() and not line.startswith("*")]
    if groups and len(groups) != len(graph):
        raise ReadError(
            f"The .clu file has {len(groups)} nodes, the .net file {len(graph)}.",
            remedy="Give the two files that were saved together.",
        )
    for node, group in zip(graph, groups, strict=False):
        graph.nodes[node]["community"] = int(group)
    return graph


def _position(rest: str) -> dict[str, float]:
    figures = re.findall(r"-?\d+(?:\.\d+)?", rest)
    return {"x": float(figures[0]), "y": float(figures[1])} if len(figures) > 1 else {}


def _tied(graph: nx.Graph, label: dict[str, str], fields: list[str]) -> bool:
    if len(fields) < 2 or not {fields[0], fields[1]} <= label.keys():
        return False
    weight = float(fields[2]) if len(fields) > 2 else 1.0
    graph.add_edge(label[fields[0]], label[fields[1]], weight=weight)
    return True


def from_tables(nodes: pd.DataFrame, edges: pd.DataFrame) -> nx.Graph:
    """The network of the tables network_nodes and network_edges, from CSV or xlsx.

    Parameters
    ----------
    nodes
        A column term; the others become attributes, what is missing left out.
    edges
        Columns a and b; the others become attributes.

    Raises
    ------
    ReadError
        When a column is missing or an edge names an unknown node.
    """
    for name, table, needed in (("nodes", nodes, {"term"}), ("edges", edges, {"a", "b"})):
        if missing := needed - set(table.columns):
            raise ReadError(
                f"The table of {name} has no column {', '.join(sorted(missing))}.",
                remedy="Give network_nodes and network_edges as textmine wrote them.",
            )
    graph = nx.Graph()
    for row in nodes.to_dict("records"):
        graph.add_node(row.pop("term"), **_known(row))
    for row in edges.to_dict("records"):
        a, b = row.pop("a"), row.pop("b")
        if a not in graph or b not in graph:
            raise ReadError(
                f"The edge {a} – {b} names a node that is not in the table of nodes.",
                remedy="Give the two tables of one network.",
            )
        graph.add_edge(a, b, **_known(row))
    return graph


def _known(row: dict[object, object]) -> dict[str, object]:
    return {str(k): v for k, v in row.items() if not pd.isna(v)}
