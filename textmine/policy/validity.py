"""When a policy is in force: from its date of effect to its expiry or repeal.

Dates are ISO 8601, as precise as the source; a year counts from its first day, and an end from
the day that it names. What names no end is taken to be in force, and said so (`open`).
"""

from __future__ import annotations

from collections.abc import Iterable

DRAFT = "draft"
FUTURE, VALID, EXPIRED, REPEALED, UNKNOWN = "not yet", "in force", "expired", "repealed", "undated"


def begins(date: str, effective: str) -> str:
    """The day from which it holds: the date of effect, else its own; empty if neither is known."""
    return effective or date


def status(
    begin: str, *, on: str, expiry: str = "", repealed: str = "", draft: bool = False
) -> str:
    """What a policy is on a day.

    Parameters
    ----------
    begin
        See `begins`.
    on
        The day asked for, or a year: its last day is meant.
    expiry, repealed
        The end that it names itself, and the date of the document that repeals it.
    """
    day = _last(on)
    if draft:
        return DRAFT
    if not begin:
        return UNKNOWN
    if _first(begin) > day:
        return FUTURE
    if repealed and _first(repealed) <= day:
        return REPEALED
    if expiry and _last(expiry) < day:
        return EXPIRED
    return VALID


def in_force(rows: Iterable[tuple[str, str, str, bool]], years: Iterable[int]) -> dict[int, int]:
    """How many of these policies hold at the end of each year; (begin, expiry, repealed, draft)."""
    known = list(rows)
    return {
        year: sum(
            status(begin, on=str(year), expiry=expiry, repealed=repealed, draft=draft) == VALID
            for begin, expiry, repealed, draft in known
        )
        for year in years
    }


def _first(date: str) -> str:
    return date + "-01-01"[max(len(date) - 4, 0) :] if len(date) < 10 else date


def _last(date: str) -> str:
    return date + "-12-31"[max(len(date) - 4, 0) :] if len(date) < 10 else date
