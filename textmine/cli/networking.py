"""The command of networks: counts, communities, maps for print and screen, files for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from textmine import figures, pipeline
from textmine.cli.analyses import prepared
from textmine.cli.options import (
    JsonOption,
    LangOption,
    QueryOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.show import Lang, explained_errors, say
from textmine.cli.tables import finish
from textmine.pipeline import Analysis
from textmine.pipeline.network_items import ITEMS, SECOND
from textmine.report.build import write_figure
from textmine.settings import NetworkSettings, override
from textmine.store.files import write_whole

# What people see of wide tables; the files and --json have every column.
COMMUNITY_COLUMNS = ["community", "terms", "label", "label_llr", "silhouette", "jaccard", "verdict"]
NODE_COLUMNS = ["term", "occurrences", "community", "degree", "strength", "betweenness"]
TIMED = ("timeline", "timezone")


def network(
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    items: Annotated[
        str | None,
        typer.Option(help="连什么 / what is linked: " + ", ".join(ITEMS)),
    ] = None,
    across: Annotated[
        str | None,
        typer.Option(help="二模网络的另一类节点 / second kind of node: " + ", ".join(SECOND)),
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="共现单位 / counted in: document, section, sentence, window")
    ] = None,
    counting: Annotated[
        str | None, typer.Option(help="计数方式 / way of counting: full, fractional")
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(help="边权 / weight of a link: association, salton, equivalence, jaccard …"),
    ] = None,
    backbone: Annotated[
        str | None, typer.Option(help="骨架 / links kept: none, disparity, pathfinder, tree")
    ] = None,
    method: Annotated[
        str | None, typer.Option(help="社群算法 / communities: leiden, louvain, vos")
    ] = None,
    resolution: Annotated[
        float | None, typer.Option(help="社群分辨率 / resolution of the communities")
    ] = None,
    min_community: Annotated[
        int | None, typer.Option(min=1, help="更小的社群并入相邻 / smaller communities are merged")
    ] = None,
    nodes: Annotated[int | None, typer.Option(min=5, help="节点数 / how many nodes")] = None,
    choose: Annotated[
        str | None,
        typer.Option(help="取哪些节点 / which nodes: occurrences, strength (total link strength)"),
    ] = None,
    min_occurrences: Annotated[
        int | None, typer.Option(min=1, help="节点频次下限 / occurrences of a node, at least")
    ] = None,
    min_cooccurrence: Annotated[
        int | None, typer.Option(min=1, help="共现次数下限 / units with both ends, at least")
    ] = None,
    max_q: Annotated[
        float | None, typer.Option(help="校正后 p 的上限 / corrected p of a link, at most; 1: all")
    ] = None,
    max_names: Annotated[
        int | None,
        typer.Option(min=2, help="作者多于此数的文献不计 / authors of a document, at most"),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(help="布局 / layout: vos, force, circular, timeline, timezone"),
    ] = None,
    overlay: Annotated[
        str | None, typer.Option(help="叠加图的颜色 / colour of the overlay: year, citations")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """共现网络 / build a network of words, concepts, people, works or agencies; files and maps.

    What is not asked for here stands in textmine.toml, [network]. CSV, xlsx, GraphML, GEXF, Pajek
    and VOSviewer files go to the output folder, network.html opens offline in any browser, maps for
    print (SVG, PDF, PNG) go to figures: by community, overlaid with years or citations, density.

    Examples / 例: textmine network --items keywords; textmine network --unit sentence --backbone
    disparity; textmine network --items keywords --layout timeline; textmine network --across year
    """
    options = locals()
    asked = {name: options[name] for name in NetworkSettings.model_fields if name in options}
    with explained_errors():
        space = open_workspace(workspace)
        chosen = override(space.settings, "network", asked).network
        spoken = language(space, lang)
        with prepared(space, spoken, query) as (corpus, _, _):
            analysis = pipeline.network(corpus, chosen)
        folder = pipeline.output_folder(space, query)
        _draw(analysis, chosen, folder, spoken)
        tables = ["network_communities", "network_nodes", "network_edges"]
        columns = {"network_communities": COMMUNITY_COLUMNS, "network_nodes": NODE_COLUMNS}
        known = analysis.tables["network_communities"].columns
        columns["network_communities"] = [c for c in COMMUNITY_COLUMNS if c in known]
        finish(analysis, tables, folder, as_json, lang=spoken, columns=columns)


def _draw(analysis: Analysis, settings: NetworkSettings, folder: Path, lang: Lang) -> None:
    """Write the maps for print and the page for the screen."""
    nodes, edges = analysis.tables["network_nodes"], analysis.tables["network_edges"]
    timed = settings.layout in TIMED
    charts = {
        "network_map": figures.network_map(nodes, edges, timed=timed, lang=lang),
        "network_density": figures.network_density(nodes),
    }
    colour: figures.Overlay = "mean_year" if settings.overlay == "year" else "citations"
    if nodes[colour].notna().any():
        charts["network_overlay"] = figures.network_map(
            nodes, edges, colour=colour, timed=timed, lang=lang
        )
    for name, chart in charts.items():
        write_figure(name, chart, nodes, "", folder)
    kind = ITEMS[settings.items]
    page = figures.network_page(
        nodes,
        edges,
        analysis.tables["network_communities"],
        analysis.tables["network_evidence"],
        title=say(lang, f"{kind[0]}网络", f"Network of {kind[1]}"),
        about=getattr(analysis.notes[0], lang),
        lang=lang,
    )
    write_whole(folder / "network.html", page)


COMMANDS = (network,)
