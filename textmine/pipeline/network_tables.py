"""The tables and files of the network."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textmine import networks
from textmine.errors import TooFewData
from textmine.matrices import TermTerm
from textmine.networks import Recipe, Resampled
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus
from textmine.pipeline.network_ego import ego_table
from textmine.pipeline.network_evidence import link_evidence
from textmine.pipeline.network_items import ITEMS, UNITS, linked_items
from textmine.settings import NetworkSettings

NODE_COLUMNS = ("term", "occurrences", "community", *networks.POSITIONS, "x", "y")
EDGE_COLUMNS = ("a", "b", "cooccurrence", "links", "weight", "p", "q")


def network(corpus: Corpus, asked: NetworkSettings | None = None) -> Analysis:
    """Build the network of the settings, or of those asked for.

    Tables: network_nodes (`NODE_COLUMNS`), network_edges (`EDGE_COLUMNS`), network_communities
    (community, label, terms, members, silhouette, jaccard, jaccard_low, jaccard_high, verdict),
    network_themes (the strategic diagram: `textmine.networks.THEME_COLUMNS` with label, and what
    resampling says of them), network_ranks (`textmine.networks.bootstrap.RANK_COLUMNS`),
    network_evidence (sentences behind the surest links), network_ego (concept and
    `textmine.networks.EGO_COLUMNS`). Files: network in GraphML, GEXF, Pajek (.net, .clu) and
    VOSviewer (map, network, JSON).

    Raises
    ------
    TooFewData
        When nothing is linked.
    """
    settings = asked or corpus.workspace.settings.network
    recipe = _recipe(settings)
    held, owners = linked_items(corpus, settings)
    terms = networks.most_frequent(held, settings.nodes).terms
    counts = networks.cooccurrence(
        held, unit=settings.counted_in, counting=settings.counting, terms=terms
    )
    made = networks.graph(counts, recipe, seed=settings.seed)
    if not len(made):
        what = ITEMS[settings.items][1]
        raise TooFewData(
            f"No two {what} occur together in {settings.min_cooccurrence} {settings.counted_in}s.",
            remedy="Lower network.min_cooccurrence, or add documents.",
        )
    linked = sorted(made)
    kept = counts.select([counts.terms.index(term) for term in linked])
    membership = np.array([made.nodes[term]["community"] for term in linked])
    places = networks.layout(made)
    tables = {
        "network_nodes": _nodes(made, places),
        "network_edges": _edges(made),
        "network_communities": _communities(made, kept, membership),
        "network_themes": networks.themes(kept, membership),
    }
    if settings.bootstrap:
        samples = networks.replicates(
            held,
            runs=settings.bootstrap,
            seed=settings.seed,
            unit=settings.counted_in,
            counting=settings.counting,
            terms=terms,
            groups=owners,
        )
        tables |= _resampled(tables, networks.resample(counts, recipe, samples, seed=settings.seed))
    tables["network_evidence"] = link_evidence(corpus, settings, tables["network_edges"])
    tables["network_ego"] = ego_table(corpus)
    q = networks.modularity(
        made, dict(zip(linked, membership.tolist(), strict=True)), resolution=settings.resolution
    )
    run = manifest(
        corpus, "network", seed=settings.seed, nodes=len(made), edges=made.number_of_edges()
    )
    return Analysis(run, tables, _files(made, places), _notes(settings, tables, q))


def _recipe(settings: NetworkSettings) -> Recipe:
    return Recipe(
        measure=settings.measure,
        min_cooccurrence=settings.min_cooccurrence,
        max_q=settings.highest_q,
        backbone=settings.backbone,
        alpha=settings.alpha,
        method=settings.method,
        resolution=settings.resolution,
    )


def _nodes(made: nx.Graph, places: dict[str, tuple[float, float]]) -> pd.DataFrame:
    terms, weights = networks.adjacency(made)
    table = networks.positions(weights)
    table.insert(0, "term", terms)
    for name in ("occurrences", "community"):
        table[name] = [made.nodes[term][name] for term in terms]
    table["x"], table["y"] = zip(*(places[term] for term in terms), strict=True)
    for term, row in zip(terms, table.itertuples(index=False), strict=True):
        made.nodes[term].update({p: float(getattr(row, p)) for p in networks.POSITIONS})
    return table[list(NODE_COLUMNS)]


def _edges(made: nx.Graph) -> pd.DataFrame:
    rows = [
        (a, b, *(data[name] for name in EDGE_COLUMNS[2:]))
        for a, b, data in sorted((*sorted(e[:2]), e[2]) for e in made.edges(data=True))
    ]
    return pd.DataFrame(rows, columns=list(EDGE_COLUMNS))


def _communities(made: nx.Graph, kept: TermTerm, membership: NDArray[np.int64]) -> pd.DataFrame:
    """Communities with their members by strength and their silhouette over Salton's cosine."""
    silhouette = networks.silhouettes(networks.normalise(kept, "salton"), membership)
    strength = [made.nodes[term]["strength"] for term in kept.terms]
    table = pd.DataFrame(
        {
            "community": membership,
            "term": kept.terms,
            "strength": np.round(strength, 9),
            "silhouette": silhouette,
            "label": [made.nodes[term]["label"] for term in kept.terms],
        }
    ).sort_values(["community", "strength", "term"], ascending=[True, False, True])
    return (
        table.groupby("community")
        .agg(
            label=("label", "first"),
            terms=("term", "size"),
            members=("term", "、".join),
            silhouette=("silhouette", "mean"),
        )
        .reset_index()
    )


