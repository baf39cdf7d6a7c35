"""Maps of networks for print: by community, overlaid with years or citations, and as density."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from textmine.figures.map_labels import Circle, place_names
from textmine.figures.theme import PALETTE, WIDTH, Lang, say, styled

HEIGHT = 512.0
MARGIN = 34.0  # pixels around the outermost nodes, for their names
YEARS = 22.0  # pixels at the foot for the years
SMALLEST, LARGEST = 3.0, 17.0  # radius of a node, in pixels
SMALL, BIG = 10.0, 15.0  # size of a name
EDGES_PER_NODE = 4  # the strongest show the shape; all of them are in the files
GRID = (320, 256)  # pixels of the density map
HEAT = ("#FFFFFF", "#D6EAF5", "#7CC4C4", "#8FCF6B", "#F0E442", "#E08A1E")  # none to most
# VOSviewer's kernel: Gaussian, as wide as an eighth of the mean distance between nodes.
KERNEL = 0.125

Overlay = Literal["community", "mean_year", "citations"]


def network_map(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    *,
    colour: Overlay = "community",
    timed: bool = False,
    lang: Lang = "zh",
) -> alt.Chart:
    """The map of a network.

    Parameters
    ----------
    nodes
        Columns term, x, y (within [−1, 1]), occurrences, community, and what `colour` names.
    edges
        Columns a, b and weight; the strongest are drawn.
    colour
        Communities, the largest in colours and the rest grey; or the mean year, or citations, on
        a scale from dark to light.
    timed
        Write first_year under the map: for the layouts timeline and timezone.

    Returns
    -------
    alt.Chart
        No name covers another; names that found no place are left out, the least frequent first.
    """
    table = _in_pixels(nodes, stretched=timed)
    layers = [_lines(table, edges)]
    dots = alt.Chart(table).encode(**_plane("px", "py"))
    layers.append(
        dots.mark_circle(stroke="white", strokeWidth=0.8, opacity=0.9).encode(
            size=alt.Size(
                "occurrences:Q",
                title=say(lang, "频次", "occurrences"),
                scale=alt.Scale(range=[_area(SMALLEST), _area(LARGEST)], domain=_domain(table)),
                legend=alt.Legend(orient="right", format="d", tickCount=3),
            ),
            color=_colour(table, colour, lang),
        )
    )
    layers += _names(table, HEIGHT - YEARS if timed else HEIGHT)
    if timed:
        layers.append(_years(table))
    return styled(alt.layer(*layers).properties(width=WIDTH, height=HEIGHT))


def network_density(nodes: pd.DataFrame) -> alt.Chart:
    """The density of a map: where frequent nodes lie close together.

    D(x) = Σ_i s_i exp(−(‖x − x_i‖ / (h·d̄))²), s the occurrences, d̄ the mean distance of two nodes
    and h = 1/8 (van Eck & Waltman 2010, doi 10.1007/s11192-009-0146-3).

    Parameters
    ----------
    nodes
        Columns term, x, y, occurrences.
    """
    table = _in_pixels(nodes)
    found = density(table[["px", "py"]].to_numpy(), table["occurrences"].to_numpy(float))
    picture = pd.DataFrame([{"px": WIDTH / 2, "py": HEIGHT / 2, "url": _picture(found)}])
    ground = (
        alt.Chart(picture)
        .mark_image(width=WIDTH, height=HEIGHT, aspect=False)
        .encode(**_plane("px", "py"), url="url:N")
    )
    return styled(alt.layer(ground, *_names(table, HEIGHT)).properties(width=WIDTH, height=HEIGHT))


def density(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Density at the middle of each pixel of the map, the greatest 1; shape `GRID` reversed."""
    apart = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    n = len(points)
    width = max(KERNEL * (apart.sum() / (n * (n - 1)) if n > 1 else HEIGHT), 1.0)
    x, y = ((np.arange(k) + 0.5) * size / k for size, k in zip((WIDTH, HEIGHT), GRID, strict=True))
    across = np.exp(-(((x[None, :] - points[:, :1]) / width) ** 2))
    along = np.exp(-(((y[None, :] - points[:, 1:]) / width) ** 2))
    found: np.ndarray = (along * weights[:, None]).T @ across
    relative: np.ndarray = found / found.max()
    return relative


