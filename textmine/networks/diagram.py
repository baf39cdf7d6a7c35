"""The strategic diagram: how strongly a theme holds together, and how it is tied to the others."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textmine.matrices import TermTerm
from textmine.networks.normalise import normalise

Array = NDArray[np.float64]
Longs = NDArray[np.int64]
Quadrant = Literal["motor", "niche", "basic", "emerging"]

QUADRANTS: tuple[Quadrant, ...] = ("motor", "niche", "basic", "emerging")
THEME_COLUMNS = ("community", "terms", "occurrences", "centrality", "density", "quadrant")


def callon(term_term: TermTerm, membership: Longs) -> tuple[Array, Array]:
    """Callon's centrality and density of each community, by number.

    Centrality 10 Σ e_kh over the terms k of the theme and h outside; density 100 Σ e_ij / w over
    the pairs within, w being the number of terms; e the equivalence index c²/(s_i·s_j) (Callon,
    Courtial & Laville 1991, doi 10.1007/BF02019280; factors as Cobo et al. 2011,
    doi 10.1016/j.joi.2010.10.002). Every link between two themes counts for both of them and no
    term is linked with itself, so the order of the terms makes no difference.

    Parameters
    ----------
    membership
        Community of each term, shape (terms,).
    """
    strength = normalise(term_term, "equivalence")
    groups = np.unique(membership)
    member = (membership[:, None] == groups[None, :]).astype(np.float64)
    between = member.T @ (strength @ member)
    inside = between.diagonal()
    centrality = 10 * (between.sum(axis=1) - inside)
    return np.asarray(centrality), np.asarray(100 * inside / 2 / member.sum(axis=0))


def quadrants(centrality: Array, density: Array) -> list[Quadrant]:
    """In which quadrant each theme lies, around the medians; a theme on a median is above it.

    High centrality and density: motor themes. Low centrality, high density: niche (developed but
    isolated). High centrality, low density: basic and transversal. Both low: emerging or
    declining.
    """
    if not len(centrality):
        return []
    # Rounded, so that noise of the last bits does not decide a tie with the median.
    c, d = np.round(centrality, 9), np.round(density, 9)
    names: dict[tuple[bool, bool], Quadrant] = {
        (True, True): "motor",
        (False, True): "niche",
        (True, False): "basic",
        (False, False): "emerging",
    }
    central, dense = c >= np.median(c), d >= np.median(d)
    return [names[bool(a), bool(b)] for a, b in zip(central, dense, strict=True)]


def themes(term_term: TermTerm, membership: Longs) -> pd.DataFrame:
    """One row per community, columns `THEME_COLUMNS`; occurrences is the sum over its terms."""
    groups = np.unique(membership)
    centrality, density = callon(term_term, membership)
    return pd.DataFrame(
        {
            "community": groups,
            "terms": [int((membership == g).sum()) for g in groups],
            "occurrences": [int(term_term.occurrences[membership == g].sum()) for g in groups],
            "centrality": centrality,
            "density": density,
            "quadrant": quadrants(centrality, density),
        }
    )
