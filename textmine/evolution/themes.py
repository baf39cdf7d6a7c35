"""Thematic evolution: communities of words per period, and which becomes of which.

For themes U and V of neighbouring periods: inclusion |U∩V| / min(|U|, |V|) (Sternitzke & Bergmann
2009, doi 10.1007/s11192-008-2027-7), weighted inclusion Σ_{w∈U∩V} min(u_w, v_w) / min(Σu, Σv) with
the shares u, v of the period's documents that hold the word, and the stability index
|U∩V| / |U∪V|. All three are given; themes are linked by weighted inclusion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from textmine import networks
from textmine.matrices import DocTerm
from textmine.records import Period

THEME_COLUMNS = ("period", "theme", "label", "terms", "size", "share", "origin", "fate", "robust")
FLOW_COLUMNS = (
    *("before", "from_theme", "after", "to_theme", "inclusion", "weighted_inclusion", "stability"),
    *("shared", "linked"),
)
# A link is a weighted inclusion of THRESHOLD (others default to 0.1 and up); what is told alike at
# all three is called robust.
THRESHOLD = 0.2
THRESHOLDS = (0.1, 0.2, 0.3)
MIN_DOCUMENTS = 20  # of a period, for a network of words
MIN_TERMS = 3  # of a theme; a pair of words is no theme
LABEL = 2


def thematic_evolution(
    doc_term: DocTerm,
    years: pd.Series,
    periods: Sequence[Period],
    *,
    terms: int = 60,
    min_cooccurrence: int = 3,
    resolution: float = 1.0,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The themes of each period and the flows between them.

    Parameters
    ----------
    years
        Year by doc_id.
    terms, min_cooccurrence, resolution, seed
        Of each period's network, weighted by association strength; see `networks.graph`.

    Returns
    -------
    themes
        `THEME_COLUMNS`: terms are sorted by the documents that hold them,
        share is their mean share of the documents; origin is "born", "kept", "split" (from a
        theme that others come of too) or "merged" (of several), fate "kept", "split", "merged" or
        "died"; "" at the ends. robust tells whether both are the same at link thresholds of 0.1,
        0.2 and 0.3. Periods with fewer than 20 documents are passed over, and flows join the
        neighbours that are left.
    flows
        `FLOW_COLUMNS`, a row per pair of themes that share a word; linked is at 0.2.
    """
    slices: list[tuple[str, dict[int, dict[str, float]]]] = []
    year = years.reindex(list(doc_term.doc_ids)).to_numpy(dtype=float, na_value=np.nan)
    recipe = networks.Recipe(min_cooccurrence=min_cooccurrence, resolution=resolution)
    for period in periods:
        rows = np.flatnonzero((year >= period.first) & (year <= period.last))
        if len(rows) >= MIN_DOCUMENTS:
            part = doc_term.select_documents(rows)
            slices.append((period.name, _themes(part, recipe, terms, seed)))
    flows = _flows(slices)
    return _described(slices, flows), flows


def _themes(
    part: DocTerm, recipe: networks.Recipe, terms: int, seed: int
) -> dict[int, dict[str, float]]:
    """Theme → term → share of the documents; themes numbered by their total."""
    chosen = networks.most_frequent(part, terms)
    made = networks.graph(networks.cooccurrence(chosen), recipe, seed=seed)
    share = dict(zip(chosen.terms, chosen.document_frequency / len(chosen.doc_ids), strict=True))
    groups: dict[int, dict[str, float]] = {}
    for term, community in sorted(made.nodes(data="community")):
        groups.setdefault(community, {})[term] = float(share[term])
    large = [group for group in groups.values() if len(group) >= MIN_TERMS]
    ranked = sorted(large, key=lambda group: (-sum(group.values()), min(group)))
    return dict(enumerate(ranked, 1))


def _flows(slices: Sequence[tuple[str, Mapping[int, Mapping[str, float]]]]) -> pd.DataFrame:
    rows: list[tuple[object, ...]] = []
    for (before, old), (after, new) in pairwise(slices):
        for i, u in old.items():
            for j, v in new.items():
                shared = sorted(u.keys() & v.keys(), key=lambda w: (-min(u[w], v[w]), w))
                if shared:
                    weighted = sum(min(u[w], v[w]) for w in shared)
                    weighted /= min(sum(u.values()), sum(v.values()))
                    inclusion = len(shared) / min(len(u), len(v))
                    stability = len(shared) / len(u.keys() | v.keys())
                    words = "、".join(shared)
                    rows.append((before, i, after, j, inclusion, weighted, stability, words))
    table = pd.DataFrame(rows, columns=list(FLOW_COLUMNS[:-1]))
    return table.assign(linked=table["weighted_inclusion"].astype(float) >= THRESHOLD)


def _described(
    slices: Sequence[tuple[str, Mapping[int, Mapping[str, float]]]], flows: pd.DataFrame
) -> pd.DataFrame:
    stories = {threshold: _stories(slices, flows, threshold) for threshold in THRESHOLDS}
    rows = []
    for name, themes in slices:
        for number, words in themes.items():
            ranked = sorted(words, key=lambda w: (-words[w], w))
            fate, origin = stories[THRESHOLD][name, number]
            robust = len({story[name, number] for story in stories.values()}) == 1
            share = sum(words.values()) / len(words)
            rows.append(
                (name, number, "·".join(ranked[:LABEL]), "、".join(ranked), len(words), share,
                 origin, fate, robust)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(THEME_COLUMNS))


def _stories(
    slices: Sequence[tuple[str, Mapping[int, Mapping[str, float]]]],
    flows: pd.DataFrame,
    threshold: float,
) -> dict[tuple[str, int], tuple[str, str]]:
    """(period, theme) → fate and origin at a link threshold."""
    links = flows[flows["weighted_inclusion"] >= threshold]
    heirs: dict[tuple[str, int], list[tuple[str, int]]] = {}
    parents: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for before, i, after, j in links[["before", "from_theme", "after", "to_theme"]].to_numpy():
        heirs.setdefault((before, i), []).append((after, j))
        parents.setdefault((after, j), []).append((before, i))
    told = {}
    for n, (name, themes) in enumerate(slices):
        for number in themes:
            key = (name, number)
            fate = _told(heirs.get(key, []), parents, "died", "split", "merged")
            origin = _told(parents.get(key, []), heirs, "born", "merged", "split")
            told[key] = ("" if n == len(slices) - 1 else fate, "" if n == 0 else origin)
    return told


def _told(
    linked: Sequence[tuple[str, int]],
    back: Mapping[tuple[str, int], Sequence[tuple[str, int]]],
    none: str,
    several: str,
    shared: str,
) -> str:
    if not linked:
        return none
    if len(linked) > 1:
        return several
    return shared if len(back[linked[0]]) > 1 else "kept"
