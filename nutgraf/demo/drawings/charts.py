"""Bar and line charts with their labels written on the data, as wide as the other pictures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image

from nutgraf.demo.drawings.canvas import Canvas, ellipse
from nutgraf.demo.drawings.palette import INK, MIST, NIGHT, OCHRE, PAPER, RUST, SEA, SHALLOW, SLATE, Colour, mix

# A card may cut a picture to four by three: what is to be read stays within that.
LEFT, RIGHT, TOP, BOTTOM = 160.0, 1440.0, 270.0, 860.0
QUIET = mix(INK, PAPER, 0.3)


def columns(
    *,
    title: str,
    subtitle: str,
    bars: Sequence[tuple[str, float]],
    source: str,
    marked: Sequence[int] = (-1,),
    written: str = "{:g}",
    colour: Colour = SEA,
) -> Image.Image:
    """Draw one column for each label, the marked ones in red, each with its value on top."""
    canvas = _sheet(title, subtitle, source)
    most = max(value for _, value in bars)
    pitch = (RIGHT - LEFT) / len(bars)
    wide = min(pitch * 0.68, 210)
    red = {index % len(bars) for index in marked}
    for index, (label, value) in enumerate(bars):
        middle = LEFT + pitch * (index + 0.5)
        high = (BOTTOM - TOP - 60) * value / most
        tone = RUST if index in red else colour
        box = [
            (middle - wide / 2, BOTTOM - high),
            (middle + wide / 2, BOTTOM - high),
            (middle + wide / 2, BOTTOM),
            (middle - wide / 2, BOTTOM),
        ]
        canvas.polygon(box, tone)
        canvas.shade(box, mix(tone, INK, 0.45), towards="down", strength=0.55)
        size = 50 if len(bars) < 8 else 34
        canvas.text(
            (middle, BOTTOM - high - 16),
            written.format(value),
            tone if index in red else INK,
            size=size,
            anchor="mb",
            weight=2,
        )
        canvas.text((middle, BOTTOM + 20), label, INK, size=34 if len(bars) < 8 else 27, anchor="mt")
    canvas.rect(LEFT - 10, BOTTOM, RIGHT - LEFT + 20, 4, INK)
    return canvas.finished()


def lines(
    *,
    title: str,
    subtitle: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float]]],
    source: str,
    low: float,
    high: float,
    ticks: Sequence[float],
    written: str = "{:g}",
    band: tuple[str, Sequence[float], Sequence[float]] | None = None,
    is_stepped: bool = False,
) -> Image.Image:
    """Draw one line for each series, the first in red; a band shows what would be usual."""
    canvas = _sheet(title, subtitle, source)
    left, right = LEFT + 60, RIGHT - 170
    count = len(series[0][1])

    def place(index: float, value: float) -> tuple[float, float]:
        return left + (right - left) * index / (count - 1), BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)

    for tick in ticks:
        y = place(0, tick)[1]
        canvas.line([(left, y), (right + 30, y)], mix(PAPER, SLATE, 0.35), 2)
        canvas.text((left - 18, y), written.format(tick) if tick else "0", QUIET, size=30, anchor="rm")
    if band is not None:
        name, lower, upper = band
        shape = [place(index, value) for index, value in enumerate(upper)]
        shape += [place(index, value) for index, value in reversed(list(enumerate(lower)))]
        canvas.polygon(shape, mix(SHALLOW, PAPER, 0.45))
        x, y = place(count - 1, (lower[-1] + upper[-1]) / 2)
        canvas.text((x + 24, y), name, SEA, size=32, anchor="lm", weight=1)
    for index in range(count):
        if labels[index]:
            x, anchor = (place(index, low)[0], "mt") if index else (left - 28, "lt")
            canvas.text((x, BOTTOM + 20), labels[index], INK, size=31, anchor=anchor)
            canvas.rect(place(index, low)[0] - 1.5, BOTTOM, 3, 12, INK)
    for order, (name, values) in reversed(list(enumerate(series))):
        tone = (RUST, NIGHT, OCHRE, SEA)[order]
        points = [place(index, value) for index, value in enumerate(values)]
        if is_stepped:
            points = [
                points[0],
                *[corner for one, two in pairwise(points) for corner in ((two[0], one[1]), two)],
            ]
        if order == 0 and band is None:
            under = [*points, (points[-1][0], BOTTOM), (points[0][0], BOTTOM)]
            canvas.shade(under, mix(tone, PAPER, 0.35), towards="up", strength=0.3)
        canvas.limb(points, PAPER, 17)
        canvas.limb(points, tone, 9)
        x, y = points[-1]
        canvas.circle((x, y), 15, PAPER)
        canvas.circle((x, y), 11, tone)
        canvas.text((x + 26, y - 19), written.format(values[-1]), tone, size=46, anchor="lm", weight=2)
        canvas.text((x + 26, y + 21), name, tone, size=29, anchor="lm", weight=1)
    canvas.rect(left, BOTTOM, right - left + 30, 4, INK)
    return canvas.finished()


def hemicycle(*, title: str, subtitle: str, groups: Sequence[tuple[str, int, Colour]], source: str) -> Image.Image:
    """Draw a chamber: one dot a seat, coloured from left to right by how its holder voted."""
    canvas = _sheet(title, subtitle, source)
    seats = sum(count for _, count, _ in groups)
    radii = [232 + row * 62 for row in range(6)]
    around = sum(radii)
    rows = [round(seats * radius / around) for radius in radii]
    rows[-1] += seats - sum(rows)
    places = []
    for radius, count in zip(radii, rows, strict=True):
        for index in range(count):
            angle = math.pi * (1 - index / (count - 1))
            places.append((angle, (800 + radius * 1.16 * math.cos(angle), 846 - radius * math.sin(angle))))
    places.sort(key=lambda place: -place[0])
    start = 0
    for _, count, tone in groups:
        for _, (x, y) in places[start : start + count]:
            canvas.circle((x, y), 21, tone)
            canvas.polygon(ellipse((x, y), 21, 21, start=20, end=160, steps=16), mix(tone, INK, 0.14))
        start += count
    for index, (name, count, tone) in enumerate(groups):
        x = (LEFT, 800, RIGHT)[index] if len(groups) == 3 else (LEFT, RIGHT)[index]
        y = 330 if x != 800 else 760
        anchor = {LEFT: "l", 800: "m", RIGHT: "r"}[x]
        canvas.text((x, y), str(count), tone, size=92, anchor=f"{anchor}m", weight=3)
        canvas.text((x, y + 66), name, INK, size=34, anchor=f"{anchor}m", weight=1)
    return canvas.finished()


def _sheet(title: str, subtitle: str, source: str) -> Canvas:
    canvas = Canvas(PAPER)
    canvas.fade(mix(PAPER, MIST, 0.15), PAPER, end=1000)
    canvas.rect(LEFT, 62, 74, 12, RUST)
    canvas.text((LEFT, 92), title, INK, size=58, anchor="la", weight=3)
    canvas.text((LEFT, 170), subtitle, QUIET, size=36, anchor="la")
    canvas.text((LEFT, 946), source, QUIET, size=26, anchor="lm")
    return canvas
