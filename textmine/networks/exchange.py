"""Networks as files of other programs: VOSviewer, Pajek, GraphML, GEXF; written and read.

The strengths in VOSviewer's files are the links before normalisation, since VOSviewer normalises
itself; Pajek, GraphML and GEXF carry the normalised weight.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping

import networkx as nx

from textmine.errors import ReadError

Places = Mapping[str, tuple[float, float]]
WEIGHTS = ("Links", "Total link strength", "Occurrences")
# VOSviewer's names of what colours its overlay, and our attributes of nodes.
SCORES = {"Avg. pub. year": "mean_year", "Avg. citations": "citations"}


def to_graphml(graph: nx.Graph) -> bytes:
    """The network as GraphML, for Gephi, Cytoscape, igraph and others."""
    buffer = io.BytesIO()
    nx.write_graphml(_named(graph), buffer, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return buffer.getvalue()


def to_gexf(graph: nx.Graph) -> bytes:
    """The network as GEXF 1.2, for Gephi."""
    buffer = io.BytesIO()
    nx.write_gexf(_named(graph), buffer, encoding="utf-8", prettyprint=True)
    # networkx writes today's date; the same network must give the same bytes.
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue())


def _named(graph: nx.Graph) -> nx.Graph:
    """The network with the nodes' names as their labels, which is what other programs show."""
    named = graph.copy()
    for node, data in named.nodes(data=True):
        if "community" in data and "label" in data:
            data["community_label"] = data["label"]
            data["label"] = str(node)
    return named


def to_pajek(graph: nx.Graph, places: Places) -> str:
    """The network as a Pajek .net file; positions are scaled to [0, 1] as Pajek wants them."""
    nodes = sorted(graph)
    number = {node: n for n, node in enumerate(nodes, 1)}
    lines = [f"*Vertices {len(nodes)}"]
    for node in nodes:
        x, y = places.get(node, (0.0, 0.0))
        # Pajek has no escape for quotation marks.
        label = node.replace('"', "'").replace("\n", " ")
        lines.append(f'{number[node]} "{label}" {(x + 1) / 2:.6f} {(1 - y) / 2:.6f}')
    lines.append("*Edges")
    edges = sorted((*sorted((number[a], number[b])), w) for a, b, w in graph.edges(data="weight"))
    lines += [f"{a} {b} {w!r}" for a, b, w in edges]
    return "\n".join(lines) + "\n"


def to_pajek_partition(graph: nx.Graph) -> str:
    """The communities as a Pajek .clu file, in the order of `to_pajek`."""
    groups = [str(graph.nodes[node]["community"]) for node in sorted(graph)]
    return "\n".join([f"*Vertices {len(groups)}", *groups]) + "\n"


def to_vosviewer(graph: nx.Graph, places: Places) -> tuple[str, str]:
    """The network as VOSviewer's map file and network file (File › Open › VOSviewer).

    Items carry cluster, Links (degree), Total link strength and Occurrences, and as scores what is
    known of `SCORES`.
    """
    nodes = sorted(graph)
    scores = [s for s, name in SCORES.items() if any(name in graph.nodes[n] for n in nodes)]
    number = {node: n for n, node in enumerate(nodes, 1)}
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    weights, marks = [f"weight<{w}>" for w in WEIGHTS], [f"score<{s}>" for s in scores]
    writer.writerow(["id", "label", "x", "y", "cluster", *weights, *marks])
    for node in nodes:
        x, y = places.get(node, (0.0, 0.0))
        row = (number[node], node, x, y, graph.nodes[node]["community"])
        own = [graph.nodes[node].get(SCORES[score], "") for score in scores]
        writer.writerow([*row, *_weights(graph, node), *own])
    edges = sorted((*sorted((number[a], number[b])), s) for a, b, s in graph.edges(data="links"))
    return out.getvalue(), "".join(f"{a}\t{b}\t{_number(s)}\n" for a, b, s in edges)