def _resampled(tables: dict[str, pd.DataFrame], found: Resampled) -> dict[str, pd.DataFrame]:
    communities, themes = tables["network_communities"], tables["network_themes"]
    stability = {
        "adjusted_rand": float(found.adjusted_rand.mean()),
        "variation": float(found.variation.mean()),
    }
    return {
        "network_communities": communities.merge(found.communities, on="community"),
        "network_themes": themes.merge(found.themes, on="community").merge(
            communities[["community", "label"]], on="community"
        ),
        "network_ranks": found.ranks,
        "network_stability": pd.DataFrame([{**stability, "samples": len(found.variation)}]),
    }


def _files(made: nx.Graph, places: dict[str, tuple[float, float]]) -> dict[str, str | bytes]:
    plain, links = networks.to_vosviewer(made, places)
    return {
        "network.graphml": networks.to_graphml(made),
        "network.gexf": networks.to_gexf(made),
        "network.net": networks.to_pajek(made, places),
        "network.clu": networks.to_pajek_partition(made),
        "network_vosviewer_map.txt": plain,
        "network_vosviewer_network.txt": links,
        "network_vosviewer.json": networks.to_vosviewer_json(made, places),
    }


def _notes(
    settings: NetworkSettings, tables: dict[str, pd.DataFrame], q: float
) -> tuple[Note, ...]:
    """What one count means, how well the network divides, and how stable that is."""
    items, unit = ITEMS[settings.items], UNITS[settings.counted_in]
    groups = tables["network_communities"]
    silhouette = (groups["silhouette"] * groups["terms"]).sum() / groups["terms"].sum()
    counting = ("整数计数", "full") if settings.counting == "full" else ("分数计数", "fractional")
    notes = [
        Note(
            f"连线为{items[0]}共现，以{unit[0]}为单位，{counting[0]}；{len(groups)} 个社群，"
            f"模块度 Q = {q:.3f}，轮廓系数 S = {silhouette:.3f}（Salton 余弦距离）",
            f"Links are co-occurrences of {items[1]} in {unit[1]}, {counting[1]} counting;"
            f" {len(groups)} communities, modularity Q = {q:.3f}, silhouette S = {silhouette:.3f}"
            " (distance by Salton's cosine)",
        )
    ]
    if "network_stability" in tables:
        notes.append(_stability_note(tables))
    return tuple(notes)


def _stability_note(tables: dict[str, pd.DataFrame]) -> Note:
    stability, groups = tables["network_stability"].iloc[0], tables["network_communities"]
    doubtful = groups.loc[groups["verdict"] == "doubtful", "community"].tolist()
    rand, samples = stability["adjusted_rand"], int(stability["samples"])
    zh = f"重抽样 {samples} 次，社群划分的调整兰德指数平均 {rand:.2f}"
    en = f"Over {samples} resamplings the adjusted Rand index of the division is {rand:.2f}"
    if doubtful:
        zh += f"；社群 {'、'.join(map(str, doubtful))} 不可靠（Jaccard < 0.6）"
        en += f"; communities {', '.join(map(str, doubtful))} are doubtful (Jaccard < 0.6)"
    return Note(zh, en)
