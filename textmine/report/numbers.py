"""Numbers as the report's sentences write them."""

from __future__ import annotations


def percent(value: float) -> str:
    """A share in whole percent."""
    return f"{100 * value:.0f}%"


def number(value: float) -> str:
    """Two decimals."""
    return f"{value:.2f}"