def to_vosviewer_json(graph: nx.Graph, places: Places) -> str:
    """The network as VOSviewer's JSON, which VOSviewer Online opens too."""
    nodes = sorted(graph)
    number = {node: n for n, node in enumerate(nodes, 1)}
    items = []
    for node in nodes:
        x, y = places.get(node, (0.0, 0.0))
        items.append(
            {
                "id": number[node],
                "label": node,
                "x": x,
                "y": y,
                "cluster": graph.nodes[node]["community"],
                "weights": dict(zip(WEIGHTS, _weights(graph, node), strict=True)),
            }
        )
        data = graph.nodes[node]
        scores = {score: data[name] for score, name in SCORES.items() if name in data}
        if scores:
            items[-1]["scores"] = scores
    edges = sorted((*sorted((number[a], number[b])), s) for a, b, s in graph.edges(data="links"))
    links = [{"source_id": a, "target_id": b, "strength": _number(s)} for a, b, s in edges]
    plain = {"network": {"items": items, "links": links}}
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _weights(graph: nx.Graph, node: str) -> tuple[int, float, int]:
    strength = sum(links for _, _, links in graph.edges(node, data="links"))
    return graph.degree[node], _number(round(strength, 9)), graph.nodes[node]["occurrences"]


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def from_vosviewer(map_text: str, network_text: str) -> nx.Graph:
    """Read VOSviewer's map and network files.

    Returns
    -------
    networkx.Graph
        Nodes are the labels; they carry x, y, community and occurrences, where the map has them.
        Edges carry links.

    Raises
    ------
    ReadError
        When a line has too few fields or names an unknown item.
    """
    graph = nx.Graph()
    label: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(map_text.lstrip("\ufeff")), delimiter="\t"):
        name = row.get("label")
        if name is None:
            raise ReadError("The map file has no column label.", remedy="Save it from VOSviewer.")
        label[row.get("id") or str(len(label) + 1)] = name
        graph.add_node(name, **_attributes(row))
    for n, line in enumerate(network_text.lstrip("\ufeff").splitlines(), 1):
        if line.strip():
            _read_link(graph, label, line, n)
    return graph


def _attributes(row: Mapping[str, str | None]) -> dict[str, float]:
    wanted = {"x": "x", "y": "y", "cluster": "community", "weight<Occurrences>": "occurrences"}
    wanted |= {f"score<{score}>": name for score, name in SCORES.items()}
    found = {name: row.get(column) for column, name in wanted.items()}
    return {
        name: int(float(value)) if name in ("community", "occurrences") else float(value)
        for name, value in found.items()
        if value
    }


def _read_link(graph: nx.Graph, label: Mapping[str, str], line: str, n: int) -> None:
    fields = re.split(r"[\t,]", line)
    try:
        a, b = label[fields[0].strip()], label[fields[1].strip()]
        strength = float(fields[2]) if len(fields) > 2 else 1.0
    except (KeyError, IndexError, ValueError) as error:
        raise ReadError(
            f"The network file cannot be read: {line!r}",
            place=f"line {n}",
            remedy="Each line needs two ids of the map file and a strength.",
        ) from error
    graph.add_edge(a, b, links=strength)


def from_vosviewer_json(text: str) -> nx.Graph:
    """Read VOSviewer's JSON; the graph is as of `from_vosviewer`.

    Raises
    ------
    ReadError
        When it is no such JSON.
    """
    try:
        network = json.loads(text)["network"]
        graph, label = nx.Graph(), {}
        for item in network["items"]:
            label[item["id"]] = item.get("label", str(item["id"]))
            found = {k: item[k] for k in ("x", "y") if k in item}
            if "cluster" in item:
                found["community"] = item["cluster"]
            if "Occurrences" in item.get("weights", {}):
                found["occurrences"] = item["weights"]["Occurrences"]
            scores = item.get("scores", {})
            found |= {name: scores[score] for score, name in SCORES.items() if score in scores}
            graph.add_node(label[item["id"]], **found)
        for link in network.get("links", ()):
            a, b = label[link["source_id"]], label[link["target_id"]]
            graph.add_edge(a, b, links=float(link.get("strength", 1)))
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise ReadError(
            f"This is no VOSviewer JSON: {error!r}", remedy="Save the network from VOSviewer."
        ) from error
    return graph
