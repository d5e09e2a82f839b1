"""Draw a locator map: the land round some places, cut to a small picture of lines, with a dot and a name for each place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nutgraf.storylines import atlas
from nutgraf.storylines.atlas import STEPS, Line, Spot

WIDTH, HEIGHT = 400, 250
# Lines are told in halves of a unit, which no eye on a phone sees.
FINE = 2
# No closer than some 500 km from top to bottom: coasts that are known to a kilometre look like nothing from nearer.
_LEAST_DEGREES = 5.0
_AROUND = 1.7
# What is closer together than this is drawn as one point, and what is smaller not at all.
_NEAR, _TINY = 0.9, 1.5
SHOWN_NORTH, SHOWN_SOUTH = 83.0, -58.0
MOST_PLACES = 24
# Names are drawn in 13 units; a letter is about half as wide as it is high.
_LETTER, _LINE, _GAP = 7.0, 15.0, 7.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map; its name is not drawn where there is no room for it."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class LocatorMap:
    """A map as paths and dots, to be drawn by a template."""

    land: str
    borders: str
    dots: tuple[Dot, ...]
    width: int = WIDTH
    height: int = HEIGHT
    # The picture in the units of its paths.
    wide_units: int = WIDTH * FINE
    high_units: int = HEIGHT * FINE


class _View:
    """The part of the world that is drawn, and where a place in it stands in the picture."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        latitudes = [spot.latitude for spot in spots]
        longitudes = [spot.longitude for spot in spots]
        middle = (min(latitudes) + max(latitudes)) / 2
        # Degrees of longitude are shorter the farther one is from the equator.
        self.narrow = max(0.2, math.cos(math.radians(middle)))
        high = max(_LEAST_DEGREES, (max(latitudes) - min(latitudes)) * _AROUND)
        wide = (max(longitudes) - min(longitudes)) * _AROUND * self.narrow
        high = min(max(high, wide * HEIGHT / WIDTH), SHOWN_NORTH - SHOWN_SOUTH)
        if wide * HEIGHT / WIDTH > high:
            # Half the world and more: it is squeezed rather than cut.
            self.narrow = high * WIDTH / HEIGHT / min(360, wide / self.narrow)
        self.units = HEIGHT / high
        self.top = min(SHOWN_NORTH, max(middle + high / 2, SHOWN_SOUTH + high))
        half = WIDTH / self.units / self.narrow / 2
        self.left = min(180 - 2 * half, max(-180.0, (min(longitudes) + max(longitudes)) / 2 - half))
        self.right = self.left + 2 * half
        self.bottom = self.top - high

    def point(self, longitude: float, latitude: float) -> Point:
        return (longitude - self.left) * self.narrow * self.units, (self.top - latitude) * self.units

    def shows(self, line: Line) -> bool:
        """Tell whether a line reaches into the picture, and is large enough to be seen there."""
        size = max((line.right - line.left) * self.narrow, line.top - line.bottom) / STEPS * self.units
        return size >= _TINY and (
            line.right >= self.left * STEPS
            and line.left <= self.right * STEPS
            and line.top >= self.bottom * STEPS
            and line.bottom <= self.top * STEPS
        )

    def points(self, line: Line) -> list[Point]:
        """Return a line in the picture, without points that nobody could tell apart."""
        points: list[Point] = []
        for x, y in zip(line.xs, line.ys, strict=True):
            point = self.point(x / STEPS, y / STEPS)
            if not points or abs(point[0] - points[-1][0]) >= _NEAR or abs(point[1] - points[-1][1]) >= _NEAR:
                points.append(point)
        return points


def draw(places: Iterable[tuple[str, Spot]]) -> LocatorMap | None:
    """Return a map of some places, or nothing where there is none; of very many the first are drawn."""
    shown = list(places)[:MOST_PLACES]
    if not shown:
        return None
    view = _View([spot for _, spot in shown])
    world = atlas.world()
    land = (_inside(view.points(line)) for line in world.land if view.shows(line))
    borders = (part for line in world.borders if view.shows(line) for part in _parts(view.points(line)))
    return LocatorMap(
        land="".join(_path(points, is_closed=True) for points in land if len(points) > 2),
        borders="".join(_path(points) for points in borders),
        dots=tuple(_dots([(name, *view.point(spot.longitude, spot.latitude)) for name, spot in shown])),
    )


def _inside(points: list[Point]) -> list[Point]:
    """Cut a closed line to the picture and a little round it, so that the cut is not seen (Sutherland and Hodgman)."""
    margin = 4.0
    for axis, bound, is_least in (
        (0, -margin, True),
        (0, WIDTH + margin, False),
        (1, -margin, True),
        (1, HEIGHT + margin, False),
    ):
        points = list(_cut(points, axis, bound, is_least))
    return points


def _cut(points: list[Point], axis: int, bound: float, is_least: bool) -> Iterator[Point]:
    for before, point in zip(points[-1:] + points[:-1], points, strict=True):
        is_in = (point[axis] >= bound) == is_least or point[axis] == bound
        was_in = (before[axis] >= bound) == is_least or before[axis] == bound
        if is_in != was_in:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (bound, other) if axis == 0 else (other, bound)
        if is_in:
            yield point


def _parts(points: list[Point]) -> Iterator[list[Point]]:
    """Cut an open line into the parts of it that are in the picture, each with the points just outside."""
    part: list[Point] = []
    for before, point in zip([points[0], *points], points, strict=False):
        if _is_seen(point) or _is_seen(before):
            part = part or [before]
            part.append(point)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _is_seen(point: Point) -> bool:
    return -4 <= point[0] <= WIDTH + 4 and -4 <= point[1] <= HEIGHT + 4


def _path(points: list[Point], *, is_closed: bool = False) -> str:
    """Write a line as SVG does: where it begins, then each step."""
    whole = [(round(x * FINE), round(y * FINE)) for x, y in points]
    steps = []
    for (x, y), (next_x, next_y) in zip(whole, whole[1:], strict=False):
        if (x, y) != (next_x, next_y):
            steps.append(f"{next_x - x} {next_y - y}")
    if not steps:
        return ""
    x, y = whole[0]
    return f"M{x} {y}l{' '.join(steps)}".replace(" -", "-") + ("z" if is_closed else "")


def _dots(places: list[tuple[str, float, float]]) -> Iterator[Dot]:
    """Give each name the first free place beside its dot; who comes first chooses first."""
    taken: list[Box] = [(x - 4, y - 4, x + 4, y + 4) for _, x, y in places]
    for name, x, y in places:
        for anchor, label_x, label_y, box in _sides(x, y, len(name) * _LETTER):
            if _is_within(box) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Dot(name, round(x, 1), round(y, 1), round(label_x, 1), round(label_y, 1), anchor, True)
                break
        else:
            yield Dot(name, round(x, 1), round(y, 1), 0, 0, "start", False)


def _sides(x: float, y: float, wide: float) -> Iterator[tuple[str, float, float, Box]]:
    low, half = y + 4.5, _LINE / 2
    yield "start", x + _GAP, low, (x + _GAP, y - half, x + _GAP + wide, y + half)
    yield "end", x - _GAP, low, (x - _GAP - wide, y - half, x - _GAP, y + half)
    yield "middle", x, y - _GAP - 1, (x - wide / 2, y - _GAP - _LINE, x + wide / 2, y - _GAP + 2)
    yield "middle", x, y + _GAP + 10, (x - wide / 2, y + _GAP - 2, x + wide / 2, y + _GAP + _LINE)


def _is_within(box: Box) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= HEIGHT - 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
