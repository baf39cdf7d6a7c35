"""Where the names on a map stand so that none covers another, or a circle that is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textmine.figures.rendering import text_width

GAP = 2.0  # pixels between a name and what is next to it
LINE = 1.16  # height of a line, in sizes of the font
LONGEST = 150.0  # pixels; longer names end in …


class Circle(NamedTuple):
    """A node on the map, in pixels; names go to the weightiest first."""

    name: str
    x: float
    y: float
    radius: float
    weight: float
    size: float


class Placed(NamedTuple):
    """A name with the middle of its box, in pixels."""

    name: str
    text: str
    x: float
    y: float
    width: float
    height: float
    size: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        across, along = self.width / 2, self.height / 2
        return self.x - across, self.y - along, self.x + across, self.y + along


def place_names(
    circles: Sequence[Circle], width: float, height: float, *, most: int | None = None
) -> list[Placed]:
    """Place names below, above, right or left of their circles, the weightiest first.

    A name that would leave the frame, cover another name or the circle of a node named before, or
    be covered by one, is tried at the next side, and left out where no side is free.

    Parameters
    ----------
    most
        At most so many names.
    """
    placed: list[Placed] = []
    named: list[Circle] = []
    for circle in sorted(circles, key=lambda c: (-c.weight, c.name)):
        if most is not None and len(placed) >= most:
            break
        text = shortened(circle.name, circle.size)
        found = next(
            (p for p in _sides(circle, text) if _free(p, placed, named, width, height)), None
        )
        if found and not any(_covers(one.box, circle) for one in placed):
            placed.append(found)
            named.append(circle)
    return placed


def shortened(name: str, size: float) -> str:
    """The name, cut to `LONGEST` pixels."""
    if text_width(name, size) <= LONGEST:
        return name
    end = len(name)
    while end > 1 and text_width(name[:end] + "…", size) > LONGEST:
        end -= 1
    return name[:end].rstrip() + "…"


def _sides(circle: Circle, text: str) -> list[Placed]:
    width, height = text_width(text, circle.size), LINE * circle.size
    up, side = circle.radius + GAP + height / 2, circle.radius + GAP + width / 2
    places = ((0.0, up), (0.0, -up), (side, 0.0), (-side, 0.0))
    return [
        Placed(circle.name, text, circle.x + dx, circle.y + dy, width, height, circle.size)
        for dx, dy in places
    ]


def _free(
    one: Placed, placed: Sequence[Placed], named: Sequence[Circle], width: float, height: float
) -> bool:
    left, top, right, bottom = one.box
    if left < 0 or top < 0 or right > width or bottom > height:
        return False
    for other in placed:
        a, b, c, d = other.box
        if left < c + GAP and a < right + GAP and top < d and b < bottom:
            return False
    return not any(_covers(one.box, circle) for circle in named)


def _covers(box: tuple[float, float, float, float], circle: Circle) -> bool:
    left, top, right, bottom = box
    dx = max(left - circle.x, 0.0, circle.x - right)
    dy = max(top - circle.y, 0.0, circle.y - bottom)
    return dx * dx + dy * dy < circle.radius**2
