"""Build the co-word network and list the neighbours of a word.

    python scripts/build_network.py [WORKSPACE] [WORD]

Tables, GraphML and GEXF (for Gephi) go to the workspace's output folder.
"""

import sys
from pathlib import Path

from textmine import pipeline
from textmine.store import Workspace


def main(folder: str = ".", word: str = "联盟") -> None:
    """Build, save, and print the communities and the word's strongest neighbours."""
    space = Workspace.find(Path(folder))
    with space.catalogue() as catalogue:
        corpus = pipeline.load(space, catalogue)
    network = pipeline.network(corpus)
    nodes, edges = network.tables["network_nodes"], network.tables["network_edges"]
    for community, terms in nodes.groupby("community")["term"]:
        print(f"{community}: {'、'.join(terms)}")
    own = edges[(edges["a"] == word) | (edges["b"] == word)].sort_values("weight", ascending=False)
    for edge in own.head(10).itertuples():
        other = edge.b if edge.a == word else edge.a
        print(f"{word} – {other}: 共现 together in {edge.cooccurrence}, q = {edge.q:.2g}")
    for path in pipeline.save(network, space.output):
        print(f"→ {path.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