def _picture(found: np.ndarray) -> str:
    """A PNG of the density, as an address that holds it."""
    rows = np.empty((*found.shape, 3), dtype=np.uint8)
    for channel in range(3):
        stops = [int(colour[1 + 2 * channel : 3 + 2 * channel], 16) for colour in HEAT]
        rows[..., channel] = np.interp(found, np.linspace(0, 1, len(HEAT)), stops).round()
    # Each row begins with the number of its filter: none.
    raw = np.concatenate([np.zeros((len(rows), 1), np.uint8), rows.reshape(len(rows), -1)], axis=1)
    head = struct.pack(">IIBBBBB", found.shape[1], found.shape[0], 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(raw.tobytes(), 9)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return "data:image/png;base64," + base64.b64encode(data).decode("ascii")


def _in_pixels(nodes: pd.DataFrame, *, stretched: bool = False) -> pd.DataFrame:
    """The nodes with px, py (from the top), radius and the size of their names.

    Both axes have one scale, since distances mean something, unless they are `stretched` to the
    frame: over time they are not of one kind.
    """
    share = nodes["occurrences"].to_numpy(float) / max(float(nodes["occurrences"].max()), 1.0)
    least = float(share.min())
    # As the scale of the marks has it: areas linear between the least and the most.
    part = (share - least) / (1 - least) if least < 1 else np.ones(len(share))
    area = _area(SMALLEST) + part * (_area(LARGEST) - _area(SMALLEST))
    room = np.array([WIDTH, HEIGHT - (YEARS if stretched else 0)]) - 2 * MARGIN
    points = nodes[["x", "y"]].to_numpy(float) * [1, -1]
    low, high = points.min(axis=0), points.max(axis=0)
    scale = room / np.maximum(high - low, 1e-9)
    scale = scale if stretched else np.full(2, scale.min())
    placed = MARGIN + room / 2 + (points - (low + high) / 2) * scale
    return nodes.assign(
        px=placed[:, 0].round(2),
        py=placed[:, 1].round(2),
        radius=np.sqrt(area / np.pi).round(3),
        size=(SMALL + (BIG - SMALL) * np.sqrt(part)).round(1),
    )


def _area(radius: float) -> float:
    return float(np.pi * radius**2)


def _domain(table: pd.DataFrame) -> list[float]:
    low, high = float(table["occurrences"].min()), float(table["occurrences"].max())
    # One value for all: the largest circle.
    return [low, high] if low < high else [low - 1, high]


def _plane(x: str, y: str) -> dict[str, alt.X | alt.Y]:
    across = alt.Scale(domain=[0, WIDTH], nice=False)
    along = alt.Scale(domain=[HEIGHT, 0], nice=False)
    return {
        "x": alt.X(f"{x}:Q", axis=None, scale=across),
        "y": alt.Y(f"{y}:Q", axis=None, scale=along),
    }


def _lines(table: pd.DataFrame, edges: pd.DataFrame) -> alt.Chart:
    shown = edges.nlargest(EDGES_PER_NODE * len(table), "weight", keep="all")
    at = table.set_index("term")
    lines = pd.DataFrame(
        {
            "weight": shown["weight"].to_numpy(),
            **{
                name: at.loc[shown[end], axis].to_numpy()
                for name, end, axis in (
                    ("px", "a", "px"),
                    ("py", "a", "py"),
                    ("px2", "b", "px"),
                    ("py2", "b", "py"),
                )
            },
        }
    )
    return (
        alt.Chart(lines)
        .mark_rule(color="#90A4AE", strokeWidth=0.6)
        .encode(
            **_plane("px", "py"),
            x2="px2:Q",
            y2="py2:Q",
            opacity=alt.Opacity("weight:Q", legend=None, scale=alt.Scale(range=[0.15, 0.9])),
        )
    )


def _colour(table: pd.DataFrame, colour: Overlay, lang: Lang) -> alt.Color:
    if colour != "community":
        titles = {"mean_year": ("平均年份", "mean year"), "citations": ("平均被引", "citations")}
        whole = colour == "mean_year"
        return alt.Color(
            f"{colour}:Q",
            title=say(lang, *titles[colour]),
            scale=alt.Scale(scheme="viridis", zero=False, nice=False),
            legend=alt.Legend(format="d", tickMinStep=1) if whole else alt.Legend(format=".1f"),
        )
    largest = table["community"].value_counts().index[: len(PALETTE) - 1]
    other = say(lang, "其余", "others")
    shown = [str(c) for c in sorted(largest)]
    domain = shown + [other] * bool((~table["community"].isin(largest)).any())
    table["group"] = [str(c) if str(c) in shown else other for c in table["community"]]
    colours = [PALETTE[i] for i in range(len(shown))] + ["#B0BEC5"]
    return alt.Color(
        "group:N",
        title=say(lang, "社群", "community"),
        scale=alt.Scale(domain=domain, range=colours[: len(domain)]),
    )


def _names(table: pd.DataFrame, height: float) -> list[alt.Chart]:
    figures = table[["px", "py", "radius", "occurrences", "size"]].to_numpy(float).tolist()
    circles = [Circle(term, *row) for term, row in zip(table["term"], figures, strict=True)]
    placed = place_names(circles, WIDTH, height)
    names = pd.DataFrame(
        [(p.text, round(p.x, 2), round(p.y, 2), p.size) for p in placed],
        columns=["text", "px", "py", "size"],
    )
    marks = alt.Chart(names).encode(
        **_plane("px", "py"), text="text:N", size=alt.Size("size:Q", scale=None, legend=None)
    )
    style = {"align": "center", "baseline": "middle", "fontWeight": 500, "limit": 0}
    return [
        marks.mark_text(**style, stroke="white", strokeWidth=3, color="white", opacity=0.8),
        marks.mark_text(**style, color="#212121"),
    ]


def _years(table: pd.DataFrame) -> alt.Chart:
    """The years under their columns, as many as there is room for."""
    known = table.dropna(subset=["first_year"])
    columns = known.groupby("first_year")["px"].first().sort_index()
    kept: list[tuple[str, float, float]] = []
    for year, x in columns.items():
        if not kept or x - kept[-1][1] >= 36:
            kept.append((str(int(year)), float(x), HEIGHT - 6))
    rows = pd.DataFrame(kept, columns=["text", "px", "py"])
    return (
        alt.Chart(rows)
        .mark_text(color="#546E7A", fontSize=12, baseline="bottom")
        .encode(**_plane("px", "py"), text="text:N")
    )
