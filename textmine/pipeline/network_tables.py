"""The tables and files of the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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
from textmine.pipeline.network_book import network_book
from textmine.pipeline.network_ego import ego_table
from textmine.pipeline.network_evidence import link_evidence
from textmine.pipeline.network_items import ITEMS, SECOND, UNITS, Linked, linked_items
from textmine.pipeline.network_labels import community_labels, mean_citations, node_years
from textmine.settings import NetworkSettings

NODE_COLUMNS = (
    *("term", "occurrences", "community", *networks.POSITIONS),
    *("first_year", "mean_year", "x", "y"),
)
EDGE_COLUMNS = ("a", "b", "cooccurrence", "links", "weight", "p", "q")


def network(corpus: Corpus, asked: NetworkSettings | None = None) -> Analysis:
    """Build the network of the settings, or of those asked for.

    Tables: network_nodes (`NODE_COLUMNS`, citations where the overlay asks for them, side in a
    two-mode network), network_edges (`EDGE_COLUMNS`), network_communities (community, label,
    terms, members, silhouette, documents, label_llr, label_mi, label_concept, mean_year, jaccard,
    jaccard_low, jaccard_high, verdict), network_themes (the strategic diagram:
    `textmine.networks.THEME_COLUMNS` with label, and what resampling says of them), network_ranks
    (`textmine.networks.bootstrap.RANK_COLUMNS`), network_evidence (sentences behind the surest
    links), network_ego (concept and `textmine.networks.EGO_COLUMNS`). Files: network in GraphML,
    GEXF, Pajek (.net, .clu), xlsx and VOSviewer (map, network, JSON).

    Raises
    ------
    TooFewData
        When nothing is linked.
    """
    settings = asked or corpus.workspace.settings.network
    recipe = _recipe(settings)
    linked = linked_items(corpus, settings)
    terms = _chosen(linked, settings)
    counts = networks.cooccurrence(
        linked.held,
        unit=settings.counted_in,
        counting=settings.counting,
        terms=terms,
        second=linked.second,
    )
    made = networks.graph(counts, recipe, seed=settings.seed)
    if not len(made):
        what = ITEMS[settings.items][1]
        raise TooFewData(
            f"No two {what} occur together in {settings.min_cooccurrence} {settings.counted_in}s.",
            remedy="Lower network.min_cooccurrence, or add documents.",
        )
    nodes = sorted(made)
    kept = counts.select([counts.terms.index(term) for term in nodes])
    membership = np.array([made.nodes[term]["community"] for term in nodes])
    about = _about_nodes(corpus, settings, linked, made)
    places = _places(made, settings, about)
    tables = {
        "network_nodes": _nodes(made, places, about),
        "network_edges": _edges(made),
        "network_communities": _communities(made, kept, membership, about).merge(
            community_labels(corpus, settings, linked, tuple(nodes), membership), on="community"
        ),
        "network_themes": networks.themes(kept, membership),
    }
    if settings.bootstrap:
        found = networks.resample(
            counts, recipe, _samples(linked, settings, terms), seed=settings.seed
        )
        tables |= _resampled(tables, found)
    tables["network_evidence"] = link_evidence(corpus, settings, linked, tables["network_edges"])
    tables["network_ego"] = ego_table(corpus)
    q = networks.modularity(
        made, dict(zip(nodes, membership.tolist(), strict=True)), resolution=settings.resolution
    )
    run = manifest(
        corpus, "network", seed=settings.seed, nodes=len(made), edges=made.number_of_edges()
    )
    run = replace(run, settings=settings.fingerprint())
    files = {**_files(made, places), "network.xlsx": network_book(tables)}
    return Analysis(run, tables, files, _notes(settings, tables, q))


def _chosen(linked: Linked, settings: NetworkSettings) -> tuple[str, ...]:
    """The items that are drawn; of a second kind all that pass, of whom there are few."""
    first = linked.held
    second: tuple[str, ...] = ()
    if linked.second:
        others = set(linked.second)
        first = first.select_terms([i for i, t in enumerate(first.terms) if t not in others])
        found = networks.at_least(linked.held.aligned(linked.second), settings.min_occurrences)
        second = networks.most_frequent(found, settings.nodes).terms
    if settings.choose == "strength":
        chosen = networks.strongest(
            first, settings.nodes, minimum=settings.min_occurrences, counting=settings.counting
        )
    else:
        passed = networks.at_least(first, settings.min_occurrences)
        chosen = networks.most_frequent(passed, settings.nodes)
    return (*chosen.terms, *second)


def _samples(
    linked: Linked, settings: NetworkSettings, terms: tuple[str, ...]
) -> Iterator[TermTerm]:
    return networks.replicates(
        linked.held,
        runs=settings.bootstrap,
        seed=settings.seed,
        unit=settings.counted_in,
        counting=settings.counting,
        terms=terms,
        groups=linked.owners,
        second=linked.second,
    )


def _about_nodes(
    corpus: Corpus, settings: NetworkSettings, linked: Linked, made: nx.Graph
) -> pd.DataFrame:
    """What is known of the nodes beside the network: years, and citations where asked for."""
    about = node_years(corpus, linked)
    if settings.overlay == "citations":
        about = about.assign(citations=mean_citations(corpus, linked))
    about = about.loc[sorted(made)]
    for term, row in about.iterrows():
        made.nodes[term].update({k: float(v) for k, v in row.items() if pd.notna(v)})
    return about


def _places(
    made: nx.Graph, settings: NetworkSettings, about: pd.DataFrame
) -> dict[str, tuple[float, float]]:
    years = {t: None if pd.isna(y) else int(y) for t, y in about["first_year"].items()}
    return networks.layout(made, method=settings.layout, seed=settings.seed, years=years)


def _recipe(settings: NetworkSettings) -> Recipe:
    return Recipe(
        measure=settings.measure,
        min_cooccurrence=settings.min_cooccurrence,
        max_q=settings.highest_q,
        backbone=settings.backbone,
        alpha=settings.alpha,
        method=settings.method,
        resolution=settings.resolution,
        min_size=settings.min_community,
    )


def _nodes(
    made: nx.Graph, places: dict[str, tuple[float, float]], about: pd.DataFrame
) -> pd.DataFrame:
    terms, weights = networks.adjacency(made)
    table = networks.positions(weights)
    table.insert(0, "term", terms)
    for name in ("occurrences", "community"):
        table[name] = [made.nodes[term][name] for term in terms]
    extra = [c for c in about.columns if c not in NODE_COLUMNS]
    for name in about.columns:
        table[name] = about.loc[list(terms), name].array
    if "side" in made.nodes[terms[0]]:
        table["side"] = [made.nodes[term]["side"] for term in terms]
        extra.append("side")
    table["x"], table["y"] = zip(*(places[term] for term in terms), strict=True)
    for term, row in zip(terms, table.itertuples(index=False), strict=True):
        made.nodes[term].update({p: float(getattr(row, p)) for p in networks.POSITIONS})
    return table[[*NODE_COLUMNS, *extra]]


def _edges(made: nx.Graph) -> pd.DataFrame:
    rows = [
        (a, b, *(data[name] for name in EDGE_COLUMNS[2:]))
        for a, b, data in sorted((*sorted(e[:2]), e[2]) for e in made.edges(data=True))
    ]
    return pd.DataFrame(rows, columns=list(EDGE_COLUMNS))


def _communities(
    made: nx.Graph, kept: TermTerm, membership: NDArray[np.int64], about: pd.DataFrame
) -> pd.DataFrame:
    """Communities with members by strength, silhouette over Salton's cosine, and mean year."""
    silhouette = networks.silhouettes(networks.normalise(kept, "salton"), membership)
    strength = [made.nodes[term]["strength"] for term in kept.terms]
    table = pd.DataFrame(
        {
            "community": membership,
            "term": kept.terms,
            "strength": np.round(strength, 9),
            "silhouette": silhouette,
            "mean_year": about.loc[list(kept.terms), "mean_year"].to_numpy(),
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
            mean_year=("mean_year", "mean"),
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
    if settings.across:
        second = SECOND[settings.across]
        items = (f"{items[0]} × {second[0]}", f"{items[1]} × {second[1]}")
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
